# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The decision model: complete, without contradiction, with a norm and a text for every rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from amtlich.contexts.catalog.explained import REASON, RESULT
from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.package import InputSource, Package
from amtlich.contexts.catalog.source import Source
from amtlich.engines.rules import analyse
from amtlich.engines.rules.table import DecisionTable, Rule

FILE = "decision.dmn"

_REMEDIES = {
    "gap": "Ergänzen Sie eine Regel, die zu einer Person führt.",
    "overlap": "Grenzen Sie die Regeln voneinander ab.",
    "unreachable": "Löschen Sie die Regel oder ändern Sie ihre Bedingungen.",
    "not_analysed": "Vergleichen Sie mit festen Werten, zum Beispiel „Einkommen - Grenze“ mit „<= 0“.",
}


def check_decisions(source: Source, package: Package) -> Iterator[Finding]:
    """Gaps (null included), overlaps, unreachable rules; inputs with an origin; norms and texts."""
    if package.decision not in package.model.decisions:
        yield source.finding(
            "service.yaml",
            ("decision", "name"),
            f"Die Entscheidung „{package.decision}“ gibt es in {FILE} nicht.",
            f"Es gibt: {', '.join(package.model.decisions)}.",
        )
    for fault in analyse(package.model):
        yield Finding(FILE, fault.line, fault.column, fault.message_de, _REMEDIES[fault.kind])
    yield from _inputs(source, package)
    yield from _outputs(package)
    yield from _rules(package)


def _inputs(source: Source, package: Package) -> Iterator[Finding]:
    for name, data in package.model.inputs.items():
        if name not in package.inputs:
            yield Finding(
                FILE,
                data.place.line,
                data.place.column,
                f"Woher die Eingabe „{name}“ kommt, steht nirgends.",
                "Ergänzen Sie sie in service.yaml unter decision, inputs.",
            )
    for name, origin in package.inputs.items():
        path = ("decision", "inputs", name)
        if name not in package.model.inputs:
            yield source.finding(
                "service.yaml",
                path,
                f"Die Eingabe „{name}“ gibt es in {FILE} nicht.",
                f"Es gibt: {', '.join(package.model.inputs)}.",
            )
        possible = _origins(package)
        if f"{origin.kind}.{origin.ref}" not in possible:
            yield source.finding(
                "service.yaml",
                path,
                f"„{origin.kind}.{origin.ref}“ ist keine mögliche Herkunft.",
                f"Möglich sind: {', '.join(possible)}.",
            )


def _outputs(package: Package) -> Iterator[Finding]:
    main = package.model.decisions.get(package.decision)
    if main is None:
        return
    if main.table is None:
        place = main.place
        yield Finding(
            FILE,
            place.line,
            place.column,
            f"Die Entscheidung „{main.name}“ ist keine Tabelle.",
            "Entscheiden Sie am Ende mit einer Tabelle: Nur sie nennt je Regel Norm und Text.",
        )
        return
    names = [output.name for output in main.table.outputs]
    for needed in (RESULT, REASON):
        if needed not in names:
            yield Finding(
                FILE,
                main.table.place.line,
                main.table.place.column,
                f"Der Tabelle fehlt die Ausgabe „{needed}“.",
                f"Ergänzen Sie die Spalte. Nötig sind {RESULT} und {REASON}.",
            )


def _origins(package: Package) -> list[str]:
    login = [InputSource("login", ref) for ref in ("level", "agrees")]
    evidence = [
        InputSource("evidence", f"{item.id}.{what}")
        for item in package.evidence
        for what in ("matches", "blocked")
    ]
    form = [InputSource("form", field.id) for field in package.form.fields]
    parameters = [InputSource("parameter", name) for name in package.series]
    return [f"{origin.kind}.{origin.ref}" for origin in (*login, *evidence, *form, *parameters)]


def _rules(package: Package) -> Iterator[Finding]:
    main = package.model.decisions.get(package.decision)
    for table, rule in rows(package):
        place = rule.place
        if not rule.annotations.get("Norm", "").strip():
            yield Finding(
                FILE,
                place.line,
                place.column,
                f"Die Regel {rule.id} nennt keine Norm.",
                "Ergänzen Sie sie in der Spalte Norm.",
            )
        text = rule.annotations.get("Text", "").strip()
        if not text and main is not None and table is main.table:
            yield Finding(
                FILE,
                place.line,
                place.column,
                f"Die Regel {rule.id} nennt keinen Text.",
                "Ergänzen Sie in der Spalte Text eine Text-ID aus reasons.yaml.",
            )
        elif text and text not in package.reasons:
            yield Finding(
                FILE,
                place.line,
                place.column,
                f"Den Text „{text}“ der Regel {rule.id} gibt es nicht.",
                "Ergänzen Sie ihn in reasons.yaml mit office, de, leicht und en.",
            )


def rows(package: Package) -> Iterator[tuple[DecisionTable, Rule]]:
    """Every rule of every table of the model, with its table."""
    model = package.model
    tables = [one.tables for one in model.decisions.values()] + [
        one.tables for one in model.functions.values()
    ]
    for table in chain.from_iterable(tables):
        for rule in table.rules:
            yield table, rule
