# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The hub: reads the log once for the whole process and tells every open page that it concerns."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from amtlich.platform.live.access import Access, AccessLost
from amtlich.platform.live.cursor import Cursor
from amtlich.platform.live.subscriber import Subscriber
from amtlich.platform.live.tail import Change, Tail, TailLost

log = logging.getLogger(__name__)

# A write transaction that stays open holds every live page back; from here on somebody should look.
_HELD_BACK_ALARM = 5.0
_BEHIND_ALL = Cursor(2**63 - 1, 0)


class TooManyStreams(Exception):
    """This session, or this process, has as many open streams as it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in streams or signals."""

    poll: float = 0.25
    session_check: float = 10.0
    per_session: int = 12
    per_process: int = 20_000
    waiting_signals: int = 100
    longest_backoff: float = 5.0


class Hub:
    """Subscribers by case. ``start`` and ``stop`` belong to the server's life span."""

    def __init__(self, tail: Tail, access: Access, limits: Limits | None = None) -> None:
        self.tail = tail
        self.access = access
        self._limits = limits or Limits()
        self._by_stream: defaultdict[UUID, set[Subscriber]] = defaultdict(set)
        self._per_session: Counter[str] = Counter()
        self._position: Cursor | None = None
        self._loops: list[asyncio.Task[None]] = []
        self._held_since: tuple[int, float] | None = None
        self._stopped = False

    @property
    def open_streams(self) -> int:
        return self._per_session.total()

    async def start(self) -> None:
        """Begin to read. The database need not be there yet."""
        self._loops = [
            asyncio.create_task(self._tail_loop(), name="live tail"),
            asyncio.create_task(self._session_loop(), name="live sessions"),
        ]

    async def stop(self) -> None:
        """End all streams and stop reading. May be called twice."""
        if self._stopped:
            return
        self._stopped = True
        loops, self._loops = self._loops, []
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        for subscriber in self._all():
            subscriber.close()
        await self.tail.close()
        await self.access.close()

    async def subscribe(
        self, stream: UUID, session: str, seen: Cursor | None, *, stale: bool = False
    ) -> Subscriber:
        """Open a stream that tells everything after ``seen``, or from now on without it.

        ``stale`` says that the client came back with a place that cannot be read: it is told to reload.
        Raises ``TooManyStreams`` and ``TailLost``.
        """
        if (
            self._per_session[session] >= self._limits.per_session
            or self.open_streams >= self._limits.per_process
        ):
            raise TooManyStreams
        if self._stopped:
            raise TailLost("the server stops")
        # Without a place to read from, what is committed between now and the first read would be lost.
        await self._take_place()
        subscriber = Subscriber(stream, session, self._limits.waiting_signals)
        self._by_stream[stream].add(subscriber)
        self._per_session[session] += 1
        try:
            subscriber.begin(await self.tail.missed(stream, Cursor(0, 0) if stale else seen))
        except BaseException:
            self.unsubscribe(subscriber)
            raise
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Forget a stream that has ended."""
        listeners = self._by_stream.get(subscriber.stream, set())
        if subscriber not in listeners:
            return
        listeners.discard(subscriber)
        if not listeners:
            del self._by_stream[subscriber.stream]
        self._per_session[subscriber.session] -= 1
        if self._per_session[subscriber.session] <= 0:
            del self._per_session[subscriber.session]

    def _all(self) -> list[Subscriber]:
        return [each for listeners in self._by_stream.values() for each in listeners]

    async def _tail_loop(self) -> None:
        pause = self._limits.poll
        while True:
            try:
                await self.read_once()
                pause = self._limits.poll
            except (TailLost, AccessLost) as lost:
                # The place is kept, so nothing is lost: pages only learn of it later.
                log.warning("live pages wait: %s", lost)
                pause = min(pause * 2, self._limits.longest_backoff)
            await asyncio.sleep(pause)

    async def read_once(self) -> None:
        """Read what is new and tell it. Raises ``TailLost`` or ``AccessLost``; then nothing was told."""
        position = await self._take_place()
        changes: list[Change] = []
        while True:
            batch = await self.tail.after(position)
            if batch.xmin < position.xid:
                await self._begin_anew(batch.xmin)
                return
            changes.extend(batch.changes)
            if batch.changes:
                position = batch.changes[-1].cursor
            if batch.complete:
                break
        await self._tell(changes)
        # Everything below xmin is final, so an idle log does not make the next read start far back.
        self._position = max(position, Cursor(batch.xmin, 0))
        self._watch_horizon(batch.xmin, batch.xmax)

    async def _take_place(self) -> Cursor:
        if self._position is None:
            start = await self.tail.after(_BEHIND_ALL)
            self._position = self._position or Cursor(start.xmin, 0)
        return self._position

    async def _tell(self, changes: Sequence[Change]) -> None:
        concerned: defaultdict[UUID, list[Change]] = defaultdict(list)
        for change in changes:
            if change.stream in self._by_stream:
                concerned[change.stream].append(change)
        if not concerned:
            return
        # Right before telling, so that a session which has ended hears nothing more (FC-12).
        await self._close_ended({each.session for stream in concerned for each in self._by_stream[stream]})
        for stream, news in concerned.items():
            # Numbers of transactions may be given out of order within a case; places in it are not.
            news.sort(key=lambda change: change.seq)
            for subscriber in self._by_stream.get(stream, ()):
                subscriber.offer(news)

    async def _close_ended(self, sessions: Collection[str]) -> None:
        ended = set(sessions) - await self.access.still_open(sessions)
        if ended:
            for subscriber in self._all():
                if subscriber.session in ended:
                    subscriber.close()

    async def _session_loop(self) -> None:
        while True:
            await asyncio.sleep(self._limits.session_check)
            try:
                await self.check_sessions()
            except AccessLost as lost:
                log.warning("open streams could not be checked: %s", lost)

    async def check_sessions(self) -> None:
        """Close the streams of all sessions that are no longer open; one query for all."""
        if self._per_session:
            await self._close_ended(set(self._per_session))

    async def _begin_anew(self, xmin: int) -> None:
        """Transaction numbers went back: the database was restored. All pages load anew."""
        log.warning("the event log has begun another life; all open pages are told to reload")
        self._position = Cursor(xmin, 0)
        for subscriber in self._all():
            subscriber.begin(await self.tail.missed(subscriber.stream, Cursor(0, 0)))

    def _watch_horizon(self, xmin: int, xmax: int) -> None:
        moment = time.monotonic()
        if xmin == xmax or self._held_since is None or self._held_since[0] != xmin:
            self._held_since = (xmin, moment)
        elif moment - self._held_since[1] > _HELD_BACK_ALARM:
            log.error(
                "a write transaction (number %s) has been open for more than %s s: live pages are held back",
                xmin,
                int(moment - self._held_since[1]),
            )
            self._held_since = (xmin, moment)
