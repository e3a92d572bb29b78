# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions that turn one kind of value into another."""

from __future__ import annotations

import contextlib
import re
from decimal import Decimal

from amtlich.engines.rules import temporal
from amtlich.engines.rules.builtins.signature import built_in
from amtlich.engines.rules.values import NUMBERS, Caller, equal, kind


@built_in("number", "from: string, grouping separator?: string|null, decimal separator?: string|null")
def number(caller: Caller, text: str, grouping: str | None, point: str | None) -> Decimal | None:
    groupings, points = (None, " ", ".", ","), (None, ".", ",")
    plain = text
    if grouping in groupings and point in points and (grouping is None or grouping != point):
        plain = plain.replace(grouping, "") if grouping else plain
        plain = plain.replace(point, ".") if point else plain
        if re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?", plain):
            with contextlib.suppress(ArithmeticError):
                return NUMBERS.create_decimal(plain)
    caller.fail("not_a_number", text=temporal.shown(text))
    return None


@built_in("string", "from: any")
def string(caller: Caller, value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else temporal.shown(value)


@built_in("is", "value1: any, value2: any")
def same(caller: Caller, first: object, second: object) -> bool:
    """Equal in kind and form: unlike =, moments in different zones are not the same."""
    if kind(first) != kind(second):
        return False
    if kind(first) in ("date and time", "time"):
        return temporal.write(first) == temporal.write(second)
    return equal(first, second) is True
