# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What may follow what, and when to try again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.mail.delivery import FAILED, MOST_TRIES, WAITING, State, after, next_try

ENDS = (State.DELIVERED, State.CANCELLED, *FAILED)
REPORTS = st.lists(st.sampled_from(State), max_size=30)


def history(reports: list[State]) -> list[State]:
    states = [State.CREATED]
    for report in reports:
        states.append(after(states[-1], report))
    return states


@given(REPORTS)
def test_fc29_whatever_is_reported_in_whatever_order_delivered_stays(reports: list[State]) -> None:
    states = history(reports)
    for before, now in pairwise(states):
        if before in ENDS:
            assert now is before


@given(REPORTS)
def test_what_was_sent_is_never_waiting_again(reports: list[State]) -> None:
    states = history(reports)
    if State.SENT in states:
        since = states[states.index(State.SENT) :]
        assert not WAITING & set(since)
        assert State.CANCELLED not in since


@given(REPORTS)
def test_delivered_is_reached_only_through_sent(reports: list[State]) -> None:
    states = history(reports)
    assert State.DELIVERED not in states or State.SENT in states[: states.index(State.DELIVERED)]


def test_every_state_that_is_no_end_leads_to_one() -> None:
    for state in State:
        assert state in ENDS or any(after(state, report) is not state for report in State)


def test_pauses_grow_and_end_within_three_days() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    pauses = []
    for tries in range(1, MOST_TRIES):
        due = next_try(now, tries)
        assert due is not None
        pauses.append(due - now)
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=5)
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=3)
    assert next_try(now, MOST_TRIES) is None
