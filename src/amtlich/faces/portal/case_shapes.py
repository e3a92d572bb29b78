# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From what ``cases``, ``privacy`` and ``proofs`` answer to what the case templates draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import CitizenStep
from amtlich.faces.portal import case_state, moments
from amtlich.faces.portal.document_items import DocumentItem, document_item
from amtlich.faces.portal.language import said, typeset
from amtlich.kernel.words import duration_de, join_de


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list."""

    address: str
    name: str
    reference: str
    received_at: datetime
    sentence: str
    label: str
    badge: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list."""

    address: str
    name: str
    updated_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """What happened; ``under`` is who did it and on which law it rests."""

    at: datetime
    title: str
    detail: str
    under: str


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Who read what, when, what for."""

    at: datetime
    who: str
    what: str
    source: str
    purpose: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it was decided: reasons in sentences, then the particulars."""

    reasons: tuple[str, ...]
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the page of a case shows."""

    token: str
    address: str
    reference: str
    file_number: str
    step: str
    heading: str
    page_title: str
    sentence: str
    done: bool
    decided_at: datetime | None
    took: str
    steps: tuple[case_state.TrackStep, ...]
    glance: tuple[tuple[str, str], ...]
    explanation: tuple[tuple[str, str], ...]
    hero: DocumentItem | None
    data_file: DocumentItem | None
    other_documents: tuple[DocumentItem, ...]
    outcome: Outcome | None
    timeline: tuple[TimelineItem, ...]
    accesses: tuple[AccessRow, ...]
    seq: int


def row(case: cases.CaseSummary) -> Row:
    """A case in a list."""
    return Row(
        address=_address(case.token),
        name=said(case.service_name),
        reference=case.reference,
        received_at=case.received_at,
        sentence=case.sentence,
        label=case_state.LABELS[case.step],
        badge=case_state.BADGES[case.step],
    )


def draft_row(draft: cases.DraftView) -> DraftRow:
    """A draft in a list."""
    name = said(catalog.package(draft.service, draft.version).names)
    return DraftRow(f"/antrag/{draft.token}/", name, draft.updated_at, draft.expires_at)


def page(case: cases.CaseView, verify_address: str) -> CasePage:
    """The whole page of a case. ``verify_address`` is absolute: it goes into the QR code."""
    name = said(case.service_name)
    done = case.step is CitizenStep.DECIDED
    items = [document_item(case.token, document, verify_address) for document in case.documents]
    sealed = [item for item, document in zip(items, case.documents, strict=True) if document.sealed]
    hero = sealed[0] if sealed else None
    data_file = next(
        (
            item
            for item, document in zip(items, case.documents, strict=True)
            if document.media_type == "application/json"
        ),
        None,
    )
    return CasePage(
        token=case.token,
        address=_address(case.token),
        reference=case.reference,
        file_number=case.file_number,
        step=case.step,
        heading=case.sentence.rstrip(".") if done and hero else name,
        page_title=f"{case_state.LABELS[case.step]}: {name}",
        sentence=case.sentence,
        done=done,
        decided_at=case.decided_at,
        took=_took(case),
        steps=case_state.track(case),
        glance=case_state.glance(case),
        explanation=case_state.explanation(case),
        hero=hero,
        data_file=data_file,
        other_documents=tuple(item for item in items if item is not hero and item is not data_file),
        outcome=_outcome(case.decision) if case.decision else None,
        timeline=tuple(_timeline_item(entry) for entry in case.timeline),
        accesses=tuple(access(entry) for entry in case.accesses),
        seq=case.seq,
    )


def _took(case: cases.CaseView) -> str:
    if case.decided_at is None:
        return ""
    seconds = (case.decided_at - case.received_at).total_seconds()
    return duration_de(seconds) if 0 <= seconds < 3600 else ""


def _timeline_item(entry: cases.TimelineEntry) -> TimelineItem:
    under = ", ".join(part for part in (entry.actor, typeset(entry.law)) if part)
    return TimelineItem(entry.at, entry.title, entry.detail, under)


def _outcome(decision: cases.DecisionView) -> Outcome:
    who = "ein Programm nach festen Regeln" if decision.automatic else "eine Person im Amt"
    details = [("Entschieden hat", who), ("Entschieden am", moments.moment_full(decision.decided_at))]
    if decision.norms:
        details.append(("Rechtsgrundlage", typeset(join_de(decision.norms))))
    stand = date.fromisoformat(decision.legal_state_date)
    details.append(("Stand des Rechts", moments.day(stand)))
    return Outcome(tuple(said(reason) for reason in decision.reasons), tuple(details))


def access(entry: privacy.AccessView) -> AccessRow:
    """A line of "who read my data"."""
    if entry.erased:
        return AccessRow(
            entry.at, "gelöscht", "Die Einzelheiten sind nach Ablauf der Frist gelöscht.", "", "", ""
        )
    return AccessRow(
        entry.at,
        entry.who,
        join_de(entry.what),
        f"Quelle: {entry.source}",
        entry.why,
        typeset(entry.legal_basis),
    )


def verification_details(result: proofs.Verification) -> list[tuple[str, str]]:
    """What anybody may know about a document: never a name."""
    if result.state is not proofs.CheckState.VALID or result.issued_at is None:
        return []
    return [
        ("Art", result.title),
        ("Ausgestellt von", result.authority_name),
        ("Ausgestellt am", moments.moment_full(result.issued_at)),
    ]


def _address(token: str) -> str:
    return f"/vorgaenge/{token}/"
