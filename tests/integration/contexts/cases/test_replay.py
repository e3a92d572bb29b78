# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The event log is the truth: on any lawful way the row is what replaying its events gives."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amtlich.contexts.cases import projection
from amtlich.contexts.cases.models import Case
from amtlich.engines.procedure import CERTIFICATE, EventType, EvidenceStatus, ForbiddenTransition, Phase
from amtlich.kernel import clock
from amtlich.kernel.ids import new_reference
from amtlich.platform.accounts import Actor, system_actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

_word = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)
_PAYLOADS = {
    EventType.SUBMITTED: st.just({"data": {"familienname": "Brückner"}}),
    EventType.REGISTERED: st.fixed_dictionaries(
        {"file_number": st.integers(1, 99999).map("MB-2026-{:05}".format), "complete": st.booleans()}
    ),
    EventType.EVIDENCE_AWAITED: st.fixed_dictionaries({"evidence": _word}),
    EventType.EVIDENCE_RECEIVED: st.fixed_dictionaries(
        {
            "evidence": _word,
            "status": st.sampled_from([status.value for status in EvidenceStatus]),
            "complete": st.booleans(),
        }
    ),
    EventType.DECIDED: st.fixed_dictionaries(
        {"decision_id": st.uuids().map(str), "outcome": _word, "adverse": st.booleans()}
    ),
    EventType.HANDED_TO_PERSON: st.fixed_dictionaries(
        {"reason": _word}, optional={"decision_id": st.uuids().map(str)}
    ),
    EventType.DOCUMENTS_ISSUED: st.fixed_dictionaries(
        {
            "documents": st.lists(
                st.fixed_dictionaries({"id": st.uuids().map(str), "notice": _word}), max_size=3
            )
        }
    ),
    EventType.NOTIFIED: st.fixed_dictionaries({"channel": st.sampled_from(["portal", "post"])}),
    EventType.CLOSED: st.just({}),
    EventType.INFORMATION_REQUESTED: st.fixed_dictionaries(
        {
            "questions": st.lists(_word, min_size=1, max_size=3),
            "until": st.dates(date(2026, 12, 31), date(2027, 1, 20)).map(date.isoformat),
        },
        optional={"kind": st.just("hearing")},
    ),
    EventType.INFORMATION_SUPPLIED: st.fixed_dictionaries({"answers": st.lists(_word, max_size=3)}),
    EventType.INFORMATION_LAPSED: st.just({}),
    EventType.MESSAGE_SENT: st.fixed_dictionaries({"text": _word, "key": _word}),
    EventType.WITHDRAWN: st.fixed_dictionaries({"reason": _word}),
    EventType.NOTIFICATION_FAILED: st.fixed_dictionaries(
        {"channel": st.sampled_from(["portal", "post"]), "reason": _word}
    ),
    EventType.HEARING_WAIVED: st.fixed_dictionaries({"ground": _word, "reason": _word, "by": _word}),
    EventType.EVIDENCE_CHOSEN: st.fixed_dictionaries({"evidence": _word, "by": _word}),
    EventType.RETURNED_TO_PROGRAM: st.fixed_dictionaries({"by": _word}),
}
_ANSWERING = (EventType.INFORMATION_SUPPLIED, EventType.INFORMATION_LAPSED)


def _payload(data, kind, state):
    """What the event says; an answer mostly belongs to the question that is there."""
    drawn = data.draw(_PAYLOADS[kind])
    if kind in _ANSWERING:
        asked = state.request.seq if state.request else 1
        drawn = {**drawn, "request": data.draw(st.sampled_from([asked, asked, asked, 2]))}
    return drawn


def _lawful_next(state) -> list[EventType]:
    return [
        kind
        for kind, transition in CERTIFICATE.transitions.items()
        if kind is not EventType.SUBMITTED and state.phase in transition.from_phases
    ]


def _actor(kind: str, authority_id: UUID) -> Actor:
    if kind == "system":
        return system_actor(authority_id)
    account = uuid4()
    return Actor(kind, authority_id, holder_id=account, account_id=account)  # type: ignore[arg-type]


def _new_case(authority_id: UUID) -> Case:
    return Case(
        authority_id=authority_id,
        holder_id=uuid4(),
        reference=new_reference("MB"),
        service="meldebescheinigung",
        package_version="1",
        lifecycle="certificate",
        seq=0,
        head=log.GENESIS,
    )


def _holds(authority_id: UUID, case_id: UUID) -> None:
    """The promise, on a row read afresh."""
    with tenant(authority_id):
        row = Case.objects.get(pk=case_id)
        assert projection.replayed(row) == projection.state_of(row)
        assert log.verify_stream(case_id) == bytes(row.head)
        assert len(log.read(case_id)) == row.seq


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_replay_is_the_projection_on_any_walk_through_the_real_commands(town, data):
    moving = clock.FixedClock(datetime(2026, 12, 31, 22, 59, 58, tzinfo=UTC))
    refused = 0
    with clock.use(moving):
        case = _new_case(town.id)
        with tenant(town.id):
            payload = data.draw(_PAYLOADS[EventType.SUBMITTED])
            projection.record(case, EventType.SUBMITTED, payload, _actor("citizen", town.id))
        for _ in range(data.draw(st.integers(0, 16))):
            moving.advance(timedelta(seconds=data.draw(st.integers(0, 200_000))))
            state = projection.state_of(case)
            # Mostly what the phase allows, so that walks get far; sometimes anything at all.
            lawful = _lawful_next(state)
            anything = [kind for kind in EventType if kind is not EventType.SUBMITTED]
            kind = data.draw(st.sampled_from(lawful * 4 + anything))
            who = data.draw(st.sampled_from(["system", "system", "staff", "staff", "citizen"]))
            try:
                with tenant(town.id):
                    projection.record(case, kind, _payload(data, kind, state), _actor(who, town.id))
            except ForbiddenTransition:
                refused += 1
            _holds(town.id, case.pk)
    with tenant(town.id):
        stored = log.read(case.pk)
    # What was refused has left nothing: neither an event nor a change of the row.
    assert [event.seq for event in stored] == list(range(1, case.seq + 1))
    assert all(earlier.at <= later.at for earlier, later in pairwise(stored))


def test_of_two_who_saw_the_same_state_the_second_changes_nothing(town):
    with tenant(town.id):
        case = _new_case(town.id)
        projection.record(case, EventType.SUBMITTED, {}, _actor("citizen", town.id))
    with tenant(town.id):
        other = projection.load(case.pk)
    registered = {"file_number": "MB-2026-00001", "complete": False}
    with tenant(town.id):
        projection.record(case, EventType.REGISTERED, registered, system_actor(town.id))
    with pytest.raises(log.WrongVersion), tenant(town.id):
        projection.record(other, EventType.REGISTERED, registered, system_actor(town.id))
    _holds(town.id, case.pk)


def test_a_refused_event_leaves_the_case_usable(town):
    with tenant(town.id):
        case = _new_case(town.id)
        projection.record(case, EventType.SUBMITTED, {}, _actor("citizen", town.id))
        with pytest.raises(ForbiddenTransition):
            projection.record(case, EventType.CLOSED, {}, system_actor(town.id))
        # Even in the very transaction that the refused event would have been part of.
        registered = {"file_number": "MB-2026-00001", "complete": True}
        projection.record(case, EventType.REGISTERED, registered, system_actor(town.id))
    _holds(town.id, case.pk)
    assert case.phase == Phase.READY_TO_DECIDE
