# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long a session lasts: a while after the last thing that was done, and never longer than a whole.

The end stands in the session itself, so every page can name it. Whoever is logged in has shown who
they are, so that session is short; a visitor's session is all that leads to what they have begun, so
it lasts a working day. Neither is prolonged by what pages fetch by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from amtlich.kernel import clock

#: Of this the person is warned before the end (WCAG 2.2.1 asks for 20 seconds at least).
WARNING = timedelta(minutes=5)
#: A session is stored anew only when this much of it is used up: a page must not cost a write each time.
_GRAIN = timedelta(minutes=5)
_BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Span:
    """How long without doing anything, and how long altogether."""

    idle: timedelta
    whole: timedelta


def span_of(session: SessionBase) -> Span:
    """The limits of this session: shorter for somebody who is logged in."""
    if session.get("account"):
        return Span(timedelta(seconds=settings.SIGNED_IN_AGE), timedelta(seconds=settings.SIGNED_IN_WHOLE))
    return Span(timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(seconds=settings.VISIT_WHOLE))


def begin(session: SessionBase) -> None:
    """The session begins now, or is another one from now on: after a log-in."""
    now = clock.now()
    session[_BEGUN] = now.isoformat()
    session.set_expiry(now + span_of(session).idle)


def prolong(session: SessionBase) -> None:
    """Something was done: count the time anew, up to the whole. A clock set back prolongs nothing."""
    if not _holds_something(session):
        return
    if _BEGUN not in session:
        begin(session)
        return
    end, possible = ends_at(session), _latest(session)
    if end is None or possible - end >= _GRAIN:
        session.set_expiry(possible)


def prolong_now(session: SessionBase) -> None:
    """The person has asked for it: to the minute, as the page then says."""
    if _holds_something(session):
        if _BEGUN not in session:
            begin(session)
        session.set_expiry(max(_latest(session), ends_at(session) or _latest(session)))


def ends_at(session: SessionBase) -> datetime | None:
    """When this session ends if nothing is done, None if there is nothing that could end."""
    stored = session.get("_session_expiry")
    if not _holds_something(session) or not isinstance(stored, str):
        return None
    return datetime.fromisoformat(stored)


def at_its_limit(session: SessionBase) -> bool:
    """Whether doing something prolongs it no more: the whole is used up."""
    end = ends_at(session)
    return end is not None and end >= _begun(session) + span_of(session).whole


def _latest(session: SessionBase) -> datetime:
    span = span_of(session)
    return min(clock.now() + span.idle, _begun(session) + span.whole)


def _begun(session: SessionBase) -> datetime:
    return datetime.fromisoformat(session[_BEGUN])


def _holds_something(session: SessionBase) -> bool:
    return bool(session.get("account") or session.get("holder"))
