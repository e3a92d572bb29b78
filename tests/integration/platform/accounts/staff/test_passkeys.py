# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Passkeys: one gesture gets in; a copy, a replay, another host or a device that asks nothing does not."""

import html
import json
import re
from datetime import timedelta

import pytest
from tests.doubles.authenticator import Authenticator
from tests.integration.platform.accounts.staff.people import BY, at, new_person

from amtlich.platform.accounts.staff import accounts, passkeys
from amtlich.platform.accounts.staff.models import Passkey
from amtlich.platform.tenancy import tenant

__all__ = ["at", "new_person"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    passkeys.wrong.forget()


def asked(client, address):
    """The question on a page: its token, and the options for the browser."""
    page = client.get(address).text
    (options,) = re.findall(r'data-options="([^"]*)"', page)
    (token,) = re.findall(r'name="marke" value="([^"]*)"', page)
    return token, json.loads(html.unescape(options))


def register(client, device, name="Dienstrechner"):
    token, options = asked(client, "/amt/konto/")
    given = {"aktion": "passkey", "marke": token, "antwort": device.create(options), "name": name}
    return client.post("/amt/konto/", given)


def come_in(client, device, **how):
    token, options = asked(client, "/amt/anmelden/")
    return client.post("/amt/anmelden/passkey/", {"marke": token, "antwort": device.get(options, **how)})


@pytest.fixture
def kaya(new_person, town, at):
    person = new_person(town)
    person.device = Authenticator()
    person.client = person.inside(at)
    assert "ist angelegt" in register(person.client, person.device).text
    return person


def test_one_gesture_opens_the_office(kaya):
    client = kaya.browser()
    answer = come_in(client, kaya.device)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/amt/")
    page = client.get("/amt/konto/")
    assert "Derya Kaya" in page.text
    assert "Dienstrechner" in page.text
    assert "zuletzt benutzt" in page.text


def test_a_device_that_does_not_count_is_welcome(kaya):
    other = Authenticator(counts=False)
    register(kaya.client, other, "Telefon")
    for _ in range(2):
        assert come_in(kaya.browser(), other).status_code == 302


def test_a_copy_shows_by_its_counter_and_the_passkey_is_blocked_for_both(kaya):
    assert come_in(kaya.browser(), kaya.device).status_code == 302
    kaya.device.counter -= 1
    answer = come_in(kaya.browser(), kaya.device)
    assert answer.status_code == 422
    assert "vielleicht gibt es eine Kopie" in answer.text
    kaya.device.counter += 10
    assert come_in(kaya.browser(), kaya.device).status_code == 422
    assert "gesperrt" in kaya.client.get("/amt/konto/").text
    assert "Zähler ging zurück" in accounts.changes(kaya.authority.id)[0].what


def test_an_answer_counts_once(kaya):
    client = kaya.browser()
    token, options = asked(client, "/amt/anmelden/")
    given = {"marke": token, "antwort": kaya.device.get(options)}
    assert client.post("/amt/anmelden/passkey/", given).status_code == 302
    again = kaya.browser().post("/amt/anmelden/passkey/", given)
    assert again.status_code == 422
    assert "schon benutzt" in again.text


def test_a_question_grows_old(kaya, at):
    client = kaya.browser()
    token, options = asked(client, "/amt/anmelden/")
    at.advance(passkeys.HOLDS + timedelta(seconds=1))
    given = {"marke": token, "antwort": kaya.device.get(options)}
    assert client.post("/amt/anmelden/passkey/", given).status_code == 422


def test_who_is_verified_by_nothing_stays_outside(kaya):
    assert come_in(kaya.browser(), kaya.device, flags=0).status_code == 422


def test_a_page_of_another_host_gets_nothing(kaya):
    kaya.device.origin = "http://localhost.evil.example"
    assert come_in(kaya.browser(), kaya.device).status_code == 422


def test_another_device_that_claims_the_same_passkey_stays_outside(kaya):
    forger = Authenticator()
    forger.id = kaya.device.id
    forger.counter = 100
    assert come_in(kaya.browser(), forger).status_code == 422


def test_a_passkey_of_another_authority_opens_nothing(kaya, other_town):
    client = kaya.browser("kleinstadt.localhost")
    assert come_in(client, kaya.device).status_code == 422
    assert client.get("/amt/").status_code == 302


def test_who_is_locked_stays_outside(kaya, town):
    accounts.disable(town.id, "d.kaya", by=BY)
    assert come_in(kaya.browser(), kaya.device).status_code == 422


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "{}", '{"id": 1}', '{"rawId": "%%", "id": "x"}', "x" * 30_000]
)
def test_what_is_no_answer_gets_a_sentence(kaya, answer):
    for client, address, more in (
        (kaya.browser(), "/amt/anmelden/passkey/", {}),
        (kaya.client, "/amt/konto/", {"aktion": "passkey", "name": "x"}),
    ):
        where = "/amt/anmelden/" if not more else address
        token, _ = asked(client, where)
        page = client.post(address, {**more, "marke": token, "antwort": answer})
        assert page.status_code == 422


def test_a_question_is_answered_by_who_was_asked(kaya, new_person, town, at):
    other = new_person(town, "j.petrovic", display="Jens Petrović").inside(at)
    token, options = asked(kaya.client, "/amt/konto/")
    given = {"aktion": "passkey", "marke": token, "antwort": Authenticator().create(options), "name": "x"}
    assert other.post("/amt/konto/", given).status_code == 422
    with tenant(town.id):
        assert Passkey.objects.count() == 1


def test_the_same_passkey_twice_and_an_eleventh_are_refused(kaya):
    assert "gibt es hier schon" in register(kaya.client, kaya.device).text
    for number in range(passkeys.MOST - 1):
        assert register(kaya.client, Authenticator(), f"Nummer {number}").status_code == 200
    assert "gehen nicht" in register(kaya.client, Authenticator()).text


def test_an_owner_removes_a_passkey_and_nobody_else_does(kaya, new_person, town, at):
    other = new_person(town, "j.petrovic", display="Jens Petrović").inside(at)
    (known,) = re.findall(r'name="entfernen" value="([^"]*)"', kaya.client.get("/amt/konto/").text)
    assert "gab es nicht" in other.post("/amt/konto/", {"entfernen": known}).text
    assert "gab es nicht" in kaya.client.post("/amt/konto/", {"entfernen": "unsinn"}).text
    assert come_in(kaya.browser(), kaya.device).status_code == 302
    assert "ist entfernt" in kaya.client.post("/amt/konto/", {"entfernen": known}).text
    assert come_in(kaya.browser(), kaya.device).status_code == 422


def test_a_new_way_in_ends_old_passkeys(kaya, town):
    accounts.begin_recovery(town.id, "d.kaya", by="Anna Amt")
    accounts.confirm_recovery(town.id, "d.kaya", by="Bernd Berg")
    assert come_in(kaya.browser(), kaya.device).status_code == 422


def test_guessing_ends_in_a_pause_for_that_place_and_not_for_right_ones(kaya):
    client = kaya.browser()
    said = {
        client.post("/amt/anmelden/passkey/", {"marke": "x", "antwort": "{}"}).status_code for _ in range(30)
    }
    assert said == {422}
    assert client.post("/amt/anmelden/passkey/", {"marke": "x", "antwort": "{}"}).status_code == 429
    assert come_in(client, kaya.device).status_code == 302
