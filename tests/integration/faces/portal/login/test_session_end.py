# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A session says when it ends, can be made longer, and ends then."""

from datetime import timedelta

import pytest
from tests.doubles.provider_visitor import log_in, nobody, session_of
from tests.integration.faces.portal.conftest import Browser

from amtlich.kernel import clock
from amtlich.platform.accounts.models import Session
from amtlich.platform.accounts.sessions import key_hash, open_sessions

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
PROLONG = "/anmelden/verlaengern/"


@pytest.fixture
def now():
    """A clock that stands, at the real time: cookies of the test client are judged by the machine's."""
    fixed = clock.FixedClock(clock.now())
    with clock.use(fixed):
        yield fixed


def ends(browser):
    return Session.objects.get(session_key=key_hash(browser.session_key)).expire_date


def test_every_page_says_until_when(browser, now):
    assert 'id="sitzung"' not in browser.get("/leistungen/").text
    log_in(browser)
    page = browser.get("/leistungen/")
    assert "Sie sind angemeldet bis:" in page.text
    assert 'data-seconds="3600"' in page.text
    assert f'action="{PROLONG}" target="_blank"' in page.text


def test_opening_a_page_counts_anew_but_what_a_page_fetches_does_not(browser, now):
    log_in(browser)
    begun = now.now()
    now.advance(timedelta(minutes=20))
    browser.get("/vorgaenge/", X_Fragment="case")
    assert ends(browser) == begun + timedelta(hours=1)
    browser.get("/vorgaenge/")
    assert ends(browser) == begun + timedelta(hours=1, minutes=20)


def test_the_button_makes_it_longer(browser, now):
    log_in(browser)
    browser.get("/vorgaenge/")
    now.advance(timedelta(minutes=57))
    page = browser.post(PROLONG, {})
    assert page.status_code == 200
    assert "Ihre Sitzung ist verlängert" in page.text
    assert ends(browser) == now.now() + timedelta(hours=1)


def test_the_script_is_told_the_same_and_asking_changes_nothing(browser, now):
    log_in(browser)
    browser.get("/vorgaenge/")
    now.advance(timedelta(minutes=56))
    told = browser.get(PROLONG, X_Fragment="session")
    assert told.json()["seconds"] == 4 * 60
    assert "no-store" in told["Cache-Control"]
    assert ends(browser) == now.now() + timedelta(minutes=4)


def test_when_it_is_over_nobody_is_logged_in_and_the_script_is_told(browser, now):
    log_in(browser)
    key = browser.session_key
    now.advance(timedelta(minutes=61))
    assert browser.get(PROLONG, X_Fragment="session").json() == {"seconds": 0}
    page = browser.get(PROLONG)
    assert "Ihre Sitzung ist beendet" in page.text
    assert "Lena" not in browser.get("/vorgaenge/").text
    # FC-12: what is open in a tab hears of it too.
    assert open_sessions([key_hash(key)]) == frozenset()


def test_after_eight_hours_it_ends_whatever_is_done(browser, now):
    log_in(browser)
    begun = now.now()
    for _ in range(9):
        now.advance(timedelta(minutes=50))
        page = browser.get("/vorgaenge/")
    assert ends(browser) == begun + timedelta(hours=8)
    assert "Verlängern" not in page.text
    assert "Länger geht es nicht" in browser.get(PROLONG).text
    now.advance(timedelta(minutes=31))
    assert "Lena" not in browser.get("/vorgaenge/").text


def test_without_its_token_nothing_is_made_longer(browser, now):
    log_in(browser)
    browser.get("/vorgaenge/")
    now.advance(timedelta(minutes=3))
    before = ends(browser)
    assert browser.post(PROLONG, {}, token="falsch").status_code == 403
    assert ends(browser) == before


def test_whoever_has_nothing_has_no_session_to_prolong(registered):
    fresh = Browser()
    assert "Ihre Sitzung ist beendet" in fresh.get(PROLONG).text
    assert not fresh.session_key


def test_a_log_in_under_way_keeps_no_holder_and_shows_no_end(browser):
    from tests.doubles.provider_visitor import begin

    begin(browser)
    assert 'id="sitzung"' not in browser.get("/leistungen/").text
    assert "holder" not in session_of(browser)
    assert nobody(browser)
