# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading the event log over all authorities, as role *system*, on one connection per process.

The log is read by transaction number below the snapshot's xmin: ``id > last`` loses events whose
transaction took its number early and committed late (389 of 1,826 in a trial).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import psycopg
from django.db import connections

from amtlich.platform.live.cursor import Cursor

log = logging.getLogger(__name__)

# More than this many missed events of one case: the page is loaded anew instead.
MOST_MISSED = 100
_BATCH = 5000
_PATIENCE = 5.0

_TAIL = f"""
SELECT horizon.xmin::text, horizon.xmax::text, new.xid::text, new.id, new.stream, new.seq
FROM (
    SELECT pg_snapshot_xmin(s) AS xmin, pg_snapshot_xmax(s) AS xmax FROM pg_current_snapshot() AS s
) AS horizon
LEFT JOIN LATERAL (
    SELECT xid, id, stream, seq FROM events_event
    WHERE (xid, id) > (%s::xid8, %s::bigint) AND xid < horizon.xmin
    ORDER BY xid, id LIMIT {_BATCH}
) AS new ON true
"""  # noqa: S608 - the only value put in is a number of ours
_NEWEST = "SELECT xid::text, id, seq FROM events_event WHERE stream = %s ORDER BY seq DESC LIMIT 1"
_PLACE = "SELECT seq FROM events_event WHERE id = %s AND xid = %s::xid8 AND stream = %s"
_MISSED = "SELECT xid::text, id, seq FROM events_event WHERE stream = %s AND seq > %s ORDER BY seq LIMIT %s"


class TailLost(Exception):
    """The database does not answer; the next call tries a new connection."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event, as far as the live channel needs to know it."""

    cursor: Cursor
    stream: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class Batch:
    """New events in (xid, id) order. ``xmin``: all below is final; ``xmax``: first number not given yet."""

    changes: Sequence[Change]
    xmin: int
    xmax: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """What a returning stream has to be told. ``known`` is False if the cursor leads nowhere."""

    known: bool
    changes: Sequence[Change]
    seq: int
    newest: Cursor


class Tail(Protocol):
    """Where the hub reads from. All methods raise ``TailLost``."""

    async def after(self, position: Cursor) -> Batch: ...

    async def missed(self, stream: UUID, cursor: Cursor | None) -> Missed: ...

    async def close(self) -> None: ...


class DatabaseTail:
    """The tail on PostgreSQL. ``alias`` names the database entry of the role that reads all authorities."""

    def __init__(self, alias: str = "system") -> None:
        self._alias = alias
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None
        self._turn = asyncio.Lock()

    async def after(self, position: Cursor) -> Batch:
        rows = await self._ask((_TAIL, (str(position.xid), position.event_id)))
        xmin, xmax = int(rows[0][0]), int(rows[0][1])
        changes = [
            Change(Cursor(int(xid), event_id), stream, seq)
            for _, _, xid, event_id, stream, seq in rows
            if xid is not None
        ]
        return Batch(changes, xmin, xmax, complete=len(changes) < _BATCH)

    async def missed(self, stream: UUID, cursor: Cursor | None) -> Missed:
        """The events of one case after the cursor; without one, none.

        Events of one case are committed in the order of ``seq``, so no horizon is needed here.
        """
        newest = await self._ask((_NEWEST, (stream,)))
        if not newest:
            return Missed(cursor is None, (), 0, Cursor(0, 0))
        xid, event_id, last = newest[0]
        at_end = Missed(cursor is None, (), last, Cursor(int(xid), event_id))
        if cursor is None:
            return at_end
        place = await self._ask((_PLACE, (cursor.event_id, str(cursor.xid), stream)))
        if not place:
            return at_end
        rows = await self._ask((_MISSED, (stream, place[0][0], MOST_MISSED + 1)))
        if len(rows) > MOST_MISSED:
            return at_end
        changes = [Change(Cursor(int(xid), event_id), stream, seq) for xid, event_id, seq in rows]
        end = changes[-1] if changes else Change(cursor, stream, place[0][0])
        return Missed(True, changes, end.seq, end.cursor)

    async def close(self) -> None:
        async with self._turn:
            await self._drop()

    async def _ask(self, query: tuple[str, tuple[object, ...]]) -> list[tuple[Any, ...]]:
        async with self._turn:
            try:
                async with asyncio.timeout(_PATIENCE):
                    if self._connection is None or self._connection.closed:
                        self._connection = await self._connect()
                    cursor = await self._connection.execute(query[0].encode(), query[1])
                    return await cursor.fetchall()
            except (psycopg.Error, OSError, TimeoutError) as lost:
                await self._drop()
                raise TailLost(f"reading the event log failed: {lost}") from lost

    async def _connect(self) -> psycopg.AsyncConnection[tuple[Any, ...]]:
        parameters = dict(connections[self._alias].get_connection_params())
        for name in ("cursor_factory", "context", "prepare_threshold", "pool"):
            parameters.pop(name, None)
        parameters["application_name"] = "amtlich live"
        return await psycopg.AsyncConnection.connect(**parameters, autocommit=True)

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.close()
            except (psycopg.Error, OSError):
                log.debug("closing a lost connection failed", exc_info=True)
