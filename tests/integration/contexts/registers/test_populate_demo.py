# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Filling the built-in register with a demonstration town."""

import threading
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection

from amtlich.contexts.registers.api import RegistersError, populate_demo
from amtlich.contexts.registers.demo import load
from amtlich.contexts.registers.models import Resident
from amtlich.kernel.errors import BadInput
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def rows(authority):
    columns = ("record", "status", "blocked", "match_family", "match_given", "match_birth", "match_place")
    with tenant(authority.id):
        return sorted(map(repr, Resident.objects.values_list(*columns)))


def test_the_whole_town_moves_in_once(set_up):
    authority = set_up("musterstadt")
    assert populate_demo(authority.id) == 20_000
    assert populate_demo(authority.id) == 20_000
    with tenant(authority.id):
        assert Resident.objects.count() == 20_000


def test_the_same_seed_gives_the_same_rows(set_up):
    one, other = set_up("stadt-a"), set_up("stadt-b")
    populate_demo(one.id, residents=200, seed=7)
    populate_demo(other.id, residents=200, seed=7)
    assert rows(one) == rows(other)


def test_kleinstadt_has_people_of_its_own(set_up):
    authority = set_up("kleinstadt")
    populate_demo(authority.id, residents=50)
    with tenant(authority.id):
        records = [resident.record for resident in Resident.objects.all()]
    homes = {
        home["ort"] for record in records for home in record["anschriften"] if home["art"] != "nebenwohnung"
    }
    assert homes == {"Kleinstadt"}


def test_a_look_up_uses_the_index(set_up):
    authority = set_up("musterstadt")
    populate_demo(authority.id, residents=5000)
    with connection.cursor() as cursor, tenant(authority.id):
        cursor.execute(
            "EXPLAIN SELECT * FROM registers_resident WHERE match_family = 'x' AND match_birth = '1990-01-01'"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "registers_resident_match" in plan


def test_production_takes_no_made_up_people(set_up, monkeypatch):
    authority = set_up("musterstadt")
    monkeypatch.setattr(load, "config", lambda: replace(config(), mode="production"))
    with pytest.raises(RegistersError, match="production"):
        populate_demo(authority.id, residents=60)


def test_a_town_too_small_for_its_named_residents_is_refused(set_up):
    with pytest.raises(BadInput, match="at least"):
        populate_demo(set_up("musterstadt").id, residents=3)


@pytest.mark.parametrize(
    "statement", ["UPDATE registers_resident SET blocked = false", "DELETE FROM registers_resident"]
)
def test_the_running_program_cannot_change_the_register(musterstadt, statement):
    with pytest.raises(DatabaseError, match="permission denied"), tenant(musterstadt.id):
        connection.cursor().execute(statement)


def test_fc25_without_a_tenant_there_are_no_residents(musterstadt):
    assert Resident.objects.count() == 0


def test_two_processes_that_start_at_once_settle_the_town_once(set_up):
    authority = set_up("musterstadt")
    start = threading.Barrier(2, timeout=30)
    counts = []

    def settle():
        try:
            start.wait()
            counts.append(populate_demo(authority.id, residents=300))
        finally:
            connection.close()

    threads = [threading.Thread(target=settle) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert counts == [300, 300]
    with tenant(authority.id):
        assert Resident.objects.count() == 300
