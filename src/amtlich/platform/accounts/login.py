# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Beginning and ending a session."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from amtlich.kernel.ids import new_id
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts import session_time
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.middleware import actor_of

# What a log-in leaves in the session besides the account; the next log-in takes its place.
_OF_ONE_LOGIN = ("id_token", "provider_session")


def log_in(request: HttpRequest, account_id: UUID, *, level: TrustLevel, means: str) -> Actor:
    """Bind the session to the account, under a new key (session fixation), and return the actor.

    What the visitor had begun without an account stays reachable in this session, until somebody else
    logs in over it: two people at one device never see each other's things. Forms that stand open carry
    the token of before and must be loaded anew.
    """
    session = request.session
    if session.get("account") not in (None, str(account_id)):
        session.flush()
    session.cycle_key()
    rotate_token(request)
    for name in _OF_ONE_LOGIN:
        session.pop(name, None)
    session["account"] = str(account_id)
    session["level"] = int(level)
    session["means"] = means
    session_time.begin(session)
    actor = actor_of(request)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def log_out(request: HttpRequest) -> None:
    """End the session: its row is gone, so pages and open streams see nothing from now on."""
    request.session.flush()
    request.actor = actor_of(request)  # type: ignore[attr-defined]


def ensure_holder(request: HttpRequest) -> Actor:
    """The request's actor, with a holder: a visitor without account gets one for this session."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.holder_id is None:
        request.session["holder"] = str(new_id())
        session_time.begin(request.session)
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
    return actor
