# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Appending to and reading from event streams. All functions assume an open ``tenant()``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from amtlich.kernel import clock
from amtlich.kernel.commitment import canonical_json, commit, new_salt
from amtlich.kernel.errors import AmtlichError, Conflict
from amtlich.platform.events.models import Event, Payload

GENESIS = bytes(32)


class WrongVersion(Conflict):
    """Somebody else appended to the stream first."""


class ChainBroken(AmtlichError):
    """A stored event does not follow from the one before it, or its payload was changed."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What shall be recorded. The payload is JSON: strings, numbers, booleans, lists, objects, null."""

    type: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """What was recorded. ``payload`` is None once it has been erased."""

    id: int
    stream: UUID
    seq: int
    type: str
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    payload: Mapping[str, Any] | None
    hash: bytes


def _link(previous: bytes, event: Event) -> bytes:
    """The hash that ties one event to all before it (SHA-256 over the canonical row)."""
    row = {
        "stream": event.stream,
        "seq": event.seq,
        "type": event.type,
        "at": event.at.isoformat(),
        "actor": [event.actor_kind, str(event.actor_id) if event.actor_id else None],
        "commitment": bytes(event.commitment).hex(),
    }
    return hashlib.sha256(previous + canonical_json(row)).digest()


def append(
    authority_id: UUID,
    stream: UUID,
    expected_seq: int,
    head: bytes,
    events: Sequence[NewEvent],
    *,
    actor_kind: str,
    actor_id: UUID | None,
    at: datetime | None = None,
) -> tuple[StoredEvent, ...]:
    """Append to the stream, whose last event is ``expected_seq`` with hash ``head``; ``at`` is now.

    Raises ``WrongVersion`` if somebody was faster: the unique place (stream, seq) decides, no lock.
    """
    at = at or clock.now()
    rows: list[Event] = []
    payloads: list[Payload] = []
    for offset, new in enumerate(events, start=1):
        salt = new_salt()
        row = Event(
            authority_id=authority_id,
            stream=stream,
            seq=expected_seq + offset,
            type=new.type,
            at=at,
            actor_kind=actor_kind,
            actor_id=actor_id,
            commitment=commit(new.payload, salt),
            previous=head,
        )
        head = row.hash = _link(head, row)
        rows.append(row)
        payloads.append(Payload(authority_id=authority_id, payload=dict(new.payload), salt=salt))
    try:
        with transaction.atomic():
            Event.objects.bulk_create(rows)
    except IntegrityError as error:
        raise WrongVersion("Der Vorgang wurde inzwischen geändert. Laden Sie die Seite neu.") from error
    for row, payload in zip(rows, payloads, strict=True):
        payload.event_id = row.pk
    Payload.objects.bulk_create(payloads)
    return tuple(_stored(row, payload.payload) for row, payload in zip(rows, payloads, strict=True))


def _stored(row: Event, payload: Mapping[str, Any] | None) -> StoredEvent:
    return StoredEvent(
        row.pk, row.stream, row.seq, row.type, row.at, row.actor_kind, row.actor_id, payload, bytes(row.hash)
    )


def read(stream: UUID, after_seq: int = 0) -> tuple[StoredEvent, ...]:
    """The stream's events in order, evaluated."""
    rows = Event.objects.filter(stream=stream, seq__gt=after_seq).select_related("payload").order_by("seq")
    return tuple(_stored(row, _payload_of(row)) for row in rows)


def _payload_of(row: Event) -> Mapping[str, Any] | None:
    try:
        return dict(row.payload.payload)
    except Payload.DoesNotExist:
        return None


def place(stream: UUID, seq: int) -> str:
    """Where this event lies in the log, as ``platform.live`` reads places; empty if there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid::text, id FROM events_event WHERE stream = %s AND seq = %s", [stream, seq])
        found = cursor.fetchone()
    return f"{found[0]}-{found[1]}" if found else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """An event that is not what was recorded: ``what`` is gap, link or payload."""

    event: Event
    what: Literal["gap", "link", "payload"]
    place: int


def faults(stream: Iterable[Event]) -> Iterator[Fault]:
    """What is wrong with a whole stream, given in order with its payloads.

    After a fault the chain is followed on from what is stored, so each changed row is named once.
    """
    head = GENESIS
    for place, row in enumerate(stream, start=1):
        payload = _payload_of(row)
        if row.seq != place:
            yield Fault(row, "gap", place)
            return
        if bytes(row.previous) != head or bytes(row.hash) != _link(bytes(row.previous), row):
            yield Fault(row, "link", place)
        elif payload is not None and commit(payload, bytes(row.payload.salt)) != bytes(row.commitment):
            yield Fault(row, "payload", place)
        head = bytes(row.hash)


def verify_stream(stream: UUID) -> bytes:
    """Walk the chain and return its head; raises ``ChainBroken`` naming the first wrong event."""
    rows = list(Event.objects.filter(stream=stream).select_related("payload").order_by("seq"))
    for fault in faults(rows):
        where = f"event {fault.event.pk} (stream {stream}, place {fault.event.seq})"
        said = {
            "gap": f"place {fault.place} is missing before it",
            "link": "does not follow from the event before it",
            "payload": "its payload is not the one that was recorded",
        }
        raise ChainBroken(f"{where}: {said[fault.what]}")
    return bytes(rows[-1].hash) if rows else GENESIS


def read_many(streams: Sequence[UUID]) -> dict[UUID, tuple[StoredEvent, ...]]:
    """The events of several streams, each in order; a stream without events is left out."""
    rows = Event.objects.filter(stream__in=streams).select_related("payload").order_by("stream", "seq")
    return {
        stream: tuple(_stored(row, _payload_of(row)) for row in of_it)
        for stream, of_it in groupby(rows, key=lambda row: row.stream)
    }
