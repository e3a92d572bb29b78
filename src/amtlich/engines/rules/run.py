# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One evaluation: the variables, the moment it counts as now, and the reasons why something became null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from amtlich.engines.rules.messages import sentence
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.trace import Step

MAX_STEPS: Final = 1_000_000
MAX_REASONS: Final = 100


class Stopped(Exception):
    """The evaluation did more steps than any rule of law needs; it ends with null and a reason."""


class Run:
    """State of one evaluation.

    `failures` counts results that are null because data are impossible or of the wrong kind, so that a cell
    can tell such a null from a missing value; `unsound` names the variables that are null for that cause.
    `tables` are the tables run since the last decision took them; `work` bounds the length of an evaluation.
    """

    __slots__ = ("failures", "now", "reasons", "tables", "unsound", "work")

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.reasons: dict[str, None] = {}
        self.failures = 0
        self.work = 0
        self.tables: list[Step] = []
        self.unsound: set[str] = set()

    def fail(self, code: str, **values: object) -> None:
        self.failures += 1
        self.missing(code, **values)

    def missing(self, code: str, **values: object) -> None:
        if len(self.reasons) < MAX_REASONS:
            self.reasons[sentence(code, values)[1]] = None

    def note(self, reason: str) -> None:
        """Fail for a reason that is a German sentence already."""
        self.failures += 1
        if len(self.reasons) < MAX_REASONS:
            self.reasons[reason] = None

    def step(self, count: int = 1) -> None:
        self.work += count
        if self.work > MAX_STEPS:
            raise Stopped

    def taken_reasons(self) -> tuple[str, ...]:
        """The reasons noted since they were last taken."""
        found = tuple(self.reasons)
        self.reasons.clear()
        return found


class Env:
    """The variables at a place of an expression."""

    __slots__ = ("names", "run")

    def __init__(self, names: Mapping[str, object], run: Run) -> None:
        self.names = names
        self.run = run

    def with_name(self, name: str, value: object) -> Env:
        return Env({**self.names, name: value}, self.run)

    def with_names(self, names: Mapping[str, object]) -> Env:
        return Env({**self.names, **names}, self.run)


class Spot:
    """A place of an expression in one evaluation; it puts that place behind every reason it notes."""

    __slots__ = ("at", "run", "source")

    def __init__(self, run: Run, source: Source, at: int) -> None:
        self.run = run
        self.source = source
        self.at = at

    @property
    def now(self) -> datetime:
        return self.run.now

    def fail(self, code: str, **values: object) -> None:
        self.run.failures += 1
        self.missing(code, **values)

    def missing(self, code: str, **values: object) -> None:
        if len(self.run.reasons) < MAX_REASONS:
            place = self.source.place(self.at)
            where = f"{place.file}, Zeile {place.line}, Spalte {place.column}"
            self.run.reasons[f"{sentence(code, values)[1]} ({where})"] = None

    def step(self, count: int = 1) -> None:
        self.run.step(count)
