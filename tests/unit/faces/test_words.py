# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every sentence of the portal exists in all three language forms, and no text stands outside of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from amtlich.kernel.sentence import LANGUAGES, Words, placeholders

SOURCE = Path(__file__).resolve().parents[3] / "src" / "amtlich"
PORTAL = SOURCE / "faces" / "portal"
TEMPLATES = sorted((PORTAL / "templates").rglob("*.html"))
SPEAKING = frozenset({"_", "say", "Sentence"})
# They pass on what somebody else has written; their callers are looked at.
THE_MECHANISM = (PORTAL / "language.py", PORTAL / "jinja.py", SOURCE / "kernel" / "sentence.py")
# Letters that a context sends bring their own list of words, and a test of their own.
OWN_WORDS = (SOURCE / "contexts" / "mail" / "letters",)
_STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_HIDDEN = re.compile(r"<svg.*?</svg>|<!doctype[^>]*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
_SPOKEN_ATTRIBUTE = re.compile(r'(?:aria-label|title|alt|placeholder|content-title|data-title)="([^"]*)"')


def said_in_templates() -> Iterator[tuple[str, str]]:
    environment = jinja2.Environment(autoescape=True)
    for path in TEMPLATES:
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("_", "say"):
                first = call.args[0]
                assert isinstance(first, nodes.Const), f"{path}:{call.lineno}: the sentence must be a literal"
                yield f"{path.name}:{call.lineno}", first.value


def said_in_python() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if path in THE_MECHANISM or any(folder in path.parents for folder in OWN_WORDS):
            continue
        text = path.read_text(encoding="utf-8")
        # The command line has a ``say`` of its own, and so do other floors.
        spoken = SPEAKING if "from amtlich.faces.portal.language import" in text else {"Sentence"}
        if not any(f"{name}(" in text for name in spoken):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in spoken:
                where = f"{path.relative_to(SOURCE)}:{call.lineno}"
                first = call.args[0]
                assert isinstance(first, ast.Constant), f"{where}: the sentence must be a literal"
                yield where, first.value


@pytest.fixture(scope="module")
def words() -> Words:
    folder = PORTAL / "words"
    return Words.read((path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))


def test_every_sentence_has_all_three_forms(words: Words) -> None:
    missing = [
        f"{where}: {text!r}"
        for where, text in (*said_in_templates(), *said_in_python())
        if text not in words.forms
    ]
    assert not missing, f"{len(missing)} sentences without text:\n" + "\n".join(missing)


def test_no_text_is_kept_that_nobody_says(words: Words) -> None:
    said = {text for _, text in (*said_in_templates(), *said_in_python())}
    assert sorted(words.forms.keys() - said) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_text_outside_of_the_words(path: Path) -> None:
    markup = _STATEMENT.sub("", path.read_text(encoding="utf-8"))
    bare = _TAG.sub("\n", _HIDDEN.sub("", markup))
    found = [line.strip() for line in bare.splitlines() if _WORD.search(line)]
    found += [text for text in _SPOKEN_ATTRIBUTE.findall(markup) if _WORD.search(text)]
    assert found == [], f"{path.name}: say it with _() or say()"


def test_only_leichte_sprache_has_lines(words: Words) -> None:
    broken = [german for german, forms in words.forms.items() if "\n" in forms["de"] or "\n" in forms["en"]]
    assert broken == []


def test_leichte_sprache_keeps_its_lines_short(words: Words) -> None:
    """The rules of Leichte Sprache: one statement a line. Twelve words are the most a line may hold."""
    long = [
        line
        for forms in words.forms.values()
        for line in forms["leicht"].splitlines()
        if len(line.split()) > 12
    ]
    assert long == []


def test_all_forms_name_the_same_values(words: Words) -> None:
    for german, forms in words.forms.items():
        assert {placeholders(forms[form]) for form in LANGUAGES} == {placeholders(german)}
