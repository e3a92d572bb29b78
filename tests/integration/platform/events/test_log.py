# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Streams that only grow, and chains that tell when they were tampered with."""

from uuid import uuid4

import pytest
from django.db import connections

from amtlich.platform.events.log import (
    GENESIS,
    ChainBroken,
    NewEvent,
    WrongVersion,
    append,
    read,
    verify_stream,
)
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "retention"])


@pytest.fixture
def stream(town):
    stream, head = uuid4(), GENESIS
    for seq, kind in enumerate(["submitted", "registered", "decided"]):
        with tenant(town.id):
            (event,) = append(
                town.id, stream, seq, head, [NewEvent(kind, {"n": seq})], actor_kind="system", actor_id=None
            )
        head = event.hash
    return town, stream, head


def as_owner(sql, values):
    """A tamperer with the owner's rights, who first lifts the policy that binds the owner too."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE events_event NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE events_payload NO FORCE ROW LEVEL SECURITY")
        cursor.execute(sql, values)
        changed = cursor.rowcount
        cursor.execute("ALTER TABLE events_event FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE events_payload FORCE ROW LEVEL SECURITY")
    assert changed == 1


def test_events_are_read_in_order_and_the_chain_holds(stream):
    town, stream_id, head = stream
    with tenant(town.id):
        assert [event.type for event in read(stream_id)] == ["submitted", "registered", "decided"]
        assert [event.seq for event in read(stream_id, after_seq=1)] == [2, 3]
        assert verify_stream(stream_id) == head


def test_of_two_writers_at_one_place_the_second_is_refused(stream):
    town, stream_id, head = stream
    with pytest.raises(WrongVersion), tenant(town.id):
        append(town.id, stream_id, 2, head, [NewEvent("closed", {})], actor_kind="system", actor_id=None)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events_event SET type = 'closed' WHERE stream = %s AND seq = 2",
        "UPDATE events_event SET at = at - interval '1 day' WHERE stream = %s AND seq = 2",
        "DELETE FROM events_event WHERE stream = %s AND seq = 2",
        "UPDATE events_payload SET payload = '{\"n\": 7}' FROM events_event e"
        " WHERE e.id = event_id AND e.stream = %s AND e.seq = 2",
    ],
)
def test_tampering_is_found_and_named(stream, sql):
    town, stream_id, _ = stream
    as_owner(sql, [stream_id])
    with pytest.raises(ChainBroken, match=f"stream {stream_id}, place [23]"), tenant(town.id):
        verify_stream(stream_id)


def test_an_erased_payload_leaves_the_chain_verifiable(stream):
    town, stream_id, head = stream
    with connections["retention"].cursor() as cursor:
        cursor.execute("DELETE FROM events_payload")
        assert cursor.rowcount == 3
    with tenant(town.id):
        assert [event.payload for event in read(stream_id)] == [None, None, None]
        assert verify_stream(stream_id) == head


def test_another_town_reads_nothing_of_the_stream(stream, other_town):
    _, stream_id, _ = stream
    with tenant(other_town.id):
        assert read(stream_id) == ()
