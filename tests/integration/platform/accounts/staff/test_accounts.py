# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Accounts of staff: the last administrator stays, a new way in takes two people, links end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from tests.integration.platform.accounts.staff.people import BY, PASSWORD, at, new_person

from amtlich.platform.accounts.staff import Role, accounts, login
from amtlich.platform.accounts.staff.errors import LastAdministrator, LinkGone, NoSuchStaff, StaffRefused

__all__ = ["at", "new_person"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def administrators(town):
    return {one.name for one in accounts.members(town.id) if one.enabled and Role.ADMINISTRATOR in one.roles}


def test_the_last_administrator_can_be_neither_locked_nor_lowered(new_person, town):
    new_person(town, "chef", Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator, match="verwaltet allein"):
        accounts.disable(town.id, "chef", by=BY)
    with pytest.raises(LastAdministrator):
        accounts.set_roles(town.id, "chef", [Role.CASEWORKER], by=BY)
    accounts.add(town.id, "zwei", "Zora Zwei", [Role.ADMINISTRATOR], by=BY)
    accounts.disable(town.id, "chef", by=BY)
    assert administrators(town) == {"zwei"}


def test_two_administrators_who_lock_each_other_at_once_do_not_both_succeed(town, at):
    for name in ("anna", "bernd"):
        accounts.add(town.id, name, name.title() + " Amt", [Role.ADMINISTRATOR], by=BY)

    def lock(name):
        try:
            accounts.disable(town.id, name, by=BY)
        except LastAdministrator:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as two:
        done = list(two.map(lock, ("anna", "bernd")))
    assert sorted(done) == [False, True]
    assert len(administrators(town)) == 1


def test_a_new_way_in_takes_two_people_neither_of_whom_is_meant(new_person, town, at):
    kaya = new_person(town)
    client = kaya.inside(at)
    with pytest.raises(StaffRefused, match="niemand verlangt"):
        accounts.confirm_recovery(town.id, "d.kaya", by="Bernd Berg")
    accounts.begin_recovery(town.id, "d.kaya", by="Anna Amt (a.amt)")
    with pytest.raises(StaffRefused, match="zweite Person"):
        accounts.confirm_recovery(town.id, "d.kaya", by="anna  amt")
    with pytest.raises(StaffRefused, match="niemand selbst"):
        accounts.confirm_recovery(town.id, "d.kaya", by="Derya Kaya")
    key = accounts.confirm_recovery(town.id, "d.kaya", by="Bernd Berg")
    assert client.get("/amt/").status_code == 302
    given = {"kennung": "d.kaya", "passwort": PASSWORD}
    assert kaya.browser().post("/amt/anmelden/", given).status_code == 422
    kaya.secret = login.offer(town.id, key).secret
    login.enrol(town.id, key, PASSWORD, PASSWORD, kaya.code())
    assert kaya.inside(at).get("/amt/").status_code == 200


def test_a_demand_for_a_new_way_in_grows_old(new_person, town, at):
    new_person(town)
    accounts.begin_recovery(town.id, "d.kaya", by="Anna Amt")
    at.advance(accounts.RECOVERY_HOLDS + timedelta(seconds=1))
    with pytest.raises(StaffRefused, match="zu lange her"):
        accounts.confirm_recovery(town.id, "d.kaya", by="Bernd Berg")


def test_a_link_ends_with_time_with_a_newer_one_and_with_the_account(town, at):
    old = accounts.add(town.id, "d.kaya", "Derya Kaya", [Role.CASEWORKER], by=BY)
    newer = accounts.new_link(town.id, "d.kaya", by=BY)
    with pytest.raises(LinkGone):
        login.offer(town.id, old)
    assert login.offer(town.id, newer)
    accounts.disable(town.id, "d.kaya", by=BY)
    with pytest.raises(LinkGone):
        login.offer(town.id, newer)
    accounts.enable(town.id, "d.kaya", by=BY)
    last = accounts.new_link(town.id, "d.kaya", by=BY)
    at.advance(accounts.LINK_HOLDS)
    with pytest.raises(LinkGone):
        login.offer(town.id, last)


@pytest.mark.parametrize(
    ("name", "shown", "roles", "said"),
    [
        ("Zu Viele Wörter", "Anna Amt", [Role.CASEWORKER], "Kleinbuchstaben"),
        ("-a", "Anna Amt", [Role.CASEWORKER], "Kleinbuchstaben"),
        ("a.amt", "  ", [Role.CASEWORKER], "Vorname"),
        ("a.amt", "Anna\u202eAmt", [Role.CASEWORKER], "Vorname"),
        ("a.amt", "Anna Amt", [], "Rolle"),
        ("d.kaya", "Dilek Kaya", [Role.CASEWORKER], "gibt es hier schon"),
    ],
)
def test_what_is_no_account_is_refused_with_a_sentence(new_person, town, name, shown, roles, said):
    new_person(town)
    with pytest.raises(StaffRefused, match=said):
        accounts.add(town.id, name, shown, roles, by=BY)


def test_who_is_nobody_here_is_said_to_be_nobody(new_person, town, other_town):
    new_person(other_town)
    for change in (accounts.disable, accounts.enable, accounts.new_link, accounts.begin_recovery):
        with pytest.raises(NoSuchStaff):
            change(town.id, "d.kaya", by=BY)


def test_every_change_names_who_made_it(new_person, town):
    new_person(town)
    accounts.set_roles(town.id, "d.kaya", [Role.CASEWORKER, Role.AUDITOR], by="Anna Amt")
    last = accounts.changes(town.id)[0]
    assert (last.by, last.name) == ("Anna Amt", "d.kaya")
    assert last.what.startswith("Rollen: ")
