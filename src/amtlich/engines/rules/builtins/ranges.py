# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions that compare points and ranges (Allen's relations, DMN 1.5 chapter 10.3.4.9)."""

from __future__ import annotations

from collections.abc import Callable

from amtlich.engines.rules import temporal
from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.values import NUMBERS, Caller, Range, order

Relation = Callable[[Range, Range], "bool | None"]


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _less(a: object, b: object) -> bool | None:
    result = order(a, b)
    return None if result is None else result < 0


def _same(a: object, b: object) -> bool | None:
    result = order(a, b)
    return None if result is None else result == 0


def _all(*results: bool | None) -> bool | None:
    return None if None in results else all(results)


def _any(*results: bool | None) -> bool | None:
    return None if None in results else any(results)


def _before(a: Range, b: Range) -> bool | None:
    touching = not (a.end_included and b.start_included)
    return _any(_less(a.end, b.start), _all(_same(a.end, b.start), touching))


def _meets(a: Range, b: Range) -> bool | None:
    return _all(a.end_included, b.start_included, _same(a.end, b.start))


def _overlaps(a: Range, b: Range) -> bool | None:
    apart = _any(_before(a, b), _before(b, a))
    return None if apart is None else not apart


def _starts_earlier(a: Range, b: Range) -> bool | None:
    return _any(
        _less(a.start, b.start), _all(_same(a.start, b.start), a.start_included and not b.start_included)
    )


def _ends_earlier(a: Range, b: Range) -> bool | None:
    return _any(_less(a.end, b.end), _all(_same(a.end, b.end), not a.end_included and b.end_included))


def _overlaps_before(a: Range, b: Range) -> bool | None:
    return _all(_overlaps(a, b), _starts_earlier(a, b), _any(_ends_earlier(a, b), _same_end(a, b)))


def _same_start(a: Range, b: Range) -> bool | None:
    return _all(_same(a.start, b.start), a.start_included == b.start_included)


def _same_end(a: Range, b: Range) -> bool | None:
    return _all(_same(a.end, b.end), a.end_included == b.end_included)


def _includes(a: Range, b: Range) -> bool | None:
    starts, ends = _starts_earlier(b, a), _ends_earlier(a, b)
    return None if starts is None or ends is None else not starts and not ends


def _starts(a: Range, b: Range) -> bool | None:
    return _all(_same_start(a, b), _includes(b, a))


def _finishes(a: Range, b: Range) -> bool | None:
    return _all(_same_end(a, b), _includes(b, a))


def _coincides(a: Range, b: Range) -> bool | None:
    return _all(_same_start(a, b), _same_end(a, b))


def _swapped(relation: Relation) -> Relation:
    return lambda a, b: relation(b, a)


_POINT = "number|string|date|time|date and time|days and time duration|years and months duration"


def _register(name: str, relation: Relation, first: str, second: str, kinds: tuple[str, str]) -> None:
    def run(caller: Caller, a: object, b: object) -> bool | None:
        result = relation(_as_range(a), _as_range(b))
        if result is None:
            no_value(caller, name, "the two cannot be compared", "Die beiden lassen sich nicht vergleichen.")
        return result

    built_in(name, f"{first}: {kinds[0]}, {second}: {kinds[1]}")(run)


for _name, _relation in (("before", _before), ("after", _swapped(_before))):
    _register(_name, _relation, "point1", "point2", (_POINT, _POINT))
    _register(_name, _relation, "point", "range", (_POINT, "range"))
    _register(_name, _relation, "range", "point", ("range", _POINT))
    _register(_name, _relation, "range1", "range2", ("range", "range"))
for _name, _relation in (
    ("meets", _meets),
    ("met by", _swapped(_meets)),
    ("overlaps", _overlaps),
    ("overlaps before", _overlaps_before),
    ("overlaps after", _swapped(_overlaps_before)),
):
    _register(_name, _relation, "range1", "range2", ("range", "range"))
for _name, _relation in (("finishes", _finishes), ("during", _swapped(_includes)), ("starts", _starts)):
    _register(_name, _relation, "point", "range", (_POINT, "range"))
    _register(_name, _relation, "range1", "range2", ("range", "range"))
for _name, _relation in (
    ("finished by", _swapped(_finishes)),
    ("includes", _includes),
    ("started by", _swapped(_starts)),
):
    _register(_name, _relation, "range", "point", ("range", _POINT))
    _register(_name, _relation, "range1", "range2", ("range", "range"))
_register("coincides", _coincides, "point1", "point2", (_POINT, _POINT))
_register("coincides", _coincides, "range1", "range2", ("range", "range"))


@built_in("range", "from: string")
def range_of_text(caller: Caller, text: str) -> Range | None:
    """A range written as text, with literal ends: "[1..10)" or "[..date)"."""
    text = text.strip()
    body, opening, closing = text[1:-1], text[:1], text[-1:]
    start_text, found, end_text = body.partition("..")
    if opening in ("[", "(", "]") and closing in ("]", ")", "[") and found:
        ends = [_literal(part.strip()) for part in (start_text, end_text)]
        if (
            None not in (ends[0], ends[1])
            and (order(ends[0], ends[1]) or 0) <= 0
            and order(ends[0], ends[1]) is not None
        ):
            return Range(ends[0], ends[1], opening == "[", closing == "]")
    no_value(
        caller, "range", f"{temporal.shown(text)} is no range", f"{temporal.shown(text)} ist kein Bereich."
    )
    return None


def _literal(text: str) -> object:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1]
    quoted = text[text.find('"') + 1 : -1] if text.endswith(('")', '"')) else ""
    if text.startswith(("@", "date", "time", "duration")) and quoted:
        return temporal.read_any(quoted.rstrip('"'))
    try:
        return NUMBERS.create_decimal(text)
    except ArithmeticError:
        return None
