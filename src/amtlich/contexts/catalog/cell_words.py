# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Cells of a decision table in words: ``-`` is "egal", ``null`` "nicht bekannt", ``[1..3]`` "von 1 bis 3".

What has no words here is shown as it stands in the model, and said to be a formula: never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from amtlich.contexts.catalog.package import Package
from amtlich.engines.forms import LANGUAGES, Text
from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.calendar import Day
from amtlich.engines.rules.temporal import read_date, read_duration
from amtlich.engines.rules.values import DaysTime, YearsMonths
from amtlich.kernel.sentence import Sentence

Shown = Sentence | Text
"""Words in three forms: a sentence of ours, or a text of the package."""

_A_DAY = 86_400


class Known:
    """The words of one package on one day."""

    def __init__(self, package: Package, on: date) -> None:
        self._package = package
        self._in_force = package.parameters(on)

    def name(self, name: str) -> Text:
        """What people call an input, an output or a table; a name without words stands for itself."""
        term = self._package.terms.get(name)
        return term.name if term else dict.fromkeys(LANGUAGES, name)

    def condition(self, cell: s.Text, column: str) -> Shown:
        """What must hold of a column."""
        body = cell.body
        if not isinstance(body, s.Cell):
            return _formula(cell)
        if body.irrelevant:
            return Sentence("egal")
        if body.negated and len(body.tests) == 1 and _is_null(body.tests[0]):
            return Sentence("bekannt")
        parts = [self._test(test, column) for test in body.tests]
        if any(part is None for part in parts):
            return _formula(cell)
        one = _either([part for part in parts if part is not None])
        return Sentence("nicht {value}", value=one) if body.negated else one

    def result(self, cell: s.Text, column: str) -> Shown:
        """What a rule gives in a column."""
        return self._value(cell.body, column) or _formula(cell)

    def _test(self, test: s.Node, column: str) -> Shown | None:
        if isinstance(test, s.CompareTest):
            value = self._bound(test.value, column)
            return None if value is None else _compared(test.operator, value)
        if isinstance(test, s.ValueTest) and not test.about_input:
            if isinstance(test.expression, s.RangeOf):
                return self._range(test.expression, column)
            if isinstance(test.expression, s.ListOf):
                parts = [self._value(item, column) for item in test.expression.items]
                known = [part for part in parts if part is not None]
                return _either(known) if known and len(known) == len(parts) else None
            return self._value(test.expression, column)
        return None

    def _range(self, range_: s.RangeOf, column: str) -> Shown | None:
        start = None if range_.start is None else self._bound(range_.start, column)
        end = None if range_.end is None else self._bound(range_.end, column)
        if range_.start is None:
            return None if end is None else _compared("<=" if range_.end_included else "<", end)
        if range_.end is None:
            return None if start is None else _compared(">=" if range_.start_included else ">", start)
        if start is None or end is None:
            return None
        if range_.start_included and range_.end_included:
            return Sentence("von {low} bis {high}", low=start, high=end)
        low = _compared(">=" if range_.start_included else ">", start)
        high = _compared("<=" if range_.end_included else "<", end)
        return Sentence("{low} und {high}", low=low, high=high)

    def _bound(self, node: s.Node, column: str) -> Shown | None:
        """What is compared with: a bare number, because "more than exactly 1" says nothing."""
        if isinstance(node, s.Literal) and isinstance(node.value, Decimal):
            return number(node.value)
        return self._value(node, column)

    def _value(self, node: s.Node, column: str) -> Shown | None:
        if isinstance(node, s.Literal):
            return self._literal(node.value, column)
        if isinstance(node, s.Negate) and isinstance(node.operand, s.Literal):
            value = node.operand.value
            return self._literal(-value, column) if isinstance(value, Decimal) else None
        if isinstance(node, s.Name):
            return self._named(node.name)
        return _time(node)

    def _literal(self, value: object, column: str) -> Shown:
        term = self._package.terms.get(column)
        own = term.values.get(written(value)) if term else None
        if own is not None:
            return own
        if value is None:
            return Sentence("nicht bekannt")
        if isinstance(value, bool):
            return Sentence("ja") if value else Sentence("nein")
        return _moment(value) or number(value)

    def _named(self, name: str) -> Shown:
        source = self._package.inputs.get(name)
        if source is None or source.kind != "parameter" or source.ref not in self._in_force:
            return self.name(name)
        value, unit = self._in_force[source.ref].value, self._package.series[source.ref].unit
        amount = with_unit(number(value), unit) if unit else number(value)
        return Sentence("{name}, zurzeit {amount}", name=self.name(name), amount=amount)


def written(value: object) -> str:
    """A constant as ``values`` in texts.yaml names it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def values(cells: Iterable[s.Text]) -> Iterator[tuple[str, bool]]:
    """The constants that stand in the cells of a column, and whether they are words, which need a text."""
    for cell in cells:
        for node in s.walk(cell):
            if isinstance(node, s.Literal):
                yield written(node.value), isinstance(node.value, str) and read_date(node.value) is None


def number(value: object) -> Text:
    """1.234,50 in German, 1,234.50 in English; whole numbers without decimals. A text stays as it is."""
    if not isinstance(value, Decimal):
        return dict.fromkeys(LANGUAGES, str(value))
    english = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,f}"
    german = english.translate(str.maketrans(",.", ".,"))
    return {language: english if language == "en" else german for language in LANGUAGES}


def with_unit(amount: Text, unit: Text) -> Text:
    """8 Euro."""
    return {language: f"{amount[language]} {unit[language]}".strip() for language in LANGUAGES}


def _compared(operator: str, value: Shown) -> Sentence:
    if isinstance(value, Sentence) and isinstance(value.values.get("value"), date):
        return _in_time(operator, value)
    match operator:
        case "<":
            return Sentence("weniger als {value}", value=value)
        case "<=":
            return Sentence("höchstens {value}", value=value)
        case ">":
            return Sentence("mehr als {value}", value=value)
        case ">=":
            return Sentence("mindestens {value}", value=value)
        case "!=":
            return Sentence("nicht {value}", value=value)
        case _:
            return Sentence("{value}", value=value)


def _in_time(operator: str, day: Sentence) -> Sentence:
    match operator:
        case "<":
            return Sentence("vor dem {day}", day=day)
        case "<=":
            return Sentence("bis zum {day}", day=day)
        case ">":
            return Sentence("nach dem {day}", day=day)
        case ">=":
            return Sentence("ab dem {day}", day=day)
        case _:
            return Sentence("nicht {value}", value=day) if operator == "!=" else day


def _either(parts: Sequence[Shown]) -> Shown:
    """A, B oder C."""
    if len(parts) == 1:
        return parts[0]
    before: Shown = parts[0]
    for part in parts[1:-1]:
        before = Sentence("{first}, {second}", first=before, second=part)
    return Sentence("{first} oder {second}", first=before, second=parts[-1])


def _time(node: s.Node) -> Shown | None:
    """A date or a span, written as @"2026-11-25", date("2026-11-25") or duration("P1Y")."""
    text = node.text if isinstance(node, s.Temporal) else _only_argument(node)
    return None if text is None else _moment(read_date(text) or read_duration(text))


def _moment(value: object) -> Sentence | None:
    if isinstance(value, Day) and MINYEAR <= value.year <= MAXYEAR:
        return Sentence("{value}", value=date(value.year, value.month, value.day))
    if isinstance(value, YearsMonths):
        whole = value.months % 12 == 0
        return _years(value.months // 12) if whole else Sentence("{count} Monate", count=value.months)
    if isinstance(value, DaysTime) and value.seconds % _A_DAY == 0:
        days = int(value.seconds // _A_DAY)
        return Sentence("1 Tag") if days == 1 else Sentence("{count} Tage", count=days)
    return None


def _years(count: int) -> Sentence:
    return Sentence("1 Jahr") if count == 1 else Sentence("{count} Jahre", count=count)


def _is_null(test: s.Node) -> bool:
    return (
        isinstance(test, s.ValueTest)
        and isinstance(test.expression, s.Literal)
        and test.expression.value is None
    )


def _only_argument(node: s.Node) -> str | None:
    if not isinstance(node, s.Call) or not isinstance(node.callee, s.Name) or len(node.arguments) != 1:
        return None
    argument = node.arguments[0]
    if node.callee.name not in ("date", "duration") or not isinstance(argument, s.Literal):
        return None
    return argument.value if isinstance(argument.value, str) else None


def _formula(cell: s.Text) -> Sentence:
    return Sentence("wie die Formel sagt: {formula}", formula=cell.source.text.strip())
