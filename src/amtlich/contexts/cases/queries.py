# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading cases. Every function opens its own ``tenant()`` and asks the policy first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amtlich.contexts.cases import withdrawal, words
from amtlich.contexts.cases.access import own
from amtlich.contexts.cases.conversation import RequestView, TalkEntry, request_view, talk_of
from amtlich.contexts.cases.errors import NoSuchCase, NoSuchDocument
from amtlich.contexts.cases.models import Case, DecisionRecord
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import state_of
from amtlich.contexts.cases.words import TimelineEntry
from amtlich.contexts.catalog.api import package
from amtlich.contexts.mail import api as mail
from amtlich.contexts.privacy.api import AccessEntry, AccessView, accesses_for_case, record_access
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import LIFECYCLES, CitizenStep, Phase, WaitingOn, citizen_step
from amtlich.kernel.ids import is_token
from amtlich.platform.accounts import Actor
from amtlich.platform.accounts.actor import PARTNER
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case in a list. ``answer_until``: the last day for an answer while a question is open."""

    token: str
    reference: str
    service: str
    service_name: Mapping[str, str]
    step: CitizenStep
    sentence: str
    received_at: datetime
    answer_until: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the citizen may read of the decision. ``automatic``: a program decided, by public rules."""

    decided_at: datetime
    automatic: bool
    legal_state_date: str
    norms: tuple[str, ...]
    reasons: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its citizen sees it."""

    token: str
    reference: str
    file_number: str
    service: str
    service_name: Mapping[str, str]
    version: str
    phase: Phase
    step: CitizenStep
    sentence: str
    waiting_on: WaitingOn
    waiting_since: datetime | None
    received_at: datetime
    decided_at: datetime | None
    documents: tuple[proofs.IssuedDocument, ...]
    timeline: tuple[TimelineEntry, ...]
    seq: int
    decision: DecisionView | None
    accesses: tuple[AccessView, ...]
    # The place in the event log that this view stands for: the live channel tells all that follows it.
    cursor: str = ""
    withdrawn_at: datetime | None = None
    request: RequestView | None = None
    talk: tuple[TalkEntry, ...] = ()
    can_withdraw: bool = False
    standing: str = "0"
    failed_channels: tuple[str, ...] = ()
    mail_failures: tuple[mail.Failure, ...] = ()
    # For what data are used in this service, as its package says it: the words of the access journal.
    purposes: tuple[Mapping[str, str], ...] = ()
    erased: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class EventView:
    """An event without its payload, as the API and the live channel tell it."""

    seq: int
    type: str
    at: datetime
    title: str


def my_cases(actor: Actor, limit: int = 200) -> tuple[CaseSummary, ...]:
    """The actor's cases, newest first."""
    if not actor.holders:
        return ()
    with tenant(actor.authority_id):
        rows = list(Case.objects.filter(holder_id__in=actor.holders).order_by("-received_at")[:limit])
    return tuple(_summary(row) for row in rows)


def _summary(row: Case) -> CaseSummary:
    of = package(row.service, row.package_version)
    state = state_of(row)
    return CaseSummary(
        token=row.token,
        reference=row.reference,
        service=row.service,
        service_name=of.names,
        step=citizen_step(state),
        sentence=words.sentence(state, of.ready),
        received_at=row.received_at,
        answer_until=state.request.until if state.request and state.asks else None,
    )


def case(actor: Actor, token: str) -> CaseView:
    """The whole case; raises ``NoSuchCase`` for what does not exist and what is not the actor's.

    A person of the office, or another program, is journalled before anything is read.
    """
    if actor.kind == "staff" or actor.means == PARTNER:
        journal_view(actor, token)
    with tenant(actor.authority_id):
        row = own(actor, token, Action.VIEW)
        # What came after the row was read is left for the next look, so that all of it is of one moment.
        events = tuple(event for event in log.read(row.pk) if event.seq <= row.seq)
        cursor = log.place(row.pk, row.seq)
        decision = _decision(row)
    state = state_of(row)
    of = package(row.service, row.package_version)
    provided = state.notified_at is not None
    ids = [UUID(document.id) for document in state.documents] if provided else []
    documents = proofs.documents_of_case(row.authority_id, row.pk, ids) if ids else ()
    decided = _decision_view(decision, of.reasons) if decision else None
    return CaseView(
        token=row.token,
        reference=row.reference,
        file_number=row.file_number,
        service=row.service,
        service_name=of.names,
        version=row.package_version,
        phase=Phase(row.phase),
        step=citizen_step(state),
        sentence=words.DOCUMENTS_ERASED if ids and not documents else words.sentence(state, of.ready),
        waiting_on=state.waiting_on,
        waiting_since=state.waiting_since,
        received_at=row.received_at,
        decided_at=row.decided_at,
        documents=documents,
        timeline=words.timeline(events, LIFECYCLES[row.lifecycle], decided.norms if decided else ()),
        seq=row.seq,
        decision=decided,
        accesses=accesses_for_case(row.authority_id, row.pk),
        cursor=cursor,
        withdrawn_at=row.withdrawn_at,
        request=request_view(state, events),
        talk=talk_of(events),
        can_withdraw=withdrawal.possible(state),
        standing=withdrawal.standing(state),
        failed_channels=state.failed_channels,
        mail_failures=mail.failures_for_case(row.authority_id, row.pk),
        purposes=tuple(purpose.text for purpose in of.purposes.values()),
        erased=bool(ids) and not documents,
        refused=row.outcome == words.REFUSED,
    )


def journal_view(actor: Actor, token: str) -> None:
    """Write down that somebody else than its citizen looks at this case; raises ``NoSuchCase``."""
    with tenant(actor.authority_id):
        row = own(actor, token, Action.VIEW)
    said = ("Stand des Vorgangs", "Fragen, Antworten und Nachrichten")
    _journal(actor, row, "Vorgang", ("state", "conversation"), said)


def _journal(
    actor: Actor, row: Case, source: str, fields: tuple[str, ...], fields_de: tuple[str, ...]
) -> None:
    record_access(
        AccessEntry(
            authority_id=actor.authority_id,
            case_id=row.pk,
            subject_holder_id=row.holder_id,
            actor_kind=PARTNER if actor.means == PARTNER else actor.kind,
            actor_id=actor.account_id or actor.holder_id,
            actor_label=actor.display_name,
            source=source,
            fields=fields,
            fields_de=fields_de,
            purpose="Antrag bearbeiten",
            legal_basis="Art. 6 Abs. 1 Buchst. e DSGVO",
        )
    )


def _decision(row: Case) -> DecisionRecord | None:
    """The record of a decision that was made; a mere proposal is the office's business."""
    if row.decided_at is None or not row.decision_id:
        return None
    return DecisionRecord.objects.select_related("decisionpayload").filter(pk=row.decision_id).first()


def _decision_view(row: DecisionRecord, texts: Mapping[str, Mapping[str, str]]) -> DecisionView:
    payload = row.decisionpayload.payload if hasattr(row, "decisionpayload") else {"reasons": []}
    reasons = payload["reasons"]
    return DecisionView(
        decided_at=row.decided_at,
        automatic=row.mode == "full",
        legal_state_date=row.legal_state_date.isoformat(),
        norms=tuple(reason["norm"] for reason in reasons if reason["norm"]),
        reasons=tuple(texts[reason["text"]] for reason in reasons if reason["text"] in texts),
    )


def events(actor: Actor, token: str, after: int = 0) -> tuple[EventView, ...]:
    """The case's events after a place, in order."""
    with tenant(actor.authority_id):
        row = own(actor, token, Action.FOLLOW)
        stored = log.read(row.pk, after)
    return tuple(
        EventView(event.seq, event.type, event.at, words.title(event.type, event.actor_kind))
        for event in stored
    )


def document(actor: Actor, token: str, document_id: UUID) -> proofs.DocumentFile:
    """A document's file, guarded like its case (FC-26); raises ``NoSuchDocument``.

    A person of the office gets it as soon as it is issued, and is journalled first; another program, too.
    """
    with tenant(actor.authority_id):
        try:
            row = own(actor, token, Action.DOWNLOAD)
        except NoSuchCase:
            raise NoSuchDocument from None
        listed = {UUID(item.id) for item in state_of(row).documents}
        ready = row.notified_at is not None or actor.kind == "staff"
    if not ready or document_id not in listed:
        raise NoSuchDocument
    if actor.kind == "staff" or actor.means == PARTNER:
        _journal(actor, row, "Dokument", ("document",), ("Inhalt eines Dokuments",))
    found = proofs.document_file(row.authority_id, row.pk, document_id)
    if found is None:
        raise NoSuchDocument
    return found


def undecided(authority_id: UUID) -> int:
    """How many cases of the authority nobody has decided yet."""
    with tenant(authority_id):
        return Case.objects.filter(decided_at=None, withdrawn_at=None).count()


def authority_of(token: str) -> UUID | None:
    """At which authority a case lies: for the command line, which has no host name. Tells nothing else."""
    if not is_token(token):
        return None
    return Case.objects.using("system").filter(token=token).values_list("authority_id", flat=True).first()
