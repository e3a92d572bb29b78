# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What counts as a try, how long the pauses are, and what is said of an exception."""

from __future__ import annotations

import errno

import psycopg
import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from amtlich.platform.jobs import policy

spreads = st.floats(min_value=0, max_value=1, exclude_max=True)


def test_the_fifth_try_is_the_last() -> None:
    assert [policy.enough(tries) for tries in range(7)] == [False] * 5 + [True, True]


@given(asked=st.floats(min_value=0, max_value=1e6), before=st.integers(0, 10**6), spread=spreads)
def test_no_postponement_is_longer_than_a_minute_or_shorter_than_half_a_second(
    asked: float, before: int, spread: float
) -> None:
    assert 0.5 <= policy.pause_after_postponement(asked, before, lambda: spread) <= policy.LONGEST_PAUSE


@given(spread=spreads)
def test_pauses_of_postponements_grow_to_a_minute(spread: float) -> None:
    pauses = [policy.pause_after_postponement(1, before, lambda: spread) for before in range(8)]
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1
    assert pauses[-1] >= 45


@given(tries=st.integers(1, 5), spread=spreads)
def test_pauses_between_tries_are_short_and_spread(tries: int, spread: float) -> None:
    assert 0.5 <= policy.pause_after_try(tries, lambda: spread) <= 16


def test_the_first_death_of_a_process_costs_no_pause() -> None:
    assert policy.pause_after_death(1, lambda: 0.9) == 0
    assert policy.pause_after_death(2, lambda: 0.9) > 0


def test_a_lost_connection_a_full_disk_and_a_stopped_database_are_no_fault_of_the_job() -> None:
    lost = OperationalError("server closed the connection")
    lost.__cause__ = psycopg.OperationalError("server closed the connection")
    full = OSError(errno.ENOSPC, "No space left on device")
    assert policy.outage(lost)
    assert policy.outage(full)
    for kind in (psycopg.errors.AdminShutdown, psycopg.errors.DiskFull, psycopg.errors.TooManyConnections):
        assert policy.outage(kind("x")), kind


def test_what_a_job_does_wrong_is_its_own_fault() -> None:
    for error in (
        ValueError("x"),
        psycopg.errors.UniqueViolation("x"),
        psycopg.errors.QueryCanceled("x"),
        psycopg.errors.DeadlockDetected("x"),
        OSError(errno.ENOENT, "x"),
    ):
        assert policy.outage(error) is None, error


def test_a_wrapped_outage_is_still_seen() -> None:
    wrapped = RuntimeError("rendering failed")
    wrapped.__cause__ = OSError(errno.ENOSPC, "full")
    assert policy.outage(wrapped)


def test_the_description_of_an_exception_does_not_quote_it() -> None:
    with pytest.raises(ValueError, match="Lena") as caught:
        raise ValueError("Lena Brückner, 13.02.1988")
    said = policy.describe(caught.value)
    assert "ValueError" in said
    assert "test_policy.py" in said
    assert "Lena" not in said
