# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Leaving: here, at the provider, and when the provider says so."""

import re
from html import unescape

import pytest
from tests.doubles.identity_provider import Fault
from tests.doubles.provider_visitor import log_in, nobody
from tests.integration.faces.portal.conftest import Browser

from amtlich.platform.accounts import citizen_login
from amtlich.platform.accounts.adapters.provider_http import Limits, ProviderHttp
from amtlich.platform.accounts.openid.metadata import ProviderDirectory

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def logged_out(browser):
    browser.get("/vorgaenge/")
    return browser.post("/abmelden/", {})


def test_a_log_out_leads_on_to_the_providers(browser, provider):
    log_in(browser)
    answer = logged_out(browser)
    assert answer.status_code == 200
    assert "Auch bei BundID abmelden" in answer.text
    assert 'name="id_token_hint"' in answer.text
    assert f"form-action 'self' {provider.issuer};" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert nobody(browser)


def test_the_way_back_from_there_says_what_is_closed(browser):
    log_in(browser)
    page = logged_out(browser).text
    state = unescape(re.search(r'name="state" value="([^"]+)"', page)[1])
    closed = browser.get(f"/abmelden/fertig/?state={state}").text
    assert "BundID" in closed
    assert closed.count("abgemeldet") >= 3
    assert "noch angemeldet" not in closed


def test_without_proof_nothing_is_said_about_the_provider(browser):
    for state in ("", "gelogen", "QnVuZElE:1abc:xyz"):
        assert "BundID" not in browser.get(f"/abmelden/fertig/?state={state}").text, state


def test_whoever_opens_that_page_while_logged_in_is_told_the_truth(browser):
    log_in(browser)
    assert "Sie sind noch angemeldet" in browser.get("/abmelden/fertig/").text


@pytest.mark.parametrize("fault", [Fault.DISCOVERY_DOWN, Fault.DISCOVERY_SLOW])
def test_a_log_out_here_works_without_the_provider(browser, provider, fault, monkeypatch):
    log_in(browser)
    fresh = ProviderDirectory(ProviderHttp(Limits(connect=0.5, read=0.2, whole=0.5)))
    monkeypatch.setattr(citizen_login, "directory", lambda: fresh)
    provider.fault = fault
    answer = logged_out(browser)
    assert answer.status_code == 302
    assert nobody(browser)
    assert "Sie sind abgemeldet" in browser.get(answer["Location"]).text


def told(token):
    return Browser().client.post("/anmelden/beenden/", {"logout_token": token})


@pytest.mark.parametrize("changes", [{}, {"sub": None}, {"sid": None}])
def test_the_provider_may_end_a_session(browser, provider, changes):
    log_in(browser)
    answer = told(provider.logout_token(**changes))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert nobody(browser)


WRONG_LOGOUTS = (
    {"events": {}},
    {"events": None},
    {"nonce": "a"},
    {"aud": "somebody-else"},
    {"iss": "https://boese.example"},
    {"exp": 1},
    {"sub": None, "sid": None},
)


def test_only_a_right_logout_token_ends_a_session(browser, provider):
    log_in(browser)
    for changes in WRONG_LOGOUTS:
        assert told(provider.logout_token(**changes)).status_code == 400, changes
    for fault in (Fault.ALG_NONE, Fault.ALG_HS256, Fault.FOREIGN_KEY):
        provider.fault = fault
        assert told(provider.logout_token()).status_code == 400, fault
    assert told("").status_code == 400
    assert not nobody(browser)


def test_somebody_elses_session_stays(browser, provider):
    log_in(browser)
    assert told(provider.logout_token(sub="person-2", sid="session of person-2")).status_code == 200
    assert not nobody(browser)
