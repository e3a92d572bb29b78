# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The decision of a package as people read it: its tables, what follows by which norm, its parameters.

Generated from the published model and nothing else, so it cannot say other than what is decided. The words
for inputs, outputs and values come from ``terms`` in texts.yaml; ``cell_words`` turns FEEL into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amtlich.contexts.catalog import cell_words
from amtlich.contexts.catalog.cell_words import Shown
from amtlich.contexts.catalog.package import OutcomeKind, Package, ParameterValue
from amtlich.engines.forms import LANGUAGES, Text
from amtlich.engines.rules import Model
from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.table import DecisionTable, Rule

RESULT = "ergebnis"
"""The output that names the outcome, one of those in service.yaml."""

REASON = "grund"
"""The output that names the text of the reason, the same as the rule's column Text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one rule. ``matters`` is False where the rule does not ask (``-``)."""

    name: Text
    shown: Shown
    matters: bool = True


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """A row: what must hold, and what follows. ``kind`` and ``reason`` belong to the deciding table."""

    number: int
    id: str
    conditions: tuple[Cell, ...]
    results: tuple[Cell, ...]
    kind: OutcomeKind | None
    reason: Text | None
    norm: str


@dataclass(frozen=True, slots=True)
class ExplainedTable:
    """A decision table. ``title`` is None for the one that decides in the end."""

    id: str
    title: Text | None
    columns: tuple[Text, ...]
    results: tuple[Text, ...]
    rules: tuple[ExplainedRule, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A value that is reckoned without a table: the expression as the model writes it."""

    name: Text
    text: str


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """A value of a parameter from a day on. ``now``: it is the one in force on the day of the page."""

    valid_from: date
    amount: Shown
    source: str
    now: bool


@dataclass(frozen=True, slots=True)
class ExplainedParameter:
    """A number of the law that the rules use, with every value it had, newest first."""

    name: Text
    basis: str
    values: tuple[DatedAmount, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The whole decision of one package version. The deciding table comes first."""

    tables: tuple[ExplainedTable, ...]
    formulas: tuple[Formula, ...]
    parameters: tuple[ExplainedParameter, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """The values of a term that must have words, and those that may have some."""

    required: frozenset[str]
    possible: frozenset[str]


def explained(package: Package, on: date) -> Explained:
    """The decision under the parameters of that day."""
    model = package.model
    main = model.decisions[package.decision]
    known = cell_words.Known(package, on)
    own = main.tables[:1]
    others = [(name, table) for name, table in _tables(model) if table not in own]
    tables = [_table(package, table, known, main.name, None) for table in own]
    tables += [_table(package, table, known, name, known.name(name)) for name, table in others]
    formulas = tuple(
        Formula(known.name(one.name), one.logic.source.text.strip())
        for one in model.decisions.values()
        if isinstance(one.logic, s.Text)
    )
    return Explained(tuple(tables), formulas, tuple(_parameters(package, known, on)))


def needed_terms(package: Package) -> Mapping[str, Need]:
    """Every name that the page shows, with its values: what ``terms`` must hold words for."""
    model = package.model
    names: dict[str, list[tuple[str, bool]]] = {name: [] for name in package.series}
    main = model.decisions.get(package.decision)
    for name, table in _tables(model):
        if main is None or table is not main.table:
            names.setdefault(name, [])
        for column, clause in enumerate(table.inputs):
            cells = [rule.inputs[column] for rule in table.rules]
            names.setdefault(clause.label, []).extend(cell_words.values(cells))
        for column, output in enumerate(table.outputs):
            if output.name != REASON:
                cells = [rule.outputs[column] for rule in table.rules]
                names.setdefault(_output(table, output.name, name), []).extend(cell_words.values(cells))
        for rule in table.rules:
            for used in _names(rule, model):
                names.setdefault(used, [])
    for one in model.decisions.values():
        if isinstance(one.logic, s.Text):
            names.setdefault(one.name, [])
    if RESULT in names:
        names[RESULT] += [(outcome, True) for outcome in package.outcomes]
    return {
        name: Need(
            frozenset(value for value, is_word in found if is_word), frozenset(value for value, _ in found)
        )
        for name, found in names.items()
    }


def _output(table: DecisionTable, name: str, decision: str) -> str:
    """The only output of a table that prepares the decision is called what the table is called."""
    return decision if len(table.outputs) == 1 and name != RESULT else name


def _tables(model: Model) -> Iterator[tuple[str, DecisionTable]]:
    for decision in model.decisions.values():
        yield from ((decision.name, table) for table in decision.tables)
    for function in model.functions.values():
        yield from ((function.name, table) for table in function.tables)


def _names(rule: Rule, model: Model) -> Iterator[str]:
    for cell in (*rule.inputs, *rule.outputs):
        for node in s.walk(cell):
            if isinstance(node, s.Name) and (node.name in model.inputs or node.name in model.decisions):
                yield node.name


def _table(
    package: Package, table: DecisionTable, known: cell_words.Known, decision: str, title: Text | None
) -> ExplainedTable:
    shown = [
        (column, _output(table, one.name, decision))
        for column, one in enumerate(table.outputs)
        if one.name != REASON
    ]
    rules = tuple(
        ExplainedRule(
            number=number,
            id=rule.id,
            conditions=tuple(
                Cell(known.name(clause.label), known.condition(cell, clause.label), not _free(cell))
                for clause, cell in zip(table.inputs, rule.inputs, strict=True)
            ),
            results=tuple(
                Cell(known.name(name), known.result(rule.outputs[column], name)) for column, name in shown
            ),
            kind=_kind(package, table, rule),
            reason=package.reasons.get(rule.annotations.get("Text", "").strip()),
            norm=rule.annotations.get("Norm", "").strip(),
        )
        for number, rule in enumerate(table.rules, 1)
    )
    return ExplainedTable(
        id=table.id,
        title=title,
        columns=tuple(known.name(clause.label) for clause in table.inputs),
        results=tuple(known.name(name) for _, name in shown),
        rules=rules,
    )


def _free(cell: s.Text) -> bool:
    return isinstance(cell.body, s.Cell) and cell.body.irrelevant


def _kind(package: Package, table: DecisionTable, rule: Rule) -> OutcomeKind | None:
    for output, cell in zip(table.outputs, rule.outputs, strict=True):
        if output.name == RESULT and isinstance(cell.body, s.Literal):
            return package.outcomes.get(str(cell.body.value))
    return None


def _parameters(package: Package, known: cell_words.Known, on: date) -> Iterator[ExplainedParameter]:
    for name, series in package.series.items():
        current = series.on(on)
        values = [
            DatedAmount(value.valid_from, _amount(value, series.unit), value.source, value is current)
            for value in reversed(series.values)
        ]
        yield ExplainedParameter(known.name(name), series.basis, tuple(values))


def _amount(value: ParameterValue, unit: Text | None) -> Shown:
    return cell_words.with_unit(cell_words.number(value.value), unit or dict.fromkeys(LANGUAGES, ""))
