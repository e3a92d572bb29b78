# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions that make and read dates, times and durations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from typing import Final, TypeVar

from amtlich.engines.rules import temporal
from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.calendar import Clock, Day, Moment, OutOfCalendar, days_in_month
from amtlich.engines.rules.values import Caller, DaysTime, YearsMonths
from amtlich.kernel.clock import BERLIN

Found = TypeVar("Found")
_PARTS: Final = "year: number, month: number, day: number, hour: number, minute: number, second: number"
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@built_in("date", "from: string")
def date_of_text(caller: Caller, text: str) -> Day | None:
    return _read(caller, "not_a_date", text, temporal.read_date(text))


@built_in("date", "year: number, month: number, day: number")
def date_of_parts(caller: Caller, year: Decimal, month: Decimal, day: Decimal) -> Day | None:
    try:
        return Day(int(year), int(month), int(day))
    except (OutOfCalendar, ValueError, OverflowError):
        caller.fail("not_a_date", text=f"{year}-{month}-{day}")
        return None


@built_in("date", "from: date|date and time")
def date_of_moment(caller: Caller, moment: Day | Moment) -> Day:
    return _day(moment)


def _day(moment: Day | Moment) -> Day:
    return moment.day if isinstance(moment, Moment) else moment


def _read(caller: Caller, code: str, text: str, found: Found) -> Found:
    if found is None:
        caller.fail(code, text=temporal.shown(text))
    return found


@built_in("time", "from: string")
def time_of_text(caller: Caller, text: str) -> Clock | None:
    return _read(caller, "not_a_time", text, temporal.read_time(text))


@built_in("time", "hour: number, minute: number, second: number, offset?: days and time duration|null")
def time_of_parts(
    caller: Caller, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTime | None
) -> Clock | None:
    try:
        zone = None if offset is None else _zone(offset)
        return Clock(int(hour), int(minute), int(second), int((second % 1).scaleb(9)), zone)
    except (OutOfCalendar, ValueError, OverflowError):
        caller.fail("not_a_time", text=f"{hour}:{minute}:{second}")
        return None


def _zone(offset: DaysTime) -> timezone:
    span = timedelta(microseconds=offset.nanoseconds // 1000)
    return timezone(span) if span else UTC


@built_in("time", "from: time|date and time|date")
def time_of_moment(caller: Caller, moment: object) -> Clock | None:
    if isinstance(moment, Moment):
        return moment.clock
    if isinstance(moment, Day):
        found = temporal.midnight(moment)
        return None if found is None else found.clock
    return moment if isinstance(moment, Clock) else None


@built_in("date and time", "date: date|date and time, time: time")
def moment_of_parts(caller: Caller, day: Day | Moment, clock: Clock) -> Moment:
    return Moment(_day(day), clock)


@built_in("date and time", _PARTS)
@built_in("date and time", f"{_PARTS}, offset: days and time duration")
def moment_of_numbers(
    caller: Caller,
    year: Decimal,
    month: Decimal,
    day: Decimal,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    offset: DaysTime | None = None,
) -> Moment | None:
    found = date_of_parts(caller, year, month, day)
    clock = time_of_parts(caller, hour, minute, second, offset)
    return None if found is None or clock is None else Moment(found, clock)


@built_in("date and time", f"{_PARTS}, timezone: string")
def moment_in_zone(
    caller: Caller,
    year: Decimal,
    month: Decimal,
    day: Decimal,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    zone: str,
) -> Moment | None:
    found = temporal.read_zone("@" + zone)
    moment = moment_of_numbers(caller, year, month, day, hour, minute, second)
    if found is None:
        no_value(caller, "date and time", f"unknown time zone {zone}", f"Die Zeitzone {zone} ist unbekannt.")
        return None
    return None if moment is None else Moment(moment.day, replace(moment.clock, zone=found))


@built_in("date and time", "from: date and time|date")
def moment_of_moment(caller: Caller, moment: Day | Moment) -> Moment | None:
    return moment if isinstance(moment, Moment) else temporal.midnight(moment)


@built_in("date and time", "from: string")
def moment_of_text(caller: Caller, text: str) -> Moment | None:
    return _read(caller, "not_a_datetime", text, temporal.read_moment(text))


@built_in("duration", "from: days and time duration|years and months duration")
def duration_of_duration(caller: Caller, duration: YearsMonths | DaysTime) -> YearsMonths | DaysTime:
    return duration


@built_in("duration", "from: string")
def duration_of_text(caller: Caller, text: str) -> YearsMonths | DaysTime | None:
    return _read(caller, "not_a_duration", text, temporal.read_duration(text))


@built_in("years and months duration", "from: date|date and time, to: date|date and time")
def duration_between(caller: Caller, start: Day | Moment, end: Day | Moment) -> YearsMonths | None:
    # Only the days count, not the time of day.
    return YearsMonths(temporal.months_between(_day(start), _day(end)))


@built_in("now")
def now(caller: Caller) -> Moment:
    return Moment.of(caller.now)


@built_in("today")
def today(caller: Caller) -> Day:
    return Day.of(caller.now.astimezone(BERLIN))


@built_in("day of week", "date: date|date and time")
def day_of_week(caller: Caller, day: Day | Moment) -> str:
    return _WEEKDAYS[_day(day).weekday - 1]


@built_in("month of year", "date: date|date and time")
def month_of_year(caller: Caller, day: Day | Moment) -> str:
    return _MONTHS[_day(day).month - 1]


@built_in("day of year", "date: date|date and time")
def day_of_year(caller: Caller, day: Day | Moment) -> Decimal:
    return Decimal(_day(day).day_of_year)


@built_in("week of year", "date: date|date and time")
def week_of_year(caller: Caller, day: Day | Moment) -> Decimal:
    return Decimal(_day(day).week)


@built_in("last day of month", "date: date|date and time")
def last_day_of_month(caller: Caller, day: Day | Moment) -> Decimal:
    found = _day(day)
    return Decimal(days_in_month(found.year, found.month))
