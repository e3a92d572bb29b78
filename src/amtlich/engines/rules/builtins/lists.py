# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions on lists. Positions count from 1, negative ones from the end."""

from __future__ import annotations

import decimal
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.operations import arithmetic, conjunction, disjunction
from amtlich.engines.rules.values import NUMBERS, Caller, Function, equal, order


@built_in("list contains", "list: list, element: any")
def list_contains(caller: Caller, items: list[object], element: object) -> bool:
    return any(equal(item, element) is True for item in items)


@built_in("count", "list: list", rest=True)
def count(caller: Caller, items: list[object]) -> Decimal:
    return Decimal(len(items))


def _extreme(caller: Caller, name: str, items: list[object], sign: int) -> object:
    if not items:
        caller.missing(
            "argument_value", name=name, detail_en="the list is empty", detail_de="die Liste ist leer."
        )
    best: object = None
    for index, item in enumerate(items):
        result = 0 if index == 0 and order(item, item) is not None else order(item, best)
        if result is None:
            no_value(caller, name, "the items have no common order", "Die Werte lassen sich nicht ordnen.")
            return None
        if index == 0 or result * sign > 0:
            best = item
    return best


@built_in("min", "list: list", rest=True)
def minimum(caller: Caller, items: list[object]) -> object:
    return _extreme(caller, "min", items, -1)


@built_in("max", "list: list", rest=True)
def maximum(caller: Caller, items: list[object]) -> object:
    return _extreme(caller, "max", items, 1)


def numbers_of(caller: Caller, name: str, items: list[object]) -> list[Decimal] | None:
    """The items if all are numbers and there is one at least."""
    found = [item for item in items if isinstance(item, Decimal)]
    if len(found) == len(items) and items:
        return found
    if all(item is None or isinstance(item, Decimal) for item in items):
        caller.missing(
            "argument_value", name=name, detail_en="a number is missing", detail_de="eine Zahl fehlt."
        )
    else:
        no_value(caller, name, "needs numbers only", "braucht lauter Zahlen.")
    return None


def _fold(caller: Caller, items: list[Decimal], operator: str) -> Decimal | None:
    total: object = items[0]
    for item in items[1:]:
        total = arithmetic(operator, total, item, caller)
    return total if isinstance(total, Decimal) else None


@built_in("sum", "list: list", rest=True)
def total(caller: Caller, items: list[object]) -> Decimal | None:
    numbers = numbers_of(caller, "sum", items)
    return None if numbers is None else _fold(caller, numbers, "+")


@built_in("product", "list: list", rest=True)
def product(caller: Caller, items: list[object]) -> Decimal | None:
    numbers = numbers_of(caller, "product", items)
    return None if numbers is None else _fold(caller, numbers, "*")


@built_in("mean", "list: list", rest=True)
def mean(caller: Caller, items: list[object]) -> Decimal | None:
    numbers = numbers_of(caller, "mean", items)
    whole = None if numbers is None else _fold(caller, numbers, "+")
    return None if whole is None else NUMBERS.divide(whole, Decimal(len(items)))


@built_in("median", "list: list", rest=True)
def median(caller: Caller, items: list[object]) -> Decimal | None:
    numbers = numbers_of(caller, "median", items)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@built_in("stddev", "list: list", rest=True)
def standard_deviation(caller: Caller, items: list[object]) -> Decimal | None:
    numbers = numbers_of(caller, "stddev", items)
    if numbers is None or len(numbers) < 2:
        return None
    try:
        whole = _fold(caller, numbers, "+")
        if whole is None:
            return None
        middle = NUMBERS.divide(whole, Decimal(len(numbers)))
        distances = [NUMBERS.subtract(number, middle) for number in numbers]
        squares = _fold(caller, [NUMBERS.multiply(one, one) for one in distances], "+")
        return None if squares is None else NUMBERS.sqrt(NUMBERS.divide(squares, Decimal(len(numbers) - 1)))
    except decimal.DecimalException:
        caller.fail("out_of_range")
        return None


@built_in("mode", "list: list", rest=True)
def mode(caller: Caller, items: list[object]) -> list[object] | None:
    if not items:
        return []
    numbers = numbers_of(caller, "mode", items)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values())
    return [number for number in sorted(counts) if counts[number] == most]


@built_in("all", "list: list", rest=True)
@built_in("and", "list: list", rest=True)
def all_true(caller: Caller, items: list[object]) -> bool | None:
    return conjunction(items)


@built_in("any", "list: list", rest=True)
@built_in("or", "list: list", rest=True)
def any_true(caller: Caller, items: list[object]) -> bool | None:
    return disjunction(items)


@built_in("sublist", "list: list, start position: number, length?: number")
def sublist(
    caller: Caller, items: list[object], start: Decimal, length: Decimal | None
) -> list[object] | None:
    first = _index(caller, "sublist", items, start)
    if first is None:
        return None
    if length is None:
        return items[first:]
    if length < 1 or first + int(length) > len(items):
        no_value(
            caller, "sublist", "the length lies outside the list", "Die Länge reicht über die Liste hinaus."
        )
        return None
    return items[first : first + int(length)]


def _index(caller: Caller, name: str, items: list[object], position: Decimal) -> int | None:
    number = int(position)
    if number == 0 or abs(number) > len(items) or position != position.to_integral_value():
        no_value(caller, name, "there is no such position in the list", "Die Liste hat keine solche Stelle.")
        return None
    return number - 1 if number > 0 else len(items) + number


@built_in("append", "list: list, item: any")
def append(caller: Caller, items: list[object], item: object) -> list[object]:
    return [*items, item]


# append takes any number of items; more than one come as a second list.
for _count in range(2, 9):
    built_in("append", "list: list, " + ", ".join(f"item{n}: any" for n in range(1, _count + 1)))(
        lambda caller, items, *more: [*items, *more]
    )


def _joined(caller: Caller, items: list[object]) -> list[object]:
    found: list[object] = []
    for item in items:
        more = item if isinstance(item, list) else [item]
        caller.step(len(more))
        found.extend(more)
    return found


@built_in("concatenate", "list: list", rest=True)
def concatenate(caller: Caller, items: list[object]) -> list[object]:
    return _joined(caller, items)


@built_in("union", "list: list", rest=True)
def union(caller: Caller, items: list[object]) -> list[object]:
    return _distinct(_joined(caller, items))


@built_in("distinct values", "list: list")
def distinct_values(caller: Caller, items: list[object]) -> list[object]:
    return _distinct(items)


def _distinct(items: list[object]) -> list[object]:
    found: list[object] = []
    for item in items:
        if not any(equal(item, other) is True for other in found):
            found.append(item)
    return found


@built_in("insert before", "list: list, position: number, newItem: any")
def insert_before(caller: Caller, items: list[object], position: Decimal, new: object) -> list[object] | None:
    index = _index(caller, "insert before", items, position)
    return None if index is None else [*items[:index], new, *items[index:]]


@built_in("remove", "list: list, position: number")
def remove(caller: Caller, items: list[object], position: Decimal) -> list[object] | None:
    index = _index(caller, "remove", items, position)
    return None if index is None else [*items[:index], *items[index + 1 :]]


@built_in("reverse", "list: list")
def reverse(caller: Caller, items: list[object]) -> list[object]:
    return items[::-1]


@built_in("index of", "list: list, match: any")
def index_of(caller: Caller, items: list[object], match: object) -> list[object]:
    return [Decimal(number) for number, item in enumerate(items, 1) if equal(item, match) is True]


@built_in("flatten", "list: list")
def flatten(caller: Caller, items: list[object]) -> list[object]:
    found: list[object] = []
    for item in items:
        found.extend(flatten(caller, item) if isinstance(item, list) else [item])
    return found


@built_in("list replace", "list: list, position: number, newItem: any")
def replace_at(caller: Caller, items: list[object], position: Decimal, new: object) -> list[object] | None:
    index = _index(caller, "list replace", items, position)
    return None if index is None else [*items[:index], new, *items[index + 1 :]]


@built_in("list replace", "list: list, match: function, newItem: any")
def replace_where(caller: Caller, items: list[object], match: Function, new: object) -> list[object] | None:
    results = [match.call(caller, [item, new], None) for item in items]
    if not all(isinstance(result, bool) for result in results):
        no_value(
            caller,
            "list replace",
            "the function must give true or false",
            "Die Funktion muss wahr oder falsch ergeben.",
        )
        return None
    return [new if result else item for item, result in zip(items, results, strict=True)]


@built_in("sort", "list: list, precedes: function")
def sort(caller: Caller, items: list[object], precedes: Function) -> list[object] | None:
    return _sorted(caller, items, lambda a, b: precedes.call(caller, [a, b], None))


@built_in("sort", "list: list")
def sort_plain(caller: Caller, items: list[object]) -> list[object] | None:
    return _sorted(caller, items, lambda a, b: (order(a, b) or 0) < 0)


def _sorted(
    caller: Caller, items: list[object], precedes: Callable[[object, object], object]
) -> list[object] | None:
    undecided: list[object] = []

    def compare(a: object, b: object) -> int:
        caller.step()
        before = precedes(a, b)
        if not isinstance(before, bool):
            undecided.append(before)
        return -1 if before is True else (1 if precedes(b, a) is True else 0)

    found = sorted(items, key=cmp_to_key(compare))
    if undecided:
        no_value(
            caller,
            "sort",
            "the function must give true or false",
            "Die Funktion muss wahr oder falsch ergeben.",
        )
        return None
    return found
