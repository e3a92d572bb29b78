# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Asking for a resident: who is found, what is released, and that the journal comes first."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from tests.doubles.register_server import FakeRegister, Mode

from amtlich.contexts.privacy.api import IncompleteAccess, accesses_for_case, accesses_for_holders
from amtlich.contexts.privacy.models import AccessPayload
from amtlich.contexts.registers import api
from amtlich.contexts.registers.api import (
    BASIC_FIELDS,
    Ambiguous,
    Blocked,
    CallInsideTransaction,
    Found,
    NoMatch,
    RegistersError,
    Unavailable,
    UnknownField,
    demo_residents,
    fetch_resident,
)
from amtlich.kernel import clock
from amtlich.kernel.errors import Forbidden
from amtlich.kernel.person import Address
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

HARD = {one.key: one for one in demo_residents()}
LENA = HARD["lena"]
OUTCOME = {"found": Found, "none": NoMatch, "several": Ambiguous, "blocked": Blocked}


def ask(authority, query, *, fields=BASIC_FIELDS, case_id=None, actor=None, **more):
    return fetch_resident(
        authority.id,
        query,
        actor=actor,
        case_id=case_id or uuid4(),
        purpose="Meldebescheinigung ausstellen",
        legal_basis="BMG § 18 Absatz 1",
        fields=fields,
        query_id="q-1",
        **more,
    )


def test_every_hard_resident_gets_the_right_answer(musterstadt):
    for key, one in HARD.items():
        answer = ask(musterstadt, one.query)
        assert isinstance(answer, OUTCOME[one.outcome]), key
        if isinstance(answer, Found):
            assert answer.record == one.record.only(BASIC_FIELDS), key


def test_two_in_the_same_house_are_counted_and_a_block_among_them_is_not_told(musterstadt):
    at = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    with clock.use(clock.FixedClock(at)):
        assert ask(musterstadt, HARD["ali-1"].query) == ask(musterstadt, HARD["anna-1"].query)


def test_a_double_at_another_address_does_not_disturb(musterstadt):
    first, second = (ask(musterstadt, HARD[key].query) for key in ("michael-1", "michael-2"))
    assert first.record.addresses != second.record.addresses


def test_a_secondary_dwelling_does_not_identify(musterstadt):
    seaside = Address("Seestraße", "12 a", "18055", "Rostock")
    assert isinstance(ask(musterstadt, replace(LENA.query, address=seaside)), NoMatch)


def test_only_requested_fields_are_released(musterstadt):
    answer = ask(musterstadt, LENA.query, fields=["doktorgrad", "geburtsort"])
    assert answer.record.to_json() == {"geburtsort": "Rostock"}


def test_an_unknown_field_is_refused_before_anything_is_asked(musterstadt):
    with pytest.raises(UnknownField, match="steuer_id"):
        ask(musterstadt, LENA.query, fields=["familienname", "steuer_id"])


def test_another_authority_does_not_know_the_residents_of_this_one(musterstadt, set_up):
    other = set_up("kleinstadt")
    assert isinstance(ask(other, LENA.query), NoMatch)


def test_an_actor_of_another_authority_is_refused(musterstadt):
    stranger = Actor("staff", uuid4(), account_id=uuid4(), display_name="Fremd")
    with pytest.raises(Forbidden):
        ask(musterstadt, LENA.query, actor=stranger)


def test_the_journal_tells_who_when_what_why_and_by_which_right(musterstadt):
    case_id, holder = uuid4(), uuid4()
    actor = Actor("citizen", musterstadt.id, holder, holder, display_name="Lena Marie Brückner")
    at = datetime(2026, 11, 25, 13, 3, tzinfo=UTC)
    with clock.use(clock.FixedClock(at)):
        answer = ask(
            musterstadt, LENA.query, case_id=case_id, actor=actor, fields=["familienname", "anschriften"]
        )
    (entry,) = accesses_for_case(musterstadt.id, case_id)
    assert entry.at == answer.fetched_at == at
    assert (entry.who, entry.source) == ("Lena Marie Brückner", "Melderegister")
    assert entry.what == ("Familienname", "Anschriften")
    assert (entry.why, entry.legal_basis) == ("Meldebescheinigung ausstellen", "BMG § 18 Absatz 1")
    assert accesses_for_holders(musterstadt.id, [holder]).entries == (entry,)


def test_the_program_itself_is_named_and_the_subject_can_be_told(musterstadt):
    holder = uuid4()
    ask(musterstadt, LENA.query, subject_holder_id=holder)
    (entry,) = accesses_for_holders(musterstadt.id, [holder]).entries
    assert (entry.actor_kind, entry.who) == ("system", "Programm der Behörde")


@pytest.mark.parametrize(("key", "count"), [("lena", 1), ("karsten", 0), ("ali-1", 2), ("nadja", 1)])
def test_the_journal_keeps_how_many_there_were_and_nothing_of_them(musterstadt, key, count):
    ask(musterstadt, HARD[key].query)
    with tenant(musterstadt.id):
        (stored,) = AccessPayload.objects.all()
    assert stored.payload["outcome_count"] == count
    assert HARD[key].record.family not in str(stored.payload)


def test_the_journal_shows_a_blocked_person_nothing_that_another_does_not_see(musterstadt):
    def seen(key):
        case_id = uuid4()
        with clock.use(clock.FixedClock(datetime(2026, 1, 1, tzinfo=UTC))):
            ask(musterstadt, HARD[key].query, case_id=case_id)
        (entry,) = accesses_for_case(musterstadt.id, case_id)
        return entry.sentence_de

    assert seen("nadja") == seen("lena") == seen("karsten") == seen("ali-1")


def test_when_this_returns_another_connection_sees_the_entry(musterstadt):
    case_id = uuid4()
    ask(musterstadt, LENA.query, case_id=case_id)
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_access WHERE case_id = %s", [case_id])
        assert cursor.fetchone() == (1,)


def test_without_the_journal_nothing_is_released(musterstadt, monkeypatch):
    def disk_full(entry):
        raise DatabaseError("could not extend file")

    monkeypatch.setattr(api, "record_access", disk_full)
    with pytest.raises(DatabaseError):
        ask(musterstadt, LENA.query)


def test_a_journal_table_that_refuses_releases_nothing(musterstadt):
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON privacy_accesspayload FROM amtlich_app")
    try:
        with pytest.raises(DatabaseError):
            ask(musterstadt, LENA.query)
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("GRANT INSERT ON privacy_accesspayload TO amtlich_app")
    with tenant(musterstadt.id):
        assert not AccessPayload.objects.exists()


@pytest.mark.parametrize("missing", ["purpose", "legal_basis"])
def test_without_purpose_or_legal_basis_the_register_is_not_asked(set_up, missing):
    with FakeRegister() as outside:
        authority = set_up("musterstadt", register_kind="http", register_url=outside.url)
        reasons = {"purpose": "Auskunft", "legal_basis": "BMG § 18", missing: ""}
        with pytest.raises(IncompleteAccess, match=missing):
            fetch_resident(
                authority.id,
                LENA.query,
                actor=None,
                case_id=None,
                fields=BASIC_FIELDS,
                query_id="q",
                **reasons,
            )
        assert not outside.requests


def test_a_call_inside_a_transaction_is_refused(musterstadt):
    with tenant(musterstadt.id), pytest.raises(CallInsideTransaction, match="outside of tenant"):
        ask(musterstadt, LENA.query)
    with transaction.atomic(), pytest.raises(CallInsideTransaction):
        ask(musterstadt, LENA.query)


def test_an_outside_register_answers_through_the_same_door(set_up):
    with FakeRegister() as outside:
        authority = set_up("musterstadt", register_kind="http", register_url=outside.url)
        case_id = uuid4()
        answer = ask(authority, LENA.query, fields=["familienname"], case_id=case_id)
        assert answer.record.to_json() == {"familienname": "Brückner"}
        assert len(accesses_for_case(authority.id, case_id)) == 1
        assert outside.asked() == {"q-1": 1}


def test_fc24_a_question_asked_again_keeps_its_id(set_up):
    with FakeRegister(mode=Mode.TRUNCATED) as outside:
        authority = set_up("musterstadt", register_kind="http", register_url=outside.url)
        assert isinstance(ask(authority, LENA.query), Unavailable)
        assert set(outside.asked()) == {"q-1"}


@pytest.mark.parametrize("mode", [Mode.ERROR, Mode.WRONG_PERSON], ids=lambda mode: mode.value)
def test_what_was_not_answered_or_not_accepted_is_no_access(set_up, mode):
    with FakeRegister(mode=mode) as outside:
        authority = set_up("musterstadt", register_kind="http", register_url=outside.url)
        case_id = uuid4()
        assert isinstance(ask(authority, LENA.query, case_id=case_id), Unavailable)
        assert accesses_for_case(authority.id, case_id) == ()


@pytest.mark.parametrize("more", [{"register_kind": "http"}, {"register_kind": "fax"}])
def test_a_register_set_up_wrongly_is_named(set_up, more):
    with pytest.raises(RegistersError, match="musterstadt"):
        ask(set_up("musterstadt", **more), LENA.query)
