# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What one version of a package says differently from another, as people read it.

Both versions are laid out as lines with a name ("Feld Familienname: Pflicht"), chapter by chapter; what has
the same name and another text has changed. The files are compared line by line besides, so that nothing
changes unseen, however it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, unified_diff
from typing import Literal

from amtlich.contexts.catalog.bundle import Bundle
from amtlich.contexts.catalog.comparison_lines import CHAPTERS
from amtlich.contexts.catalog.package import Package

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text; ``differs``: the other version does not say them there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that is new, gone, or says something else."""

    name: str
    kind: Kind
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The differences of one part of the package."""

    title: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """The changed lines of a file as (mark, text), mark being +, -, space, or @ between two places."""

    name: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version against another one. ``against`` is its version."""

    against: str
    chapters: tuple[Chapter, ...]
    files: tuple[FileDifference, ...]

    @property
    def count(self) -> int:
        return sum(len(chapter.differences) for chapter in self.chapters)


def compare(old: Package, new: Package, old_files: Bundle, new_files: Bundle, on: date) -> Comparison:
    """What is different in ``new``; conditions are shown with the amounts in force on that day."""
    chapters = []
    for title, lines in CHAPTERS:
        before, after = _laid_out(lines(old, on)), _laid_out(lines(new, on))
        found = tuple(_differences(before, after))
        if found:
            chapters.append(Chapter(title, found))
    return Comparison(old.version, tuple(chapters), tuple(_files(old_files, new_files)))


def _laid_out(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The lines by name. What has the same name twice is one line; what is empty is none."""
    laid: dict[str, str] = {}
    for name, text in lines:
        if text:
            laid[name] = f"{laid[name]}; {text}" if name in laid else text
    return laid


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if old is None:
            yield Difference(name, "added", (), (Piece(after[name], True),))
        elif new is None:
            yield Difference(name, "removed", (Piece(old, True),), ())
        else:
            yield Difference(name, "changed", *_pieces(old, new))


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, the words that differ apart."""
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if i1 < i2:
            before.append(Piece("".join(a[i1:i2]), tag != "equal"))
        if j1 < j2:
            after.append(Piece("".join(b[j1:j2]), tag != "equal"))
    return tuple(before), tuple(after)


def _files(old: Bundle, new: Bundle) -> Iterator[FileDifference]:
    for name in sorted({*old.files, *new.files}):
        before, after = (_text(bundle.files.get(name, b"")) for bundle in (old, new))
        if before != after:
            lines = unified_diff(before, after, n=2, lineterm="")
            yield FileDifference(
                name, tuple((line[0], line[1:]) for line in lines if not line.startswith(("---", "+++")))
            )


def _text(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").splitlines()
