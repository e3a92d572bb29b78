# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Between JSON-like data and FEEL values.

Strings stay strings both ways: whether "2024-06-30" is a date is said by a declared type, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from amtlich.engines.rules import temporal
from amtlich.engines.rules.calendar import Clock, Day, Moment, taken
from amtlich.engines.rules.types import ANY, Type
from amtlich.engines.rules.values import NUMBERS, DaysTime, Function, Opposite, Range, YearsMonths


def to_feel(value: object) -> object:
    """A Python or JSON value as FEEL value: int and Decimal become numbers of 34 digits, dates ours.

    A float becomes the decimal it is written as (0.1 is 0.1); NaN and infinity are refused. Raises TypeError
    for anything that FEEL has no value for.
    """
    value = taken(value)
    if value is None or isinstance(
        value, bool | str | Day | Clock | Moment | YearsMonths | DaysTime | Range | Opposite | Function
    ):
        return value
    if isinstance(value, int | Decimal | float):
        try:
            return NUMBERS.plus(_finite(value))
        except ArithmeticError:
            raise TypeError("a number too large or too small to be reckoned with") from None
    if isinstance(value, list | tuple):
        return [to_feel(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_feel(item) for key, item in value.items()}
    raise TypeError(
        f"a {type(value).__name__} has no value in FEEL; give numbers, texts, dates, lists or mappings"
    )


def read_back(value: object, declared: Type) -> object:
    """What JSON holds of a FEEL value, as the value it was: text is read as the declared type.

    Text that does not read as such stays text; then the model brings it to null, with a reason.
    """
    if isinstance(value, list) and declared.item is not None:
        return [read_back(item, declared.item) for item in value]
    if isinstance(value, dict):
        parts = declared.components or {}
        return {name: read_back(item, parts.get(name, ANY)) for name, item in value.items()}
    if not isinstance(value, str):
        return value
    if declared.kind == "number":
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    reader = temporal.READERS.get(declared.kind)
    found = reader(value) if reader else None
    return value if found is None else found


def _finite(value: int | Decimal | float) -> Decimal:
    # An int of thousands of digits must not be written out: Python refuses that with a ValueError.
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise TypeError(f"{value} is no number that can be reckoned with")
    return number


def from_feel(value: object) -> object:
    """A FEEL value as JSON can hold it, except numbers, which stay Decimal.

    Dates, times and durations become their canonical text, ranges and functions what FEEL shows for them.
    """
    value = taken(value)
    if value is None or isinstance(value, bool | str | Decimal):
        return value
    if isinstance(value, list):
        return [from_feel(item) for item in value]
    if isinstance(value, dict):
        return {key: from_feel(item) for key, item in value.items()}
    if isinstance(value, Moment | Day | Clock | YearsMonths | DaysTime):
        return temporal.write(value)
    return temporal.shown(value)
