# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Two versions side by side: what differs is named as people read it, and nothing is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.contexts.catalog.small_package import FILES

from amtlich.contexts.catalog.bundle import Bundle
from amtlich.contexts.catalog.comparison import Comparison, compare
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import read_source

ON = date(2026, 11, 25)


def bundle(**changes: tuple[str, str]) -> Bundle:
    """The small package; each change names a file (without its ending), old text and new text."""
    files = {name: text.encode() for name, text in FILES.items()}
    for key, (old, new) in changes.items():
        (name,) = [name for name in files if name.split(".")[0] == key]
        assert old in FILES[name]
        files[name] = FILES[name].replace(old, new, 1).encode()
    return Bundle(files)


def compared(new: Bundle, old: Bundle | None = None) -> Comparison:
    old = old or bundle()
    packages = []
    for one in (old, new):
        source, findings = read_source(one)
        assert source is not None, findings
        packages.append(build_package(source, Path()))
    return compare(*packages, old, new, ON)


def told(comparison: Comparison) -> dict[str, list[tuple[str, str, str, str]]]:
    return {
        chapter.title: [
            (one.kind, one.name, "".join(p.text for p in one.before), "".join(p.text for p in one.after))
            for one in chapter.differences
        ]
        for chapter in comparison.chapters
    }


def test_the_same_is_no_difference():
    found = compared(bundle())
    assert (found.count, found.chapters, found.files) == (0, (), ())


@pytest.mark.parametrize(
    ("change", "chapter", "name"),
    [
        ({"parameters": ("8.50", "9.50")}, "Parameter", "Gebühr ab "),
        (
            {"service": ("BGB § 965, in_force", "BGB § 966, in_force")},
            "Recht, Zwecke, Nachweise",
            "BGB § 966",
        ),
        ({"service": ("min_level: low", "min_level: high")}, "Recht, Zwecke, Nachweise", "Vertrauensniveau"),
        ({"service": ("draft: P30D", "draft: P10D")}, "Recht, Zwecke, Nachweise", "Entwürfe"),
        ({"service": ("sealed: true", "sealed: false")}, "Dokumente", "gesiegelt"),
        ({"service": ("person: person}", "person: adverse}")}, "Regeln", "Ergebnis „person“"),
    ],
)
def test_a_change_stands_in_its_chapter(change, chapter, name):
    found = told(compared(bundle(**change)))
    assert any(name in line[1] for line in found[chapter]), found


def test_only_the_words_that_differ_are_marked():
    change = bundle(service=("Sagt, was gefunden wurde.", "Sagt, was verloren wurde."))
    (line,) = compared(change).chapters[0].differences
    assert [(p.text, p.differs) for p in line.after] == [
        ("Sagt, was ", False),
        ("verloren", True),
        (" wurde.", False),
    ]


def test_what_is_new_and_what_is_gone_are_told_apart():
    one, two = bundle(), bundle(service=("id: suche, text", "id: finden, text"))
    kinds = {
        kind for kind, name, *_ in told(compared(two, one))["Recht, Zwecke, Nachweise"] if "Zweck „" in name
    }
    assert kinds == {"added", "removed"}


def test_files_name_every_changed_line():
    (file,) = compared(bundle(parameters=("8.50", "9.50"))).files
    assert file.name == "parameters.yaml"
    assert {mark for mark, _ in file.lines} >= {"+", "-", "@"}
    assert any(mark == "+" and "9.50" in text for mark, text in file.lines)
