# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The values of a table column cut into finitely many parts on which every cell is constant.

Each part has a sample, a value that really lies in it: membership of a part in a cell is found by running the
cell on the sample, so the analysis can not disagree with the evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from functools import cmp_to_key
from itertools import pairwise
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.boundaries import (
    Boundaries,
    collect,
    constant,
    depends_on_input_only,
    is_constant,
    quiet_run,
)
from amtlich.engines.rules.calendar import DAY, Clock, Day, Moment, OutOfCalendar
from amtlich.engines.rules.compiler import compile_cell
from amtlich.engines.rules.run import Env, Stopped
from amtlich.engines.rules.types import Type
from amtlich.engines.rules.values import NUMBERS, ORDERED, DaysTime, YearsMonths, equal, kind, order

_COMPOSITE: Final = frozenset({"list", "context", "range", "function"})
Between = Callable[[object, object], object]


@dataclass(frozen=True, slots=True)
class Partition:
    """The parts' samples; the last one is null. `finite`: the samples are all the values there are."""

    samples: tuple[object, ...]
    finite: bool

    @property
    def all(self) -> int:
        """The set of all parts, as bits."""
        return (1 << len(self.samples)) - 1

    @property
    def null(self) -> int:
        return 1 << (len(self.samples) - 1)


@dataclass(frozen=True, slots=True)
class Membership:
    """The parts on which a cell certainly holds, and those on which it may hold; equal where the cell is
    analysed.
    """

    must: int
    may: int

    @property
    def known(self) -> bool:
        return self.must == self.may


def partition(wanted: Type, cells: Iterable[s.Text]) -> Partition:
    """The parts of a column of this type that its cells and allowed values can tell apart."""
    found = Boundaries()
    for cell in cells:
        collect(cell, found)
    constraint = wanted.constraint
    bounded = constraint is not None and collect(constraint, found, domain=True)
    listed = _listed(constraint) if constraint is not None else None
    if listed is not None:
        return Partition((*_distinct(listed), None), finite=True)
    samples = _samples(wanted, found)
    if bounded and wanted.allows is not None:
        samples = [sample for sample in samples if wanted.allows(sample)]
    return Partition((*samples, None), finite=wanted.kind == "boolean")


def membership(cell: s.Text, wanted: Type, parts: Partition) -> Membership:
    """On which parts a cell holds."""
    body = cell.body
    assert isinstance(body, s.Cell)
    if body.irrelevant:
        return Membership(parts.all, parts.all)
    if _analysable(cell, wanted, parts):
        test = compile_cell(cell)
        holds = 0
        for index, sample in enumerate(parts.samples):
            if _holds(test, sample):
                holds |= 1 << index
        return Membership(holds, holds)
    may = parts.all & ~parts.null if _needs_value(body) else parts.all
    return Membership(0, may)


def _holds(test: Callable[[object, Env], bool | None], sample: object) -> bool:
    try:
        return test(sample, Env({}, quiet_run())) is True
    except (Stopped, RecursionError):
        return False


def _analysable(cell: s.Text, wanted: Type, parts: Partition) -> bool:
    if parts.finite:
        return depends_on_input_only(cell.body)
    found = Boundaries()
    if not collect(cell, found):
        return False
    # Of lists and contexts only "missing or not" can be told apart.
    return wanted.kind not in _COMPOSITE or not found.points


def _needs_value(body: s.Cell) -> bool:
    """Whether a cell can hold for no missing value, whatever it compares with."""
    return not body.negated and all(
        (isinstance(test, s.CompareTest) and test.operator not in ("=", "!="))
        or (isinstance(test, s.ValueTest) and isinstance(test.expression, s.RangeOf))
        for test in body.tests
    )


def _listed(constraint: s.Text) -> list[object] | None:
    """The values of a constraint that lists constants; None if it says something else."""
    body = constraint.body
    if not isinstance(body, s.Cell) or body.negated or not body.tests:
        return None
    values: list[object] = []
    for test in body.tests:
        if not isinstance(test, s.ValueTest) or test.about_input or not is_constant(test.expression):
            return None
        value = constant(test.expression, constraint.source)
        if value is None or kind(value) in _COMPOSITE:
            return None
        values.append(value)
    return values


def _distinct(values: Iterable[object]) -> list[object]:
    found: list[object] = []
    for value in values:
        if not any(equal(value, other) is True for other in found):
            found.append(value)
    return found


def _samples(wanted: Type, found: Boundaries) -> list[object]:
    if wanted.kind == "boolean":
        return [True, False]
    if wanted.kind in _COMPOSITE:
        return [_other_of(wanted.kind)]
    if wanted.kind in ORDERED:
        return _of_kind(wanted.kind, found)
    kinds = [one for one in ORDERED if any(kind(point) == one for point in found.points)]
    samples: list[object] = []
    for one in sorted({*kinds, "string"}):
        samples.extend(_of_kind(one, found))
    if any(isinstance(point, bool) for point in found.points):
        samples.extend([True, False])
    # A value of a kind that no cell speaks of.
    samples.append([])
    return samples


def _of_kind(what: str, found: Boundaries) -> list[object]:
    points = _distinct(point for point in found.points if kind(point) == what)
    if what == "string" and not found.ordered:
        return [*points, _other_text(points)]
    points.sort(key=cmp_to_key(lambda a, b: order(a, b) or 0))
    if what in ("time", "date and time"):
        return _zoned(what, points)
    return _cut(points, _whole if what == "number" and found.whole else _BETWEEN[what])


def _cut(points: Sequence[object], between: Between) -> list[object]:
    """A sample on, before, between and after the points; parts without a value are left out.

    The points come first, since a value that a rule names makes the better example.
    """
    edges = [None, *points, None]
    gaps = [between(low, high) for low, high in pairwise(edges)]
    return [*points, *(sample for sample in gaps if sample is not None)]


def _zoned(what: str, points: Sequence[object]) -> list[object]:
    """Times with a zone and without have no order between them: two lines, each with its own points."""
    lines: list[object] = []
    for zone in (None, UTC):
        line = [point for point in points if (getattr(point, "zone", None) is None) == (zone is None)]
        if zone is None or line:
            lines.extend(_cut(line, _moment if what == "date and time" else _clock))
            if zone is not None and not any(getattr(sample, "zone", None) for sample in lines):
                lines.append(_NEW_YEAR if what == "date and time" else _NOON)
    if not any(getattr(point, "zone", None) for point in points):
        lines.append(_NEW_YEAR if what == "date and time" else _NOON)
    return lines


# --- a value strictly between two others (None: no bound), None if there is none


def _number(low: object, high: object) -> object:
    a, b = low if isinstance(low, Decimal) else None, high if isinstance(high, Decimal) else None
    if a is None and b is None:
        return Decimal(0)
    if a is None or b is None:
        edge, step = (b, Decimal(-1)) if a is None and b is not None else (a, Decimal(1))
        assert edge is not None
        beyond = NUMBERS.add(edge, step)
        # Beside a number of more than 34 digits a step of one is lost: then it is as large as the number.
        return beyond if beyond != edge else NUMBERS.add(edge, NUMBERS.multiply(step, edge.copy_abs()))
    middle = _middle(a, b)
    return middle if a < middle < b else None


def _middle(a: Decimal, b: Decimal) -> Decimal:
    """A short number between: 18 and 25 give 19, not 21.5."""
    following = NUMBERS.add(a.to_integral_value(rounding="ROUND_FLOOR"), Decimal(1))
    if a < following < b:
        return following
    return NUMBERS.add(a, NUMBERS.divide(NUMBERS.subtract(b, a), Decimal(2)))


def _whole(low: object, high: object) -> object:
    a, b = low if isinstance(low, Decimal) else None, high if isinstance(high, Decimal) else None
    if a is not None:
        following = a.to_integral_value(rounding="ROUND_FLOOR") + 1
        return following if b is None or following < b else None
    return Decimal(0) if b is None else b.to_integral_value(rounding="ROUND_CEILING") - 1


def _day(low: object, high: object) -> object:
    a = low if isinstance(low, Day) else None
    b = high if isinstance(high, Day) else None
    try:
        if a is not None:
            following = a.plus_days(1)
            return following if b is None or following < b else None
        return Day(2000, 1, 1) if b is None else b.plus_days(-1)
    except OutOfCalendar:
        return None


def _moment(low: object, high: object) -> object:
    a = low if isinstance(low, Moment) else None
    b = high if isinstance(high, Moment) else None
    try:
        if a is not None and b is not None:
            middle = Moment.at((a.instant + b.instant) // 2, a.zone)
            return middle if order(a, middle) == -1 and order(middle, b) == -1 else None
        if a is not None:
            return a.plus(DAY)
        return Moment(Day(2000, 1, 1), Clock(0, 0, 0)) if b is None else b.plus(-DAY)
    except OutOfCalendar:
        return None


def _clock(low: object, high: object) -> object:
    a = low if isinstance(low, Clock) else None
    b = high if isinstance(high, Clock) else None
    if a is None and b is None:
        return Clock(12, 0, 0)
    one = a or b
    start = a.number if a is not None else -1
    end = b.number if b is not None else DAY
    return None if end - start < 2 else Clock.numbered((start + end) // 2, one.zone if one else None)


def _days(low: object, high: object) -> object:
    seconds = _number(
        low.seconds if isinstance(low, DaysTime) else None,
        high.seconds if isinstance(high, DaysTime) else None,
    )
    return DaysTime(seconds) if isinstance(seconds, Decimal) else None


def _months(low: object, high: object) -> object:
    a = low.months if isinstance(low, YearsMonths) else None
    b = high.months if isinstance(high, YearsMonths) else None
    if a is not None:
        return YearsMonths(a + 1) if b is None or a + 1 < b else None
    return YearsMonths(0 if b is None else b - 1)


def _text(low: object, high: object) -> object:
    a = low if isinstance(low, str) else None
    b = high if isinstance(high, str) else None
    if a is None:
        return "" if b != "" else None
    for following in (a + "a", a + " ", a + "\x00"):
        if b is None or a < following < b:
            return following
    return None


_NOON: Final = Clock(12, 0, 0, 0, UTC)
_NEW_YEAR: Final = Moment(Day(2000, 1, 1), Clock(0, 0, 0, 0, UTC))
_BETWEEN: Final[dict[str, Between]] = {
    "number": _number,
    "string": _text,
    "date": _day,
    "days and time duration": _days,
    "years and months duration": _months,
}


def _other_text(points: Sequence[object]) -> str:
    other = "(anderer Wert)"
    while other in points:
        other += "'"
    return other


def _other_of(what: str) -> object:
    return {"list": [], "context": {}}.get(what, _other_text([]))
