# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be checked against what was recorded. Owners register their checks while the apps start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from amtlich.kernel.errors import AmtlichError


class IntegrityError(AmtlichError):
    """Two checks have one name."""


@dataclass(frozen=True, slots=True)
class Tampered:
    """A row that is not what was recorded. ``row`` is its key; the sentence names no person."""

    table: str
    row: str
    sentence: str


@dataclass(slots=True)
class Report:
    """What a check saw: how many rows, how many whose content was lawfully erased, and what is wrong."""

    rows: int = 0
    erased: int = 0
    tampered: list[Tampered] = field(default_factory=list)

    def wrong(self, table: str, row: object, sentence: str) -> None:
        """Note a row that is not what was recorded."""
        self.tampered.append(Tampered(table, str(row), sentence))


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison. ``run`` looks at all rows of an authority, in transactions of its own.

    ``tables``: a change in one of these is found; ``title`` says to people what is compared.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    run: Callable[[UUID, Report], None]


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Make it known, once, while the owner's app starts."""
    known = _checks.get(check.name)
    if known is not None and known != check:
        raise IntegrityError(f"check {check.name!r} is registered twice: give one another name")
    _checks[check.name] = check


def all_checks() -> list[Check]:
    return list(_checks.values())
