# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions on numbers: exact decimals of 34 digits, never binary floats."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.values import NUMBERS, Caller, DaysTime, YearsMonths

# As DMN bounds the scale, so that a slip of the pen does not ask for a million digits.
_SCALES: Final = range(-6111, 6177)


def _rounded(caller: Caller, name: str, number: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    if int(scale) not in _SCALES:
        no_value(caller, name, "the scale is out of range", "Die Stellenzahl ist zu groß oder zu klein.")
        return None
    places = int(scale)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    # Rounding only ever shortens a number here, so the wide context cannot lose digits.
    with decimal.localcontext() as wide:
        wide.prec = 100
        wide.Emin, wide.Emax = -99999, 99999
        return number.quantize(Decimal(1).scaleb(-places), rounding=mode)


def _rounding(name: str, mode: str) -> Callable[[Caller, Decimal, Decimal | None], Decimal | None]:
    def run(caller: Caller, number: Decimal, scale: Decimal | None = None) -> Decimal | None:
        return _rounded(caller, name, number, Decimal(0) if scale is None else scale, mode)

    return run


for _name, _mode in (
    ("floor", decimal.ROUND_FLOOR),
    ("ceiling", decimal.ROUND_CEILING),
):
    built_in(_name, "n: number, scale?: number")(_rounding(_name, _mode))
for _name, _mode in (
    ("decimal", decimal.ROUND_HALF_EVEN),
    ("round up", decimal.ROUND_UP),
    ("round down", decimal.ROUND_DOWN),
    ("round half up", decimal.ROUND_HALF_UP),
    ("round half down", decimal.ROUND_HALF_DOWN),
):
    built_in(_name, "n: number, scale: number")(_rounding(_name, _mode))


@built_in("abs", "n: number|days and time duration|years and months duration")
def absolute(caller: Caller, n: object) -> object:
    if isinstance(n, YearsMonths):
        return YearsMonths(abs(n.months))
    if isinstance(n, DaysTime):
        return DaysTime(n.seconds.copy_abs())
    return n.copy_abs() if isinstance(n, Decimal) else None


@built_in("modulo", "dividend: number, divisor: number")
def modulo(caller: Caller, dividend: Decimal, divisor: Decimal) -> Decimal | None:
    if not divisor:
        caller.fail("divide_by_zero")
        return None
    try:
        rest = NUMBERS.remainder(dividend, divisor)
    except decimal.DecimalException:
        caller.fail("out_of_range")
        return None
    # The result has the sign of the divisor.
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def _real(caller: Caller, name: str, run: Callable[[], Decimal]) -> Decimal | None:
    try:
        return run()
    except decimal.DecimalException:
        no_value(caller, name, "has no result for this number", "hat für diese Zahl kein Ergebnis.")
        return None


@built_in("sqrt", "number: number")
def square_root(caller: Caller, number: Decimal) -> Decimal | None:
    return _real(caller, "sqrt", lambda: NUMBERS.sqrt(number))


@built_in("log", "number: number")
def natural_logarithm(caller: Caller, number: Decimal) -> Decimal | None:
    if number <= 0:
        no_value(caller, "log", "needs a number above 0", "braucht eine Zahl über 0.")
        return None
    return _real(caller, "log", lambda: NUMBERS.ln(number))


@built_in("exp", "number: number")
def exponential(caller: Caller, number: Decimal) -> Decimal | None:
    return _real(caller, "exp", lambda: NUMBERS.exp(number))


@built_in("odd", "number: number")
def odd(caller: Caller, number: Decimal) -> bool | None:
    return None if number != number.to_integral_value() else int(number) % 2 == 1


@built_in("even", "number: number")
def even(caller: Caller, number: Decimal) -> bool | None:
    return None if number != number.to_integral_value() else int(number) % 2 == 0
