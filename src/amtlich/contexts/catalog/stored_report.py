# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the gate says about a stored version today, and which of its rules which example tries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from amtlich.contexts.catalog.explained import RESULT, explained
from amtlich.contexts.catalog.findings import CheckReport
from amtlich.contexts.catalog.gate import check_bundle
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.packages import bundle_of, package_of
from amtlich.engines.forms import Text
from amtlich.engines.rules import RulesError, from_feel, to_feel


@dataclass(frozen=True, slots=True)
class TriedScenario:
    """An example of the package: what came out, by which rules, and whether that is what it expects."""

    name: str
    on: date
    outcome: str
    rules: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A rule, and the examples in which it fires. ``table`` is None for the table that decides."""

    table: Text | None
    number: int
    id: str
    norm: str
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionReport:
    """The check of one version. The counts of findings and examples are those of the gate itself."""

    check: CheckReport
    scenarios: tuple[TriedScenario, ...]
    rules: tuple[TriedRule, ...]

    @property
    def covered(self) -> int:
        return sum(1 for rule in self.rules if rule.scenarios)


@lru_cache(maxsize=32)
def report_of(digest: str) -> VersionReport:
    """The report on a stored version; what a digest names never changes, so it is worked out once."""
    package = package_of(digest)
    check = check_bundle(bundle_of(digest), f"{package.slug} {package.version}")
    fired: dict[tuple[str, str], list[str]] = {}
    scenarios = tuple(_try(package, fired))
    return VersionReport(check, scenarios, tuple(_rules(package, fired)))


def _try(package: Package, fired: dict[tuple[str, str], list[str]]) -> Iterator[TriedScenario]:
    for scenario in package.scenarios:
        try:
            evaluation = package.decide(scenario.inputs, scenario.on)
        except RulesError as error:
            yield TriedScenario(scenario.name, scenario.on, error.message_de, (), False)
            continue
        rules = [(step.table_id, rule) for step in evaluation.steps for rule in step.fired]
        for rule in dict.fromkeys(rules):
            fired.setdefault(rule, []).append(scenario.name)
        outcome = evaluation.outcome if isinstance(evaluation.outcome, Mapping) else {}
        holds = bool(outcome) and all(
            name in outcome and outcome[name] == to_feel(expected)
            for name, expected in scenario.outcome.items()
        )
        yield TriedScenario(
            scenario.name,
            scenario.on,
            outcome_name(package, str(from_feel(outcome.get(RESULT)))) if outcome else "keine Regel greift",
            tuple(rule for _, rule in dict.fromkeys(rules)),
            holds,
        )


def _rules(package: Package, fired: Mapping[tuple[str, str], list[str]]) -> Iterator[TriedRule]:
    day = max((scenario.on for scenario in package.scenarios), default=date.max)
    for table in explained(package, day).tables:
        for rule in table.rules:
            tried = tuple(fired.get((table.id, rule.id), ()))
            yield TriedRule(table.title, rule.number, rule.id, rule.norm, tried)


def outcome_name(package: Package, outcome: str) -> str:
    """What people call an outcome, in German."""
    term = package.terms.get(RESULT)
    words = term.values.get(outcome) if term else None
    return words["de"] if words else outcome
