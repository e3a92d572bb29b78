# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What must not let anybody in, and what the page says then."""

from datetime import timedelta

import pytest
from tests.doubles.identity_provider import Fault
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

from amtlich.kernel import clock
from amtlich.platform.accounts.models import Account, Session
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


WRONG_ANSWERS = (
    Fault.WRONG_NONCE,
    Fault.NO_NONCE,
    Fault.WRONG_AUDIENCE,
    Fault.TWO_AUDIENCES,
    Fault.WRONG_PARTY,
    Fault.WRONG_ISSUER,
    Fault.EXPIRED,
    Fault.OLD,
    Fault.FUTURE,
    Fault.NO_SUBJECT,
    Fault.ALG_NONE,
    Fault.ALG_HS256,
    Fault.HS256_CLIENT_SECRET,
    Fault.FOREIGN_KEY,
    Fault.UNKNOWN_KEY,
    Fault.KEY_IN_HEADER,
    Fault.TAMPERED,
    Fault.WRONG_ACCESS_TOKEN,
    Fault.WRONG_SENDER,
    Fault.NO_CODE,
    Fault.TOKEN_REFUSES,
)


def test_an_answer_that_is_not_right_lets_nobody_in(browser, provider):
    """All in one test: to set a town up anew for each would take longer than all of them."""
    for fault in WRONG_ANSWERS:
        provider.fault = fault
        answer = log_in(browser, "/leistungen/")
        assert answer.status_code == 502, fault
        assert "Die Anmeldung hat nicht geklappt" in answer.text, fault
        assert nobody(browser), fault
    assert "Es ist nichts verloren" in answer.text
    assert "/anmelden/anbieter/?weiter=/leistungen/" in answer.text
    provider.fault = Fault.NONE
    assert log_in(browser, "/leistungen/")["Location"] == "/leistungen/"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.DISCOVERY_DOWN, "antwortet gerade nicht"),
        (Fault.DISCOVERY_SLOW, "antwortet gerade zu langsam"),
        (Fault.DISCOVERY_NONSENSE, "nicht so, wie sie sein muss"),
        (Fault.DISCOVERY_OTHER_ISSUER, "nicht so, wie sie sein muss"),
    ],
    ids=lambda value: getattr(value, "name", "").lower(),
)
def test_a_provider_that_is_not_there_at_the_beginning(browser, provider, fault, sentence, request):
    if fault is Fault.DISCOVERY_SLOW:
        request.getfixturevalue("impatient")
    provider.fault = fault
    answer = arrive(browser, "/anmelden/anbieter/?weiter=/leistungen/meldebescheinigung/&niveau=high")
    assert answer.status_code in (502, 503)
    assert sentence in answer.text
    assert "Ohne Anmeldung weitermachen" in answer.text
    assert 'href="/leistungen/meldebescheinigung/"' in answer.text
    assert "niveau=high" in answer.text


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.TOKEN_DOWN, "antwortet gerade nicht"),
        (Fault.TOKEN_SLOW, "antwortet gerade zu langsam"),
        (Fault.KEYS_DOWN, "antwortet gerade nicht"),
    ],
    ids=lambda value: getattr(value, "name", "").lower(),
)
def test_a_provider_that_goes_away_on_the_way_back(browser, provider, fault, sentence, request):
    back = consent(begin(browser))
    provider.fault = fault
    if fault is Fault.TOKEN_SLOW:
        request.getfixturevalue("impatient")
    answer = arrive(browser, back)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert sentence in answer.text
    assert nobody(browser)


def test_a_provider_that_says_it_is_away(browser, provider):
    provider.fault = Fault.AWAY
    answer = log_in(browser)
    assert answer.status_code == 503
    assert "antwortet gerade nicht" in answer.text


def test_nobody_there_at_all(browser, provider, registered):
    register_at(provider, registered, issuer="http://127.0.0.1:9")
    answer = arrive(browser, "/anmelden/anbieter/")
    assert answer.status_code == 503
    assert "antwortet gerade nicht" in answer.text


def test_who_breaks_off_is_told_so_and_is_not_blamed(browser, provider):
    provider.fault = Fault.CANCELLED
    answer = log_in(browser)
    assert answer.status_code == 200
    assert "Sie haben die Anmeldung abgebrochen" in answer.text
    assert "broken off" not in answer.text  # what the provider says about it is not ours to show
    assert nobody(browser)


def test_an_answer_counts_once(browser):
    back = consent(begin(browser))
    assert arrive(browser, back).status_code == 302
    again = arrive(browser, back)
    assert again.status_code == 409
    assert "Sie sind schon angemeldet" in again.text


def test_a_replay_after_the_log_out_lets_nobody_in(browser, provider):
    back = consent(begin(browser))
    arrive(browser, back)
    browser.get("/vorgaenge/")
    browser.post("/abmelden/", {})
    answer = arrive(browser, back)
    assert answer.status_code == 403
    assert nobody(browser)
    assert provider.asked.count("/token") == 1


def test_a_state_that_we_never_gave(browser, provider):
    provider.fault = Fault.WRONG_STATE
    answer = log_in(browser)
    assert answer.status_code == 409
    assert "schon benutzt oder hat zu lange gedauert" in answer.text
    assert "/token" not in provider.asked
    assert nobody(browser)


def test_a_way_back_that_nobody_sent(browser):
    log_in(browser)  # has a session
    for query in (
        "",
        "?code=a",
        "?state=",
        "?state=a&state=b&code=c",
        f"?state={'x' * 5000}",
        "?error=access_denied",
        "?state=%00",
    ):
        assert arrive(browser, f"/anmelden/rueckkehr/{query}").status_code in (400, 409, 502), query


def test_without_cookies_the_page_says_what_to_do(browser, registered):
    back = consent(begin(browser))
    stranger = Browser()
    answer = arrive(stranger, back)
    assert answer.status_code == 403
    assert "nimmt er keine Cookies an" in answer.text
    assert nobody(stranger)
    # It was not used up: the right browser still gets in.
    assert arrive(browser, back).status_code == 302


def test_an_answer_planted_in_another_browser_lets_nobody_in(browser, registered):
    """Log-in CSRF: the victim would work in the attacker's account."""
    planted = consent(begin(browser))
    victim = Browser()
    begin(victim)
    answer = arrive(victim, planted)
    assert answer.status_code == 403
    assert "account" not in session_of(victim)


def test_two_tabs_may_log_in_at_once(browser):
    first, second = begin(browser, "/leistungen/"), begin(browser, "/pruefen/")
    assert arrive(browser, consent(second))["Location"] == "/pruefen/"
    assert arrive(browser, consent(first))["Location"] == "/leistungen/"
    assert "Lena Marie Brückner" in browser.get("/vorgaenge/").text


def test_an_attempt_is_over_after_half_an_hour(browser):
    fixed = clock.FixedClock(clock.now())
    with clock.use(fixed):
        back = consent(begin(browser))
        fixed.advance(timedelta(minutes=31))
        answer = arrive(browser, back)
    assert answer.status_code == 409
    assert nobody(browser)


def test_a_rotated_key_is_found(browser, provider, directory):
    log_in(browser)
    provider.rotate()
    directory._monotonic = lambda: 1e9  # the pause between two looks is over
    assert log_in(Browser()).status_code == 302


def test_the_session_key_changes_with_the_log_in(browser):
    begin(browser)
    before = browser.session_key
    log_in(browser)
    assert browser.session_key not in ("", before)
    assert Session.objects.count() == 1


def test_a_locked_account_is_told_to_call(browser, registered):
    log_in(browser)
    account = account_of(registered, browser)
    with tenant(registered.id):
        Account.objects.filter(pk=account.pk).update(is_active=False)
    other = Browser()
    answer = log_in(other)
    assert answer.status_code == 403
    assert "gesperrt" in answer.text
    assert "Noch einmal versuchen" not in answer.text
    assert "account" not in session_of(other)


def test_a_missing_secret_is_the_operators_matter(browser, registered, provider, caplog):
    register_at(provider, registered, client_secret_file="/gibt/es/nicht")
    answer = log_in(browser)
    assert answer.status_code == 503
    assert "nicht eingerichtet" in answer.text
    assert "/gibt/es/nicht" in caplog.text
    assert "/gibt/es/nicht" not in answer.text


def test_without_a_provider_the_way_there_says_so(town, directory):
    answer = arrive(Browser(), "/anmelden/anbieter/")
    assert answer.status_code == 503
    assert "nicht eingerichtet" in answer.text


ELSEWHERE = (
    "https://boese.example/",
    "//boese.example/",
    "/\\boese.example/",
    "javascript:alert(1)",
    "/anmelden/anbieter/?weiter=/",
    "/abmelden/",
    "/" + "x" * 3000,
)


def test_a_log_in_never_leads_elsewhere_or_in_circles(browser):
    for address in ELSEWHERE:
        assert log_in(browser, address)["Location"] == "/", address


def test_nothing_about_the_person_reaches_the_log(browser, provider, caplog):
    caplog.set_level("DEBUG", logger="amtlich")
    log_in(browser)
    provider.fault = Fault.EXPIRED
    log_in(Browser())
    for word in ("Brückner", "1994-03-14", "person-1", "Lena"):
        assert word not in caplog.text
