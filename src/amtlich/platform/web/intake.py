# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Taking a request in: is its address readable, and is its body small and quick enough?

The body is read to its end before a thread is taken, so a slow client never holds one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
RawHeaders = Iterable[tuple[bytes, bytes]]

IN_MEMORY = 256 * 1024
# Bytes of all bodies together that must not touch the disk, while they come in and until they are answered.
UNSTORED_AT_ONCE = 96 * 1024 * 1024
# A browser shows our page only after it has sent its body, so an oversized one is read on for a while.
_DRAIN_AT_MOST = 64 * 1024 * 1024

_off_disk: set[bytes] = set()


def keep_off_disk(path: str) -> None:
    """What is sent to this path lies in memory only; for faces to register what they promise people."""
    _off_disk.add(path.encode("ascii"))


def is_kept_off_disk(path: bytes) -> bool:
    """Whether a body for this path must not touch the disk."""
    return unquote_to_bytes(path) in _off_disk


class Refused(Exception):
    """The request cannot be taken in; answer with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"request refused with status {status}")
        self.status = status


class ClientGone(Exception):
    """The client hung up: there is nobody to answer."""


def readable(raw: bytes) -> bool:
    """Whether percent-decoded text is UTF-8 without NUL, which no page and no database column can hold."""
    decoded = unquote_to_bytes(raw)
    if b"\0" in decoded:
        return False
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def header(headers: RawHeaders, name: bytes) -> bytes | None:
    """The first header of that (lower-case) name."""
    for key, value in headers:
        if key == name:
            return value
    return None


def declared_length(headers: RawHeaders) -> int | None:
    """What Content-Length says, or None without one. Raises ``Refused`` if it is no number."""
    value = header(headers, b"content-length")
    if value is None:
        return None
    if not re.fullmatch(rb"[0-9]{1,18}", value):
        raise Refused(400)
    return int(value)


def _spooled() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=IN_MEMORY)


class _Budget:
    """Memory that all unstored bodies share, in bytes."""

    def __init__(self, size: int) -> None:
        self.left = size


class _Unstored(BytesIO):
    """Bytes that are nowhere else; closed, they give back what they took. Raises ``Refused`` (503)."""

    def __init__(self, budget: _Budget) -> None:
        super().__init__()
        self._budget = budget
        self._taken = 0

    def take(self, chunk: bytes) -> None:
        if len(chunk) > self._budget.left:
            raise Refused(503)
        self._budget.left -= len(chunk)
        self._taken += len(chunk)
        self.write(chunk)

    def close(self) -> None:
        self._budget.left += self._taken
        self._taken = 0
        super().close()


class Intake:
    """Reads bodies within bounds.

    ``limit`` is in bytes; ``pause`` the longest silence and ``total`` the longest whole transfer, in seconds.
    """

    def __init__(self, limit: int, *, pause: float = 30.0, total: float = 600.0) -> None:
        self._limit = limit
        self._pause = pause
        self._total = total
        self._budget = _Budget(UNSTORED_AT_ONCE)

    async def body(
        self, headers: RawHeaders, receive: Receive, *, off_disk: bool = False
    ) -> tuple[IO[bytes], int]:
        """The whole body as a file at its start, and its length; ``off_disk``: in memory, however long.

        Raises ``Refused`` (400, 408, 413; 503 when no more bodies have room in memory) or ``ClientGone``.
        """
        expected = declared_length(headers)
        if expected is not None and expected > self._limit:
            # A client that asks first (Expect: 100-continue) is told before it sends anything.
            if header(headers, b"expect") is None:
                await self._drain(receive)
            raise Refused(413)
        file: IO[bytes] = _Unstored(self._budget) if off_disk else _spooled()
        try:
            async with asyncio.timeout(self._total):
                length = await self._copy(receive, file)
        except TimeoutError:
            file.close()
            raise Refused(408) from None
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file, length

    async def _copy(self, receive: Receive, file: IO[bytes]) -> int:
        length = 0
        while True:
            message = await asyncio.wait_for(receive(), self._pause)
            if message["type"] != "http.request":
                raise ClientGone
            chunk = message.get("body", b"")
            length += len(chunk)
            last = not message.get("more_body", False)
            if length > self._limit:
                if not last:
                    await self._drain(receive)
                raise Refused(413)
            (file.take if isinstance(file, _Unstored) else file.write)(chunk)
            if last:
                return length

    async def _drain(self, receive: Receive) -> None:
        """Read and forget, so that the browser comes to the point where it listens."""
        dropped = 0
        try:
            async with asyncio.timeout(self._pause):
                while dropped < _DRAIN_AT_MOST:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise ClientGone
                    dropped += len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return
        except TimeoutError:
            return
