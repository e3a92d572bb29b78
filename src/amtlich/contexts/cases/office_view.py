# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Looking at a case as a person of the office. The view is journalled before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import facts
from amtlich.contexts.cases.access import own
from amtlich.contexts.cases.conversation import request_view, talk_of
from amtlich.contexts.cases.decision import payload_of_record
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.office_candidates import candidates_of, compared, lines_of
from amtlich.contexts.cases.office_shapes import (
    ANSWER_CHANNELS,
    WAIVERS,
    Can,
    CandidateView,
    OfficeCase,
    ProposalView,
    Row,
)
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import state_of
from amtlich.contexts.cases.queries import journal_view
from amtlich.contexts.cases.statement import resident_query
from amtlich.contexts.cases.words import timeline
from amtlich.contexts.catalog.api import Package, package
from amtlich.contexts.privacy.api import accesses_for_case
from amtlich.contexts.proofs import api as proofs
from amtlich.contexts.registers import api as registers
from amtlich.engines.procedure import LIFECYCLES, EvidenceStatus, Phase, State, WaitingOn
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

_ERASED = "Der Inhalt dieses Vorgangs ist gelöscht."
_WHY: Mapping[str, str] = {
    "answered": "Die Antwort auf die Nachfrage ist da.",
    "lapsed": "Die Frist für die Antwort ist abgelaufen. Entscheiden Sie mit dem, was da ist.",
    "technical": "Das Programm kam fünfmal nacheinander nicht weiter. Lassen Sie es noch einmal versuchen.",
    "not_printable": "Ein Zeichen lässt sich nicht drucken. Das Dokument muss eine Person machen.",
    "register_faulty": "Das Register antwortet für diese Person seit einer Stunde falsch.",
    "notification_failed": "Das Dokument ist ausgestellt, kam aber nicht an. Suchen Sie einen anderen Weg.",
    "no_rule": "Keine Regel des Leistungspakets passt.",
    "asked": "Jemand im Amt hat den Vorgang übernommen.",
}
_STATUS: Mapping[EvidenceStatus, str] = {
    EvidenceStatus.FOUND: "genau eine Person",
    EvidenceStatus.NONE: "niemand",
    EvidenceStatus.SEVERAL: "mehrere Personen",
    EvidenceStatus.BLOCKED: "eine Person mit Auskunftssperre (§ 51 BMG)",
}


def office_case(actor: Actor, token: str) -> OfficeCase:
    """The case with all that a person needs to decide it. Raises ``NoSuchCase``.

    Journalled as a view of the case, and where the register is asked for who may be meant, as that, too.
    """
    journal_view(actor, token)
    with tenant(actor.authority_id):
        row = own(actor, token, Action.VIEW)
        events = tuple(event for event in log.read(row.pk) if event.seq <= row.seq)
        record = payload_of_record(row.decision_id)
        try:
            known: facts.Facts | None = facts.gather(row)
        except facts.FactsErased:
            known = None
    state, of = state_of(row), package(row.service, row.package_version)
    ids = [UUID(document.id) for document in state.documents]
    submitted = (events[0].payload or {}) if events else {}
    human = (record or {}).get("human", {})
    return OfficeCase(
        token=row.token,
        version=row.seq,
        reference=row.reference,
        file_number=row.file_number,
        service=row.service,
        service_name=of.names["de"],
        package_version=row.package_version,
        phase=Phase(row.phase),
        waiting_on=state.waiting_on,
        waiting_since=state.waiting_since,
        received_at=row.received_at,
        due_on=row.due_on,
        why_here=_why(state, of) if known else _ERASED,
        hint=of.office_reasons.get(state.waiting_reason, ""),
        applicant=_applicant(of, known),
        level=known.level.word_de if known else "",
        means=str(submitted.get("means", "")),
        statements=_statements(of, known),
        evidence=_evidence(of, known),
        candidates=_candidates(actor, row, state, of, known),
        proposal=_proposal(record, of) if row.decided_at is None else None,
        request=request_view(state, events),
        heard=state.heard,
        talk=talk_of(events),
        timeline=timeline(events, LIFECYCLES[row.lifecycle]),
        documents=proofs.documents_of_case(row.authority_id, row.pk, ids) if ids else (),
        accesses=accesses_for_case(row.authority_id, row.pk),
        norms=tuple(basis.ref for basis in of.legal_basis),
        waivers=WAIVERS,
        answer_channels=ANSWER_CHANNELS,
        outcome=row.outcome,
        decided_by=str(human.get("who", "")) or ("Programm" if row.decided_at else ""),
        decided_at=row.decided_at,
        can=_can(actor, row, state, known),
    )


def _why(state: State, of: Package) -> str:
    if state.waiting_on is WaitingOn.APPLICANT:
        return "Wir warten auf die Antwort der Bürgerin oder des Bürgers."
    if state.waiting_on is not WaitingOn.OFFICE:
        return "Diesen Vorgang hat gerade das Programm."
    reason = state.waiting_reason
    return _WHY.get(reason) or of.office_reasons.get(reason) or "Dieser Vorgang braucht eine Person."


def _applicant(of: Package, known: facts.Facts | None) -> str:
    if known is None or not of.evidence:
        return ""
    query = resident_query(of, of.evidence[0], known.statements)
    return " ".join((*query.given, query.family))


def _statements(of: Package, known: facts.Facts | None) -> tuple[Row, ...]:
    if known is None:
        return ()
    return tuple(
        Row(one.label["de"], one.display["de"], "Antrag") for one in of.form.answers(known.statements)
    )


def _evidence(of: Package, known: facts.Facts | None) -> tuple[Row, ...]:
    if known is None:
        return ()
    rows = []
    for fact in known.evidence.values():
        rows.append(Row("Treffer im Melderegister", _STATUS[fact.status], registers.SOURCE_DE))
        if fact.record is not None:
            record = registers.ResidentRecord.from_json(fact.record)
            rows += [Row(label, text, registers.SOURCE_DE) for label, text in lines_of(record).items()]
    return tuple(rows)


def _candidates(
    actor: Actor, row: Case, state: State, of: Package, known: facts.Facts | None
) -> tuple[CandidateView, ...] | None:
    """Only where the register has not named exactly one person, and a person has the case."""
    if known is None or len(of.evidence) != 1 or not _is_open_question(state):
        return ()
    found = candidates_of(actor, row, of, known)
    if found is None:
        return None
    query = resident_query(of, of.evidence[0], known.statements)
    return tuple(compared(query, one) for _, one in found)


def _is_open_question(state: State) -> bool:
    undecided = state.phase in (Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE)
    named = EvidenceStatus.FOUND in state.evidence.values()
    return undecided and state.waiting_on is WaitingOn.OFFICE and not named


def _proposal(record: Mapping[str, Any] | None, of: Package) -> ProposalView | None:
    if record is None or not record.get("steps"):
        return None
    reasons = record["reasons"]
    near = [miss for step in record["steps"] for miss in step["near_misses"]]
    return ProposalView(
        outcome=str((record.get("outcome") or {}).get("ergebnis") or ""),
        reasons=tuple(of.office_reasons.get(one["text"], one["text"]) for one in reasons),
        norms=tuple(one["norm"] for one in reasons if one["norm"]),
        near_misses=tuple(f"Regel {one['rule']}: {one['input']}, verlangt ist {one['cell']}" for one in near),
    )


_NOTIFIED = (Phase.NOTIFIED, Phase.CLOSED)


def _can(actor: Actor, row: Case, state: State, known: facts.Facts | None) -> Can:
    mine = state.waiting_on is WaitingOn.OFFICE and not state.asks and known is not None
    undecided = state.phase in (Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE)
    decides = bool(actor.roles & {"caseworker", "lead"}) and mine and undecided
    return Can(
        grant=decides,
        refuse=decides and bool(state.heard),
        why_not_refuse=""
        if state.heard or not decides
        else "Vor einer Ablehnung hören Sie die Person an, oder Sie halten fest, warum nicht (§ 28 VwVfG).",
        hear=decides and not state.heard,
        ask=bool(actor.roles & {"caseworker", "lead"}) and mine and state.decided_at is None,
        give_back=bool(actor.roles & {"caseworker", "lead"})
        and mine
        and state.waiting_reason != "notification_failed",
        enter_answer=bool(actor.roles & {"caseworker", "lead"}) and state.asks and known is not None,
        report_failure=bool(actor.roles & {"caseworker", "lead"}) and state.phase in _NOTIFIED,
        report_effect=bool(actor.roles & {"caseworker", "lead"})
        and state.waiting_reason == "notification_failed",
    )
