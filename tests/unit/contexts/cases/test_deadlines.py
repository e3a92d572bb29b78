# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A period that the office sets ends on a working day and gives at least the days it promises."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.cases.deadlines import easter, is_holiday, last_day

DAYS = st.dates(date(2020, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("asked", "days", "until"),
    [
        (date(2026, 11, 25), 14, date(2026, 12, 9)),
        (date(2026, 12, 11), 14, date(2026, 12, 28)),  # Christmas Day, Boxing Day on a Saturday, Sunday
        (date(2026, 12, 23), 1, date(2026, 12, 24)),  # no holiday, though many think so
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Good Friday to Easter Monday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
    ],
)
def test_the_last_day_is_never_one_on_which_offices_rest(asked, days, until):
    assert last_day(asked, days) == until


@given(DAYS, st.integers(1, 365))
def test_nobody_gets_less_time_than_promised_nor_a_week_more(asked, days):
    until = last_day(asked, days)
    assert asked + timedelta(days=days) <= until <= asked + timedelta(days=days + 7)
    assert until.weekday() < 5
    assert not is_holiday(until)


def test_easter_is_where_the_calendars_have_it():
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known
