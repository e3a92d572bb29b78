# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the accessibility statement rests on: results written by the tests, and what people have tried.

``accessibility_data/results.json`` is written by ``./amtlich test accessibility``; a test holds it to this
version and to the addresses there are. ``accessibility_data/by_hand.toml`` is kept by people.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from amtlich.kernel.sentence import LANGUAGES

FOLDER = Path(__file__).parent / "accessibility_data"
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PageResult:
    """One kind of page: its address (places of tokens are "…"), how often looked at, what was found."""

    name: str
    address: str
    visits: Mapping[str, int]  # by language form
    violations: int

    @property
    def looks(self) -> int:
        """Visits in all forms together."""
        return sum(self.visits.values())


@dataclass(frozen=True, slots=True)
class Results:
    """One run over all kinds of pages."""

    version: str
    on: date
    tool: str
    windows: tuple[str, ...]
    rules_passed: int
    pages: tuple[PageResult, ...]

    @property
    def visits(self) -> int:
        return sum(page.looks for page in self.pages)

    @property
    def violations(self) -> int:
        return sum(page.violations for page in self.pages)


@dataclass(frozen=True, slots=True)
class Tried:
    """Something a person has looked at. ``by`` is a role, never a name."""

    what: Text
    on: date
    by: Text
    result: Text


@dataclass(frozen=True, slots=True)
class Barrier:
    """What is not accessible, or not known to be: why, and what helps until then."""

    what: Text
    why: Text
    instead: Text


@dataclass(frozen=True, slots=True)
class ByHand:
    tried: tuple[Tried, ...]
    barriers: tuple[Barrier, ...]


@cache
def results() -> Results:
    """The committed results."""
    told = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    pages = tuple(
        PageResult(name, page["address"], page["visits"], page["violations"])
        for name, page in sorted(told["pages"].items(), key=lambda item: item[1]["address"])
    )
    return Results(
        version=told["version"],
        on=date.fromisoformat(told["date"]),
        tool=told["tool"],
        windows=tuple(told["windows"]),
        rules_passed=len(told["rules_passed"]),
        pages=pages,
    )


@cache
def by_hand() -> ByHand:
    """What was tried by people, newest first, and the barriers they know of."""
    told = tomllib.loads((FOLDER / "by_hand.toml").read_text(encoding="utf-8"))
    tried = [
        Tried(_text(one, "what"), one["on"], _text(one, "by"), _text(one, "result")) for one in told["tried"]
    ]
    barriers = [
        Barrier(_text(one, "what"), _text(one, "why"), _text(one, "instead")) for one in told["barrier"]
    ]
    return ByHand(tuple(sorted(tried, key=lambda one: one.on, reverse=True)), tuple(barriers))


def _text(entry: Mapping[str, Any], key: str) -> Text:
    """A text in three forms. Raises ``ValueError`` for one that is missing: the statement is shown in all."""
    text: Text = entry[key]
    if missing := [form for form in LANGUAGES if not text.get(form)]:
        raise ValueError(f"by_hand.toml: {key} of {entry.get('what')} has no text for {', '.join(missing)}")
    return text
