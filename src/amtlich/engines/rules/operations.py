# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Arithmetic, comparison and three-valued logic on FEEL values.

Every operation is total: where FEEL gives no result it is None, and the caller is told why.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from amtlich.engines.rules import temporal
from amtlich.engines.rules.calendar import DAY, Clock, Day, Moment
from amtlich.engines.rules.messages import KINDS
from amtlich.engines.rules.values import NUMBERS, Caller, DaysTime, YearsMonths, equal, kind, order

_ORDER_TESTS: Final[Mapping[str, Callable[[int], bool]]] = {
    "<": lambda result: result < 0,
    "<=": lambda result: result <= 0,
    ">": lambda result: result > 0,
    ">=": lambda result: result >= 0,
}


def compare(operator: str, left: object, right: object, caller: Caller) -> bool | None:
    """= != < <= > >= with three-valued result: null against anything has no order, different kinds no
    equality either.
    """
    if operator in ("=", "!="):
        same = equal(left, right)
        if same is None:
            caller.fail("compare", left=KINDS[kind(left)], right=KINDS[kind(right)])
            return None
        return same if operator == "=" else not same
    result = order(left, right)
    if result is not None:
        return _ORDER_TESTS[operator](result)
    if left is None or right is None:
        caller.missing("compare_null")
    elif kind(left) == kind(right) and isinstance(left, Moment | Clock):
        caller.fail("compare_zone")
    else:
        caller.fail("compare", left=KINDS[kind(left)], right=KINDS[kind(right)])
    return None


def conjunction(results: list[object]) -> bool | None:
    """`and`: false wins over unknown."""
    if any(result is False for result in results):
        return False
    return True if all(result is True for result in results) else None


def disjunction(results: list[object]) -> bool | None:
    """`or`: true wins over unknown."""
    if any(result is True for result in results):
        return True
    return False if all(result is False for result in results) else None


def negate(operand: object, caller: Caller) -> object:
    """Unary minus for numbers and durations."""
    if isinstance(operand, Decimal):
        return NUMBERS.minus(operand)
    if isinstance(operand, YearsMonths):
        return YearsMonths(-operand.months)
    if isinstance(operand, DaysTime):
        return DaysTime(operand.seconds.copy_negate())
    _no_result(caller, operand is None, "negate", operand=KINDS[kind(operand)])
    return None


def arithmetic(operator: str, left: object, right: object, caller: Caller) -> object:
    """+ - * / ** on every pair of kinds for which DMN defines it."""
    try:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return _NUMERIC[operator](left, right)
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            caller.step(len(left) // 100 + len(right) // 100)
            return left + right
        handler = _TEMPORAL.get(operator)
        found = None if handler is None else handler(left, right)
    except decimal.DivisionByZero:
        caller.fail("divide_by_zero")
        return None
    except (decimal.DecimalException, OverflowError, ValueError):
        caller.fail("out_of_range")
        return None
    if found is None:
        missing = left is None or right is None
        kinds = {"left": KINDS[kind(left)], "operator": operator, "right": KINDS[kind(right)]}
        _no_result(caller, missing, "arithmetic", **kinds)
    return found


def _no_result(caller: Caller, missing: bool, code: str, **values: object) -> None:
    (caller.missing if missing else caller.fail)(code, **values)


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise decimal.DivisionByZero
    return NUMBERS.divide(left, right)


_NUMERIC: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": _divide,
    "**": NUMBERS.power,
}


def _add(left: object, right: object) -> object:
    if isinstance(left, YearsMonths | DaysTime) and isinstance(right, Day | Moment | Clock):
        left, right = right, left
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return YearsMonths(left.months + right.months)
    if isinstance(left, DaysTime) and isinstance(right, DaysTime):
        return DaysTime(NUMBERS.add(left.seconds, right.seconds))
    if isinstance(left, Day) and isinstance(right, YearsMonths):
        return left.plus_months(right.months)
    if isinstance(left, Moment) and isinstance(right, YearsMonths):
        return Moment(left.day.plus_months(right.months), left.clock)
    if isinstance(left, Moment) and isinstance(right, DaysTime):
        return left.plus(right.nanoseconds)
    if isinstance(left, Day) and isinstance(right, DaysTime):
        return left.plus_days(right.nanoseconds // DAY)
    if isinstance(left, Clock) and isinstance(right, DaysTime):
        return Clock.numbered(left.number + right.nanoseconds, left.zone)
    return None


def _subtract(left: object, right: object) -> object:
    if isinstance(right, YearsMonths):
        return None if isinstance(left, Clock) else _add(left, YearsMonths(-right.months))
    if isinstance(right, DaysTime):
        return _add(left, DaysTime(right.seconds.copy_negate()))
    if isinstance(left, Day | Moment) and isinstance(right, Day | Moment):
        return _difference(left, right)
    if isinstance(left, Clock) and isinstance(right, Clock) and (left.zone is None) == (right.zone is None):
        return DaysTime.of(left.instant - right.instant)
    return None


def _difference(left: Day | Moment, right: Day | Moment) -> DaysTime | None:
    if isinstance(left, Day) and isinstance(right, Day):
        return DaysTime.of((left.number - right.number) * DAY)
    first = left if isinstance(left, Moment) else temporal.midnight(left)
    second = right if isinstance(right, Moment) else temporal.midnight(right)
    if first is None or second is None or (first.zone is None) != (second.zone is None):
        return None
    return DaysTime.of(first.instant - second.instant)


def _multiply(left: object, right: object) -> object:
    if isinstance(left, Decimal):
        left, right = right, left
    if isinstance(left, YearsMonths) and isinstance(right, Decimal):
        return YearsMonths(int(NUMBERS.multiply(Decimal(left.months), right)))
    if isinstance(left, DaysTime) and isinstance(right, Decimal):
        return DaysTime(NUMBERS.multiply(left.seconds, right))
    return None


def _divide_durations(left: object, right: object) -> object:
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return _divide(Decimal(left.months), Decimal(right.months))
    if isinstance(left, DaysTime) and isinstance(right, DaysTime):
        return _divide(left.seconds, right.seconds)
    if isinstance(left, YearsMonths) and isinstance(right, Decimal):
        return YearsMonths(int(_divide(Decimal(left.months), right)))
    if isinstance(left, DaysTime) and isinstance(right, Decimal):
        return DaysTime(_divide(left.seconds, right))
    return None


_TEMPORAL: Final[Mapping[str, Callable[[object, object], object]]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide_durations,
}
