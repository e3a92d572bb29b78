# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether cases are what their events say: row, submission and documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from uuid import UUID

from amtlich.contexts.cases import decision_check
from amtlich.contexts.cases.facts import FactsErased
from amtlich.contexts.cases.models import Case, Submission
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.cases.submission import body_hash
from amtlich.contexts.privacy.api import cases_with_access
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import EventType, ForbiddenTransition
from amtlich.platform import integrity
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

_BATCH = 200
_CASE, _SUBMISSION = Case._meta.db_table, Submission._meta.db_table
_DOCUMENT, _ACCESS = "proofs_document", "privacy_access"
_EVENTS: tuple[log.StoredEvent, ...] = ()


def check_cases(authority_id: UUID, report: integrity.Report) -> None:
    """Every case is what its events say, came from a submission, and has the documents that were issued."""
    last = UUID(int=0)
    while rows := _next(authority_id, last):
        last = rows[-1].pk
        report.rows += len(rows)
        keys = [row.pk for row in rows]
        with tenant(authority_id):
            events = log.read_many(keys)
            sent = {one.case_id: one for one in Submission.objects.filter(case_id__in=keys)}
        issued = proofs.digests_of_cases(authority_id, keys)
        journalled = cases_with_access(authority_id, keys)
        for row in rows:
            happened = events.get(row.pk, _EVENTS)
            for sentence in _case_faults(row, happened):
                report.wrong(_CASE, row.pk, sentence)
            _check_submission(row, sent.get(row.pk), happened, report)
            _check_documents(happened, issued.get(row.pk, {}), report)
            if row.pk not in journalled and any(one.type == EventType.EVIDENCE_RECEIVED for one in happened):
                report.wrong(_ACCESS, f"case_id={row.pk}", "Der Abruf steht nicht im Zugriffsprotokoll.")
    with tenant(authority_id):
        lost = Submission.objects.exclude(case_id__in=Case.objects.values("pk"))
        for key in lost.values_list("case_id", flat=True):
            report.wrong(_CASE, key, "Der Vorgang fehlt, obwohl sein Antrag eingegangen ist.")


def _next(authority_id: UUID, last: UUID) -> list[Case]:
    with tenant(authority_id):
        return list(Case.objects.filter(pk__gt=last).order_by("pk")[:_BATCH])


def _case_faults(row: Case, events: tuple[log.StoredEvent, ...]) -> Iterator[str]:
    if not events or (row.seq, bytes(row.head)) != (events[-1].seq, events[-1].hash):
        yield "Der Vorgang zeigt auf ein anderes Ende seiner Ereignisse; vielleicht fehlt das letzte."
        return
    try:
        told, stands = replayed(row, events), state_of(row)
    except FactsErased:
        return
    except (ForbiddenTransition, KeyError, ValueError):
        yield "Die Ereignisse ergeben keinen Stand, oder in der Zeile steht keiner, den es gibt."
        return
    other = [one.name for one in fields(told) if getattr(told, one.name) != getattr(stands, one.name)]
    if other:
        yield f"Die Zeile sagt anderes als ihre Ereignisse: {', '.join(other)}."


def _check_submission(
    row: Case, sent: Submission | None, events: tuple[log.StoredEvent, ...], report: integrity.Report
) -> None:
    if sent is None:
        report.wrong(_SUBMISSION, f"case_id={row.pk}", "Die Zeile zum Eingang dieses Vorgangs fehlt.")
        return
    first = events[0].payload if events and events[0].type == EventType.SUBMITTED else None
    if first is None:
        return  # erased, or named by the chain already
    said = body_hash(row.service, row.package_version, first["data"])
    if bytes(sent.body_hash) != said:
        report.wrong(_SUBMISSION, sent.pk, "Eingang, Leistung, Fassung und Angaben passen nicht zusammen.")
    if sent.holder_id != row.holder_id:
        report.wrong(_CASE, row.pk, "Der Vorgang gehört jemand anderem als sein Eingang.")


def _check_documents(
    events: tuple[log.StoredEvent, ...], stored: Mapping[str, str], report: integrity.Report
) -> None:
    issuing = [one for one in events if one.type == EventType.DOCUMENTS_ISSUED and one.payload]
    named = {item["id"]: item["sha256"] for one in issuing for item in (one.payload or {})["documents"]}
    for key, sha256 in named.items():
        if key not in stored:
            report.wrong(_DOCUMENT, key, "Das Dokument fehlt, obwohl es ausgestellt wurde.")
        elif stored[key] != sha256:
            report.wrong(_DOCUMENT, key, "Die Prüfsumme ist nicht die, mit der es ausgestellt wurde.")
    # Before its event a document may be there already: the step that issues it may run twice.
    for key in stored.keys() - named.keys() if named else ():
        report.wrong(_DOCUMENT, key, "Kein Ereignis des Vorgangs nennt dieses Dokument.")


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check(
            "cases.projection",
            "Vorgänge, Eingänge und Dokumente gegen die Ereignisse",
            (_CASE, _SUBMISSION, _DOCUMENT, _ACCESS),
            check_cases,
        )
    )
    decision_check.register()
