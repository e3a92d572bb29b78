# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Birth dates of which day or month may be unknown, as the register holds them (FC-04)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_REGISTER = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps a month, perhaps a day. Nothing unknown is ever made up."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"year {self.year} is outside 1 to 9999")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs a month")
            return
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is outside 1 to 12")
        if self.day is not None:
            date(self.year, self.month, self.day)

    @classmethod
    def parse_register(cls, text: str) -> PartialDate:
        """Read the register's form: 14.03.1994, 00.05.1950, 00.00.1950."""
        found = _REGISTER.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a register date like 00.05.1950")
        day, month, year = (int(part) for part in found.groups())
        if month == 0 and day != 0:
            raise ValueError(f"{text!r} has a day without a month")
        return cls(year, month or None, day or None)

    @classmethod
    def parse_iso(cls, text: str) -> PartialDate:
        """Read 1994-03-14, 1950-05 or 1950."""
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date like 1994-03-14, 1950-05 or 1950")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def complete(self) -> bool:
        return self.day is not None

    def iso(self) -> str:
        """1994-03-14, 1950-05 or 1950."""
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
        if self.day is not None:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    def register_form(self) -> str:
        """14.03.1994, 00.05.1950 or 00.00.1950."""
        return f"{self.day or 0:02}.{self.month or 0:02}.{self.year:04}"

    def at_least_years_on(self, years: int, on: date) -> bool | None:
        """Whether the person has completed that many years on that day; None if not certain.

        A year of life is completed at the end of the day before the birthday (BGB § 187 (2)), so on
        the birthday it is. Somebody born on 29 February comes of age on 1 March of a common year.
        """
        earliest = date(self.year, self.month or 1, self.day or 1)
        last_month = self.month or 12
        latest = date(self.year, last_month, self.day or monthrange(self.year, last_month)[1])
        if _birthday(latest, years) <= on:
            return True
        if _birthday(earliest, years) > on:
            return False
        return None


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
