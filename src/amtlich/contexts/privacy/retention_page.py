# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The retention rules as two tables in Markdown: for docs/betrieb/aufbewahrung.md and the command line."""

from __future__ import annotations

from datetime import date

from amtlich.contexts.privacy.rules import Kept, Rule, RuleBook, shipped

_RULES = "| Regel | was | Frist | ab | was geschieht | Grund | gilt ab |\n|---|---|---|---|---|---|---|"
_KEPT = "| was | warum es bleibt | wächst mit | Tabellen |\n|---|---|---|---|"


def tables(book: RuleBook | None = None) -> str:
    """All rules, also those of other times, and what is kept without one."""
    book = book or shipped()
    return "\n".join([_RULES, *map(_rule, book.rules), "", _KEPT, *map(_kept, book.kept), ""])


def _rule(rule: Rule) -> str:
    ground = f"{rule.reason} ({rule.norm})" if rule.reason and rule.norm else rule.reason or rule.norm
    cells = (f"`{rule.purge}`", rule.what, rule.period.words_de, rule.since, rule.action, ground)
    return f"| {' | '.join(cells)} | {_day(rule.valid_from)} |"


def _kept(kept: Kept) -> str:
    names = ", ".join(f"`{table}`" for table in kept.tables)
    return f"| {kept.what} | {kept.because} | {kept.grows_with} | {names} |"


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
