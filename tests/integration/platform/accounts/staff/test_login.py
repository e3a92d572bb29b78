# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Getting in with both factors, and every way in which nobody gets in."""

import re
from datetime import timedelta

import pytest
from tests.integration.platform.accounts.staff.people import BY, PASSWORD, at, new_person

from amtlich.platform.accounts.staff import Role, accounts, login, sessions
from amtlich.platform.accounts.staff.errors import LinkGone, StaffRefused, WrongCredentials
from amtlich.platform.accounts.staff.models import Attempt, RecoveryCode, Staff, StaffSession
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import switch

__all__ = ["at", "new_person"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def password_step(client, name="d.kaya", password=PASSWORD, **headers):
    return client.post("/amt/anmelden/", {"kennung": name, "passwort": password}, **headers)


def code_step(client, code):
    return client.post("/amt/anmelden/code/", {"code": code})


def test_a_link_sets_both_factors_up_and_then_opens_nothing(town, at):
    key = accounts.add(town.id, "D.Kaya", "  Derya   Kaya ", [Role.CASEWORKER], by=BY)
    (known,) = accounts.members(town.id)
    assert (known.name, known.display_name, known.enrolled) == ("d.kaya", "Derya Kaya", False)
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    page = client.get(f"/amt/zugang/{key}/")
    assert page.status_code == 200
    secret = login.offer(town.id, key).secret
    assert secret in re.sub(r"\s", "", page.text)
    import pyotp

    from amtlich.kernel import clock

    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    given = {"passwort": PASSWORD, "noch-einmal": PASSWORD, "code": code}
    for wrong in ({"noch-einmal": "anders"}, {"passwort": "kurz", "noch-einmal": "kurz"}, {"code": "000000"}):
        assert client.post(f"/amt/zugang/{key}/", {**given, **wrong}).status_code == 422
    done = client.post(f"/amt/zugang/{key}/", given)
    assert done.status_code == 200
    assert len(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", done.text)) == 10
    assert client.get(f"/amt/zugang/{key}/").status_code == 404
    with tenant(town.id):
        person = Staff.objects.get()
        assert PASSWORD not in person.password
        assert secret not in person.totp_secret


def test_both_factors_open_the_office_and_neither_alone_does(new_person, town, at):
    kaya = new_person(town)
    at.advance_by_step()
    client = kaya.browser()
    assert client.get("/amt/").headers["Location"] == "/amt/anmelden/?weiter=/amt/"
    assert client.get("/amt/anmelden/code/").status_code == 302
    assert code_step(client, kaya.code()).headers["Location"] == "/amt/anmelden/"
    assert password_step(client).status_code == 302
    assert client.get("/amt/konto/").status_code == 302  # half a log-in opens nothing
    assert code_step(client, kaya.code()).headers["Location"] == "/amt/"
    page = client.get("/amt/")
    assert page.status_code == 200
    assert "Derya Kaya" in page.text
    assert page.headers["Cache-Control"] == "no-store, private"


def test_the_key_changes_at_both_steps_and_the_old_ones_open_nothing(new_person, town, at):
    kaya = new_person(town)
    at.advance_by_step()
    client = kaya.browser()
    client.cookies[sessions.COOKIE] = "from-an-attacker"
    password_step(client)
    half = client.cookies[sessions.COOKIE].value
    assert half != "from-an-attacker"
    code_step(client, kaya.code())
    whole = client.cookies[sessions.COOKIE]
    assert whole.value != half
    assert (whole["path"], whole["httponly"], whole["samesite"]) == ("/amt/", True, "Lax")
    for old in ("from-an-attacker", half):
        other = kaya.browser()
        other.cookies[sessions.COOKIE] = old
        assert other.get("/amt/").status_code == 302
    with tenant(town.id):
        assert StaffSession.objects.count() == 1
        assert whole.value not in str(StaffSession.objects.get().pk)


def test_a_code_counts_once_also_within_its_half_minute(new_person, town, at):
    kaya = new_person(town)
    at.advance_by_step()
    code = kaya.code()
    client = kaya.browser()
    password_step(client)
    assert code_step(client, code).status_code == 302
    again = kaya.browser()
    password_step(again)
    answer = code_step(again, code)
    assert answer.status_code == 422
    assert "schon benutzt" in answer.text


def test_the_code_of_the_enrolment_does_not_open_either(new_person, town, at):
    kaya = new_person(town)
    client = kaya.browser()
    password_step(client)
    assert code_step(client, kaya.code()).status_code == 422


@pytest.mark.parametrize(("seconds", "status", "word"), [
    (-30, 302, ""), (30, 302, ""), (150, 422, "etwa 2 Minuten vor"), (-300, 422, "etwa 5 Minuten nach"),
    (4000, 422, "falsch, abgelaufen oder schon benutzt"),
])  # fmt: skip
def test_a_clock_that_is_wrong_is_forgiven_or_named(new_person, town, at, seconds, status, word):
    import pyotp

    from amtlich.kernel import clock

    kaya = new_person(town)
    at.advance(timedelta(minutes=10))
    client = kaya.browser()
    password_step(client)
    answer = code_step(client, pyotp.TOTP(kaya.secret).at(int(clock.now().timestamp()) + seconds))
    assert answer.status_code == status
    assert word in answer.text


def test_a_recovery_code_stands_for_the_app_once(new_person, town, at):
    kaya = new_person(town)
    client = kaya.browser()
    password_step(client)
    assert code_step(client, kaya.codes[3].lower().replace("-", " ")).status_code == 302
    again = kaya.browser()
    password_step(again)
    answer = code_step(again, kaya.codes[3])
    assert answer.status_code == 422
    assert "schon benutzt" in answer.text
    with tenant(town.id):
        assert RecoveryCode.objects.count() == 9
        assert kaya.codes[0] not in str(list(RecoveryCode.objects.values_list("code_hash", flat=True)))


def test_guessing_a_password_ends_in_a_pause_even_for_the_right_one(new_person, town, at):
    kaya = new_person(town)
    client = kaya.browser()
    said = {
        password_step(client, password=f"falsch {number}").status_code for number in range(login.PER_NAME)
    }
    assert said == {422}
    answer = password_step(client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 800
    at.advance(login.WINDOW + timedelta(seconds=1))
    assert password_step(client).status_code == 302


def test_guessing_a_code_ends_in_a_pause(new_person, town, at):
    kaya = new_person(town)
    at.advance_by_step()
    client = kaya.browser()
    password_step(client)
    for number in range(login.PER_NAME):
        assert code_step(client, f"00000{number}").status_code == 422
    assert code_step(client, kaya.code()).status_code == 429


def test_stuffing_many_names_from_one_place_ends_in_a_pause_for_that_place_only(new_person, town, at):
    kaya = new_person(town)
    client = kaya.browser()
    for number in range(login.PER_PLACE):
        assert password_step(client, name=f"name{number}").status_code == 422
    assert password_step(client).status_code == 429
    assert password_step(kaya.browser(), REMOTE_ADDR="192.0.2.9").status_code == 302
    with tenant(town.id):
        assert Attempt.objects.count() == 2 * login.PER_PLACE


def test_an_unknown_name_and_a_wrong_password_are_told_apart_by_nothing(new_person, town, at, monkeypatch):
    kaya = new_person(town, "k.berg")
    checked = []
    real = login.check_password
    monkeypatch.setattr(login, "check_password", lambda *given: checked.append(1) or real(*given))
    answers = [
        password_step(kaya.browser(), name=name, password="falsch falsch falsch")
        for name in ("k.berg", "niemand.da")
    ]
    assert len(checked) == 2  # the same work
    first, second = (
        re.sub(r'(?:value|data-options)="[^"]*"|F-[0-9A-Z-]+', "", answer.text.replace(name, "NAME"))
        for answer, name in zip(answers, ("k.berg", "niemand.da"), strict=True)
    )
    assert (answers[0].status_code, first) == (answers[1].status_code, second)


def test_the_same_name_at_two_authorities_is_two_people(new_person, town, other_town, at):
    here = new_person(town, "d.kaya")
    there = new_person(other_town, "d.kaya", display="Dilek Kaya")
    client = here.inside(at)
    assert "Derya Kaya" in client.get("/amt/").text
    other = there.browser("kleinstadt.localhost")
    other.cookies[sessions.COOKIE] = client.cookies[sessions.COOKIE].value
    assert other.get("/amt/").status_code == 302
    at.advance_by_step()
    password_step(other)
    assert code_step(other, here.code()).status_code == 422
    assert code_step(other, there.code()).status_code == 302
    assert "Dilek Kaya" in other.get("/amt/").text


def test_a_role_or_an_account_that_goes_is_gone_at_the_next_request(new_person, town, at):
    new_person(town, "chef", Role.ADMINISTRATOR, display="Carla Chef")
    kaya = new_person(town, "d.kaya", Role.ADMINISTRATOR, Role.CASEWORKER)
    client = kaya.inside(at)
    assert client.get("/amt/konten/").status_code == 200
    accounts.set_roles(town.id, "d.kaya", [Role.CASEWORKER], by=BY)
    assert client.get("/amt/konten/").status_code == 403
    accounts.disable(town.id, "d.kaya", by=BY)
    assert client.get("/amt/").status_code == 302
    assert password_step(kaya.browser()).status_code == 422
    accounts.enable(town.id, "d.kaya", by=BY)
    assert client.get("/amt/").status_code == 302  # its sessions had ended
    assert password_step(kaya.browser()).status_code == 302


def test_a_session_ends_after_an_hour_of_nothing_and_after_ten_hours_of_work(new_person, town, at):
    kaya = new_person(town)
    client = kaya.inside(at)
    for _ in range(11):
        at.advance(timedelta(minutes=50))
        last = client.get("/amt/").status_code
    assert last == 200
    for _ in range(2):
        at.advance(timedelta(minutes=50))
        last = client.get("/amt/").status_code
    assert last == 302
    client = kaya.inside(at)
    at.advance(timedelta(minutes=61))
    assert client.get("/amt/").status_code == 302


def test_sessions_are_listed_and_ended_by_their_owner_only(new_person, town, at):
    kaya, petrovic = new_person(town), new_person(town, "j.petrovic", display="Jens Petrović")
    here, there, foreign = kaya.inside(at), kaya.inside(at), petrovic.inside(at)
    page = here.get("/amt/konto/")
    assert page.text.count("Firefox<") == 2
    (other,) = re.findall(r'name="beenden" value="([0-9a-f]{16})"', page.text)
    assert "gab es nicht" in foreign.post("/amt/konto/", {"beenden": other}).text
    assert there.get("/amt/").status_code == 200
    assert "ist beendet" in here.post("/amt/konto/", {"beenden": other}).text
    assert there.get("/amt/").status_code == 302
    assert here.get("/amt/").status_code == 200
    assert foreign.get("/amt/").status_code == 200
    here.post("/amt/abmelden/")
    assert here.get("/amt/").status_code == 302


def test_a_new_password_ends_all_other_sessions(new_person, town, at):
    kaya = new_person(town)
    here, there = kaya.inside(at), kaya.inside(at)
    new = "noch vier andere Wörter"
    given = {"aktion": "passwort", "altes": PASSWORD, "neues": new, "noch-einmal": new}
    assert here.post("/amt/konto/", {**given, "altes": "falsch"}).status_code == 422
    assert here.post("/amt/konto/", {**given, "noch-einmal": "anders"}).status_code == 422
    assert here.post("/amt/konto/", given).status_code == 200
    assert there.get("/amt/").status_code == 302
    assert password_step(kaya.browser()).status_code == 422
    assert password_step(kaya.browser(), password=new).status_code == 302


def test_new_recovery_codes_need_the_app_and_replace_the_old_ones(new_person, town, at):
    kaya = new_person(town)
    client = kaya.inside(at)
    assert client.post("/amt/konto/", {"aktion": "codes", "code": "000000"}).status_code == 422
    at.advance_by_step()
    page = client.post("/amt/konto/", {"aktion": "codes", "code": kaya.code()})
    assert page.status_code == 200
    again = kaya.browser()
    password_step(again)
    assert code_step(again, kaya.codes[0]).status_code == 422


@pytest.mark.parametrize("weak", ["kurz", "aaaaaaaaaaaaaaa", "d.kaya2026d.kaya", "passwort1234", "x" * 200])
def test_a_weak_password_is_refused_with_a_reason(town, at, weak):
    key = accounts.add(town.id, "d.kaya", "Derya Kaya", [Role.CASEWORKER], by=BY)
    with pytest.raises(StaffRefused):
        login.enrol(town.id, key, weak, weak, "000000")


def test_a_link_ends_with_its_day_with_a_newer_one_and_with_the_account(town, at):
    key = accounts.add(town.id, "d.kaya", "Derya Kaya", [Role.CASEWORKER], by=BY)
    newer = accounts.new_link(town.id, "d.kaya", by=BY)
    with pytest.raises(LinkGone):
        login.offer(town.id, key)
    assert login.offer(town.id, newer)
    at.advance(timedelta(hours=25))
    with pytest.raises(LinkGone):
        login.offer(town.id, newer)
    last = accounts.new_link(town.id, "d.kaya", by=BY)
    accounts.disable(town.id, "d.kaya", by=BY)
    with pytest.raises(LinkGone):
        login.offer(town.id, last)


def test_where_it_leads_on_is_a_page_of_the_office_only(new_person, town, at):
    kaya = new_person(town)
    for asked in ("https://boese.example/amt/", "//boese.example/", "/anmelden/", "/amt/abmelden/", "\\\\x"):
        at.advance_by_step()
        client = kaya.browser()
        client.post("/amt/anmelden/", {"kennung": "d.kaya", "passwort": PASSWORD, "weiter": asked})
        answer = client.post("/amt/anmelden/code/", {"code": kaya.code(), "weiter": asked})
        assert answer.headers["Location"] == "/amt/", asked


def test_an_authority_that_is_switched_off_lets_nobody_in(new_person, town, at):
    kaya = new_person(town)
    client = kaya.inside(at)
    switch(town.slug, on=False)
    assert client.get("/amt/").status_code == 404
    assert password_step(kaya.browser()).status_code == 404


def test_a_citizen_is_nobody_in_the_office_and_staff_are_nobody_in_the_portal(new_person, town, at):
    client = new_person(town).inside(at)
    assert "Abmelden" not in client.get("/vorgaenge/").text
    with pytest.raises(WrongCredentials):
        login.with_code(client.get("/amt/").wsgi_request, town.id, town.id, "000000")
