# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions that make and read dates, times and durations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final, TypeVar

from amtlich.engines.rules import temporal
from amtlich.engines.rules.builtins.signature import built_in, no_value
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
def date_of_text(caller: Caller, text: str) -> date | None:
    return _read(caller, "not_a_date", text, temporal.read_date(text))


@built_in("date", "year: number, month: number, day: number")
def date_of_parts(caller: Caller, year: Decimal, month: Decimal, day: Decimal) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        caller.fail("not_a_date", text=f"{year}-{month}-{day}")
        return None


@built_in("date", "from: date|date and time")
def date_of_moment(caller: Caller, moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _read(caller: Caller, code: str, text: str, found: Found) -> Found:
    if found is None:
        caller.fail(code, text=temporal.shown(text))
    return found


@built_in("time", "from: string")
def time_of_text(caller: Caller, text: str) -> time | None:
    return _read(caller, "not_a_time", text, temporal.read_time(text))


@built_in("time", "hour: number, minute: number, second: number, offset?: days and time duration|null")
def time_of_parts(
    caller: Caller, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTime | None
) -> time | None:
    try:
        zone = None if offset is None else timezone(offset.timedelta())
        micro = int((second % 1).scaleb(6))
        return time(int(hour), int(minute), int(second), micro, tzinfo=zone)
    except (ValueError, OverflowError):
        caller.fail("not_a_time", text=f"{hour}:{minute}:{second}")
        return None


@built_in("time", "from: time|date and time|date")
def time_of_moment(caller: Caller, moment: object) -> time | None:
    if isinstance(moment, datetime):
        return moment.timetz()
    if isinstance(moment, date):
        found = temporal.midnight(moment)
        return None if found is None else found.timetz()
    return moment if isinstance(moment, time) else None


@built_in("date and time", "date: date|date and time, time: time")
def moment_of_parts(caller: Caller, day: date, clock: time) -> datetime:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


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
) -> datetime | None:
    found = date_of_parts(caller, year, month, day)
    clock = time_of_parts(caller, hour, minute, second, offset)
    return None if found is None or clock is None else datetime.combine(found, clock)


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
) -> datetime | None:
    found = temporal.read_zone("@" + zone)
    moment = moment_of_numbers(caller, year, month, day, hour, minute, second)
    if found is None:
        no_value(caller, "date and time", f"unknown time zone {zone}", f"Die Zeitzone {zone} ist unbekannt.")
        return None
    return None if moment is None else moment.replace(tzinfo=found)


@built_in("date and time", "from: date and time|date")
def moment_of_moment(caller: Caller, moment: date) -> datetime | None:
    return moment if isinstance(moment, datetime) else temporal.midnight(moment)


@built_in("date and time", "from: string")
def moment_of_text(caller: Caller, text: str) -> datetime | None:
    return _read(caller, "not_a_datetime", text, temporal.read_moment(text))


@built_in("duration", "from: days and time duration|years and months duration")
def duration_of_duration(caller: Caller, duration: YearsMonths | DaysTime) -> YearsMonths | DaysTime:
    return duration


@built_in("duration", "from: string")
def duration_of_text(caller: Caller, text: str) -> YearsMonths | DaysTime | None:
    return _read(caller, "not_a_duration", text, temporal.read_duration(text))


@built_in("years and months duration", "from: date|date and time, to: date|date and time")
def duration_between(caller: Caller, start: date, end: date) -> YearsMonths | None:
    # Only the days count, not the time of day.
    first = start.date() if isinstance(start, datetime) else start
    last = end.date() if isinstance(end, datetime) else end
    return YearsMonths(temporal.months_between(first, last))


@built_in("now")
def now(caller: Caller) -> datetime:
    return caller.now


@built_in("today")
def today(caller: Caller) -> date:
    return caller.now.astimezone(BERLIN).date()


@built_in("day of week", "date: date|date and time")
def day_of_week(caller: Caller, day: date) -> str:
    return _WEEKDAYS[day.weekday()]


@built_in("month of year", "date: date|date and time")
def month_of_year(caller: Caller, day: date) -> str:
    return _MONTHS[day.month - 1]


@built_in("day of year", "date: date|date and time")
def day_of_year(caller: Caller, day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@built_in("week of year", "date: date|date and time")
def week_of_year(caller: Caller, day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


@built_in("last day of month", "date: date|date and time")
def last_day_of_month(caller: Caller, day: date) -> Decimal:
    following = (day.replace(day=28) + timedelta(days=4)) if (day.year, day.month) != (9999, 12) else None
    return Decimal(31 if following is None else (following - timedelta(days=following.day)).day)
