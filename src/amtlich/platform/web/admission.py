# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who may run now and who waits: a bounded first-in-first-out queue before the threads.

Work for clients that have gone is the way an overloaded server dies: whoever hangs up while waiting
leaves the queue, and who would wait longer than a browser does is told at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from amtlich.platform.web.intake import ClientGone, Receive, Refused


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Admission:
    """``running`` requests at once, ``waiting`` more in line, each for ``patience`` seconds at most."""

    def __init__(self, running: int, waiting: int, patience: float = 20.0) -> None:
        self._free = running
        self._waiting = waiting
        self._patience = patience
        self._line: deque[asyncio.Future[None]] = deque()

    @property
    def in_line(self) -> int:
        """How many wait now."""
        return len(self._line)

    @asynccontextmanager
    async def place(self, receive: Receive) -> AsyncIterator[None]:
        """A place among the running.

        Raises ``Refused`` (503) when the line is full or too slow, ``ClientGone`` when the client hung up.
        """
        if self._free > 0 and not self._line:
            self._free -= 1
        else:
            await self._wait_in_line(receive)
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        while self._line:
            following = self._line.popleft()
            if not following.done():
                following.set_result(None)
                return
        self._free += 1

    async def _wait_in_line(self, receive: Receive) -> None:
        if len(self._line) >= self._waiting:
            raise Refused(503)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        gone = asyncio.ensure_future(_hung_up(receive))
        granted = False
        try:
            await asyncio.wait({turn, gone}, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
            granted = turn.done() and not gone.done()
            if granted:
                return
            raise ClientGone if gone.done() else Refused(503)
        finally:
            gone.cancel()
            if not granted:
                self._step_out(turn)

    def _step_out(self, turn: asyncio.Future[None]) -> None:
        if turn.done():
            # The place was handed over in the same instant: pass it on, or it is lost for good.
            self._leave()
        else:
            turn.cancel()
            self._line.remove(turn)
