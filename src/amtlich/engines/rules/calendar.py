# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Days, times of day and moments of FEEL: the proleptic Gregorian calendar with years of nine digits, to the
nanosecond (DMN 1.5, 10.3.2.3; XML Schema 1.1 Datatypes, where year 0 is the year before year 1).

Python's own dates end at the year 9999 and know microseconds only; they are taken and given at the edges.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import total_ordering
from typing import Final

MAX_YEAR: Final = 999_999_999
SECOND: Final = 1_000_000_000
DAY: Final = 86_400 * SECOND
_CYCLE_YEARS: Final = 400  # after which the calendar repeats itself, week days included
_CYCLE_DAYS: Final = 146_097
_PYTHON_YEARS: Final = range(2, 9999)  # one short of its ends, so that a zone's offset leads nowhere beyond
_MONTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class OutOfCalendar(ValueError):
    """No such day or time of day, or a year beyond nine digits."""


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTHS[month - 1]


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date. Raises ``OutOfCalendar`` when made of what is none."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        fits = abs(self.year) <= MAX_YEAR and 1 <= self.month <= 12
        if not fits or not 1 <= self.day <= days_in_month(self.year, self.month):
            raise OutOfCalendar(f"{self.year}-{self.month}-{self.day}")

    @classmethod
    def of(cls, value: date) -> Day:
        return cls(value.year, value.month, value.day)

    @classmethod
    def numbered(cls, number: int) -> Day:
        """The inverse of ``number``."""
        cycles, rest = divmod(number - _START, _CYCLE_DAYS)
        inside = date.fromordinal(_BASE + rest)
        return cls(inside.year + cycles * _CYCLE_YEARS, inside.month, inside.day)

    @property
    def number(self) -> int:
        """Days since 1970-01-01."""
        cycles, inside = self._inside()
        return cycles * _CYCLE_DAYS + inside.toordinal() - _BASE + _START

    def _inside(self) -> tuple[int, date]:
        """The cycles since the year 2000 and the like day of the years 2000 to 2399."""
        cycles, year = divmod(self.year - 2000, _CYCLE_YEARS)
        return cycles, date(2000 + year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 (Monday) to 7 (Sunday), ISO 8601."""
        return self._inside()[1].isoweekday()

    @property
    def day_of_year(self) -> int:
        return self._inside()[1].timetuple().tm_yday

    @property
    def week(self) -> int:
        """Week of the year, ISO 8601."""
        return self._inside()[1].isocalendar().week

    def plus_months(self, months: int) -> Day:
        """The same day so many months on; the 31st becomes the month's last day."""
        year, index = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > MAX_YEAR:
            raise OutOfCalendar(f"year {year}")
        return Day(year, index + 1, min(self.day, days_in_month(year, index + 1)))

    def plus_days(self, days: int) -> Day:
        return Day.numbered(self.number + days)

    def python(self) -> date:
        """Python's date; raises ``OutOfCalendar`` beyond its years."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError as error:
            raise OutOfCalendar(str(self)) from error

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


_BASE: Final = date(2000, 1, 1).toordinal()
_START: Final = _BASE - date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, with or without a zone. Two are equal if all their parts are; see ``values.equal``."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: tzinfo | None = None

    def __post_init__(self) -> None:
        fits = 0 <= self.hour < 24 and 0 <= self.minute < 60 and 0 <= self.second < 60
        if not fits or not 0 <= self.nanosecond < SECOND:
            raise OutOfCalendar(f"{self.hour}:{self.minute}:{self.second}")

    @classmethod
    def of(cls, value: time) -> Clock:
        return cls(value.hour, value.minute, value.second, value.microsecond * 1000, value.tzinfo)

    @classmethod
    def numbered(cls, nanoseconds: int, zone: tzinfo | None = None) -> Clock:
        """So many nanoseconds after midnight, days left out."""
        seconds, rest = divmod(nanoseconds % DAY, SECOND)
        return cls(seconds // 3600, seconds // 60 % 60, seconds % 60, rest, zone)

    @property
    def number(self) -> int:
        """Nanoseconds since midnight on this clock."""
        return (self.hour * 3600 + self.minute * 60 + self.second) * SECOND + self.nanosecond

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight in UTC, if there is a zone; a named zone counts as of 1970-01-01."""
        return Moment(Day(1970, 1, 1), self).instant

    def without_zone(self) -> Clock:
        return replace(self, zone=None)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A date and time. With a zone it is an instant, and two of different zones may be the same."""

    day: Day
    clock: Clock

    @classmethod
    def of(cls, value: datetime) -> Moment:
        return cls(Day.of(value), Clock.of(value.timetz()))

    @classmethod
    def at(cls, instant: int, zone: tzinfo | None) -> Moment:
        """So many nanoseconds after 1970-01-01T00:00 (in UTC if there is a zone), as the zone shows it."""
        local = instant + (0 if zone is None else _offset(instant, zone))
        return cls(Day.numbered(local // DAY), Clock.numbered(local, zone))

    @property
    def zone(self) -> tzinfo | None:
        return self.clock.zone

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 on this moment's own clock."""
        return self.day.number * DAY + self.clock.number

    @property
    def offset(self) -> timedelta | None:
        """How far the zone's clock is ahead of UTC at this moment; None without a zone."""
        if self.zone is None:
            return None
        return self._python_alike().utcoffset() or timedelta()

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 in UTC; without a zone on its own clock."""
        offset = self.offset
        return self.local - (0 if offset is None else offset // _MICRO * 1000)

    def plus(self, nanoseconds: int) -> Moment:
        """Elapsed time, not wall time: across a change of the clocks the zone's offset changes with it."""
        return Moment.at(self.instant + nanoseconds, self.zone)

    def python(self) -> datetime:
        """Python's moment, cut to the microsecond; raises ``OutOfCalendar`` beyond its years."""
        self.day.python()
        return self._python_alike()

    def _python_alike(self) -> datetime:
        """This moment, or beyond Python's years the like one of another cycle."""
        year = self.day.year
        if year not in _PYTHON_YEARS:
            year = 2000 + (year - 2000) % _CYCLE_YEARS
        clock = self.clock
        return datetime(
            year,
            self.day.month,
            self.day.day,
            clock.hour,
            clock.minute,
            clock.second,
            clock.nanosecond // 1000,
            tzinfo=clock.zone,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self._key == other._key

    def __lt__(self, other: Moment) -> bool:
        return self._key < other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[bool, int]:
        """Moments with a zone are never equal to those without, wherever they stand."""
        return self.zone is not None, self.instant


_MICRO: Final = timedelta(microseconds=1)


def _offset(instant: int, zone: tzinfo) -> int:
    """Nanoseconds by which the zone's clock is ahead of UTC at an instant."""
    day, rest = divmod(instant, DAY)
    utc = Moment(Day.numbered(day), Clock.numbered(rest, UTC))._python_alike()
    return (utc.astimezone(zone).utcoffset() or timedelta()) // _MICRO * 1000


_TAKEN: Final[tuple[tuple[type, Callable[..., object]], ...]] = (
    (datetime, Moment.of),  # before date, of which Python makes it a kind
    (date, Day.of),
    (time, Clock.of),
)


def taken(value: object) -> object:
    """Python's date, time or moment as ours; anything else as it is."""
    for kind, make in _TAKEN:
        if isinstance(value, kind):
            return make(value)
    return value
