# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The access journal: added to, read, erased by the right role, and never changed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections

from amtlich.contexts.privacy.api import (
    AccessEntry,
    IncompleteAccess,
    JournalTampered,
    accesses_for_case,
    accesses_for_holders,
    record_access,
)
from amtlich.contexts.privacy.models import Access, AccessPayload
from amtlich.kernel import clock
from amtlich.platform.tenancy import NestedTenantError, tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

TOWN, OTHER_TOWN = uuid4(), uuid4()
START = datetime(2026, 11, 25, 9, 14, tzinfo=UTC)


def entry(**more):
    values = {
        "authority_id": TOWN,
        "case_id": uuid4(),
        "subject_holder_id": uuid4(),
        "actor_kind": "staff",
        "actor_id": uuid4(),
        "actor_label": "Derya Kaya",
        "source": "Melderegister",
        "fields": ("familienname", "anschriften"),
        "fields_de": ("Familienname", "Anschriften"),
        "purpose": "Meldebescheinigung ausstellen",
        "legal_basis": "BMG § 18 Absatz 1",
        "outcome_count": 1,
    }
    return AccessEntry(**{**values, **more})


def test_an_entry_reads_as_a_plain_german_sentence():
    one = entry()
    with clock.use(clock.FixedClock(START)):
        record_access(one)
    (view,) = accesses_for_case(TOWN, one.case_id)
    assert view.sentence_de == (
        "Am 25. November 2026, 10:14 Uhr wurde abgefragt: Familienname und Anschriften. "
        "Abgefragt hat: Derya Kaya. Quelle: Melderegister. Zweck: Meldebescheinigung ausstellen. "
        "Rechtsgrundlage: BMG § 18 Absatz 1."
    )


def test_a_case_reads_from_the_first_access_on_and_a_person_from_the_last():
    case_id, holder = uuid4(), uuid4()
    ids = []
    moment = clock.FixedClock(START)
    with clock.use(moment):
        for _ in range(3):
            ids.append(record_access(entry(case_id=case_id, subject_holder_id=holder)))
            moment.advance(timedelta(minutes=1))
    assert [view.id for view in accesses_for_case(TOWN, case_id)] == ids
    newest_first = accesses_for_holders(TOWN, [holder]).entries
    assert [view.id for view in newest_first] == ids[::-1]
    page = accesses_for_holders(TOWN, [holder], first=1, limit=1).entries
    assert [view.id for view in page] == [ids[1]]


@pytest.mark.parametrize("missing", ["purpose", "legal_basis", "source", "fields", "actor_label"])
def test_an_access_that_nobody_could_justify_is_refused(missing):
    with pytest.raises(IncompleteAccess, match=missing):
        record_access(entry(**{missing: () if missing == "fields" else "", "fields_de": ()}))
    with tenant(TOWN):
        assert not Access.objects.exists()


def test_an_entry_inside_another_transaction_is_refused():
    with tenant(TOWN), pytest.raises(NestedTenantError):
        record_access(entry())


def test_another_authority_reads_nothing():
    one = entry()
    record_access(one)
    assert accesses_for_case(OTHER_TOWN, one.case_id) == ()
    assert accesses_for_holders(OTHER_TOWN, [one.subject_holder_id]).entries == ()
    with tenant(OTHER_TOWN):
        assert Access.objects.count() == AccessPayload.objects.count() == 0


def test_fc25_without_a_tenant_and_after_an_exception_nothing_is_seen():
    record_access(entry())
    with pytest.raises(RuntimeError), tenant(TOWN):  # noqa: PT012 - the exception ends the transaction
        assert Access.objects.count() == 1
        raise RuntimeError("an error in the authority's own request")
    assert Access.objects.count() == AccessPayload.objects.count() == 0
    with tenant(OTHER_TOWN):
        assert Access.objects.count() == 0


def test_an_entry_for_another_authority_cannot_be_smuggled_in():
    with pytest.raises(DatabaseError, match="row-level security"), tenant(TOWN):
        Access.objects.create(
            id=uuid4(), authority_id=OTHER_TOWN, at=START, actor_kind="staff", commitment=bytes(32)
        )


@pytest.mark.parametrize("table", ["privacy_access", "privacy_accesspayload"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET authority_id = authority_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_the_running_program_can_neither_change_nor_delete(table, change):
    record_access(entry())
    with pytest.raises(DatabaseError, match="permission denied"), tenant(TOWN):
        connection.cursor().execute(change.format(table))
    with tenant(TOWN):
        assert Access.objects.count() == AccessPayload.objects.count() == 1


def test_the_retention_role_erases_what_and_why_but_not_that_it_happened():
    one = entry()
    record_access(one)
    with connections["retention"].cursor() as cursor:
        cursor.execute("DELETE FROM privacy_accesspayload WHERE access_id = %s", [one.id])
        assert cursor.rowcount == 1
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("DELETE FROM privacy_access")
    (view,) = accesses_for_case(TOWN, one.case_id)
    assert view.erased
    assert "Derya" not in view.sentence_de
    assert "gelöscht" in view.sentence_de


def _as_nobody_may(statement, *values):
    """What only somebody with the keys to the database could do: change rows behind the program's back."""
    with connections["owner"].cursor() as cursor:
        for table in ("privacy_access", "privacy_accesspayload"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(statement, values)
        changed = cursor.rowcount
        for table in ("privacy_access", "privacy_accesspayload"):
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    assert changed == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_accesspayload SET payload = jsonb_set(payload, '{purpose}', '\"harmlos\"') "
        "WHERE access_id = %s",
        "UPDATE privacy_access SET actor_id = gen_random_uuid() WHERE id = %s",
        "UPDATE privacy_access SET at = at - interval '1 day' WHERE id = %s",
    ],
)
def test_a_changed_entry_is_noticed(statement):
    one = entry()
    record_access(one)
    _as_nobody_may(statement, one.id)
    with pytest.raises(JournalTampered, match=str(one.id)):
        accesses_for_case(TOWN, one.case_id)
