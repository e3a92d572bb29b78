# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The chains of events: every event follows from the one before it, and says what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from amtlich.platform import integrity
from amtlich.platform.events import log
from amtlich.platform.events.models import Event, Payload
from amtlich.platform.tenancy import tenant

_STREAMS = 200
_EVENT, _PAYLOAD = Event._meta.db_table, Payload._meta.db_table
_SENTENCES = {
    "gap": "Davor fehlt ein Ereignis.",
    "link": "Das Ereignis folgt nicht aus dem davor, oder es wurde geändert.",
    "payload": "Der Inhalt ist nicht der, der aufgezeichnet wurde.",
}


def check_chains(authority_id: UUID, report: integrity.Report) -> None:
    """All streams of the authority."""
    for streams in _batches(authority_id):
        with tenant(authority_id):
            rows = list(
                Event.objects.filter(stream__in=streams).select_related("payload").order_by("stream", "seq")
            )
            for _, stream in groupby(rows, key=lambda row: row.stream):
                for fault in log.faults(stream):
                    table = _PAYLOAD if fault.what == "payload" else _EVENT
                    report.wrong(table, fault.event.pk, _SENTENCES[fault.what])
        report.rows += len(rows)
        report.erased += sum(not hasattr(row, "payload") for row in rows)
    with tenant(authority_id):
        known = Event.objects.values("pk")
        for key in Payload.objects.exclude(pk__in=known).values_list("pk", flat=True):
            report.wrong(_PAYLOAD, key, "Das Ereignis zu diesem Inhalt fehlt.")


def _batches(authority_id: UUID) -> Iterator[list[UUID]]:
    last = UUID(int=0)
    while True:
        with tenant(authority_id):
            after = Event.objects.filter(stream__gt=last).order_by("stream")
            streams = list(after.values_list("stream", flat=True).distinct()[:_STREAMS])
        if not streams:
            return
        yield streams
        last = streams[-1]


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check("events.chains", "Ketten der Ereignisse", (_EVENT, _PAYLOAD), check_chains)
    )
