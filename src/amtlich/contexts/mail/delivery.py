# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How the sending of a mail goes on. Pure: what may follow what, and when to try again.

A report that comes late never undoes a better one: what was delivered stays delivered (FC-29).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a mail stands."""

    CREATED = "created"
    SENDING = "sending"
    TEMPORARY_FAILURE = "temporary_failure"  # will be tried again
    SENT = "sent"  # a mail server has taken it
    DELIVERED = "delivered"  # a report says that it lies in the mailbox
    PERMANENT_FAILURE = "permanent_failure"  # the other side does not want it, now or ever
    TECHNICAL_FAILURE = "technical_failure"  # a fault of ours
    CANCELLED = "cancelled"  # nobody wants it any more


FAILED = frozenset({State.PERMANENT_FAILURE, State.TECHNICAL_FAILURE})
WAITING = frozenset({State.CREATED, State.SENDING, State.TEMPORARY_FAILURE})

_MAY: Mapping[State, frozenset[State]] = {
    State.CREATED: frozenset({State.SENDING, State.CANCELLED, State.TECHNICAL_FAILURE}),
    # Back to created: the way out was shut, which is no try.
    State.SENDING: frozenset(State) - {State.DELIVERED},
    State.TEMPORARY_FAILURE: frozenset({State.SENDING, State.CANCELLED, State.TECHNICAL_FAILURE}),
    # A mail server that took it may find out later that it cannot be delivered.
    State.SENT: frozenset({State.DELIVERED, State.PERMANENT_FAILURE}),
    State.DELIVERED: frozenset(),
    State.PERMANENT_FAILURE: frozenset(),
    State.TECHNICAL_FAILURE: frozenset(),
    State.CANCELLED: frozenset(),
}

# Greylisting wants a few minutes; a full mailbox a day. After two days the person is better told otherwise.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 480, 960, 1200))
MOST_TRIES = len(_PAUSES) + 1


def after(state: State, reported: State) -> State:
    """The state once this has been reported; a report that must not count changes nothing."""
    return reported if reported in _MAY[state] else state


def next_try(now: datetime, tries: int) -> datetime | None:
    """When to try again after ``tries`` temporary failures, or None if it was the last."""
    return now + _PAUSES[tries - 1] if tries <= len(_PAUSES) else None
