# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The one entry for everything that comes over HTTP.

``/health/`` is answered here, ``/live/`` by the hub, the pages of ``aside`` beside the line, everything
else by Django in a pool of threads. What Django never sees (unreadable address, oversized body, overload,
maintenance) is answered here, with a page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from amtlich.platform.web import aside, bridge, errors
from amtlich.platform.web.admission import Admission
from amtlich.platform.web.headers import SECURITY_HEADERS, as_asgi
from amtlich.platform.web.intake import (
    ClientGone,
    Intake,
    Receive,
    Refused,
    Scope,
    Send,
    is_kept_off_disk,
    readable,
)

log = logging.getLogger(__name__)

AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Hook = Callable[[], Awaitable[None]]

_FIXED_HEADERS = as_asgi({**SECURITY_HEADERS, "Cache-Control": "no-store"})
# What pages of maintenance need themselves: style, fonts, colours and arms.
_OPEN_IN_MAINTENANCE = (b"/static/", b"/behoerde.css", b"/wappen.svg")
# A client that takes nothing for this long is gone, whatever its connection says.
_SEND_PATIENCE = 60.0


async def _nothing() -> None:
    return None


def _open() -> errors.ErrorPage | None:
    return None


class Front:
    """ASGI application. ``threads`` run Django, ``waiting`` requests may stand in line for them."""

    def __init__(
        self,
        django: bridge.WsgiApp,
        live: AsgiApp,
        *,
        ready: Callable[[], str | None],
        body_limit: int = 6 * 1024 * 1024,
        threads: int = 8,
        waiting: int = 10_000,
        patience: float = 20.0,
        body_pause: float = 30.0,
        closed: Callable[[], errors.ErrorPage | None] = _open,
        on_start: Hook = _nothing,
        on_stop: Hook = _nothing,
    ) -> None:
        self._django = django
        self._live = live
        self._ready = ready
        self._intake = Intake(body_limit, pause=body_pause)
        self._admission = Admission(threads, waiting, patience)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="web")
        # Threads of their own: a full house must not look like a dead one, and can still say that it is full.
        self._probe = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._errors = ThreadPoolExecutor(1, thread_name_prefix="errors")
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="aside")
        self._closed = closed
        self._on_start = on_start
        self._on_stop = on_stop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._on_start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._on_stop()
                self._pool.shutdown(wait=True, cancel_futures=True)
                self._probe.shutdown(wait=False)
                self._errors.shutdown(wait=False)
                self._aside.shutdown(wait=False)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: bytes = scope["raw_path"]
        try:
            if not readable(path) or not readable(scope["query_string"].replace(b"+", b" ")):
                raise Refused(400)
            if path.startswith(b"/live/"):
                await self._live(scope, receive, send)
            elif path.startswith(b"/health/"):
                await self._health(path, send)
            elif aside.stands_aside(path):
                await self._answer_aside(scope, send)
            elif (page := self._closed()) is not None and not path.startswith(_OPEN_IN_MAINTENANCE):
                await self._refuse(scope, send, page)
            else:
                await self._page(scope, receive, send)
        except Refused as refused:
            await self._refuse(scope, send, errors.page_for(refused.status))
        except ClientGone:
            log.debug("the client hung up before it was answered")

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        private = is_kept_off_disk(scope["raw_path"])
        body, length = await self._intake.body(scope["headers"], receive, off_disk=private)
        try:
            async with self._admission.place(receive):
                await self._run(bridge.environ(scope, body, length), scope, send)
        finally:
            body.close()

    async def _run(self, env: bridge.Environ, scope: Scope, send: Send) -> None:
        loop = asyncio.get_running_loop()

        def blocking_send(message: dict[str, object]) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result(_SEND_PATIENCE)

        def work() -> bridge.Answer | None:
            answer = bridge.call(self._django, env)
            try:
                if answer.rest is None:
                    return answer
                blocking_send(_start(answer.status, answer.headers))
                blocking_send(_body(answer.body, more=True))
                for chunk in answer.rest:
                    blocking_send(_body(chunk, more=True))
                blocking_send(_body(b""))
                return None
            finally:
                # Closing ends Django's request, which also gives the thread's database connection back.
                answer.close()

        try:
            answer = await loop.run_in_executor(self._pool, work)
        except Exception:
            log.exception("%s %s failed outside of Django", env["REQUEST_METHOD"], env["PATH_INFO"])
            await self._refuse(scope, send, errors.page_for(500))
            return
        if answer is not None:
            await send(_start(answer.status, answer.headers))
            await send(_body(answer.body))

    async def _answer_aside(self, scope: Scope, send: Send) -> None:
        loop = asyncio.get_running_loop()
        status, headers, body = await loop.run_in_executor(self._aside, aside.answer, scope)
        await send(_start(status, headers))
        await send(_body(body))

    async def _refuse(self, scope: Scope, send: Send, page: errors.ErrorPage) -> None:
        # The renderer loads templates, so it runs beside the event loop, but not in the line it may be about.
        media_type, body = await asyncio.get_running_loop().run_in_executor(
            self._errors, _document, scope, page
        )
        headers = [
            *_FIXED_HEADERS,
            (b"content-type", media_type.encode("ascii")),
            (b"content-length", str(len(body)).encode("ascii")),
        ]
        if page.retry_after:
            headers.append((b"retry-after", str(page.retry_after).encode("ascii")))
        if page.status in (408, 413):
            # The rest of the body is still on its way; the connection cannot be used again.
            headers.append((b"connection", b"close"))
        await send(_start(page.status, headers))
        await send(_body(b"" if scope["method"] == "HEAD" else body))

    async def _health(self, path: bytes, send: Send) -> None:
        if path == b"/health/live":
            status, text = 200, "lebt"
        elif path == b"/health/ready":
            status, text = await self._readiness()
        else:
            status, text = 404, "unbekannt"
        body = (text + "\n").encode("utf-8")
        await send(
            _start(
                status,
                [
                    *_FIXED_HEADERS,
                    (b"content-type", b"text/plain; charset=utf-8"),
                    (b"content-length", str(len(body)).encode("ascii")),
                ],
            )
        )
        await send(_body(body))

    async def _readiness(self) -> tuple[int, str]:
        loop = asyncio.get_running_loop()
        try:
            fault = await asyncio.wait_for(loop.run_in_executor(self._probe, self._ready), 5.0)
        except TimeoutError:
            fault = "Die Datenbank antwortet nicht innerhalb von 5 Sekunden."
        return (200, "bereit") if fault is None else (503, fault)


def _document(scope: Scope, page: errors.ErrorPage) -> tuple[str, bytes]:
    # An address that cannot be read makes no request; its page is drawn without one.
    request = aside.request_of(scope) if page.status != 400 else None
    return errors.document(request, scope["path"], page)


async def _sent(send: Send, message: dict[str, object]) -> None:
    await send(message)


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> dict[str, object]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _body(body: bytes, *, more: bool = False) -> dict[str, object]:
    return {"type": "http.response.body", "body": body, "more_body": more}
