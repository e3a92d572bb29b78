# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The date control: three short inputs of which day and month may stay unknown (FC-04).

An empty part and the register's 0 both mean unknown. Nothing unknown is ever made up.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.words import MONTHS

_DIGITS = re.compile(r"[0-9]{1,4}")
_MONTH_NAMES = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAMES |= {name.casefold()[:3]: number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NAMES |= {"maerz": 3, "mrz": 3, "jänner": 1, "feber": 2}

OLDEST_YEAR = 1850


class DateRefused(ValueError):
    """The three parts are no date. ``message`` says why, and the next step."""

    def __init__(self, message: Sentence, *parts: str) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts


@dataclass(frozen=True, slots=True)
class DateRules:
    """What a date field accepts."""

    partial: bool
    past: bool
    today: date


def read_parts(day: str, month: str, year: str, rules: DateRules) -> PartialDate | None:
    """The typed date; None if all three parts are empty. Raises ``DateRefused``."""
    day, month, year = day.strip(), month.strip(), year.strip()
    if not (day or month or year):
        return None
    not_a_day = Sentence("Der Tag muss eine Zahl sein, zum Beispiel 27.")
    day_number = _number(day, "tag", not_a_day)
    month_number = _MONTH_NAMES.get(month.rstrip(".").casefold())
    if month_number is None:
        not_a_month = Sentence("Der Monat muss eine Zahl sein, zum Beispiel 3.")
        month_number = _number(month, "monat", not_a_month)
    return check(_year(year), month_number, day_number, rules)


def read_iso(text: str, rules: DateRules) -> PartialDate:
    """A date as the API sends it: 1994-03-14, 1950-05 or 1950. Raises ``DateRefused``."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not found:
        if rules.partial:
            raise DateRefused(Sentence("Schreiben Sie das Datum so: 1994-03-14, 1950-05 oder 1950."))
        raise DateRefused(Sentence("Schreiben Sie das Datum so: 1994-03-14."))
    year, month, day = (int(part) if part else 0 for part in found.groups())
    return check(year, month, day, rules)


def _number(text: str, part: str, otherwise: Sentence) -> int:
    if not text:
        return 0
    text = text.rstrip(".")
    # ASCII only: "\d" and int() would accept the digits of every script.
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise DateRefused(otherwise, part)
    return int(text)


def _year(text: str) -> int:
    if not text:
        raise DateRefused(Sentence("Das Jahr fehlt. Geben Sie vier Ziffern ein, zum Beispiel 1985."), "jahr")
    if not _DIGITS.fullmatch(text) or len(text) != 4:
        raise DateRefused(Sentence("Geben Sie das Jahr mit vier Ziffern ein, zum Beispiel 1985."), "jahr")
    return int(text)


def check(year: int, month: int, day: int, rules: DateRules) -> PartialDate:
    """Whether such a date can be; 0 stands for unknown. Raises ``DateRefused``."""
    if not 0 <= month <= 12:
        raise DateRefused(Sentence("Der Monat ist eine Zahl von 1 bis 12. Prüfen Sie den Monat."), "monat")
    if not 0 <= day <= 31:
        raise DateRefused(Sentence("Der Tag ist eine Zahl von 1 bis 31. Prüfen Sie den Tag."), "tag")
    if day and not month:
        raise DateRefused(Sentence("Zum Tag fehlt der Monat. Geben Sie den Monat ein."), "monat")
    if not rules.partial:
        if not month:
            raise DateRefused(Sentence("Der Monat fehlt. Geben Sie eine Zahl von 1 bis 12 ein."), "monat")
        if not day:
            raise DateRefused(Sentence("Der Tag fehlt. Geben Sie eine Zahl von 1 bis 31 ein."), "tag")
    if year < OLDEST_YEAR:
        raise DateRefused(
            Sentence("Das Jahr {year} liegt zu weit zurück. Prüfen Sie das Jahr.", year=str(year)), "jahr"
        )
    if day:
        _check_day(year, month, day)
    if rules.past and date(year, month or 1, day or 1) > rules.today:
        raise DateRefused(Sentence("Das Datum liegt in der Zukunft. Prüfen Sie das Jahr."), "jahr")
    return PartialDate(year, month or None, day or None)


def _check_day(year: int, month: int, day: int) -> None:
    length = calendar.monthrange(year, month)[1]
    if day <= length:
        return
    if month == 2 and day == 29:
        raise DateRefused(
            Sentence("Den 29. Februar {year} gibt es nicht. Prüfen Sie Tag, Monat und Jahr.", year=str(year)),
            "tag",
            "monat",
            "jahr",
        )
    raise DateRefused(
        Sentence(
            "Den {day}. {month} gibt es nicht. Prüfen Sie Tag und Monat.", day=day, month=_in_words(month)
        ),
        "tag",
        "monat",
    )


def _in_words(month: int) -> dict[str, str]:
    german = MONTHS[month - 1]
    return {"de": german, "leicht": german, "en": calendar_english(month)}


def display(value: PartialDate, language: str) -> str:
    """The date in words, as far as it is known: 14. März 1994, Mai 1950, 1950."""
    if value.month is None:
        return str(value.year)
    if language == "en":
        month = calendar_english(value.month)
        return f"{value.day} {month} {value.year}" if value.day else f"{month} {value.year}"
    month = MONTHS[value.month - 1]
    return f"{value.day}. {month} {value.year}" if value.day else f"{month} {value.year}"


_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def calendar_english(month: int) -> str:
    """The English name of a month, whatever the locale of the machine."""
    return _ENGLISH[month - 1]
