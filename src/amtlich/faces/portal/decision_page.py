# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a decision, explained by the catalog, to what its page draws: tables, and every rule as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal.language import _, current, pick, said, typeset


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must hold, or that follows."""

    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """A rule as one sentence (German, English), or as what must be and what then is (Leichte Sprache)."""

    number: int
    title: str
    sentence: str
    conditions: tuple[Part, ...]
    results: tuple[Part, ...]
    reason: str
    norm: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its headings; ``norms``: any of its rules names a law."""

    number: int
    title: str
    words_title: str
    table: catalog.ExplainedTable
    rules: tuple[RuleInWords, ...]
    norms: bool


@dataclass(frozen=True, slots=True)
class DecidedService:
    """What the page says of the service itself."""

    slug: str
    name: str
    version: str
    mode: str
    office: str
    after: tuple[str, ...]


def service(package: catalog.Package) -> DecidedService:
    """The service whose decision is shown."""
    return DecidedService(
        slug=package.slug,
        name=said(package.names),
        version=package.version,
        mode=package.automation.mode,
        office=said(package.office),
        after=tuple(map(typeset, package.page["decided_after"][current()])),
    )


def tables(found: catalog.Explained) -> tuple[ShownTable, ...]:
    """The deciding table first, then those that prepare it."""
    return tuple(_table(number, one) for number, one in enumerate(found.tables, 1))


def _table(number: int, one: catalog.ExplainedTable) -> ShownTable:
    own = said(one.title) if one.title else ""
    return ShownTable(
        number=number,
        title=_("So kommt es zustande: {what}", what=own) if own else _("Alle Regeln als Tabelle"),
        words_title=_("Regeln in Worten: {what}", what=own) if own else _("Alle Regeln in Worten"),
        table=one,
        rules=tuple(_in_words(rule) for rule in one.rules),
        norms=any(rule.norm for rule in one.rules),
    )


def _in_words(rule: catalog.ExplainedRule) -> RuleInWords:
    conditions = tuple(_part(cell) for cell in rule.conditions if cell.matters)
    results = tuple(_part(cell) for cell in rule.results)
    then = "; ".join(f"{part.name}: {part.shown.rstrip('.')}" for part in results)
    if conditions:
        needed = "; ".join(f"{part.name}: {part.shown.rstrip('.')}" for part in conditions)
        sentence = _("Wenn {conditions}. Dann {results}.", conditions=needed, results=then)
    else:
        sentence = _("Immer {results}.", results=then)
    return RuleInWords(
        number=rule.number,
        title=_("Regel {number}", number=rule.number),
        sentence=sentence,
        conditions=conditions,
        results=results,
        reason=typeset(pick(rule.reason)) if rule.reason else "",
        norm=typeset(rule.norm),
    )


def _part(cell: catalog.Cell) -> Part:
    return Part(said(cell.name), said(cell.shown))
