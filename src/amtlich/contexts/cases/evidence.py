# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Fetching evidence from registers instead of asking for it (§ 5 EGovG)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from amtlich.contexts.cases import facts
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.projection import record, state_of
from amtlich.contexts.cases.statement import resident_query
from amtlich.contexts.catalog.api import EvidenceSpec, Package
from amtlich.contexts.registers import api as registers
from amtlich.engines.procedure import EventType, EvidenceStatus, WaitingOn
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor, system_actor
from amtlich.platform.tenancy import tenant

FAULTY = "register_faulty"
# Asked again about once a minute: long enough for a bad hour of the register, which is not about one person.
PATIENCE_WITH_FAULTS = timedelta(hours=1)


def fetch(case: Case, of: Package) -> None:
    """Fetch the first evidence that is still missing and record what the register answered.

    Raises ``jobs.Postpone`` if the register does not answer; the case says so meanwhile.
    """
    state = state_of(case)
    missing = [spec for spec in of.evidence if spec.id not in state.evidence]
    spec = missing[0]
    with tenant(case.authority_id):
        data = facts.gather(case).statements
        asked_before = facts.times_asked(case, spec.id)
    answer = registers.fetch_resident(
        case.authority_id,
        resident_query(of, spec, data),
        actor=None,
        case_id=case.pk,
        subject_holder_id=case.holder_id,
        purpose=spec.purpose,
        legal_basis=spec.legal_basis_for(data),
        fields=spec.fields_for(data),
        query_id=str(uuid5(NAMESPACE_URL, _question(case, spec, asked_before))),
    )
    program = system_actor(case.authority_id)
    if isinstance(answer, registers.Unavailable):
        if _is_hopeless(case, spec, answer):
            with tenant(case.authority_id):
                record(case, EventType.HANDED_TO_PERSON, {"reason": FAULTY, "detail": answer.reason}, program)
            return
        _wait_for_register(case, spec, answer, program)
        raise jobs.Postpone(answer.retry_after, answer.reason)
    payload = {
        "evidence": spec.id,
        "complete": len(missing) == 1,
        "query_id": answer.query_id,
        "fetched_at": answer.fetched_at.isoformat(),
        **_outcome(answer),
    }
    with tenant(case.authority_id):
        record(case, EventType.EVIDENCE_RECEIVED, payload, program)


def _question(case: Case, spec: EvidenceSpec, asked_before: int) -> str:
    """One name for one question, however often it is sent; asked anew by a person it is another one."""
    again = f":{asked_before}" if asked_before else ""
    return f"urn:amtlich:{case.pk}:{spec.id}{again}"


def _is_hopeless(case: Case, spec: EvidenceSpec, answer: registers.Unavailable) -> bool:
    """Whether the register has answered wrongly for so long that a person should look.

    A register that is down heals by itself; one whose answer for this person is wrong may stay so.
    """
    state = state_of(case)
    if answer.kind != "faulty" or state.waiting_reason != _reason(spec, answer):
        return False
    return state.waiting_since is not None and clock.now() - state.waiting_since >= PATIENCE_WITH_FAULTS


def _reason(spec: EvidenceSpec, answer: registers.Unavailable) -> str:
    return f"{spec.id}:{answer.kind}" if answer.kind == "faulty" else spec.id


def _wait_for_register(case: Case, spec: EvidenceSpec, answer: registers.Unavailable, program: Actor) -> None:
    """Say once that we wait for the register; asking again is no news, a first wrong answer is."""
    state = state_of(case)
    known = (_reason(spec, answer), f"{spec.id}:faulty")
    if state.waiting_on is WaitingOn.REGISTER and state.waiting_reason in known:
        return
    with tenant(case.authority_id):
        record(case, EventType.EVIDENCE_AWAITED, {"evidence": _reason(spec, answer)}, program)


def _outcome(answer: registers.Answer) -> dict[str, Any]:
    match answer:
        case registers.Found():
            return {"status": EvidenceStatus.FOUND, "count": 1, "record": answer.record.to_json()}
        case registers.Ambiguous():
            return {"status": EvidenceStatus.SEVERAL, "count": answer.count}
        case registers.Blocked():
            return {"status": EvidenceStatus.BLOCKED, "count": 1}
        case _:
            return {"status": EvidenceStatus.NONE, "count": 0}
