# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Moments as a person reads them on a page: "heute, 14:03 Uhr"; in English "today, 14:03"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amtlich.faces.portal.language import current
from amtlich.kernel import clock, words


def _day(at: datetime) -> str:
    day = at.astimezone(clock.BERLIN).date()
    today = clock.today()
    if day == today:
        return "today" if current() == "en" else "heute"
    if day == today - timedelta(days=1):
        return "yesterday" if current() == "en" else "gestern"
    return words.date_in(day, current())


def moment(at: datetime) -> str:
    """heute, 14:03 Uhr; gestern, 9:10 Uhr; 3. November 2026, 9:10 Uhr."""
    return f"{_day(at)}, {words.time_in(at, current())}"


def moment_exact(at: datetime) -> str:
    """As ``moment``, with seconds: where the order of events or a deadline may depend on them."""
    return f"{_day(at)}, {words.exact_time_in(at, current())}"


def moment_full(at: datetime) -> str:
    """25. November 2026, 14:03:05 Uhr: true on paper too, so without "heute"."""
    return f"{words.date_in(at, current())}, {words.exact_time_in(at, current())}"


def day(at: date | datetime) -> str:
    """25. November 2026."""
    return words.date_in(at, current())


def clock_time(at: datetime) -> str:
    """14:03 Uhr."""
    return words.time_in(at, current())


_WEEKDAYS = {
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def weekday(day: date) -> str:
    """Dienstag, 8. Dezember 2026: for a day by which somebody must act."""
    names = _WEEKDAYS["en" if current() == "en" else "de"]
    return f"{names[day.weekday()]}, {words.date_in(day, current())}"
