# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Loops, filters and paths: how an expression walks over lists, ranges and contexts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from amtlich.engines.rules import temporal
from amtlich.engines.rules.calendar import Clock, Day, Moment
from amtlich.engines.rules.messages import KINDS
from amtlich.engines.rules.run import Env
from amtlich.engines.rules.values import NUMBERS, Caller, DaysTime, Range, YearsMonths, kind


@dataclass(frozen=True, slots=True)
class Domain:
    """What a loop variable runs over: a list, a range, or from .. to."""

    name: str
    start: Callable[[Env], object]
    end: Callable[[Env], object] | None


def each(domains: Sequence[Domain], env: Env, caller: Caller, visit: Callable[[Env], object]) -> bool:
    """Visit every combination, the last domain fastest. False if a domain is null."""
    if not domains:
        caller.step()
        visit(env)
        return True
    domain, rest = domains[0], domains[1:]
    values = _values(domain, env, caller)
    if values is None:
        return False
    complete = True
    for value in values:
        caller.step()
        complete = each(rest, env.with_name(domain.name, value), caller, visit) and complete
    return complete


def _values(domain: Domain, env: Env, caller: Caller) -> Iterator[object] | None:
    start = domain.start(env)
    if domain.end is not None:
        return _from_to(start, domain.end(env), caller)
    if isinstance(start, Range):
        return _range_values(start, caller)
    if isinstance(start, list):
        return iter(list(start))
    if start is None:
        caller.missing("not_list", what="for", found=KINDS["null"])
        return None
    return iter([start])


def _range_values(interval: Range, caller: Caller) -> Iterator[object] | None:
    values = None if interval.form else _from_to(interval.start, interval.end, caller)
    if values is None:
        return None
    skipped = [
        end
        for end, kept in ((interval.start, interval.start_included), (interval.end, interval.end_included))
        if not kept
    ]
    return (value for value in values if value not in skipped)


def _from_to(start: object, end: object, caller: Caller) -> Iterator[object] | None:
    """Whole numbers or days from start to end, both included, downwards if the end is smaller."""
    if (
        isinstance(start, Decimal)
        and isinstance(end, Decimal)
        and start == start.to_integral_value()
        and end == end.to_integral_value()
    ):
        first, last = int(start), int(end)
        step = 1 if first <= last else -1
        return (Decimal(number) for number in range(first, last + step, step))
    if isinstance(start, Day) and isinstance(end, Day):
        step = 1 if start <= end else -1
        return (Day.numbered(number) for number in range(start.number, end.number + step, step))
    (caller.missing if start is None or end is None else caller.fail)("iteration_range")
    return None


def filtered(of: object, test: Callable[[Env], object], fixed: bool, env: Env, caller: Caller) -> object:
    """`of[test]`: the items for which the test holds, or the one item with that number.

    Numbers count from 1, or from the end if negative. A single value counts as a
    list of one. `fixed` says that the test does not speak of the items.
    """
    if of is None:
        return None
    items = of if isinstance(of, list) else [of]
    if fixed:
        value = test(env)
        if isinstance(value, Decimal):
            return _numbered(items, value, caller)
    kept: list[object] = []
    for item in items:
        caller.step()
        value = test(_inside(env, item))
        if isinstance(value, Decimal):
            return _numbered(items, value, caller)
        if value is True:
            kept.append(item)
        elif value is not None and value is not False:
            caller.fail("filter_value", found=KINDS[kind(value)])
            return None
    return kept


def _inside(env: Env, item: object) -> Env:
    if isinstance(item, dict):
        return env.with_names({"item": item, **item})
    return env.with_name("item", item)


def _numbered(items: list[object], number: Decimal, caller: Caller) -> object:
    if number != number.to_integral_value():
        caller.fail("filter_value", found=KINDS["number"])
        return None
    index = int(number)
    if 1 <= abs(index) <= len(items):
        return items[index - 1] if index > 0 else items[index]
    caller.missing("filter_index", index=index)
    return None


def project(of: object, name: str, caller: Caller) -> object:
    """`of.name`: a component of a context, of every context of a list, or a property of a date, duration or
    range.
    """
    if isinstance(of, list):
        return [project(item, name, caller) for item in of]
    if isinstance(of, dict):
        if name in of:
            return of[name]
        caller.missing("no_member", found=KINDS["context"], name=name)
        return None
    found = member(of, name)
    if found is NO_MEMBER:
        (caller.missing if of is None else caller.fail)("no_member", found=KINDS[kind(of)], name=name)
        return None
    return found


_OF_A_DAY = frozenset({"year", "month", "day", "weekday"})


class _NoMember:
    """Tells a property that does not exist from one whose value is null."""


NO_MEMBER = _NoMember()


def member(of: object, name: str) -> object:
    """A property that FEEL gives a value of this kind, NO_MEMBER if it has none of that name."""
    if isinstance(of, Day):
        return Decimal(getattr(of, name)) if name in _OF_A_DAY else NO_MEMBER
    if isinstance(of, Moment) and name in _OF_A_DAY:
        return Decimal(getattr(of.day, name))
    if isinstance(of, Moment | Clock):
        return _clock_member(of, name)
    if isinstance(of, YearsMonths) and name in ("years", "months"):
        years, months = divmod(abs(of.months), 12)
        return Decimal((years if name == "years" else months) * (-1 if of.months < 0 else 1))
    if isinstance(of, DaysTime):
        return _duration_member(of, name)
    if isinstance(of, Range):
        return {
            "start": of.start,
            "end": of.end,
            "start included": of.start_included,
            "end included": of.end_included,
        }.get(name, NO_MEMBER)
    return NO_MEMBER


def _clock_member(of: Moment | Clock, name: str) -> object:
    clock = of.clock if isinstance(of, Moment) else of
    match name:
        case "hour" | "minute":
            return Decimal(getattr(clock, name))
        case "second":
            fraction = Decimal(clock.nanosecond).scaleb(-9).normalize() if clock.nanosecond else 0
            return Decimal(clock.second) + fraction
        case "time offset":
            moment = of if isinstance(of, Moment) else Moment(Day(1970, 1, 1), of)
            offset = moment.offset
            return None if offset is None else DaysTime.of(moment.local - moment.instant)
        case "timezone":
            text = temporal.zone_text(clock.zone)
            return text[1:] if text.startswith("@") else None
    return NO_MEMBER


def _duration_member(of: DaysTime, name: str) -> object:
    rest, sign = of.seconds.copy_abs(), (-1 if of.seconds < 0 else 1)
    match name:
        case "days":
            return sign * NUMBERS.divide_int(rest, Decimal(86400))
        case "hours":
            return sign * NUMBERS.divide_int(NUMBERS.remainder(rest, Decimal(86400)), Decimal(3600))
        case "minutes":
            return sign * NUMBERS.divide_int(NUMBERS.remainder(rest, Decimal(3600)), Decimal(60))
        case "seconds":
            return sign * NUMBERS.remainder(rest, Decimal(60))
    return NO_MEMBER
