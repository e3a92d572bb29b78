# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The lifecycles and the one function that moves a case.

Each transition says from which phases it may come, who may cause it, what must hold, on which law
it rests, and what it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amtlich.engines.procedure.state import (
    Document,
    EventType,
    EvidenceStatus,
    Occurrence,
    Phase,
    Request,
    RequestStatus,
    State,
    WaitingOn,
)
from amtlich.kernel.clock import BERLIN

_UNDECIDED = frozenset({Phase.RECEIVED, Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE})
_OPEN = _UNDECIDED | {Phase.DECIDED}
_DECIDED = frozenset({Phase.DECIDED, Phase.NOTIFIED, Phase.CLOSED})
_PROGRAM = frozenset({"system"})
_STAFF = frozenset({"staff"})
_OFFICE = _PROGRAM | _STAFF
_CITIZEN = frozenset({"citizen", "anonymous"})

Guard = Callable[[State, Occurrence], str]
Effect = Callable[[State, Occurrence], State]


class ForbiddenTransition(ValueError):
    """The lifecycle does not allow this event now. The message says which rule stands against it."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful move. ``guard`` returns the reason against it, or an empty string."""

    type: EventType
    from_phases: frozenset[Phase | None] | frozenset[Phase]
    by: frozenset[str]
    law: str  # as a citizen reads it on the page of the case
    effect: Effect
    guard: Guard = lambda _state, _occurrence: ""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """A kind of procedure: its transitions by event type."""

    name: str
    transitions: Mapping[EventType, Transition]


def apply(lifecycle: Lifecycle, state: State, occurrence: Occurrence) -> State:
    """The state after the event. Pure; the same in a command and in replay.

    Raises ``ForbiddenTransition`` if the lifecycle does not allow it.
    """
    transition = lifecycle.transitions.get(occurrence.type)
    if transition is None:
        raise ForbiddenTransition(f"lifecycle {lifecycle.name} has no event {occurrence.type}")
    if occurrence.seq != state.seq + 1:
        raise ForbiddenTransition(f"event {occurrence.seq} does not follow event {state.seq}")
    if state.phase not in transition.from_phases:
        raise ForbiddenTransition(f"{occurrence.type} is not allowed in phase {state.phase}")
    if occurrence.actor_kind not in transition.by:
        raise ForbiddenTransition(f"{occurrence.type} may not be caused by {occurrence.actor_kind}")
    against = transition.guard(state, occurrence)
    if against:
        raise ForbiddenTransition(f"{occurrence.type}: {against}")
    return replace(transition.effect(state, occurrence), seq=occurrence.seq)


def replay(lifecycle: Lifecycle, occurrences: Iterable[Occurrence]) -> State:
    """The state that these events lead to, from nothing."""
    state = State()
    for occurrence in occurrences:
        state = apply(lifecycle, state, occurrence)
    return state


def _waits(state: State, occurrence: Occurrence, on: WaitingOn, reason: str = "", **changes: Any) -> State:
    """The state with somebody's clock running; it goes on if it is the same clock."""
    same = state.waiting_on is on and state.waiting_reason == reason
    since = state.waiting_since if same else occurrence.at
    return replace(state, waiting_on=on, waiting_reason=reason, waiting_since=since, **changes)


def _submitted(state: State, event: Occurrence) -> State:
    return _waits(state, event, WaitingOn.PROGRAM, phase=Phase.RECEIVED, received_at=event.at)


def _registered(state: State, event: Occurrence) -> State:
    phase = Phase.READY_TO_DECIDE if event.payload["complete"] else Phase.UNDER_REVIEW
    return replace(state, phase=phase, file_number=event.payload["file_number"])


def _evidence_awaited(state: State, event: Occurrence) -> State:
    return _waits(state, event, WaitingOn.REGISTER, event.payload["evidence"])


def _evidence_received(state: State, event: Occurrence) -> State:
    evidence = {**state.evidence, event.payload["evidence"]: EvidenceStatus(event.payload["status"])}
    phase = Phase.READY_TO_DECIDE if event.payload["complete"] else Phase.UNDER_REVIEW
    return _waits(state, event, WaitingOn.PROGRAM, phase=phase, evidence=evidence)


def _decided(state: State, event: Occurrence) -> State:
    return _waits(
        state,
        event,
        WaitingOn.PROGRAM,
        phase=Phase.DECIDED,
        decision_id=event.payload["decision_id"],
        outcome=event.payload["outcome"],
        decided_at=event.at,
    )


def _an_adverse_decision_needs_a_person(state: State, event: Occurrence) -> str:
    if not event.payload["adverse"]:
        return ""
    if event.actor_kind != "staff":
        return "an adverse decision needs a named person"
    # § 28 VwVfG: heard before, or the exception recorded.
    return "" if state.heard else "before an adverse decision comes a hearing, or the reason for none"


def _each_in_their_turn(state: State, event: Occurrence) -> str:
    """The program decides what is complete; a person decides what lies with the office."""
    if event.actor_kind == "staff":
        return _a_person_has_it(state, event)
    return "" if state.phase is Phase.READY_TO_DECIDE else "the evidence is not complete"


def _a_person_has_it(state: State, _event: Occurrence) -> str:
    return "" if state.waiting_on is WaitingOn.OFFICE else "no person has the case"


def _handed_to_person(state: State, event: Occurrence) -> State:
    decision = event.payload.get("decision_id") or state.decision_id
    return _waits(state, event, WaitingOn.OFFICE, event.payload["reason"], decision_id=decision)


def _documents_issued(state: State, event: Occurrence) -> State:
    made = tuple(Document(item["id"], item["notice"]) for item in event.payload["documents"])
    return replace(state, documents=state.documents + made)


def _once(state: State, _event: Occurrence) -> str:
    return "its documents are issued already" if state.documents else ""


def _notified(state: State, event: Occurrence) -> State:
    return _waits(state, event, WaitingOn.NOBODY, phase=Phase.NOTIFIED, notified_at=event.at)


def _a_notice_exists(state: State, _event: Occurrence) -> str:
    return "" if state.documents else "there is no document to notify"


def _by_another_channel(state: State, event: Occurrence) -> str:
    channel = event.payload.get("channel", "")
    return f"channel {channel} has failed for this case" if channel in state.failed_channels else ""


def _notification_failed(state: State, event: Occurrence) -> State:
    channel = event.payload["channel"]
    failed = state.failed_channels if channel in state.failed_channels else (*state.failed_channels, channel)
    # In law nobody has been notified: somebody must find another way. What was provided stays readable.
    return _waits(
        state,
        event,
        WaitingOn.OFFICE,
        "notification_failed",
        phase=Phase.DECIDED,
        closed_at=None,
        failed_channels=failed,
    )


def _information_requested(state: State, event: Occurrence) -> State:
    until = date.fromisoformat(event.payload["until"])
    return _waits(
        state,
        event,
        WaitingOn.APPLICANT,
        request=Request(event.seq, RequestStatus.OPEN, event.at, until, hearing=_is_hearing(event)),
    )


def _is_hearing(event: Occurrence) -> bool:
    return bool(event.payload.get("kind") == "hearing")


def _a_person_asks(state: State, event: Occurrence) -> str:
    if state.waiting_on is not WaitingOn.OFFICE:
        return "no person has the case; only who has it may ask"
    if date.fromisoformat(event.payload["until"]) <= event.at.astimezone(BERLIN).date():
        return "the last day for an answer must lie ahead"
    return ""


def _nothing_is_asked(state: State, _event: Occurrence) -> str:
    return "a request for information is open" if state.asks else ""


def _ended(state: State, event: Occurrence, status: RequestStatus) -> Request | None:
    if state.request is None or not state.asks:
        return state.request
    return replace(state.request, status=status, ended_at=event.at)


def _information_supplied(state: State, event: Occurrence) -> State:
    # § 24 (1) s. 3: what somebody says in their own words must reach a person.
    answered = _ended(state, event, RequestStatus.ANSWERED)
    return _waits(
        state, event, WaitingOn.OFFICE, "answered", request=answered, heard=_heard(state, "answered")
    )


def _heard(state: State, how: str) -> str:
    return how if state.request is not None and state.request.hearing else state.heard


def _that_is_asked(state: State, event: Occurrence) -> str:
    if not state.asks or state.request is None:
        return "no request for information is open"
    if event.payload["request"] != state.request.seq:
        return "this answers another request"
    return ""


def _information_lapsed(state: State, event: Occurrence) -> State:
    # Never a refusal: a person looks at what there is.
    lapsed = _ended(state, event, RequestStatus.LAPSED)
    return _waits(state, event, WaitingOn.OFFICE, "lapsed", request=lapsed, heard=_heard(state, "lapsed"))


def _hearing_waived(state: State, _event: Occurrence) -> State:
    return replace(state, heard="waived")


def _evidence_chosen(state: State, event: Occurrence) -> State:
    evidence = {**state.evidence, event.payload["evidence"]: EvidenceStatus.FOUND}
    return replace(state, phase=Phase.READY_TO_DECIDE, evidence=evidence)


def _returned(state: State, event: Occurrence) -> State:
    # The program looks anew: registers are asked again, and the rules judge what is known then. Who was
    # heard was heard on other facts.
    if state.phase is Phase.DECIDED:
        return _waits(state, event, WaitingOn.PROGRAM)
    phase = Phase.UNDER_REVIEW if state.file_number else Phase.RECEIVED
    return _waits(state, event, WaitingOn.PROGRAM, phase=phase, evidence={}, heard="")


def _trying_again_may_help(state: State, _event: Occurrence) -> str:
    return "another channel is needed" if state.waiting_reason == "notification_failed" else ""


def _its_time_is_over(state: State, event: Occurrence) -> str:
    if against := _that_is_asked(state, event):
        return against
    assert state.request is not None
    over = event.at.astimezone(BERLIN).date() > state.request.until
    return "" if over else "there is still time to answer"


def _withdrawn(state: State, event: Occurrence) -> State:
    return _waits(
        state,
        event,
        WaitingOn.NOBODY,
        phase=Phase.WITHDRAWN,
        withdrawn_at=event.at,
        request=_ended(state, event, RequestStatus.DROPPED),
    )


def _message_sent(state: State, _event: Occurrence) -> State:
    return state


def _all(*guards: Guard) -> Guard:
    """The first reason that stands against it."""

    def guard(state: State, event: Occurrence) -> str:
        return next((against for each in guards if (against := each(state, event))), "")

    return guard


def _closed(state: State, event: Occurrence) -> State:
    return replace(state, phase=Phase.CLOSED, closed_at=event.at)


def _lifecycle(name: str, *transitions: Transition) -> Lifecycle:
    return Lifecycle(name, {transition.type: transition for transition in transitions})


# Auskunft, register extract: no hearing and no remedy while it is issued. Refusing it is an adverse act:
# it belongs to a person, after a hearing.
CERTIFICATE = _lifecycle(
    "certificate",
    Transition(
        EventType.SUBMITTED,
        frozenset({None}),
        frozenset({"citizen", "anonymous", "staff"}),
        "§ 22 VwVfG",
        _submitted,
    ),
    Transition(
        EventType.REGISTERED,
        frozenset({Phase.RECEIVED}),
        _PROGRAM,
        "",
        _registered,
        _nothing_is_asked,
    ),
    Transition(
        EventType.EVIDENCE_AWAITED,
        frozenset({Phase.UNDER_REVIEW}),
        _PROGRAM,
        "",
        _evidence_awaited,
        _nothing_is_asked,
    ),
    Transition(
        EventType.EVIDENCE_RECEIVED,
        frozenset({Phase.UNDER_REVIEW}),
        _PROGRAM,
        "§ 5 EGovG",
        _evidence_received,
        _nothing_is_asked,
    ),
    Transition(
        EventType.DECIDED,
        frozenset({Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE}),
        _OFFICE,
        "",  # the package's own norms, named by its rules
        _decided,
        _all(_nothing_is_asked, _each_in_their_turn, _an_adverse_decision_needs_a_person),
    ),
    Transition(
        EventType.HANDED_TO_PERSON,
        _OPEN,
        _OFFICE,
        "§ 24 Abs. 1 VwVfG",
        _handed_to_person,
        _nothing_is_asked,
    ),
    Transition(
        EventType.HEARING_WAIVED,
        _UNDECIDED,
        _STAFF,
        "§ 28 Abs. 2 VwVfG",
        _hearing_waived,
        _all(_nothing_is_asked, _a_person_has_it),
    ),
    Transition(
        EventType.EVIDENCE_CHOSEN,
        frozenset({Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE}),
        _STAFF,
        "§ 24 Abs. 1 VwVfG",
        _evidence_chosen,
        _all(_nothing_is_asked, _a_person_has_it),
    ),
    Transition(
        EventType.RETURNED_TO_PROGRAM,
        _OPEN,
        _STAFF,
        "",
        _returned,
        _all(_nothing_is_asked, _a_person_has_it, _trying_again_may_help),
    ),
    Transition(
        EventType.INFORMATION_REQUESTED,
        _UNDECIDED,
        _STAFF,
        "§ 26 Abs. 2 VwVfG",
        _information_requested,
        _a_person_asks,
    ),
    Transition(
        EventType.INFORMATION_SUPPLIED,
        _UNDECIDED,
        _CITIZEN | _STAFF,  # what came by post is entered by a person of the office
        "§ 26 Abs. 2 VwVfG",
        _information_supplied,
        _that_is_asked,
    ),
    Transition(
        EventType.INFORMATION_LAPSED,
        _UNDECIDED,
        _PROGRAM,
        "§ 31 VwVfG",
        _information_lapsed,
        _its_time_is_over,
    ),
    Transition(EventType.WITHDRAWN, _UNDECIDED, _CITIZEN, "§ 22 VwVfG", _withdrawn),
    Transition(
        EventType.MESSAGE_SENT,
        frozenset(Phase),
        _CITIZEN | _STAFF,
        "",
        _message_sent,
    ),
    Transition(
        EventType.DOCUMENTS_ISSUED,
        frozenset({Phase.DECIDED}),
        _OFFICE,
        "§ 37 VwVfG",
        _documents_issued,
        _once,
    ),
    Transition(
        EventType.NOTIFIED,
        frozenset({Phase.DECIDED}),
        _OFFICE,
        "§ 41 Abs. 2a VwVfG",
        _notified,
        _all(_a_notice_exists, _by_another_channel),
    ),
    Transition(
        EventType.NOTIFICATION_FAILED,
        _DECIDED,
        _OFFICE,
        "§ 41 VwVfG",
        _notification_failed,
        _a_notice_exists,
    ),
    Transition(EventType.CLOSED, frozenset({Phase.NOTIFIED}), _OFFICE, "", _closed),
)

LIFECYCLES: Mapping[str, Lifecycle] = {CERTIFICATE.name: CERTIFICATE}
