# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The retention rules: dated data, read from ``retention_rules.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from amtlich.contexts.privacy.errors import RulesIncomplete
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.periods import Period
from amtlich.platform import upkeep

_FILE = Path(__file__).with_name("retention_rules.toml")
_NEEDED = frozenset({"purge", "what", "action", "period", "from", "valid_from"})
_GROUNDS = frozenset({"reason", "norm"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How long something is kept, from what moment on, and why. Words are German, for operators."""

    purge: str
    what: str
    action: str
    period: Period
    since: str
    reason: str
    norm: str
    valid_from: date

    def before(self, now: datetime) -> datetime:
        """What began to wait at this moment or earlier is due now.

        A period of days or longer is over at the end of its last day (BGB § 188 (1)).
        """
        if not self.period.by_the_day:
            return self.period.before(now)
        today = datetime.combine(now.astimezone(BERLIN).date(), time(), BERLIN)
        return self.period.before(today).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Kept:
    """Tables without a period of their own: why, and what they grow with."""

    tables: tuple[str, ...]
    what: str
    because: str
    grows_with: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of all times, and what is kept without one."""

    rules: tuple[Rule, ...]
    kept: tuple[Kept, ...]

    def applicable(self, day: date) -> tuple[Rule, ...]:
        """For each purge the rule that became valid last, in the order of the file."""
        latest: dict[str, Rule] = {}
        for rule in self.rules:
            known = latest.get(rule.purge)
            if rule.valid_from <= day and (known is None or rule.valid_from > known.valid_from):
                latest[rule.purge] = rule
        return tuple(latest.values())

    def rule(self, purge: str, day: date) -> Rule:
        """The rule that holds for this purge on that day. Raises ``RulesIncomplete``."""
        for each in self.applicable(day):
            if each.purge == purge:
                return each
        raise RulesIncomplete(f"no retention rule for {purge!r} holds on {day:%Y-%m-%d}")


@functools.cache
def shipped() -> RuleBook:
    """The rules of this version, checked. Raises ``RulesIncomplete``."""
    return read(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def read(stored: Mapping[str, Any]) -> RuleBook:
    """Rules as they stand in a file. Raises ``RulesIncomplete`` naming the first wrong one."""
    rules = tuple(_rule(entry) for entry in stored.get("rule", ()))
    kept = tuple(
        Kept(tuple(entry["tables"]), entry["what"], entry["because"], entry["with"])
        for entry in stored.get("kept", ())
    )
    seen: set[tuple[str, date]] = set()
    for rule in rules:
        if (rule.purge, rule.valid_from) in seen:
            raise RulesIncomplete(f"{rule.purge}: two rules begin on {rule.valid_from:%Y-%m-%d}")
        seen.add((rule.purge, rule.valid_from))
    return RuleBook(rules, kept)


def check(book: RuleBook, purges: Iterable[upkeep.Purge]) -> None:
    """Every purge has a rule and every rule a purge, or nothing is deleted. Raises ``RulesIncomplete``."""
    known, ruled = {each.name for each in purges}, {rule.purge for rule in book.rules}
    if known != ruled:
        wrong = ", ".join(sorted(known ^ ruled))
        raise RulesIncomplete(f"retention_rules.toml and the registered purges do not fit together: {wrong}")


def _rule(entry: Mapping[str, Any]) -> Rule:
    name = entry.get("purge", "?")
    given = set(entry)
    if missing := sorted(_NEEDED - given):
        raise RulesIncomplete(f"rule {name}: {', '.join(missing)} is missing")
    if unknown := sorted(given - _NEEDED - _GROUNDS):
        raise RulesIncomplete(f"rule {name}: {', '.join(unknown)} is unknown")
    if not given & _GROUNDS:
        raise RulesIncomplete(f"rule {name}: nobody may delete without a norm or a reason")
    if type(entry["valid_from"]) is not date:
        raise RulesIncomplete(f"rule {name}: valid_from is no day")
    try:
        period = Period.from_iso(entry["period"])
    except ValueError as wrong:
        raise RulesIncomplete(f"rule {name}: {wrong}") from None
    return Rule(
        purge=name,
        what=entry["what"],
        action=entry["action"],
        period=period,
        since=entry["from"],
        reason=entry.get("reason", ""),
        norm=entry.get("norm", ""),
        valid_from=entry["valid_from"],
    )
