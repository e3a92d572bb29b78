# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The package's own examples: all must hold, and together they must use every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amtlich.contexts.catalog.explained import REASON, RESULT
from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.gate.decisions import FILE as MODEL_FILE
from amtlich.contexts.catalog.gate.decisions import rows
from amtlich.contexts.catalog.package import Package, Scenario
from amtlich.contexts.catalog.source import Source
from amtlich.engines.rules import Evaluation, RulesError, from_feel, to_feel

_FILE = "scenarios.yaml"


def check_scenarios(source: Source, package: Package) -> Iterator[Finding]:
    """Run every example; then look for rules that none of them used."""
    if package.decision not in package.model.decisions:
        return
    fired: set[tuple[str, str]] = set()
    names: set[str] = set()
    for index, scenario in enumerate(package.scenarios):
        if scenario.name in names:
            yield source.finding(
                _FILE,
                (index, "name"),
                f"Das Beispiel „{scenario.name}“ gibt es zweimal.",
                "Geben Sie jedem einen eigenen Namen.",
            )
        names.add(scenario.name)
        wrong = list(_wrong_inputs(source, package, scenario, index))
        yield from wrong
        if not wrong:
            yield from _run(source, package, scenario, index, fired)
    for table, rule in rows(package):
        if (table.id, rule.id) not in fired:
            yield Finding(
                MODEL_FILE,
                rule.place.line,
                rule.place.column,
                f"Kein Beispiel benutzt die Regel {rule.id}.",
                f"Ergänzen Sie in {_FILE} ein Beispiel, in dem sie greift.",
            )


def _wrong_inputs(source: Source, package: Package, scenario: Scenario, index: int) -> Iterator[Finding]:
    facts = [name for name, origin in package.inputs.items() if origin.kind != "parameter"]
    for name in scenario.inputs:
        if name not in facts:
            remedy = f"Möglich sind: {', '.join(facts)}."
            if name in package.inputs:
                remedy = (
                    "Der Wert kommt aus parameters.yaml, wie er am Tag des Beispiels gilt. Löschen Sie ihn."
                )
            yield source.finding(_FILE, (index, "in", name), f"„{name}“ ist hier keine Eingabe.", remedy)
    for name in facts:
        if name not in scenario.inputs:
            yield source.finding(
                _FILE,
                (index, "in"),
                f"Im Beispiel „{scenario.name}“ fehlt die Eingabe „{name}“.",
                f"Ergänzen Sie sie; für eine fehlende Angabe schreiben Sie {name}: null.",
            )


def _run(
    source: Source, package: Package, scenario: Scenario, index: int, fired: set[tuple[str, str]]
) -> Iterator[Finding]:
    try:
        evaluation = package.decide(scenario.inputs, scenario.on)
    except RulesError as error:
        yield source.finding(
            _FILE,
            (index,),
            f"Das Beispiel „{scenario.name}“ lässt sich nicht rechnen: {error.message_de}",
            "Prüfen Sie Eingaben und Regeln.",
        )
        return
    for step in evaluation.steps:
        fired.update((step.table_id, rule) for rule in step.fired)
    outcome = evaluation.outcome
    if not isinstance(outcome, Mapping):
        yield source.finding(
            _FILE,
            (index,),
            f"Im Beispiel „{scenario.name}“ greift keine Regel.",
            "Ergänzen Sie eine Regel oder berichtigen Sie das Beispiel.",
        )
        return
    for name, expected in scenario.outcome.items():
        yield from _compare(source, scenario, index, name, expected, outcome)
    yield from _reason(package, evaluation, outcome)
    result = outcome.get(RESULT)
    if RESULT in outcome and result not in package.outcomes:
        yield source.finding(
            _FILE,
            (index, "out"),
            f"Das Ergebnis „{result}“ steht nicht in service.yaml.",
            "Ergänzen Sie es unter decision, outcomes.",
        )


def _reason(package: Package, evaluation: Evaluation, outcome: Mapping[str, Any]) -> Iterator[Finding]:
    """What a rule gives as reason and what its column Text says must be one and the same."""
    table = package.model.decisions[package.decision].table
    if table is None or REASON not in outcome:
        return
    fired = [rule for step in evaluation.steps if step.table_id == table.id for rule in step.fired]
    for rule in map(table.rule, fired):
        text = rule.annotations.get("Text", "").strip()
        if text and outcome[REASON] != text:
            yield Finding(
                MODEL_FILE,
                rule.place.line,
                rule.place.column,
                f"Die Regel {rule.id} gibt als {REASON} {_word(outcome[REASON])} aus, ihr Text ist „{text}“.",
                "Schreiben Sie in beide Spalten dieselbe Text-ID.",
            )


def _compare(
    source: Source, scenario: Scenario, index: int, name: str, expected: Any, outcome: Mapping[str, Any]
) -> Iterator[Finding]:
    if name not in outcome:
        yield source.finding(
            _FILE,
            (index, "out", name),
            f"Die Ausgabe „{name}“ gibt es nicht.",
            f"Möglich sind: {', '.join(outcome)}.",
        )
        return
    found, wanted = outcome[name], to_feel(expected)
    if type(found) is not type(wanted) or found != wanted:
        yield source.finding(
            _FILE,
            (index, "out", name),
            f"Im Beispiel „{scenario.name}“ ist {name} {_word(found)}, nicht {_word(wanted)}.",
            "Berichtigen Sie die Regel oder die Erwartung.",
        )


def _word(value: Any) -> str:
    plain = from_feel(value)
    if plain is None:
        return "null"
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return f"„{plain}“"
