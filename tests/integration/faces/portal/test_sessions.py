# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in and log-out: whose session it is, and where a log-in may lead."""

import pytest

from amtlich.contexts.cases.models import Draft
from amtlich.platform.accounts.models import Account, Session
from amtlich.platform.accounts.sessions import key_hash
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
BEGIN = "/leistungen/meldebescheinigung/beantragen/"


def begun(browser) -> str:
    """Begin an application; returns the address of its first page."""
    browser.get(BEGIN)
    answer = browser.post(BEGIN, {})
    assert answer.status_code == 303
    return answer["Location"]


def test_a_key_that_somebody_planted_is_never_taken_over(browser):
    browser.client.cookies["amtlich_session"] = "geplantgeplantgeplantgeplantgepl"
    browser.log_in("lena")
    assert browser.session_key not in ("", "geplantgeplantgeplantgeplantgepl")
    assert not Session.objects.filter(session_key=key_hash("geplantgeplantgeplantgeplantgepl")).exists()


def test_a_log_in_changes_the_key_and_ends_the_old_one(browser, another):
    begun(browser)
    before = browser.session_key
    browser.log_in("lena")
    assert browser.session_key != before
    another.client.cookies["amtlich_session"] = before
    assert "Anmelden" in another.get("/vorgaenge/").text
    assert list(Session.objects.values_list("session_key", flat=True)) == [key_hash(browser.session_key)]


def test_a_log_in_changes_the_csrf_token(browser):
    browser.get("/anmelden/")
    before, cookie = browser.token, browser.client.cookies["amtlich_csrf"].value
    browser.log_in("lena")
    assert browser.client.cookies["amtlich_csrf"].value != cookie
    refused = browser.post("/abmelden/", {}, token=before)
    assert refused.status_code == 403
    assert "an- oder abgemeldet" in refused.text
    browser.get("/vorgaenge/")
    assert browser.post("/abmelden/", {}).status_code == 302


def test_what_was_begun_before_the_log_in_stays(browser):
    address = begun(browser)
    browser.log_in("lena")
    assert browser.client.get(address, follow=True).status_code == 200


def test_who_logs_in_over_somebody_else_sees_nothing_of_theirs(browser):
    """Two people at one device, and the first forgot to log out."""
    address = begun(browser)
    browser.log_in("lena")
    assert browser.client.get(address, follow=True).status_code == 200
    browser.log_in("mehmet")
    assert browser.client.get(address, follow=True).status_code == 404
    assert address not in browser.get("/vorgaenge/").text


def test_the_same_person_again_keeps_what_was_begun(browser):
    address = begun(browser)
    browser.log_in("lena")
    browser.log_in("lena")
    assert browser.client.get(address, follow=True).status_code == 200


def test_after_the_log_out_nothing_is_left_in_the_browser_or_the_table(browser):
    address = begun(browser)
    browser.log_in("lena")
    browser.get("/vorgaenge/")
    key = browser.session_key
    browser.post("/abmelden/", {})
    assert not Session.objects.exists()
    browser.client.cookies["amtlich_session"] = key
    assert browser.client.get(address, follow=True).status_code == 404


def test_the_table_holds_no_key_that_opens_a_session(browser):
    browser.log_in("lena")
    (row,) = Session.objects.all()
    assert row.session_key != browser.session_key
    browser.client.cookies["amtlich_session"] = row.session_key
    assert "Anmelden" in browser.get("/vorgaenge/").text


def test_a_locked_account_is_nobody(browser, office, personas):
    browser.log_in("lena")
    with tenant(office.id):
        Account.objects.filter(pk=personas["lena"]).update(is_active=False)
    assert "Lena" not in browser.get("/vorgaenge/").text


@pytest.mark.parametrize(
    "address",
    [
        "https://boese.example/",
        "//boese.example/",
        "///boese.example/",
        "/\\boese.example/",
        "\\\\boese.example/",
        "/\t/boese.example/",
        "/\n/boese.example/",
        "\x01//boese.example/",
        "javascript:alert(1)",
        "http:///boese.example/",
        "boese.example",
        "/%09/boese.example\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_a_log_in_never_leads_to_another_host(browser, address):
    answer = browser.log_in("lena", onward=address)
    assert answer.status_code == 302
    target = answer["Location"]
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
    assert not set(target) & set("\t\r\n\\")
    assert "a" not in answer.cookies


@pytest.mark.parametrize("address", ["/vorgaenge/", "/leistungen/?q=a%20b", "/antrag/abc/pruefen/"])
def test_a_log_in_leads_back_to_where_one_came_from(browser, address):
    assert browser.log_in("lena", onward=address)["Location"] == address


def test_an_address_of_absurd_length_leads_to_the_start_page(browser):
    answer = browser.log_in("lena", onward="/" + "x" * 5000)
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("path", ["/anmelden/", "/abmelden/", BEGIN])
@pytest.mark.parametrize("token", ["", "falsch", "x" * 64])
def test_without_its_token_no_form_is_taken(browser, office, path, token):
    browser.get("/anmelden/")
    answer = browser.post(path, {"person": "lena"}, token=token)
    assert answer.status_code == 403
    assert "Das Formular ist veraltet" in answer.text
    assert not browser.session_key
    with tenant(office.id):
        assert not Draft.objects.exists()


def test_a_person_that_the_demonstration_does_not_have_is_not_found(browser):
    assert browser.log_in("niemand").status_code == 404
    assert not browser.session_key


def test_in_production_nobody_is_let_in_without_proof(browser, personas, monkeypatch):
    from amtlich.platform.accounts import personas as demo

    browser.get("/anmelden/")
    monkeypatch.setattr(demo, "demo_logins_allowed", lambda: False)
    assert browser.post("/anmelden/", {"person": "lena"}).status_code == 404
    assert not browser.session_key
