# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a hit policy does with several results: priorities and aggregations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from amtlich.engines.rules.operations import arithmetic
from amtlich.engines.rules.run import Run
from amtlich.engines.rules.values import equal, order


class Aggregator(Enum):
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


def by_priority(results: Sequence[Sequence[object]], orders: Sequence[Sequence[object]]) -> list[int]:
    """The positions of the results, the one with the highest priority first; equal ones stay in rule order.

    The first output column decides, then the second. A value not among the declared ones comes last.
    """

    def rank(position: int) -> tuple[int, ...]:
        return tuple(_rank(value, values) for value, values in zip(results[position], orders, strict=True))

    return sorted(range(len(results)), key=rank)


def _rank(value: object, values: Sequence[object]) -> int:
    return next((place for place, one in enumerate(values) if equal(value, one) is True), len(values))


def aggregated(aggregator: Aggregator, values: Sequence[object], run: Run) -> object:
    """SUM, COUNT, MIN or MAX over the results; None with a reason where they cannot be put together."""
    if aggregator is Aggregator.COUNT:
        return Decimal(len(values))
    result: object = values[0]
    for value in values[1:]:
        result = _join(aggregator, result, value, run)
        if result is None:
            break
    fits = isinstance(result, Decimal) or (
        aggregator is not Aggregator.SUM and order(result, result) is not None
    )
    if not fits:
        run.fail("aggregate", name=aggregator.value)
        return None
    return result


def _join(aggregator: Aggregator, left: object, right: object, run: Run) -> object:
    if aggregator is Aggregator.SUM:
        both = isinstance(left, Decimal) and isinstance(right, Decimal)
        return arithmetic("+", left, right, run) if both else None
    result = order(left, right)
    if result is None:
        return None
    smaller, larger = (left, right) if result <= 0 else (right, left)
    return smaller if aggregator is Aggregator.MIN else larger
