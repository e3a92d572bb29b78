# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Spans of time as packages and retention rules write them: P30D, P1Y, PT10S (ISO 8601)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from amtlich.kernel.clock import BERLIN
from amtlich.kernel.words import join_de

PATTERN = (
    r"^P(?=[0-9T])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})S)?)?$"
)


@dataclass(frozen=True, slots=True)
class Period:
    """Years and months by the calendar, days and less by the clock."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @classmethod
    def from_iso(cls, text: str) -> Period:
        """Raises ``ValueError``."""
        found = re.fullmatch(PATTERN, text)
        if not found:
            raise ValueError(f"{text!r} is not a period like P30D, P1Y or PT10S")
        years, months, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return cls(years * 12 + months, days, hours * 3600 + minutes * 60 + seconds)

    @property
    def by_the_day(self) -> bool:
        """Whether it counts in days or longer, and so ends with a day (BGB § 188 (1))."""
        return not self.seconds and bool(self.months or self.days)

    @property
    def words_de(self) -> str:
        """„30 Tage“, „1 Jahr und 6 Monate“, „15 Minuten“; „sofort“ for no time at all."""
        years, months = divmod(self.months, 12)
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        counted = (
            (years, "Jahr", "Jahre"),
            (months, "Monat", "Monate"),
            (self.days, "Tag", "Tage"),
            (hours, "Stunde", "Stunden"),
            (minutes, "Minute", "Minuten"),
            (seconds, "Sekunde", "Sekunden"),
        )
        said = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
        return join_de(said) if said else "sofort"

    def before(self, moment: datetime) -> datetime:
        """The latest moment of which it is certain that a period after it is over by ``moment``.

        Never too late: at the end of a month it may be some days, at a change of the clocks an hour, early.
        """
        local = moment.astimezone(BERLIN) - timedelta(days=self.days)
        month_index = local.year * 12 + local.month - 1 - self.months
        year, month = divmod(month_index, 12)
        day = min(local.day, calendar.monthrange(year, month + 1)[1])
        shifted = local.replace(year=year, month=month + 1, day=day).astimezone(moment.tzinfo)
        found = shifted - timedelta(seconds=self.seconds)
        return found if self.after(found) <= moment else found - timedelta(hours=1)

    def after(self, moment: datetime) -> datetime:
        """The moment one period later, in the same zone.

        Months and days are counted by the German calendar (a month's end never runs over into the
        next month, BGB § 188 (3)); what is left by the clock.
        """
        local = moment.astimezone(BERLIN)
        month_index = local.year * 12 + local.month - 1 + self.months
        year, month = divmod(month_index, 12)
        day = min(local.day, calendar.monthrange(year, month + 1)[1])
        shifted = local.replace(year=year, month=month + 1, day=day) + timedelta(days=self.days)
        return shifted.astimezone(moment.tzinfo) + timedelta(seconds=self.seconds)
