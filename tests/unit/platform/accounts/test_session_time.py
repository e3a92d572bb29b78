# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long a session lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase

from amtlich.kernel import clock
from amtlich.platform.accounts import session_time

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Kept(SessionBase):
    """A session in memory."""

    def load(self):
        return {}


@pytest.fixture
def now():
    fixed = clock.FixedClock(NOON)
    with clock.use(fixed):
        yield fixed


def session(**values):
    made = Kept()
    for name, value in values.items():
        made[name] = value
    session_time.begin(made)
    made.modified = False
    return made


def test_whoever_is_logged_in_has_an_hour(now):
    assert session_time.ends_at(session(account="a")) == NOON + HOUR


def test_a_visitor_has_a_working_day(now):
    assert session_time.ends_at(session(holder="h")) == NOON + 8 * HOUR


def test_doing_something_counts_anew(now):
    one = session(account="a")
    now.advance(timedelta(minutes=30))
    session_time.prolong(one)
    assert session_time.ends_at(one) == NOON + 1.5 * HOUR


def test_within_five_minutes_nothing_is_written(now):
    one = session(account="a")
    now.advance(timedelta(minutes=4))
    session_time.prolong(one)
    assert not one.modified


def test_asked_for_it_is_to_the_minute(now):
    one = session(account="a")
    now.advance(timedelta(minutes=4))
    session_time.prolong_now(one)
    assert session_time.ends_at(one) == NOON + HOUR + timedelta(minutes=4)


def test_the_whole_is_never_exceeded(now):
    one = session(account="a")
    for _ in range(20):
        now.advance(timedelta(minutes=50))
        session_time.prolong(one)
    assert session_time.ends_at(one) == NOON + 8 * HOUR
    assert session_time.at_its_limit(one)
    session_time.prolong_now(one)
    assert session_time.ends_at(one) == NOON + 8 * HOUR


def test_a_clock_set_back_prolongs_nothing(now):
    one = session(account="a")
    now.advance(timedelta(days=-3))
    session_time.prolong(one)
    session_time.prolong_now(one)
    assert session_time.ends_at(one) == NOON + HOUR


def test_a_session_that_holds_nothing_has_no_end(now):
    empty = Kept()
    session_time.prolong(empty)
    session_time.prolong_now(empty)
    assert session_time.ends_at(empty) is None
    assert not empty.modified


def test_a_session_of_an_older_version_gets_an_end(now):
    old = Kept()
    old["account"] = "a"
    session_time.prolong(old)
    assert session_time.ends_at(old) == NOON + HOUR
