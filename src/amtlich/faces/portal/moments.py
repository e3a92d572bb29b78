# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Moments as a person reads them on a page: "heute, 14:03 Uhr"."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amtlich.kernel import clock, words


def _day(at: datetime) -> str:
    day = at.astimezone(clock.BERLIN).date()
    today = clock.today()
    if day == today:
        return "heute"
    if day == today - timedelta(days=1):
        return "gestern"
    return words.date_de(day)


def moment(at: datetime) -> str:
    """heute, 14:03 Uhr; gestern, 9:10 Uhr; 3. November 2026, 9:10 Uhr."""
    return f"{_day(at)}, {words.time_de(at)}"


def moment_exact(at: datetime) -> str:
    """As ``moment``, with seconds: where the order of events or a deadline may depend on them."""
    return f"{_day(at)}, {words.exact_time_de(at)}"


def moment_full(at: datetime) -> str:
    """25. November 2026, 14:03:05 Uhr: true on paper too, so without "heute"."""
    return f"{words.date_de(at)}, {words.exact_time_de(at)}"


def day(at: date | datetime) -> str:
    """25. November 2026."""
    return words.date_de(at)


def clock_time(at: datetime) -> str:
    """14:03 Uhr."""
    return words.time_de(at)
