# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One open page: what it has still to be told, bounded."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from amtlich.platform.live.cursor import Cursor
from amtlich.platform.live.tail import Change, Missed


@dataclass(frozen=True, slots=True)
class Signal:
    """What is sent: a cursor to come back with, and whether the page should start anew."""

    cursor: Cursor
    reload: bool = False


class Subscriber:
    """Collects signals for one stream; the slow reader gets one "reload" instead of a long queue."""

    def __init__(self, stream: UUID, session: str, most_waiting: int) -> None:
        self.stream = stream
        self.session = session
        self.closed = False
        # Where a client that breaks off before the first signal may begin again, if that is known.
        self.place: Cursor | None = None
        self._most_waiting = most_waiting
        self._waiting: deque[Signal] = deque()
        # None while what was missed is still being looked up; what comes in meanwhile is held back.
        self._seq: int | None = None
        self._held: list[Change] = []
        self._wake = asyncio.Event()

    def begin(self, missed: Missed) -> None:
        """Tell what was missed (or "reload"), then what came in while it was looked up.

        Called again when the log has begun another life: what waits then no longer counts.
        """
        self._waiting.clear()
        if not missed.known:
            self._put(Signal(missed.newest, reload=True))
        for change in missed.changes:
            self._put(Signal(change.cursor))
        if missed.known and not missed.changes and missed.seq:
            self.place = missed.newest
        self._seq = missed.seq
        held, self._held = self._held, []
        self.offer(held)

    def offer(self, changes: Sequence[Change]) -> None:
        """Take changes of this stream, in the order of ``seq``; those already told are passed over."""
        if self._seq is None:
            self._held.extend(changes)
            return
        for change in changes:
            if change.seq > self._seq:
                self._seq = change.seq
                self._put(Signal(change.cursor))

    def close(self) -> None:
        """End the stream; what still waits is not sent."""
        self.closed = True
        self._waiting.clear()
        self._wake.set()

    async def next(self, patience: float) -> Signal | None:
        """The next signal, or None after ``patience`` seconds of silence or when closed."""
        if not self._waiting and not self.closed:
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), patience)
            except TimeoutError:
                return None
        return self._waiting.popleft() if self._waiting else None

    def _put(self, signal: Signal) -> None:
        if self.closed:
            return
        if len(self._waiting) >= self._most_waiting:
            self._waiting.clear()
            signal = Signal(signal.cursor, reload=True)
        elif self._waiting and self._waiting[-1].reload:
            # It will load everything anew anyway; only the place to come back to moves on.
            self._waiting.pop()
            signal = Signal(signal.cursor, reload=True)
        self._waiting.append(signal)
        self._wake.set()
