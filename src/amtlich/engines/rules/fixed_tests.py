# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Short cuts for cells that compare their input with a constant: most cells of real tables.

A short cut answers only for values of the constant's own kind, where nothing can go wrong. Everything else
(null, other kinds, the reasons that belong to them) is left to the general test, so the two cannot differ.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.run import Env

Test: TypeAlias = Callable[[object, Env], "bool | None"]

_OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def with_short_cut(node: s.Node, general: Test) -> Test:
    """The test of a cell's part, faster where it compares with a number, text or boolean."""
    if isinstance(node, s.CompareTest):
        return _comparison(_OPERATORS[node.operator], _constant(node.value), general)
    if isinstance(node, s.ValueTest) and not node.about_input:
        if isinstance(node.expression, s.RangeOf):
            return _range(node.expression, general)
        return _comparison(operator.eq, _constant(node.expression), general)
    return general


def _constant(node: s.Node | None) -> object:
    if isinstance(node, s.Literal):
        return node.value
    if (
        isinstance(node, s.Negate)
        and isinstance(node.operand, s.Literal)
        and isinstance(node.operand.value, Decimal)
    ):
        return node.operand.value.copy_negate()
    return None


def _comparison(holds: Callable[[Any, Any], bool], against: object, general: Test) -> Test:
    own = type(against)
    if own not in (Decimal, str) and not (own is bool and holds in (operator.eq, operator.ne)):
        return general

    def test(value: object, env: Env) -> bool | None:
        return holds(value, against) if type(value) is own else general(value, env)

    return test


def _range(node: s.RangeOf, general: Test) -> Test:
    low: Any = _constant(node.start)
    high: Any = _constant(node.end)
    own = type(low)
    if own not in (Decimal, str) or type(high) is not own or low > high:
        return general
    above = operator.le if node.start_included else operator.lt
    below = operator.le if node.end_included else operator.lt

    def test(value: Any, env: Env) -> bool | None:
        return above(low, value) and below(value, high) if type(value) is own else general(value, env)

    return test
