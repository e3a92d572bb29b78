# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Requests for information (Nachforderung): a person asks once for all that is missing, with a last day.

Who answers in their own words reaches a person again (§ 24 (1) s. 3 VwVfG). Who does not answer is never
refused for it: the case goes back to the office with what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from amtlich.contexts.cases import facts, happenings
from amtlich.contexts.cases.access import in_turn
from amtlich.contexts.cases.deadlines import last_day
from amtlich.contexts.cases.errors import MovedOn
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import load, record, state_of
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.contexts.cases.texts import MOST_CHARACTERS, QUESTION_CHARACTERS, REASON_CHARACTERS, cleaned
from amtlich.engines.procedure import EventType, ForbiddenTransition, RequestStatus, State, WaitingOn
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.kernel.sentence import Sentence
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor, system_actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

LAPSE = "cases.lapse"
MOST_QUESTIONS = 10
LONGEST_PERIOD = 365  # days


def ask(
    actor: Actor,
    token: str,
    questions: Sequence[str],
    days: int,
    *,
    hearing: bool = False,
    version: int | None = None,
) -> date:
    """Ask the citizen; returns the last day for an answer. Whoever asks takes the case over by it.

    ``hearing``: it is the hearing before an adverse decision (§ 28 VwVfG), the text says what is intended.
    ``version``: of the case that was looked at (None: whatever it is now).

    Raises ``NoSuchCase``, ``BadInput`` for no question or an impossible period, ``TextWrong``,
    ``Overtaken`` if something has happened since that version, and ``MovedOn`` if a question is open already
    or the case is decided or over.
    """
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise BadInput(f"Stellen Sie 1 bis {MOST_QUESTIONS} Fragen, alle auf einmal.")
    if not 1 <= days <= LONGEST_PERIOD:
        raise BadInput(f"Geben Sie 1 bis {LONGEST_PERIOD} Tage Zeit.")
    longest = REASON_CHARACTERS if hearing else QUESTION_CHARACTERS
    texts = cleaned(questions, longest=longest, missing=Sentence("Diese Frage ist leer."))

    def act(case: Case) -> date:
        if version is not None:
            happenings.refuse_older(case, version)
        until = last_day(clock.today(), days)
        state = state_of(case)
        try:
            if state.waiting_on is not WaitingOn.OFFICE:
                record(
                    case,
                    EventType.HANDED_TO_PERSON,
                    {"reason": "taken_over", "by": actor.display_name},
                    actor,
                )
            asked = {"questions": texts, "until": until.isoformat(), "by": actor.display_name}
            if hearing:
                asked["kind"] = "hearing"
            event = record(case, EventType.INFORMATION_REQUESTED, asked, actor)
        except ForbiddenTransition:
            raise MovedOn(happenings.instead(state)) from None
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)
        _look_when_over(case, event.seq, until)
        return until

    return in_turn(actor, token, Action.ASK, act)


def _look_when_over(case: Case, request: int, until: date) -> None:
    jobs.defer(
        LAPSE,
        lock=str(case.pk),
        run_at=_end_of(until),
        authority_id=case.authority_id,
        case_id=case.pk,
        request=request,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.BERLIN)


def answer(actor: Actor, token: str, request: int, answers: Sequence[str]) -> bool:
    """Answer the request with this number, one text per question; True if the same answer was there before.

    Raises ``NoSuchCase``, ``TextWrong`` with a sentence per question, ``BadInput`` for another number of
    answers than questions, and ``MovedOn`` if somebody else answered, withdrew or decided before.
    """
    texts = cleaned(
        answers,
        longest=MOST_CHARACTERS,
        missing=Sentence("Bitte antworten Sie hier. Wissen Sie es nicht? Dann schreiben Sie das."),
    )

    def act(case: Case) -> bool:
        state = state_of(case)
        if _answered_so(case, state, request, texts):
            return True
        if not state.asks or state.request is None or state.request.seq != request:
            raise MovedOn(happenings.instead(state))
        asked = facts.payload_of(_event(case, request))
        if len(texts) != len(asked["questions"]):
            raise BadInput(f"Zu dieser Nachfrage gehören {len(asked['questions'])} Antworten.")
        record(case, EventType.INFORMATION_SUPPLIED, {"request": request, "answers": texts}, actor)
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)
        return False

    return in_turn(actor, token, Action.ANSWER, act)


def _answered_so(case: Case, state: State, request: int, texts: Sequence[str]) -> bool:
    """A double click or a client that never saw our answer: the same texts to the same question."""
    if state.request is None or state.request.status is not RequestStatus.ANSWERED:
        return False
    said = [
        event.payload
        for event in log.read(case.pk, state.request.seq)
        if event.type == EventType.INFORMATION_SUPPLIED and event.payload
    ]
    return any(one["request"] == request and one["answers"] == list(texts) for one in said)


def _event(case: Case, seq: int) -> log.StoredEvent:
    return log.read(case.pk, seq - 1)[0]


def lapse(authority_id: UUID, case_id: UUID, request: int) -> None:
    """The time for this request is over: if it is still open, the case goes back to the office.

    Called too early (a clock was set back) it comes again at its time.
    """
    with tenant(authority_id):
        case = load(case_id)
        state = state_of(case)
        if not state.asks or state.request is None or state.request.seq != request:
            return
        if clock.today() <= state.request.until:
            _look_when_over(case, request, state.request.until)
            return
        record(case, EventType.INFORMATION_LAPSED, {"request": request}, system_actor(authority_id))
