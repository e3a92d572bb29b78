# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""``GET /live/<token>``: server-sent events (WHATWG HTML, section 9.2) for one case.

A page passes the place it was made at as ``?seit=<cursor>``; a browser that comes back sends
``Last-Event-ID``, which counts more. Answers 401 without an open session and 404 for a foreign and a
missing case alike. While the database is away nothing is said but when to come back.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from amtlich.kernel.ids import is_token
from amtlich.platform.live.access import AccessLost, session_key
from amtlich.platform.live.cursor import Cursor
from amtlich.platform.live.hub import Hub, TooManyStreams
from amtlich.platform.live.subscriber import Signal, Subscriber
from amtlich.platform.live.tail import TailLost
from amtlich.platform.web.headers import SECURITY_HEADERS, as_asgi
from amtlich.platform.web.intake import Receive, Refused, Scope, Send, header

log = logging.getLogger(__name__)

PATH = "/live/"
HEARTBEAT = 15.0
# Who takes not a byte for so long is gone, whatever the connection says.
_SEND_PATIENCE = 60.0

_HEADERS = as_asgi(
    {
        **SECURITY_HEADERS,
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        # Proxies that gather answers would hold the stream back.
        "X-Accel-Buffering": "no",
    }
)


class LiveChannel:
    """ASGI application for ``/live/``. ``heartbeat`` in seconds; ``spread`` gives numbers in [0, 1)."""

    def __init__(
        self, hub: Hub, *, heartbeat: float = HEARTBEAT, spread: Callable[[], float] = random.random
    ) -> None:
        self._hub = hub
        self._heartbeat = heartbeat
        self._spread = spread

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises ``Refused`` for everything that is no stream."""
        try:
            subscriber = await self._subscribe(scope)
        except (AccessLost, TailLost):
            # A browser gives a stream up for good on any status but 200; this one comes back by itself.
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await _write(send, f"retry: {self._pause(5000)}\n\n")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        gone = asyncio.ensure_future(_hung_up(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            place = f"id: {subscriber.place}\n" if subscriber.place else ""
            await _write(send, f"retry: {self._pause(2000)}\n{place}\n")
            await self._deliver(subscriber, gone, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            log.info("a live stream took nothing for %s s and was ended", _SEND_PATIENCE)
        finally:
            gone.cancel()
            self._hub.unsubscribe(subscriber)

    def _pause(self, shortest: int) -> int:
        """Milliseconds until a browser comes back: after a restart, not all in the same second."""
        return shortest + int(self._spread() * 3000)

    async def _subscribe(self, scope: Scope) -> Subscriber:
        token = scope["path"].removeprefix(PATH)
        if scope["method"] != "GET":
            raise Refused(405)
        if header(scope["headers"], b"sec-fetch-site") not in (None, b"same-origin", b"none"):
            raise Refused(403)
        if not is_token(token):
            raise Refused(404)
        key = session_key((header(scope["headers"], b"cookie") or b"").decode("latin-1"))
        if key is None:
            raise Refused(401)
        seen = _seen(scope)
        try:
            host = (header(scope["headers"], b"host") or b"").decode("latin-1")
            listener = await self._hub.access.listener(key, host, token)
            if listener is None:
                raise Refused(401)
            if listener.stream is None:
                raise Refused(404)
            cursor = Cursor.parse(seen) if seen else None
            return await self._hub.subscribe(
                listener.stream, listener.session, cursor, stale=bool(seen) and cursor is None
            )
        except TooManyStreams:
            raise Refused(429) from None

    async def _deliver(self, subscriber: Subscriber, gone: asyncio.Future[None], send: Send) -> None:
        while not subscriber.closed and not gone.done():
            news = asyncio.ensure_future(subscriber.next(self._heartbeat))
            both: set[asyncio.Future[Any]] = {news, gone}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if not news.done():
                news.cancel()
                return
            signal = news.result()
            if subscriber.closed:
                return
            await _write(send, ": noch da\n\n" if signal is None else _event(signal))


def _seen(scope: Scope) -> str:
    returning = header(scope["headers"], b"last-event-id")
    if returning:
        return returning.decode("latin-1")
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("seit", [""])[-1]


def _event(signal: Signal) -> str:
    word = "reload" if signal.reload else "changed"
    return f"id: {signal.cursor}\nevent: {word}\ndata: {word}\n\n"


async def _write(send: Send, text: str) -> None:
    async with asyncio.timeout(_SEND_PATIENCE):
        await send({"type": "http.response.body", "body": text.encode("utf-8"), "more_body": True})


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
