# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who may listen: the session behind the cookie, and the case behind the token.

Asked in threads of their own, because Django's database access blocks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.middleware import actor_of
from amtlich.platform.accounts.sessions import SessionStore, key_hash, open_sessions
from amtlich.platform.tenancy.registry import authority_for_host

P = ParamSpec("P")
T = TypeVar("T")

Resolver = Callable[[Actor, str], UUID | None]
"""Which case the token means for this actor; None for a foreign and for a missing case alike."""

_resolver: Resolver | None = None


def register(resolver: Resolver) -> None:
    """Install the function that knows cases. It runs outside of any ``tenant()``."""
    global _resolver
    _resolver = resolver


class AccessLost(Exception):
    """The database does not answer, so nobody can say who may listen."""


@dataclass(frozen=True, slots=True)
class Listener:
    """An open session, and the case it asked for if it may see it."""

    session: str
    stream: UUID | None


class Access(Protocol):
    """What the channel asks. The first two raise ``AccessLost``."""

    async def listener(self, key: str, host: str, token: str) -> Listener | None: ...

    async def still_open(self, sessions: Collection[str]) -> frozenset[str]: ...

    async def close(self) -> None: ...


def session_key(cookie_header: str) -> str | None:
    """The session key in a Cookie header, or None."""
    return parse_cookie(cookie_header).get(settings.SESSION_COOKIE_NAME) or None


class DatabaseAccess:
    """Access by the house's own sessions and the registered resolver."""

    def __init__(self) -> None:
        self._arrivals = ThreadPoolExecutor(2, thread_name_prefix="live")
        # A thread of its own: checking open streams must not queue behind thousands that come back at once.
        self._checks = ThreadPoolExecutor(1, thread_name_prefix="live-check")

    async def listener(self, key: str, host: str, token: str) -> Listener | None:
        """None if the session is not open here; ``stream`` is None if there is no such case for it."""
        return await _in_thread(self._arrivals, _listener, key, host, token)

    async def still_open(self, sessions: Collection[str]) -> frozenset[str]:
        """Those of the sessions that are neither ended, expired nor of a locked account; one query."""
        return await _in_thread(self._checks, open_sessions, frozenset(sessions))

    async def close(self) -> None:
        """Let the threads and their connections go."""
        await asyncio.get_running_loop().run_in_executor(self._checks, connections.close_all)
        for pool in (self._arrivals, self._checks):
            pool.shutdown(wait=False)


async def _in_thread(
    pool: ThreadPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    def work() -> T:
        try:
            return function(*args, **kwargs)
        except Error as error:
            connections.close_all()
            raise AccessLost("the database does not say who may listen") from error
        finally:
            # Back to the pool. The system connection of the checks stays: it is asked every few seconds.
            connections["default"].close()

    return await asyncio.get_running_loop().run_in_executor(pool, work)


def _listener(key: str, host: str, token: str) -> Listener | None:
    authority = authority_for_host(host)
    session = SessionStore(key)
    data = session.load()
    if authority is None or session.session_key is None:
        return None
    request = HttpRequest()
    request.authority = authority  # type: ignore[attr-defined]
    request.session = session
    actor = actor_of(request)
    if data.get("account") and actor.account_id is None:
        return None  # locked meanwhile, or logged in at another authority
    return Listener(key_hash(key), _resolver(actor, token) if _resolver is not None else None)
