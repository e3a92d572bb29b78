# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""FEEL values as Python objects, their kinds and their equality and order.

number: Decimal · string: str · boolean: bool · null: None · list: list · context: dict · date, time, date and
time: Day, Clock, Moment of calendar · durations, ranges, functions: the classes below. Numbers are rounded to
34 digits.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal, Protocol

from amtlich.engines.rules.calendar import Clock, Day, Moment

NUMBERS: Final = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """Years and months duration, in months; negative if it goes back."""

    months: int


@dataclass(frozen=True, slots=True, order=True)
class DaysTime:
    """Days and time duration, in seconds; negative if it goes back."""

    seconds: Decimal

    @classmethod
    def of(cls, nanoseconds: int) -> DaysTime:
        """From whole nanoseconds, exactly."""
        seconds = Decimal(nanoseconds).scaleb(-9)
        whole = seconds.to_integral_value()
        return cls(whole if whole == seconds else seconds.normalize())

    @property
    def nanoseconds(self) -> int:
        """In whole nanoseconds; what is smaller is cut off."""
        return int(self.seconds.scaleb(9))


@dataclass(frozen=True, slots=True)
class Range:
    """An interval. An end of None is open to infinity where its comparison form said so, else unknown.

    `form` is the comparison it was written as, "" for one with two ends: (=10) is not the range [10..10].
    """

    start: object
    end: object
    start_included: bool
    end_included: bool
    form: Literal["", "start", "end", "point"] = ""


@dataclass(frozen=True, slots=True)
class Opposite:
    """Everything but one value: (!= x)."""

    value: object


class Caller(Protocol):
    """Where a function is called from: it says why there is no result, and counts the work done."""

    @property
    def now(self) -> datetime: ...

    def fail(self, code: str, **values: object) -> None:
        """Note why the result is null though data were there: impossible ones or of the wrong kind."""

    def missing(self, code: str, **values: object) -> None:
        """Note that the result is null because data are missing."""

    def step(self, count: int = 1) -> None:
        """Count loops; stops an evaluation that never ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be called: parameter names in order, and what to do with the arguments.

    Arguments come positional (names None) or named, one name each.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Caller, Sequence[object], tuple[str, ...] | None], object]


def kind(value: object) -> str:
    """The FEEL kind of a value: a key of messages.KINDS."""
    if value is None:
        return "null"
    found = _KINDS.get(type(value))
    if found:
        return found
    for python_type, name in _KINDS.items():
        if isinstance(value, python_type):
            return name
    raise TypeError(f"{type(value).__name__} is no FEEL value")


_KINDS: Final[Mapping[type, str]] = {
    Decimal: "number",
    str: "string",
    bool: "boolean",
    Moment: "date and time",
    Day: "date",
    Clock: "time",
    DaysTime: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Opposite: "range",
    Function: "function",
}

ORDERED: Final = frozenset(
    {
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


def equal(left: object, right: object) -> bool | None:
    """Equality of FEEL: null equals null only; values of different kinds give None (not comparable)."""
    if left is None or right is None:
        return left is right
    left_kind = kind(left)
    if left_kind != kind(right):
        return None
    if left_kind == "list":
        return _equal_lists(left, right)
    if left_kind == "context":
        return _equal_contexts(left, right)
    if left_kind == "range":
        return _equal_ranges(left, right)
    if left_kind == "date and time" or left_kind == "time":
        return same_moment(left, right)
    return left == right


def _equal_lists(left: object, right: object) -> bool | None:
    if not isinstance(left, list) or not isinstance(right, list) or len(left) != len(right):
        return False
    return _all(equal(a, b) for a, b in zip(left, right, strict=True))


def _equal_contexts(left: object, right: object) -> bool | None:
    if not isinstance(left, dict) or not isinstance(right, dict) or left.keys() != right.keys():
        return False
    return _all(equal(value, right[key]) for key, value in left.items())


def _all(results: Iterable[bool | None]) -> bool | None:
    unknown = False
    for result in results:
        if result is False:
            return False
        unknown = unknown or result is None
    return None if unknown else True


def _equal_ranges(left: object, right: object) -> bool | None:
    if isinstance(left, Range) and isinstance(right, Range):
        same_form = (left.start_included, left.end_included) == (right.start_included, right.end_included)
        same_ends = equal(left.start, right.start) is True and equal(left.end, right.end) is True
        return same_form and same_ends and left.form == right.form
    if isinstance(left, Opposite) and isinstance(right, Opposite):
        return equal(left.value, right.value)
    return False


def same_moment(left: object, right: object) -> bool | None:
    """Equality of times and moments; one with a zone and one without are never equal."""
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left == right
    if isinstance(left, Clock) and isinstance(right, Clock):
        return (left.zone is None) == (right.zone is None) and left.instant == right.instant
    return False


def order(left: object, right: object) -> int | None:
    """-1, 0 or 1; None if the two have no order (null, different kinds, one zone missing)."""
    if left is None or right is None:
        return None
    left_kind = kind(left)
    if left_kind not in ORDERED or left_kind != kind(right):
        return None
    a, b = left, right
    if isinstance(left, Moment | Clock) and isinstance(right, Moment | Clock):
        if (left.zone is None) != (right.zone is None):
            return None
        a, b = left.instant, right.instant
    if a == b:
        return 0
    return -1 if a < b else 1  # type: ignore[operator]


def within(value: object, interval: object) -> bool | None:
    """Whether a value lies in a range; None if it cannot be compared with an end that matters."""
    if isinstance(interval, Opposite):
        same = equal(value, interval.value)
        return None if same is None else not same
    if not isinstance(interval, Range):
        return None
    above: bool | None = True
    if interval.form != "start":
        result = order(value, interval.start)
        above = None if result is None else result > 0 or (result == 0 and interval.start_included)
    below: bool | None = True
    if interval.form != "end":
        result = order(value, interval.end)
        below = None if result is None else result < 0 or (result == 0 and interval.end_included)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True
