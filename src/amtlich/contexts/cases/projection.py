# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From row to state and back. All functions assume an open ``tenant()``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import due, facts
from amtlich.contexts.cases.errors import NoSuchCase
from amtlich.contexts.cases.models import Case
from amtlich.engines.procedure import (
    LIFECYCLES,
    Document,
    EventType,
    EvidenceStatus,
    Occurrence,
    Phase,
    Request,
    RequestStatus,
    State,
    WaitingOn,
    apply,
    replay,
)
from amtlich.kernel import clock
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log


def state_of(case: Case) -> State:
    """The state that the row stands for."""
    return State(
        seq=case.seq,
        phase=Phase(case.phase),
        waiting_on=WaitingOn(case.waiting_on),
        waiting_reason=case.waiting_reason,
        waiting_since=case.waiting_since,
        received_at=case.received_at,
        file_number=case.file_number,
        evidence={key: EvidenceStatus(status) for key, status in case.evidence.items()},
        decision_id=case.decision_id,
        outcome=case.outcome,
        documents=tuple(Document(item["id"], item["notice"]) for item in case.documents),
        decided_at=case.decided_at,
        notified_at=case.notified_at,
        closed_at=case.closed_at,
        withdrawn_at=case.withdrawn_at,
        request=_request(case.request),
        failed_channels=tuple(case.failed_channels),
        heard=case.heard,
    )


def _request(stored: Mapping[str, Any] | None) -> Request | None:
    if stored is None:
        return None
    ended = stored["ended_at"]
    return Request(
        seq=stored["seq"],
        status=RequestStatus(stored["status"]),
        asked_at=datetime.fromisoformat(stored["asked_at"]),
        until=date.fromisoformat(stored["until"]),
        ended_at=datetime.fromisoformat(ended) if ended else None,
        hearing=stored.get("hearing", False),
    )


def _stored_request(request: Request | None) -> dict[str, Any] | None:
    if request is None:
        return None
    return {
        "seq": request.seq,
        "status": request.status.value,
        "asked_at": request.asked_at.isoformat(),
        "until": request.until.isoformat(),
        "ended_at": request.ended_at.isoformat() if request.ended_at else None,
        "hearing": request.hearing,
    }


def _write_state(case: Case, state: State) -> None:
    assert state.phase is not None
    assert state.received_at is not None
    case.seq = state.seq
    case.phase = state.phase.value
    case.waiting_on = state.waiting_on.value
    case.waiting_reason = state.waiting_reason
    case.waiting_since = state.waiting_since
    case.received_at = state.received_at
    case.file_number = state.file_number
    case.evidence = {key: status.value for key, status in state.evidence.items()}
    case.decision_id = state.decision_id
    case.outcome = state.outcome
    case.documents = [{"id": document.id, "notice": document.notice} for document in state.documents]
    case.decided_at = state.decided_at
    case.notified_at = state.notified_at
    case.closed_at = state.closed_at
    case.withdrawn_at = state.withdrawn_at
    case.request = _stored_request(state.request)
    case.failed_channels = list(state.failed_channels)
    case.due_on = due.day_of(state)
    case.heard = state.heard


def load(case_id: UUID) -> Case:
    """The case's row, or ``NoSuchCase``."""
    try:
        return Case.objects.get(pk=case_id)
    except Case.DoesNotExist:
        raise NoSuchCase from None


def replayed(case: Case, events: Sequence[log.StoredEvent] | None = None) -> State:
    """The state by replay of all events of the case, for the promise ``replay == projection``.

    Raises ``FactsErased`` for a case whose payloads were erased: its row is all that is left of it.
    """
    return replay(
        LIFECYCLES[case.lifecycle],
        [
            Occurrence(event.seq, EventType(event.type), event.at, event.actor_kind, facts.payload_of(event))
            for event in (log.read(case.pk) if events is None else events)
        ],
    )


def record(case: Case, kind: EventType, payload: Mapping[str, Any], actor: Actor) -> log.StoredEvent:
    """The only way a case changes: event and projection together, in the open transaction.

    The event is appended at the place the caller saw, so of two writers the second gets
    ``WrongVersion``; what the lifecycle does not allow raises ``ForbiddenTransition``.
    """
    is_new = case.seq == 0
    before = State() if is_new else state_of(case)
    at = clock.now()
    # Asked first: what is refused must not be in the log, whatever the caller does with the refusal.
    after = apply(
        LIFECYCLES[case.lifecycle], before, Occurrence(before.seq + 1, kind, at, actor.kind, payload)
    )
    (event,) = log.append(
        case.authority_id,
        case.pk,
        before.seq,
        bytes(case.head),
        [log.NewEvent(kind.value, payload)],
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        at=at,
    )
    _write_state(case, after)
    case.head = event.hash
    case.save(force_insert=is_new)
    return event
