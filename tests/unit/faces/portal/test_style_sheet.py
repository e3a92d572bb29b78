# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Our own style sheet stays small and takes its colours from KERN; pages get it with KERN as one file."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from amtlich.engines.documents.fonts import SEQUENCES
from amtlich.faces.portal import assets
from amtlich.platform.web import web_fonts

PORTAL = Path(assets.__file__).parent
OWN = (PORTAL / "static" / "portal" / "amtlich.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", OWN, flags=re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", re.IGNORECASE)
_COLOUR_NAME = re.compile(r"\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b(?!-)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stil")
    assets.build(folder)
    return folder


def test_it_has_at_most_four_hundred_lines() -> None:
    assert len(OWN.splitlines()) <= 400
    longest = max(OWN.splitlines(), key=len)
    assert len(longest) <= 300, f"lines are not to be saved by writing several in one: {longest}"


def test_it_names_no_colour_of_its_own() -> None:
    values = re.findall(r":([^;{}]+)[;}]", RULES)
    raw = [
        value
        for value in values
        if re.search(
            r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", value, re.IGNORECASE
        )
        or re.search(r"\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange)\b(?!-)", _outside_names(value))
    ]
    assert raw == []


def test_every_class_is_used_by_a_page() -> None:
    faces = PORTAL.parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for ending in ("*.html", "*.py", "*.js")
        for path in faces.rglob(ending)
    )
    ours = set(re.findall(r"\.(am-[\w-]+)", RULES))
    # The widths are made of a number: entry.width_class.
    assert {name for name in ours if name not in code and not name.startswith("am-w-")} == set()


def test_every_token_has_something_to_fall_back_on_or_is_ours() -> None:
    """KERN 2.7 names its layer tokens otherwise: a ``-contextual`` token alone would leave no colour."""
    alone = re.findall(r"var\((--kern-[\w-]*contextual)\)", RULES)
    assert alone == []


def test_build_is_one_file_with_fonts_beside_it(made: Path) -> None:
    css = (made / assets.STYLESHEET).read_text(encoding="utf-8")
    for rule in ("@font-face", ".kern-btn--primary", ".am-leicht", "--kern-color-action-default"):
        assert rule in css
    assert "@import" not in css
    for address in re.findall(r'url\("?([^")]+)', css):
        assert address.startswith("data:") or (made / address).is_file(), address
    assert (made / "KERN-LICENSE.md").is_file()
    assert (made / "schrift" / "OFL.txt").is_file()


def test_build_again_changes_nothing(made: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    assets.build(made)
    assert before == {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}


def test_first_font_files_hold_german_and_are_small(made: Path) -> None:
    for weight in (400, 500, 600):
        (file,) = (made / web_fonts.FOLDER).glob(f"fira-sans-{weight}.*.woff2")
        assert file.stat().st_size < 16_000
        letters = _letters(file)
        assert {ord(letter) for letter in "ÄÖÜäöüßẞ„“–·€§→ " if letter != "→"} <= letters


def test_names_are_drawn_with_fira_as_far_as_fira_goes(made: Path) -> None:
    """What no file holds falls to the fonts of the system, which KERN names behind Fira Sans."""
    files = (made / web_fonts.FOLDER).glob("fira-sans-400*.woff2")
    letters = set().union(*(_letters(file) for file in files))
    assert {ord(letter) for letter in "ĄąČčĐđĞğİıŁłŐőŞşŹźŻżẾếΑαЖж"} <= letters
    css = (made / assets.STYLESHEET).read_text(encoding="utf-8")
    ranges = {code for first, last in (*web_fonts.BASE, *web_fonts.MORE) for code in range(first, last + 1)}
    claimed = css.count("unicode-range")
    assert claimed == 6
    assert {ord(letter) for sequence in SEQUENCES for letter in sequence} <= ranges


def _letters(file: Path) -> set[int]:
    return set(TTFont(io.BytesIO(file.read_bytes())).getBestCmap())


def _outside_names(value: str) -> str:
    return re.sub(r"var\([^()]*(?:\([^()]*\))?[^()]*\)|--[\w-]+|white-space", "", value)
