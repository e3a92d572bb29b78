# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Dates, times and amounts as people read them in German."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from amtlich.kernel.clock import BERLIN

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def date_de(day: date | datetime) -> str:
    """25. November 2026; a moment counts as its day in Germany."""
    if isinstance(day, datetime):
        day = day.astimezone(BERLIN).date()
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def time_de(moment: datetime) -> str:
    """10:14 Uhr."""
    local = moment.astimezone(BERLIN)
    return f"{local.hour}:{local.minute:02} Uhr"


def exact_time_de(moment: datetime) -> str:
    """10:14:06 Uhr, where the second matters for a deadline."""
    local = moment.astimezone(BERLIN)
    return f"{local.hour}:{local.minute:02}:{local.second:02} Uhr"


def datetime_de(moment: datetime) -> str:
    """25. November 2026, 10:14 Uhr."""
    return f"{date_de(moment)}, {time_de(moment)}"


def duration_de(seconds: float) -> str:
    """4 Sekunden, 3 Minuten, 2 Stunden, 5 Tage; rounded to what a person cares about."""
    count, one, many = max(1, round(seconds)), "Sekunde", "Sekunden"
    # The next larger unit as soon as the rounded count fills it: never "60 Minuten".
    for size, full, larger in ((60, 60, "Minute"), (3_600, 60, "Stunde"), (86_400, 24, "Tag")):
        if count < full:
            break
        count, one, many = round(seconds / size), larger, "Tage" if larger == "Tag" else f"{larger}n"
    return f"{count} {one if count == 1 else many}"


def file_size_de(size: int) -> str:
    """38 kB or 1,2 MB, counted in thousands as file managers do."""
    if size < 999_500:  # from here on it rounds to a thousand
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def join_de(parts: Sequence[str]) -> str:
    """A, B und C."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} und {parts[-1]}"
