# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the program does for a case, step by step.

The case's state is the checkpoint: each step looks where the case stands, does one thing, and
records it. A step that dies before recording is done again; one that recorded is not.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from amtlich.contexts.cases import announcing, decision, evidence, facts, words
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.numbers import next_file_number
from amtlich.contexts.cases.projection import load, record, state_of
from amtlich.contexts.cases.refusals import refusal_of
from amtlich.contexts.catalog.api import Package, package
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import EventType, Phase, State, WaitingOn
from amtlich.platform import jobs
from amtlich.platform.accounts import system_actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

Step = Callable[[Case, Package], None]

# Enough for every lawful path with room; a case that still moves after that is a fault of ours.
_MOST_STEPS = 50
TECHNICAL = "technical"


def advance(authority_id: UUID, case_id: UUID) -> None:
    """Do step after step until somebody else's turn comes. Must be called outside ``tenant()``.

    Raises ``jobs.Postpone`` while an outside system is down.
    """
    for _ in range(_MOST_STEPS):
        with tenant(authority_id):
            case = load(case_id)
        state = state_of(case)
        if state.asks and state.request is not None:
            announcing.tell(case, "answer_needed", state.request.seq)
        step = next_step(state)
        if step is None:
            return
        try:
            step(case, package(case.service, case.package_version))
        except log.WrongVersion:
            continue  # somebody wrote, asked or withdrew in the same moment: look again
        jobs.progress()
    raise RuntimeError(f"case {case_id} does not come to rest")


def next_step(state: State) -> Step | None:
    """What the program has to do now, or None if it is not the program's turn."""
    if state.waiting_on in (WaitingOn.OFFICE, WaitingOn.APPLICANT):
        return None
    if state.phase is Phase.RECEIVED:
        return _register
    if state.phase is Phase.UNDER_REVIEW:
        return evidence.fetch
    if state.phase is Phase.READY_TO_DECIDE:
        return decision.decide
    if state.phase is Phase.DECIDED:
        return _notify if state.documents else _issue
    if state.phase is Phase.NOTIFIED:
        return _close
    return None


def _register(case: Case, of: Package) -> None:
    """Give the file number, gap-free per office and year of receipt (so not at submission)."""
    announcing.tell(case, "received", 1)
    with tenant(case.authority_id):
        number = next_file_number(case.authority_id, of.reference_prefix, case.received_at)
        payload = {"file_number": number, "complete": not of.evidence}
        record(case, EventType.REGISTERED, payload, system_actor(case.authority_id))


def _issue(case: Case, of: Package) -> None:
    """Make and seal what the decision says; what exists already is not made again."""
    with tenant(case.authority_id):
        known = facts.gather(case)
        refusal = _refusal(case, of)
    assert case.decided_at is not None
    try:
        documents = proofs.issue(
            proofs.Order(
                authority_id=case.authority_id,
                case_id=case.pk,
                file_number=case.file_number,
                outcome=case.outcome,
                decided_at=case.decided_at,
                package=of,
                statements=known.statements,
                evidence={
                    evidence_id: proofs.Evidence(fact.record, fact.fetched_at)
                    for evidence_id, fact in known.evidence.items()
                    if fact.record is not None
                },
                refusal=refusal,
            )
        )
    except proofs.CannotBePrinted as error:
        # A letter that no font has, or a text layer that differs: never a box under a seal (FC-21).
        _hand_over(case, "not_printable", detail=str(error))
        return
    with tenant(case.authority_id):
        record(
            case,
            EventType.DOCUMENTS_ISSUED,
            {
                "documents": [
                    {"id": str(item.id), "notice": item.notice, "sha256": item.sha256} for item in documents
                ]
            },
            system_actor(case.authority_id),
        )


def _refusal(case: Case, of: Package) -> proofs.Refusal | None:
    """What the notice of a refusal says; None for everything else. In an open ``tenant()``."""
    if case.outcome != words.REFUSED:
        return None
    content = decision.payload_of_record(case.decision_id) or {}
    human, norms = content["human"], [reason["norm"] for reason in content["reasons"]]
    return refusal_of(case, of, decided_by=human["who"], reasons=human["ground"], norms=norms)


def _notify(case: Case, of: Package) -> None:
    """Provide the documents in the portal; a certificate that gives what was asked needs no clock."""
    with tenant(case.authority_id):
        record(case, EventType.NOTIFIED, {"channel": "portal"}, system_actor(case.authority_id))


def _close(case: Case, of: Package) -> None:
    announcing.tell(case, "decided", 1)
    with tenant(case.authority_id):
        record(case, EventType.CLOSED, {}, system_actor(case.authority_id))


def _hand_over(case: Case, reason: str, detail: str = "") -> None:
    """``detail`` is for the person in the office; it may quote data, so it lies in the erasable payload."""
    payload = {"reason": reason, **({"detail": detail} if detail else {})}
    with tenant(case.authority_id):
        record(case, EventType.HANDED_TO_PERSON, payload, system_actor(case.authority_id))


def is_the_programs_turn(case: Case) -> bool:
    """Whether the program has something to do for the case."""
    return next_step(state_of(case)) is not None


def hand_over_parked(authority_id: UUID, case_id: UUID) -> None:
    """The case's job was parked after too many tries: a person takes over."""
    with tenant(authority_id):
        case = load(case_id)
    state = state_of(case)
    # Once notified the person has what was asked for; only our own book-keeping is left.
    if next_step(state) is None or state.phase is Phase.NOTIFIED:
        return
    try:
        _hand_over(case, TECHNICAL)
    except log.WrongVersion:
        return  # it moved on meanwhile: then it is not stuck
