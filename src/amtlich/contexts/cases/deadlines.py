# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The last day of a period that the office sets (§ 31 VwVfG, §§ 187 to 193 BGB).

The day of the event does not count, and a period never ends on a Saturday, a Sunday or a public holiday.
Only holidays of all Länder are known here. A late answer is taken until a person has looked, so nobody
loses by a holiday of one Land.
"""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)})
_AFTER_EASTER = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday


def last_day(asked_on: date, days: int) -> date:
    """The last day for an answer to what was asked on ``asked_on``, at least ``days`` days after it."""
    day = asked_on + timedelta(days=days)
    while day.weekday() >= 5 or is_holiday(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int) -> date:
    """The working day that comes ``count`` working days after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and not is_holiday(day)
    return day


def is_holiday(day: date) -> bool:
    """Whether the day is a public holiday in every Land."""
    return (day.month, day.day) in _FIXED or (day - easter(day.year)).days in _AFTER_EASTER


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)
