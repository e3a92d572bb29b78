# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From what ``cases``, ``privacy`` and ``proofs`` answer to what the case templates draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amtlich.contexts.cases import api as cases
from amtlich.contexts.mail import api as mail
from amtlich.engines.procedure import CitizenStep, Phase, WaitingOn
from amtlich.faces.portal import case_state, moments
from amtlich.faces.portal.access_rows import AccessItem, access_item
from amtlich.faces.portal.document_items import DocumentItem, copies, document_item
from amtlich.faces.portal.language import _, current, said, translated, typeset
from amtlich.kernel.sentence import LANGUAGES
from amtlich.kernel.words import duration_in, join_in


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """What happened; ``under`` is who did it and on which law it rests."""

    at: datetime
    title: str
    detail: str
    under: str


@dataclass(frozen=True, slots=True)
class TalkItem:
    """What was said: by whom, when, in which texts."""

    at: datetime
    who: str
    mine: bool
    what: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The open request for information. ``left`` says in words how much time there is."""

    seq: int
    questions: tuple[str, ...]
    who: str
    until: date
    until_words: str
    left: str
    hearing: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it was decided: reasons in sentences, then the particulars."""

    reasons: tuple[str, ...]
    details: case_state.Rows


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the page of a case shows."""

    token: str
    address: str
    reference: str
    file_number: str
    service: str
    name: str
    step: str
    heading: str
    page_title: str
    sentence: str
    announcement: str
    done: bool
    failed: bool
    withdrawn: bool
    erased: bool
    refused: bool
    decided_at: datetime | None
    took: Mapping[str, str] | None
    steps: tuple[case_state.TrackStep, ...]
    glance: case_state.Rows
    explanation: case_state.Rows
    question: Question | None
    hero: DocumentItem | None
    data_file: DocumentItem | None
    other_documents: tuple[DocumentItem, ...]
    copies: tuple[DocumentItem, ...]
    outcome: Outcome | None
    talk: tuple[TalkItem, ...]
    timeline: tuple[TimelineItem, ...]
    accesses: tuple[AccessItem, ...]
    mail_failures: tuple[mail.Failure, ...]
    can_withdraw: bool
    waiting_on: WaitingOn
    standing: str
    seq: int
    cursor: str


def page(case: cases.CaseView, verify_address: str) -> CasePage:
    """The whole page of a case. ``verify_address`` is absolute: it goes into the QR code."""
    name = said(case.service_name)
    sentence = said(case.sentence)
    done = case.step is CitizenStep.DECIDED
    failed = done and case.phase is Phase.DECIDED
    items = [document_item(case.token, document, verify_address) for document in case.documents]
    pairs = list(zip(items, case.documents, strict=True))
    hero = next((item for item, document in pairs if document.sealed), None)
    data_file = next((item for item, document in pairs if document.media_type == "application/json"), None)
    return CasePage(
        token=case.token,
        address=f"/vorgaenge/{case.token}/",
        reference=case.reference,
        file_number=case.file_number,
        service=case.service,
        name=name,
        step=case.step,
        heading=sentence.rstrip(".") if done and hero and not failed else name,
        page_title=f"{case_state.label(case.step)}: {name}",
        sentence=sentence,
        announcement=_announcement(case),
        done=done,
        failed=failed,
        withdrawn=case.step is CitizenStep.WITHDRAWN,
        erased=case.erased,
        refused=case.refused,
        decided_at=case.decided_at,
        took=_took(case),
        steps=case_state.track(case),
        glance=case_state.glance(case),
        explanation=case_state.explanation(case),
        question=question(case),
        hero=hero,
        data_file=data_file,
        other_documents=tuple(item for item in items if item is not hero and item is not data_file),
        copies=copies(case),
        outcome=_outcome(case.decision) if case.decision else None,
        talk=tuple(_talk_item(entry) for entry in case.talk),
        timeline=tuple(_timeline_item(entry) for entry in case.timeline),
        accesses=_accesses(case),
        mail_failures=case.mail_failures,
        can_withdraw=case.can_withdraw,
        waiting_on=case.waiting_on,
        standing=case.standing,
        seq=case.seq,
        cursor=case.cursor,
    )


def _announcement(case: cases.CaseView) -> str:
    """What is said aloud as it changes while the page is open: where the case stands, each new message."""
    lines = translated(case.sentence).splitlines()
    from_office = sum(entry.kind is cases.TalkKind.MESSAGE and not entry.mine for entry in case.talk)
    if from_office:
        lines.append(_("Nachrichten vom Amt: {count}.", count=from_office))
    return " ".join(lines)


def _took(case: cases.CaseView) -> Mapping[str, str] | None:
    if case.decided_at is None:
        return None
    seconds = (case.decided_at - case.received_at).total_seconds()
    if not 0 <= seconds < 3600:
        return None
    return {form: duration_in(seconds, form) for form in LANGUAGES}


def question(case: cases.CaseView) -> Question | None:
    """The request that waits for an answer, if one does."""
    request = case.request
    if request is None or case.step is not CitizenStep.ANSWER:
        return None
    return Question(
        seq=request.seq,
        questions=request.questions,
        who=said(request.who),
        until=request.until,
        until_words=moments.weekday(request.until),
        left=_left(request.days_left),
        hearing=request.hearing,
    )


def _left(days: int) -> str:
    if days < 0:
        return _("Die Frist ist vorbei. Ihre Antwort nehmen wir trotzdem noch an.")
    if days == 0:
        return _("Heute ist der letzte Tag.")
    if days == 1:
        return _("Sie haben noch 1 Tag.")
    return _("Sie haben noch {days} Tage.", days=days)


def _talk_item(entry: cases.TalkEntry) -> TalkItem:
    what = {
        cases.TalkKind.QUESTION: _("Frage an Sie"),
        cases.TalkKind.ANSWER: _("Ihre Antwort"),
        cases.TalkKind.MESSAGE: "",
    }[entry.kind]
    return TalkItem(entry.at, said(entry.who), entry.mine, what, entry.texts)


def _timeline_item(entry: cases.TimelineEntry) -> TimelineItem:
    under = ", ".join(part for part in (said(entry.actor), typeset(entry.law)) if part)
    return TimelineItem(entry.at, said(entry.title), said(entry.detail), under)


def _outcome(decision: cases.DecisionView) -> Outcome:
    who = _("ein Programm nach festen Regeln") if decision.automatic else _("eine Person im Amt")
    details = [
        (_("Entschieden hat"), who),
        (_("Entschieden am"), moments.moment_full(decision.decided_at)),
    ]
    if decision.norms:
        details.append((_("Rechtsgrundlage"), typeset(join_in(decision.norms, current()))))
    stand = date.fromisoformat(decision.legal_state_date)
    details.append((_("Stand des Rechts"), moments.day(stand)))
    return Outcome(tuple(said(reason) for reason in decision.reasons), tuple(details))


def _accesses(case: cases.CaseView) -> tuple[AccessItem, ...]:
    """Who read data of this case, said in the words of the package under which it runs."""
    here = cases.Holding(case.token, case.reference, case.service_name, case.purposes)
    known: dict[UUID, cases.Holding] = {entry.case_id: here for entry in case.accesses if entry.case_id}
    return tuple(access_item(entry, known) for entry in case.accesses)
