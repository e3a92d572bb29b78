# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An authority's file: checked before anything is set up, each refusal with file, key and remedy."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from amtlich.faces.cli.authorities import read
from amtlich.kernel.errors import BadInput
from amtlich.platform.settings.config import shipped_services
from amtlich.platform.tenancy.imprint import Imprint, still_missing
from amtlich.platform.tenancy.look import Look
from amtlich.platform.tenancy.spec import AuthoritySpec

GUIDE = Path(__file__).parents[4] / "docs" / "betrieb" / "einstellungen.md"


def example() -> str:
    (text,) = re.findall(r"```toml\n(# musterstadt.toml.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    return text


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "musterstadt.toml"
    path.write_text(example(), encoding="utf-8")
    return path


def test_the_example_of_the_guide_is_accepted(file):
    assert read(file)["hosts"] == ("amt.musterstadt.de",)


@pytest.mark.parametrize("slug", ["musterstadt", "kleinstadt"])
def test_the_files_of_the_demonstration_are_accepted(slug):
    values = read(shipped_services() / "behoerden" / f"{slug}.toml")
    assert values["slug"] == slug
    assert values["look"]["primary"].startswith("#")
    assert still_missing(values["imprint"]) == []


def test_the_guide_names_every_entry():
    text = (GUIDE.parent / "behoerde.md").read_text(encoding="utf-8")
    named = {*(field.name for field in fields(AuthoritySpec)), *(field.name for field in fields(Imprint))}
    named |= {field.name for field in fields(Look)}
    assert {name for name in named if f"`{name}`" not in text and f"[{name}]" not in text} == set()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('slug = "musterstadt"', 'slug = "Muster Stadt"', "slug"),
        ('name = "Stadt Musterstadt"', "", "Es fehlt: name"),
        ('phone = "01234 56-0"', "phone = 115", "phone"),
        ('"amt.musterstadt.de"', '"https://amt.musterstadt.de/"', "hosts"),
        ('["amt.musterstadt.de"]', "[]", "hosts"),
        ('land = "NW"', 'land = "NW"\ncolour = "blau"', "„colour“ gibt es nicht"),
        ('land = "NW"', 'land = "NW"\nregister_kind = "ftp"', "builtin und http"),
        ('land = "NW"', 'land = "NW"\nregister_kind = "http"', "register_url"),
        ('land = "NW"', "land = NW", "keine gültige TOML-Datei"),
        ('land = "NW"', 'land = "NW"\nemail = "amt"', "„email“"),
        ('land = "NW"', 'land = "NW"\nwebsite = "www.stadt.de"', "„website“"),
        ('land = "NW"', 'land = "NW"\nlook = "blau"', "[look] beginnt"),
        (
            "# register_url",
            '[look]\nprimary = "#ffcc00"\n# register_url',
            "1,37:1; für Text nötig sind",
        ),
        ("# register_url", "[imprint]\nmayor = 1\n# register_url", "„imprint.mayor“ gibt es nicht"),
        ("# register_url", "[login]\nfoo = 1\n# register_url", "„login.foo“"),
    ],
)
def test_a_wrong_file_is_refused_with_what_would_be_right(file, before, after, said):
    text = example()
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        read(file)
    assert str(file) in str(refused.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(BadInput, match="lässt sich nicht lesen"):
        read(tmp_path / "nowhere.toml")
