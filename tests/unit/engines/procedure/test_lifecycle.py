# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Only lawful moves, and the same state by command and by replay."""

from dataclasses import replace
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
    RequestStatus,
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
    EventType.INFORMATION_REQUESTED: {"questions": ["Wo haben Sie früher gewohnt?"], "until": "2026-12-09"},
    EventType.INFORMATION_SUPPLIED: {"answers": ["In Rostock."]},
    EventType.INFORMATION_LAPSED: {},
    EventType.MESSAGE_SENT: {"text": "Guten Tag"},
    EventType.WITHDRAWN: {"reason": ""},
    EventType.NOTIFICATION_FAILED: {"channel": "portal", "reason": "not retrieved"},
    EventType.HEARING_WAIVED: {"ground": "granted"},
    EventType.EVIDENCE_CHOSEN: EVIDENCE,
    EventType.RETURNED_TO_PROGRAM: {},
}
ACTORS = {
    EventType.SUBMITTED: "citizen",
    EventType.INFORMATION_REQUESTED: "staff",
    EventType.INFORMATION_SUPPLIED: "citizen",
    EventType.MESSAGE_SENT: "citizen",
    EventType.WITHDRAWN: "citizen",
    EventType.HEARING_WAIVED: "staff",
    EventType.EVIDENCE_CHOSEN: "staff",
    EventType.RETURNED_TO_PROGRAM: "staff",
}
LATE = timedelta(days=20)  # after the last day for an answer


def occur(seq, kind, /, actor=None, at=None, **changes):
    at = at or START + timedelta(seconds=seq) + (
        LATE if kind is EventType.INFORMATION_LAPSED else timedelta()
    )
    return Occurrence(seq, kind, at, actor or ACTORS.get(kind, "system"), {**PAYLOADS[kind], **changes})


def every_way(state):
    """One event of each kind that could follow, and its variants that lead elsewhere."""
    for kind in EventType:
        if kind is EventType.INFORMATION_SUPPLIED or kind is EventType.INFORMATION_LAPSED:
            asked = state.request.seq if state.request else 0
            yield occur(state.seq + 1, kind, request=asked)
            yield occur(state.seq + 1, kind, actor="staff", request=asked)
        elif kind is EventType.DECIDED:
            yield occur(state.seq + 1, kind)
            yield occur(state.seq + 1, kind, actor="staff")
            yield occur(state.seq + 1, kind, actor="staff", adverse=True)
        elif kind is EventType.INFORMATION_REQUESTED:
            yield occur(state.seq + 1, kind)
            yield occur(state.seq + 1, kind, kind="hearing")
        elif kind is EventType.NOTIFIED:
            yield occur(state.seq + 1, kind, channel="portal")
            yield occur(state.seq + 1, kind, actor="staff", channel="post")
        else:
            yield occur(state.seq + 1, kind)


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
    with pytest.raises(ForbiddenTransition, match="no person has the case"):
        apply(CERTIFICATE, ready, occur(4, EventType.DECIDED, actor="staff"))


HANDED_OVER = (
    EventType.SUBMITTED,
    EventType.REGISTERED,
    EventType.EVIDENCE_RECEIVED,
    EventType.HANDED_TO_PERSON,
)


def test_an_adverse_decision_comes_after_a_hearing_or_the_recorded_reason_for_none():
    there = walk(*HANDED_OVER)
    adverse = {"actor": "staff", "adverse": True}
    with pytest.raises(ForbiddenTransition, match="comes a hearing"):
        apply(CERTIFICATE, there, occur(5, EventType.DECIDED, **adverse))
    asked = apply(CERTIFICATE, there, occur(5, EventType.INFORMATION_REQUESTED))
    answered = apply(CERTIFICATE, asked, occur(6, EventType.INFORMATION_SUPPLIED, request=5))
    with pytest.raises(ForbiddenTransition, match="comes a hearing"):
        apply(CERTIFICATE, answered, occur(7, EventType.DECIDED, **adverse))

    heard = apply(CERTIFICATE, there, occur(5, EventType.INFORMATION_REQUESTED, kind="hearing"))
    with pytest.raises(ForbiddenTransition, match="request for information is open"):
        apply(CERTIFICATE, heard, occur(6, EventType.DECIDED, **adverse))
    for end, how in (
        (occur(6, EventType.INFORMATION_SUPPLIED, request=5), "answered"),
        (occur(6, EventType.INFORMATION_LAPSED, request=5), "lapsed"),
    ):
        after = apply(CERTIFICATE, heard, end)
        assert after.heard == how
        assert apply(CERTIFICATE, after, occur(7, EventType.DECIDED, **adverse)).phase is Phase.DECIDED
        # What is asked afterwards does not undo it.
        again = apply(CERTIFICATE, after, occur(7, EventType.INFORMATION_REQUESTED, until="2027-02-01"))
        assert again.heard == how
    waived = apply(CERTIFICATE, there, occur(5, EventType.HEARING_WAIVED))
    assert apply(CERTIFICATE, waived, occur(6, EventType.DECIDED, **adverse)).heard == "waived"


def test_a_record_that_a_person_chose_makes_the_evidence_complete():
    there = walk(*HANDED_OVER[:2])
    awaited = apply(CERTIFICATE, there, occur(3, EventType.HANDED_TO_PERSON))
    chosen = apply(CERTIFICATE, awaited, occur(4, EventType.EVIDENCE_CHOSEN))
    assert (chosen.phase, chosen.waiting_on) == (Phase.READY_TO_DECIDE, WaitingOn.OFFICE)
    assert apply(CERTIFICATE, chosen, occur(5, EventType.DECIDED, actor="staff")).phase is Phase.DECIDED
    with pytest.raises(ForbiddenTransition, match="no person has the case"):
        apply(CERTIFICATE, there, occur(3, EventType.EVIDENCE_CHOSEN))


def test_what_a_person_gives_back_is_looked_at_anew():
    back = apply(CERTIFICATE, walk(*HANDED_OVER), occur(5, EventType.RETURNED_TO_PROGRAM))
    assert (back.phase, back.waiting_on, back.evidence) == (Phase.UNDER_REVIEW, WaitingOn.PROGRAM, {})
    received = apply(CERTIFICATE, walk(EventType.SUBMITTED), occur(2, EventType.HANDED_TO_PERSON))
    assert apply(CERTIFICATE, received, occur(3, EventType.RETURNED_TO_PROGRAM)).phase is Phase.RECEIVED
    unprinted = apply(CERTIFICATE, walk(*HAPPY[:4]), occur(5, EventType.HANDED_TO_PERSON))
    again = apply(CERTIFICATE, unprinted, occur(6, EventType.RETURNED_TO_PROGRAM))
    assert (again.phase, again.waiting_on) == (Phase.DECIDED, WaitingOn.PROGRAM)
    failed = apply(CERTIFICATE, walk(*HAPPY), occur(8, EventType.NOTIFICATION_FAILED))
    with pytest.raises(ForbiddenTransition, match="another channel"):
        apply(CERTIFICATE, failed, occur(9, EventType.RETURNED_TO_PROGRAM))


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


@given(st.lists(st.integers(0, 100), max_size=30))
def test_any_walk_leaves_a_state_that_replay_gives_again(choices):
    state, log = State(), []
    for choice in choices:
        ways = []
        for event in every_way(state):
            try:
                ways.append((event, apply(CERTIFICATE, state, event)))
            except ForbiddenTransition:
                continue
        event, state = ways[choice % len(ways)]
        log.append(event)
        at_rest = (Phase.NOTIFIED, Phase.CLOSED, Phase.WITHDRAWN)
        assert (state.waiting_on is WaitingOn.NOBODY) == (state.phase in at_rest)
        assert state.asks == (state.waiting_on is WaitingOn.APPLICANT)
    assert replay(CERTIFICATE, log) == state


def test_every_open_state_can_still_reach_an_end_or_a_person():
    """All paths up to the shortest repetition: no dead end without somebody whose turn it is."""
    frontier, seen = [State()], set()
    while frontier:
        state = frontier.pop()
        asked = state.request.status if state.request else None
        key = (
            state.phase,
            state.waiting_on,
            bool(state.documents),
            asked,
            state.failed_channels,
            state.heard,
        )
        if key in seen:
            continue
        seen.add(key)
        moves = []
        for event in every_way(state):
            try:
                after = apply(CERTIFICATE, state, event)
            except ForbiddenTransition:
                continue
            frontier.append(after)
            if event.type is not EventType.MESSAGE_SENT:
                moves.append(after)
        assert moves or state.phase in (Phase.CLOSED, Phase.WITHDRAWN)
        if state.phase not in (None, Phase.CLOSED, Phase.WITHDRAWN, Phase.NOTIFIED):
            assert state.waiting_on is not WaitingOn.NOBODY
    assert {phase for phase, *_ in seen} == {None, *Phase}


# -- after it was sent: questions, messages, withdrawal, channels that fail -----------------------------

WITH_A_PERSON = (EventType.SUBMITTED, EventType.REGISTERED, EventType.HANDED_TO_PERSON)
ASKED = (*WITH_A_PERSON, EventType.INFORMATION_REQUESTED)


def test_a_question_waits_for_the_citizen_and_the_answer_goes_to_the_person_who_asked():
    asked = walk(*ASKED)
    assert citizen_step(asked) is CitizenStep.ANSWER
    assert asked.waiting_on is WaitingOn.APPLICANT
    answered = apply(CERTIFICATE, asked, occur(5, EventType.INFORMATION_SUPPLIED, request=4))
    assert answered.waiting_on is WaitingOn.OFFICE
    assert answered.request.status is RequestStatus.ANSWERED
    assert answered.phase is asked.phase


def test_only_a_person_who_has_the_case_asks_and_only_one_question_at_a_time():
    running = walk(EventType.SUBMITTED, EventType.REGISTERED)
    with pytest.raises(ForbiddenTransition, match="no person has the case"):
        apply(CERTIFICATE, running, occur(3, EventType.INFORMATION_REQUESTED))
    with pytest.raises(ForbiddenTransition, match="may not be caused by system"):
        apply(CERTIFICATE, walk(*WITH_A_PERSON), occur(4, EventType.INFORMATION_REQUESTED, actor="system"))
    with pytest.raises(ForbiddenTransition, match="no person has the case"):
        apply(CERTIFICATE, walk(*ASKED), occur(5, EventType.INFORMATION_REQUESTED))


def test_an_answer_belongs_to_the_question_that_is_open():
    with pytest.raises(ForbiddenTransition, match="another request"):
        apply(CERTIFICATE, walk(*ASKED), occur(5, EventType.INFORMATION_SUPPLIED, request=2))
    answered = apply(CERTIFICATE, walk(*ASKED), occur(5, EventType.INFORMATION_SUPPLIED, request=4))
    with pytest.raises(ForbiddenTransition, match="no request"):
        apply(CERTIFICATE, answered, occur(6, EventType.INFORMATION_SUPPLIED, request=4))


def test_a_question_lapses_after_its_last_day_in_germany_and_nobody_is_refused():
    asked = walk(*ASKED)
    last_minute = datetime(2026, 12, 9, 22, 59, tzinfo=UTC)  # 23:59 in Berlin
    with pytest.raises(ForbiddenTransition, match="still time"):
        apply(CERTIFICATE, asked, occur(5, EventType.INFORMATION_LAPSED, at=last_minute, request=4))
    late = last_minute + timedelta(minutes=1)
    lapsed = apply(CERTIFICATE, asked, occur(5, EventType.INFORMATION_LAPSED, at=late, request=4))
    assert lapsed.request.status is RequestStatus.LAPSED
    assert (lapsed.waiting_on, lapsed.phase) == (WaitingOn.OFFICE, asked.phase)


def test_nothing_is_decided_while_a_question_is_open():
    ready = walk(EventType.SUBMITTED, EventType.REGISTERED, EventType.EVIDENCE_RECEIVED)
    person = apply(CERTIFICATE, ready, occur(4, EventType.HANDED_TO_PERSON))
    asked = apply(CERTIFICATE, person, occur(5, EventType.INFORMATION_REQUESTED))
    for kind, actor in ((EventType.DECIDED, "staff"), (EventType.HANDED_TO_PERSON, "system")):
        with pytest.raises(ForbiddenTransition, match="is open"):
            apply(CERTIFICATE, asked, occur(6, kind, actor=actor))


def test_a_withdrawn_case_is_over_and_drops_the_question():
    gone = apply(CERTIFICATE, walk(*ASKED), occur(5, EventType.WITHDRAWN))
    assert citizen_step(gone) is CitizenStep.WITHDRAWN
    assert gone.request.status is RequestStatus.DROPPED
    for event in every_way(gone):
        if event.type is not EventType.MESSAGE_SENT:
            with pytest.raises(ForbiddenTransition):
                apply(CERTIFICATE, gone, event)


def test_what_is_decided_can_no_longer_be_withdrawn_and_staff_never_withdraw():
    with pytest.raises(ForbiddenTransition, match="phase decided"):
        apply(CERTIFICATE, walk(*HAPPY[:4]), occur(5, EventType.WITHDRAWN))
    with pytest.raises(ForbiddenTransition, match="caused by staff"):
        apply(CERTIFICATE, walk(EventType.SUBMITTED), occur(2, EventType.WITHDRAWN, actor="staff"))


def test_a_message_changes_nothing_but_the_place_in_the_log():
    before = walk(*ASKED)
    after = apply(CERTIFICATE, before, occur(5, EventType.MESSAGE_SENT))
    assert replace(after, seq=before.seq) == before


def test_a_notification_that_failed_goes_to_the_office_and_takes_effect_by_another_channel():
    closed = walk(*HAPPY)
    failed = apply(CERTIFICATE, closed, occur(8, EventType.NOTIFICATION_FAILED))
    assert (failed.phase, failed.waiting_on) == (Phase.DECIDED, WaitingOn.OFFICE)
    assert citizen_step(failed) is CitizenStep.DECIDED  # what could be read stays readable
    with pytest.raises(ForbiddenTransition, match="has failed"):
        apply(CERTIFICATE, failed, occur(9, EventType.NOTIFIED, channel="portal"))
    by_post = apply(CERTIFICATE, failed, occur(9, EventType.NOTIFIED, actor="staff", channel="post"))
    assert by_post.phase is Phase.NOTIFIED
