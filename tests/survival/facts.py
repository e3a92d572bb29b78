# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading the database when everything is over: what is there, and whether it agrees with itself.

Read as the system role across authorities for the lists, and through ``tenant()`` for what has a door.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from tests.survival.judging import CaseFacts, Facts, JobFacts

from amtlich.contexts.cases.models import Case, Submission
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.privacy.models import Access
from amtlich.contexts.proofs.models import Content, Document
from amtlich.engines.procedure import ForbiddenTransition
from amtlich.platform import jobs
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

_OUTCOMES = ("notified", "handed_to_person")


def read(authority_id: UUID) -> Facts:
    """All facts of one authority."""
    with tenant(authority_id):
        cases = tuple(_case(row) for row in Case.objects.order_by("received_at", "id"))
    seen = jobs.overview()
    return Facts(cases, JobFacts(seen.waiting, seen.running, seen.orphans, seen.parked))


def unsettled(authority_id: UUID) -> int:
    """How many cases have no outcome yet, or have one whose last step is still to be done."""
    with tenant(authority_id):
        open_cases = Case.objects.exclude(waiting_on="office").exclude(phase="closed").count()
    seen = jobs.overview()
    return int(open_cases) + seen.waiting + seen.running


def progress(authority_id: UUID) -> int:
    """A number that grows with every event of every case."""
    with tenant(authority_id):
        return sum(Case.objects.values_list("seq", flat=True))


def _case(row: Case) -> CaseFacts:
    events = log.read(row.pk)
    said = (events[0].payload or {}) if events else {}
    entry = Submission.objects.filter(case_id=row.pk).first()
    return CaseFacts(
        mark=str(said.get("data", {}).get("zweck", "")),
        key=entry.key.removeprefix("api:") if entry else "",
        token=row.token,
        reference=row.reference,
        file_number=row.file_number,
        waiting_on=row.waiting_on,
        events=tuple(event.type for event in events),
        settled_at=next((event.at.timestamp() for event in events if event.type in _OUTCOMES), None),
        sealed=Document.objects.filter(case_id=row.pk, sealed=True).count(),
        journalled=Access.objects.filter(case_id=row.pk).exists(),
        faults=(*_chain_faults(row), *_projection_faults(row), *_document_faults(row)),
    )


def _chain_faults(row: Case) -> list[str]:
    try:
        head = log.verify_stream(row.pk)
    except log.ChainBroken as broken:
        return [f"chain: {broken}"]
    return [] if head == bytes(row.head) else ["chain: the case points at another head"]


def _projection_faults(row: Case) -> list[str]:
    try:
        same = replayed(row) == state_of(row)
    except (ForbiddenTransition, KeyError, ValueError) as unlawful:
        return [f"replay: {unlawful!r}"]
    return [] if same else ["replay: the row says something else than its events"]


def _document_faults(row: Case) -> list[str]:
    """Every document that the case names is there, whole, and no other."""
    stored = {str(document.pk): document for document in Document.objects.filter(case_id=row.pk)}
    contents = {
        str(content.pk): bytes(content.content) for content in Content.objects.filter(document__in=stored)
    }
    named = {item["id"] for item in row.documents}
    faults = []
    if named and named != set(stored):
        faults.append(f"documents: {len(stored)} stored, {len(named)} named")
    for key, document in stored.items():
        if hashlib.sha256(contents.get(key, b"")).hexdigest() != document.sha256:
            faults.append(f"documents: {document.notice} is not the file that was issued")
    return faults
