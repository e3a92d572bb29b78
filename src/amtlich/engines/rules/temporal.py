# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading, writing and reckoning with dates, times and durations (XML Schema forms plus @Zone)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from amtlich.engines.rules.calendar import Clock, Day, Moment, OutOfCalendar
from amtlich.engines.rules.values import NUMBERS, DaysTime, Function, Opposite, Range, YearsMonths

_DATE: Final = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME: Final = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*)?"
)
_DATE_FORM: Final = re.compile(_DATE)
_TIME_FORM: Final = re.compile(_TIME)
_MOMENT_FORM: Final = re.compile(f"{_DATE}T{_TIME}")
_MONTHS_FORM: Final = re.compile(
    r"(?P<sign>-)?P(?=[0-9])(?:(?P<years>[0-9]{1,18})Y)?(?:(?P<months>[0-9]{1,18})M)?"
)
_DAYS_FORM: Final = re.compile(
    r"(?P<sign>-)?P(?=[0-9T])(?:(?P<days>[0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,18})H)?(?:(?P<minutes>[0-9]{1,18})M)?(?:(?P<seconds>[0-9]{1,18}(?:\.[0-9]{0,18})?)S)?)?"
)
_PLAIN_KEY: Final = re.compile(r"[^\W\d][\w .+\-*/']*")
_MAX_OFFSET: Final = timedelta(hours=14)


def read_date(text: str) -> Day | None:
    """A day of the calendar, with a year of up to nine digits; None for anything else (31 June, a word)."""
    match = _DATE_FORM.fullmatch(text)
    return None if match is None else _date(match)


def read_time(text: str) -> Clock | None:
    """A time of day, with or without a zone."""
    match = _TIME_FORM.fullmatch(text)
    return None if match is None else _time(match)


def read_moment(text: str) -> Moment | None:
    """A date and time, with or without a zone; a date alone is its midnight."""
    match = _MOMENT_FORM.fullmatch(text)
    if match is None:
        day = read_date(text)
        return None if day is None else Moment(day, Clock(0, 0, 0))
    day, clock = _date(match), _time(match, midnight_next=True)
    if day is None or clock is None:
        return None
    try:
        return Moment(day.plus_days(1) if match["hour"] == "24" else day, clock)
    except OutOfCalendar:
        return None


def read_duration(text: str) -> YearsMonths | DaysTime | None:
    """Years and months (P1Y2M) or days and time (P10DT2H); never a mixture."""
    months = read_months(text)
    return read_days(text) if months is None else months


def read_months(text: str) -> YearsMonths | None:
    match = _MONTHS_FORM.fullmatch(text)
    if match is None:
        return None
    months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
    return YearsMonths(-months if match["sign"] else months)


def read_days(text: str) -> DaysTime | None:
    match = _DAYS_FORM.fullmatch(text)
    if match is None:
        return None
    seconds = Decimal(
        int(match["days"] or 0) * 86400 + int(match["hours"] or 0) * 3600 + int(match["minutes"] or 0) * 60
    )
    seconds = NUMBERS.add(seconds, Decimal(match["seconds"] or 0))
    return DaysTime(seconds.copy_negate() if match["sign"] else seconds)


def read_any(text: str) -> object:
    """What @"..." means: date, time, date and time or duration, None if it is none of them."""
    for reader in (read_date, read_time, read_duration, read_moment):
        found = reader(text)
        if found is not None:
            return found
    return None


READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_moment,
    "days and time duration": read_days,
    "years and months duration": read_months,
}


def _date(match: re.Match[str]) -> Day | None:
    try:
        return Day(int(match["year"]), int(match["month"]), int(match["day"]))
    except OutOfCalendar:
        return None


def _time(match: re.Match[str], *, midnight_next: bool = False) -> Clock | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    if hour == 24 and midnight_next and minute == 0 and second == 0:
        hour = 0
    nanosecond = int((match["fraction"] or ".0")[1:10].ljust(9, "0"))
    zone: tzinfo | None = None
    if match["zone"]:
        zone = read_zone(match["zone"])
        if zone is None:
            return None
    try:
        return Clock(hour, minute, second, nanosecond, zone)
    except OutOfCalendar:
        return None


def read_zone(text: str) -> tzinfo | None:
    """Z, an offset within 14 hours, or @Area/City."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (KeyError, ValueError, OSError):
            return None
    parts = [int(part) for part in text[1:].split(":")]
    if any(part > 59 for part in parts[1:]):
        return None
    offset = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0)
    return timezone(-offset if text[0] == "-" else offset) if offset <= _MAX_OFFSET else None


def midnight(day: object) -> Moment | None:
    """A date as a moment: its midnight in UTC, as DMN converts it."""
    return Moment(day, Clock(0, 0, 0, 0, UTC)) if isinstance(day, Day) else None


def months_between(start: Day, end: Day) -> int:
    """Whole months from start to end, negative if end lies before."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


def write(value: object) -> str:
    """The canonical text of a date, time, date and time or duration; read_any reads it back."""
    if isinstance(value, Moment):
        return f"{value.day}T{write(value.clock)}"
    if isinstance(value, Day):
        return str(value)
    if isinstance(value, Clock):
        fraction = f".{value.nanosecond:09d}".rstrip("0") if value.nanosecond else ""
        return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{zone_text(value.zone)}"
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if value.months < 0 else "") + "P" + (text or "0M")
    if isinstance(value, DaysTime):
        return _days_text(value.seconds)
    raise TypeError(f"{type(value).__name__} is no date, time or duration")


def zone_text(zone: tzinfo | None) -> str:
    """Z, an offset or @Area/City; empty without a zone."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = zone.utcoffset(None) or timedelta()
    if not offset:
        return "Z"
    total = abs(int(offset.total_seconds()))
    seconds = f":{total % 60:02d}" if total % 60 else ""
    return f"{'-' if offset < timedelta() else '+'}{total // 3600:02d}:{total // 60 % 60:02d}{seconds}"


def _days_text(seconds: Decimal) -> str:
    rest = seconds.copy_abs()
    days, rest = int(NUMBERS.divide_int(rest, Decimal(86400))), NUMBERS.remainder(rest, Decimal(86400))
    hours, rest = int(NUMBERS.divide_int(rest, Decimal(3600))), NUMBERS.remainder(rest, Decimal(3600))
    minutes, rest = int(NUMBERS.divide_int(rest, Decimal(60))), NUMBERS.remainder(rest, Decimal(60))
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{number(rest)}S" if rest else "")
    )
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if seconds < 0 else "") + "P" + (text or "T0S")


def number(value: Decimal) -> str:
    """A number in plain digits, without exponent and trailing zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def shown(value: object) -> str:
    """A value for a sentence: strings in quotes, numbers in plain digits."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"' if len(value) <= 60 else f'"{escaped[:60]}…"'
    if isinstance(value, list):
        return "[" + ", ".join(shown(item) for item in value[:10]) + (", …]" if len(value) > 10 else "]")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {shown(item)}" for key, item in list(value.items())[:10]) + "}"
    if isinstance(value, Range):
        return _shown_range(value)
    if isinstance(value, Opposite):
        return f"(!={shown(value.value)})"
    if isinstance(value, Function):
        return f"function {value.name}"
    return write(value)


def _key(name: str) -> str:
    """A key as FEEL reads it: as it is if it is made of words, else as a string."""
    return name if _PLAIN_KEY.fullmatch(name) else shown(name)


def _shown_range(value: Range) -> str:
    if value.form == "start":
        return f"(<{'=' if value.end_included else ''} {shown(value.end)})"
    if value.form == "end":
        return f"(>{'=' if value.start_included else ''} {shown(value.start)})"
    if value.form == "point":
        return f"(={shown(value.start)})"
    start, end = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{start}{shown(value.start)}..{shown(value.end)}{end}"
