# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Dates, times and amounts as people read them, in German and in English.

Functions that end in ``_in`` take the language form: ``de``, ``leicht`` (as German) or ``en``.
"""

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


_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_in(day: date | datetime, language: str) -> str:
    """25. November 2026; in English 25 November 2026."""
    if language != "en":
        return date_de(day)
    if isinstance(day, datetime):
        day = day.astimezone(BERLIN).date()
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def time_in(moment: datetime, language: str) -> str:
    """10:14 Uhr; in English 10:14."""
    return _without_uhr(time_de(moment), language)


def exact_time_in(moment: datetime, language: str) -> str:
    """10:14:06 Uhr; in English 10:14:06."""
    return _without_uhr(exact_time_de(moment), language)


def datetime_in(moment: datetime, language: str) -> str:
    """25. November 2026, 10:14 Uhr; in English 25 November 2026, 10:14."""
    return f"{date_in(moment, language)}, {time_in(moment, language)}"


def _without_uhr(text: str, language: str) -> str:
    return text.removesuffix(" Uhr") if language == "en" else text


_UNITS_EN = {"Sekunde": "second", "Minute": "minute", "Stunde": "hour", "Tag": "day"}


def duration_in(seconds: float, language: str) -> str:
    """4 Sekunden, 3 Minuten; in English 4 seconds, 3 minutes."""
    text = duration_de(seconds)
    if language != "en":
        return text
    count, unit = text.split(" ")
    stem = next(english for german, english in _UNITS_EN.items() if unit.startswith(german))
    return f"{count} {stem}{'' if count == '1' else 's'}"


def file_size_in(size: int, language: str) -> str:
    """1,2 MB; in English 1.2 MB."""
    return file_size_de(size).replace(",", ".") if language == "en" else file_size_de(size)


def join_in(parts: Sequence[str], language: str) -> str:
    """A, B und C; in English A, B and C."""
    if language != "en" or len(parts) < 2:
        return join_de(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
