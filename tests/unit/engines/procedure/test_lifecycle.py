# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Only lawful moves, and the same state by command and by replay."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.engines.procedure import (
    CERTIFICATE,
    CitizenStep,
    EventType,
    EvidenceStatus,
    ForbiddenTransition,
    Occurrence,
    Phase,
    State,
    WaitingOn,
    apply,
    citizen_step,
    replay,
)

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
EVIDENCE = {"evidence": "residence", "status": "found", "complete": True}
PAYLOADS = {
    EventType.SUBMITTED: {},
    EventType.REGISTERED: {"file_number": "MB-2026-00001", "complete": False},
    EventType.EVIDENCE_AWAITED: {"evidence": "residence"},
    EventType.EVIDENCE_RECEIVED: EVIDENCE,
    EventType.DECIDED: {"decision_id": "d", "outcome": "ausstellen", "adverse": False},
    EventType.HANDED_TO_PERSON: {"reason": "several"},
    EventType.DOCUMENTS_ISSUED: {"documents": [{"id": "1", "notice": "certificate"}]},
    EventType.NOTIFIED: {},
    EventType.CLOSED: {},
}


def occur(seq, kind, actor=None, **changes):
    actor = actor or ("citizen" if kind is EventType.SUBMITTED else "system")
    return Occurrence(seq, kind, START + timedelta(seconds=seq), actor, {**PAYLOADS[kind], **changes})


def walk(*kinds):
    return replay(CERTIFICATE, [occur(seq, kind) for seq, kind in enumerate(kinds, start=1)])


HAPPY = (
    EventType.SUBMITTED,
    EventType.REGISTERED,
    EventType.EVIDENCE_RECEIVED,
    EventType.DECIDED,
    EventType.DOCUMENTS_ISSUED,
    EventType.NOTIFIED,
    EventType.CLOSED,
)


def test_a_certificate_goes_from_submission_to_the_closed_case():
    steps = [citizen_step(walk(*HAPPY[:n])) for n in range(1, len(HAPPY) + 1)]
    assert steps[0] is CitizenStep.ARRIVED
    assert set(steps[1:5]) == {CitizenStep.WORKING}
    assert set(steps[5:]) == {CitizenStep.DECIDED}
    assert walk(*HAPPY).phase is Phase.CLOSED


def test_waiting_for_the_register_keeps_its_clock_while_it_lasts():
    waiting = walk(EventType.SUBMITTED, EventType.REGISTERED, EventType.EVIDENCE_AWAITED)
    again = apply(CERTIFICATE, waiting, occur(4, EventType.EVIDENCE_AWAITED))
    assert again.waiting_on is WaitingOn.REGISTER
    assert again.waiting_since == waiting.waiting_since
    answered = apply(CERTIFICATE, again, occur(5, EventType.EVIDENCE_RECEIVED))
    assert answered.waiting_on is WaitingOn.PROGRAM
    assert answered.evidence["residence"] is EvidenceStatus.FOUND


def test_a_program_may_not_decide_against_the_citizen():
    ready = walk(EventType.SUBMITTED, EventType.REGISTERED, EventType.EVIDENCE_RECEIVED)
    with pytest.raises(ForbiddenTransition, match="named person"):
        apply(CERTIFICATE, ready, occur(4, EventType.DECIDED, adverse=True))
    decided = apply(CERTIFICATE, ready, occur(4, EventType.DECIDED, actor="staff", adverse=True))
    assert decided.phase is Phase.DECIDED


def test_nothing_is_notified_without_a_document_and_no_document_is_issued_twice():
    decided = walk(*HAPPY[:4])
    with pytest.raises(ForbiddenTransition, match="no document"):
        apply(CERTIFICATE, decided, occur(5, EventType.NOTIFIED))
    issued = walk(*HAPPY[:5])
    with pytest.raises(ForbiddenTransition, match="issued already"):
        apply(CERTIFICATE, issued, occur(6, EventType.DOCUMENTS_ISSUED))


def test_a_citizen_cannot_move_the_offices_steps():
    received = walk(EventType.SUBMITTED)
    with pytest.raises(ForbiddenTransition, match="may not be caused by citizen"):
        apply(CERTIFICATE, received, occur(2, EventType.REGISTERED, actor="citizen"))


def test_a_service_without_evidence_is_ready_to_decide_once_registered():
    ready = apply(CERTIFICATE, walk(EventType.SUBMITTED), occur(2, EventType.REGISTERED, complete=True))
    assert ready.phase is Phase.READY_TO_DECIDE


def test_an_event_out_of_turn_is_refused():
    with pytest.raises(ForbiddenTransition, match="does not follow"):
        apply(CERTIFICATE, walk(EventType.SUBMITTED), occur(3, EventType.REGISTERED))


@given(st.lists(st.sampled_from(list(EventType)), max_size=14))
def test_any_walk_leaves_a_state_that_replay_gives_again(kinds):
    state, log = State(), []
    for kind in kinds:
        event = occur(state.seq + 1, kind)
        try:
            state = apply(CERTIFICATE, state, event)
        except ForbiddenTransition:
            continue
        log.append(event)
        assert (state.waiting_on is WaitingOn.NOBODY) == (state.phase in (Phase.NOTIFIED, Phase.CLOSED))
    assert replay(CERTIFICATE, log) == state


def test_every_open_state_can_still_reach_an_end_or_a_person():
    """All paths up to the shortest repetition: no dead end without somebody whose turn it is."""
    frontier, seen = [State()], set()
    while frontier:
        state = frontier.pop()
        key = (state.phase, state.waiting_on, bool(state.documents))
        if key in seen:
            continue
        seen.add(key)
        following = []
        for kind in EventType:
            try:
                following.append(apply(CERTIFICATE, state, occur(state.seq + 1, kind)))
            except ForbiddenTransition:
                continue
        assert following or state.phase is Phase.CLOSED
        frontier += following
    assert {phase for phase, _, _ in seen} == {None, *Phase}
