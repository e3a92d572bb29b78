# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The log-in at an identity provider: the way there and back, who is known then, and how surely."""

from urllib.parse import parse_qs, urlsplit

import pytest
from tests.doubles.identity_provider import HIGH, LOW, SUBSTANTIAL, FakeProvider, Fault, Person
from tests.doubles.provider_visitor import (
    account_of,
    arrive,
    begin,
    consent,
    log_in,
    nobody,
    register_at,
    session_of,
)
from tests.integration.faces.portal.conftest import Browser

from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.models import Account, LoginAttempt
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_who_logs_in_is_known_with_level_means_and_identity(browser, registered, provider):
    answer = log_in(browser, "/vorgaenge/")
    assert (answer.status_code, answer["Location"]) == (302, "/vorgaenge/")
    page = browser.get("/vorgaenge/")
    assert "Lena Marie Brückner" in page.text
    session = session_of(browser)
    assert (session["level"], session["means"]) == (TrustLevel.SUBSTANTIAL, "BundID mit ELSTER-Zertifikat")
    account = account_of(registered, browser)
    assert (account.issuer, account.subject, account.kind) == (provider.issuer, "person-1", "citizen")
    assert account.identity["birth"] == "1994-03-14"
    assert account.last_login is not None


def test_the_question_holds_what_it_must(browser, provider):
    address = begin(browser, "/", niveau="substantial")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["redirect_uri"] == "http://localhost/anmelden/rueckkehr/"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"].split()[0] == "openid"
    assert asked["acr_values"] == f"{SUBSTANTIAL} {HIGH}"
    assert "prompt" not in asked
    assert len(asked["state"]) >= 32
    assert len(asked["nonce"]) >= 32
    assert asked["state"] != asked["nonce"]


def test_one_means_can_be_asked_for(browser):
    address = begin(browser, "/", niveau="substantial", mittel="3")
    assert parse_qs(urlsplit(address).query)["acr_values"] == [HIGH]


def test_a_means_that_there_is_not_asks_for_none(browser):
    for means in ("0", "9", "-1", "x", "٣", "99999"):
        address = begin(browser, "/", mittel=means)
        assert "acr_values" not in parse_qs(urlsplit(address).query), means


def test_whoever_is_logged_in_is_asked_anew(browser):
    log_in(browser)
    assert parse_qs(urlsplit(begin(browser)).query)["prompt"] == ["login"]


def test_what_is_stored_opens_nothing(browser, registered):
    """State and browser binding as hashes, the ID token sealed."""
    address = begin(browser)
    state = parse_qs(urlsplit(address).query)["state"][0]
    with tenant(registered.id):
        (attempt,) = LoginAttempt.objects.all()
    assert state not in (attempt.state_hash, attempt.browser_hash)
    assert session_of(browser)["browser"] != attempt.browser_hash
    arrive(browser, consent(address))
    assert session_of(browser)["id_token"].count(".") == 0
    assert len(session_of(browser)["provider_session"]) == 64


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
@pytest.mark.parametrize("auth", ["basic", "post"])
def test_signatures_and_client_authentication_of_several_kinds(town, directory, algorithm, auth):
    with FakeProvider(algorithm=algorithm) as provider:
        register_at(provider, town, client_auth=auth)
        browser = Browser()
        assert log_in(browser).status_code == 302
        assert not nobody(browser)


def test_claims_may_come_from_userinfo(town, directory):
    with FakeProvider(userinfo=True) as provider:
        register_at(provider, town)
        browser = Browser()
        log_in(browser)
        assert account_of(town, browser).identity["family"] == "Brückner"
        provider.fault = Fault.USERINFO_OF_OTHER
        other = Browser()
        assert log_in(other).status_code == 502
        assert "account" not in session_of(other)


def test_a_person_is_known_by_issuer_and_subject_and_by_nothing_else(browser, registered, provider):
    same_mail = {"email": "lena@example.de", "birthdate": "1994-03-14"}
    provider.person = Person(claims={**same_mail, "family_name": "Brückner", "given_name": "Lena"})
    log_in(browser)
    first = account_of(registered, browser)
    provider.person = Person(sub="person-2", claims={**same_mail, "family_name": "Brückner"})
    other = Browser()
    log_in(other)
    assert account_of(registered, other).pk != first.pk


def test_the_identity_is_brought_up_to_date_at_each_log_in(browser, registered, provider):
    log_in(browser)
    provider.person = Person(
        claims={"family_name": "Hansen", "given_name": "Lena", "birthdate": "1994-03-14"}
    )
    again = Browser()
    log_in(again)
    account = account_of(registered, again)
    assert (account.identity["family"], account.display_name) == ("Hansen", "Lena Hansen")
    assert account.pk == account_of(registered, browser).pk


def test_a_name_that_only_a_password_vouches_for_never_counts_as_the_card(browser, registered, provider):
    """Whoever may type their own name at the provider must not carry it into an older, surer session."""
    provider.person = Person(acr=HIGH)
    log_in(browser)
    assert "hoch" in _level_said(browser)
    provider.person = Person(acr=LOW, claims={"family_name": "Nachbar", "birthdate": "1950-01-01"})
    log_in(Browser())
    assert "niedrig" in _level_said(browser)


def test_the_same_statements_under_a_password_take_nothing_away(browser, provider):
    provider.person = Person(acr=HIGH)
    log_in(browser)
    provider.person = Person(acr=LOW)
    log_in(Browser())
    assert "hoch" in _level_said(browser)


def _level_said(browser):
    from django.test import RequestFactory

    from amtlich.platform.accounts.middleware import actor_of
    from amtlich.platform.tenancy.registry import authority_for_host

    request = RequestFactory().get("/")
    request.session = browser.client.session
    request.authority = authority_for_host("localhost")
    return actor_of(request).level.word_de


def test_two_towns_do_not_share_accounts(browser, registered, other_town, provider):
    register_at(provider, other_town)
    log_in(browser)
    elsewhere = Browser("kleinstadt.localhost")
    provider.redirect_uris = {"http://kleinstadt.localhost/anmelden/rueckkehr/"}
    log_in(elsewhere)
    with tenant(other_town.id):
        assert Account.objects.count() == 1
    with tenant(registered.id):
        assert Account.objects.count() == 1


def test_an_answer_for_one_town_is_none_for_another(browser, registered, other_town, provider):
    register_at(provider, other_town)
    back = consent(begin(browser))
    elsewhere = Browser("kleinstadt.localhost")
    elsewhere.client.cookies = browser.client.cookies
    assert arrive(elsewhere, back).status_code == 409


def test_a_lower_level_than_asked_for_is_said_and_offered_again(browser, provider):
    provider.person = Person(acr=LOW)
    answer = log_in(browser, "/leistungen/", niveau="substantial")
    assert answer["Location"] == "/anmelden/hoeher/?weiter=/leistungen/&antwort=1"


def test_a_way_that_the_table_does_not_know_is_no_level_and_says_so(browser, registered, provider):
    provider.person = Person(acr="urn:somebody:new")
    answer = log_in(browser, "/leistungen/")
    page = browser.get(answer["Location"])
    assert "ein Verfahren genannt, das wir nicht kennen" in page.text
    assert "keines" in page.text
    assert session_of(browser)["level"] == TrustLevel.NONE
    assert session_of(browser)["means"] == "BundID"
