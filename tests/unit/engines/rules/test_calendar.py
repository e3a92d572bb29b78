# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Days and moments: as Python has them where it has any, and right beyond its years."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.engines.rules.calendar import DAY, MAX_YEAR, SECOND, Clock, Day, Moment, OutOfCalendar, taken

BERLIN = ZoneInfo("Europe/Berlin")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
days = st.builds(
    lambda year, month, day: Day(year, month, day),
    st.integers(-MAX_YEAR, MAX_YEAR),
    st.integers(1, 12),
    st.integers(1, 28),
)
zones = st.sampled_from([None, UTC, timezone(timedelta(hours=-3, minutes=-30)), BERLIN])


@given(days)
def test_numbers_of_days_lead_there_and_back(day: Day) -> None:
    assert Day.numbered(day.number) == day
    assert Day.numbered(day.number + 1) > day
    assert Day.numbered(day.number + 7).weekday == day.weekday


@given(st.dates())
def test_within_its_years_the_calendar_is_pythons(day: date) -> None:
    ours = Day.of(day)
    assert ours.python() == day
    assert (ours.weekday, ours.day_of_year) == (day.isoweekday(), day.timetuple().tm_yday)
    assert ours.week == day.isocalendar().week
    assert ours.number == day.toordinal() - date(1970, 1, 1).toordinal()
    assert str(ours) == day.isoformat()


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.times(), st.sampled_from([UTC, BERLIN]))
def test_within_its_years_an_instant_is_pythons(day: date, clock: time, zone: tzinfo) -> None:
    moment = datetime.combine(day, clock, zone)
    expected = (moment.astimezone(UTC) - EPOCH) // timedelta(microseconds=1) * 1000
    assert Moment.of(moment).instant == expected


@given(days, st.integers(0, DAY - 1), zones, st.integers(-(10**18), 10**18))
def test_what_is_added_is_the_difference(day: Day, clock: int, zone: timezone | None, elapsed: int) -> None:
    moment = Moment(day, Clock.numbered(clock, zone))
    try:
        later = moment.plus(elapsed)
    except OutOfCalendar:
        return
    missed = later.instant - moment.instant - elapsed
    # FEEL cannot tell the two passes of the hour that a change of the clocks repeats.
    assert missed == 0 or (zone is BERLIN and abs(missed) == 3600 * SECOND)


def test_moments_of_different_zones_may_be_the_same() -> None:
    noon = Moment(Day(2026, 7, 1), Clock(12, 0, 0, 0, BERLIN))
    assert noon == Moment(Day(2026, 7, 1), Clock(10, 0, 0, 0, UTC))
    assert hash(noon) == hash(Moment(Day(2026, 7, 1), Clock(10, 0, 0, 0, UTC)))
    assert noon != Moment(Day(2026, 7, 1), Clock(12, 0, 0))
    assert noon > Moment(Day(2026, 7, 1), Clock(9, 59, 59, 999_999_999, UTC))


def test_months_end_with_their_last_day() -> None:
    assert Day(2024, 1, 31).plus_months(1) == Day(2024, 2, 29)
    assert Day(2024, 1, 31).plus_months(-11) == Day(2023, 2, 28)
    assert Day(-1, 12, 31).plus_months(1) == Day(0, 1, 31)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2023, 2, 29),
        (2024, 2, 30),
        (1900, 2, 29),
        (2024, 13, 1),
        (2024, 0, 1),
        (2024, 1, 0),
        (MAX_YEAR + 1, 1, 1),
    ],
)
def test_what_no_calendar_holds_is_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(OutOfCalendar):
        Day(year, month, day)


def test_the_ends_of_the_calendar_are_ends() -> None:
    for beyond in (lambda: Day(MAX_YEAR, 12, 31).plus_days(1), lambda: Day(-MAX_YEAR, 1, 1).plus_months(-1)):
        with pytest.raises(OutOfCalendar):
            beyond()
    with pytest.raises(OutOfCalendar):
        Day(10_000, 1, 1).python()
    assert Day(2000, 2, 29) == taken(date(2000, 2, 29))


def test_nanoseconds_are_kept() -> None:
    moment = Moment(Day(2026, 1, 1), Clock(23, 59, 59, 999_999_999))
    assert moment.plus(1) == Moment(Day(2026, 1, 2), Clock(0, 0, 0))
