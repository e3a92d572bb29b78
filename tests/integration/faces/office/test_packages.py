# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The service desk's pages: who hands in never publishes, and nobody acts on what is no longer so."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from tests.doubles import staff
from tests.integration.contexts.catalog.test_publishing import second_version
from tests.integration.faces.portal.conftest import Browser
from tests.unit.contexts.catalog.small_package import write

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog import commands, packages, stored_report
from amtlich.platform.accounts.staff import Role
from amtlich.platform.settings.config import config

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

SERVICE = "/amt/leistungen/fundschein/"
FIRST, SECOND = f"{SERVICE}1/", f"{SERVICE}2/"


@pytest.fixture(autouse=True)
def _four_eyes(monkeypatch):
    packages.forget()
    stored_report.report_of.cache_clear()
    production = replace(config(), mode="production")
    monkeypatch.setattr(commands, "config", lambda: production)
    yield
    packages.forget()
    stored_report.report_of.cache_clear()


@pytest.fixture
def desk(town, tmp_path):
    """A browser for a member of staff; version 1 was handed in by „kaya“."""
    catalog.publish(
        write(tmp_path / "fundschein"), authority_id=town.id, by=catalog.Person.named("kaya", "Ayşe Kaya")
    )

    def of(name: str, *roles: Role) -> Browser:
        browser = Browser()
        member = staff.enrolled(town.id, *(roles or (Role.PUBLISHER,)), name=name, display_name=name.title())
        staff.log_in(browser.client, member)
        return browser

    return of


@pytest.fixture
def offered(town, desk, tmp_path):
    """Version 1 is offered, version 2 waits, handed in by „kaya“."""
    catalog.confirm("fundschein", "1", authority_id=town.id, by="brandt")
    catalog.publish(
        second_version(tmp_path / "neu"),
        authority_id=town.id,
        by=catalog.Person.named("kaya", "Ayşe Kaya"),
    )
    return desk


def forms(answer) -> dict[str, str]:
    """Where the forms of a page lead, with the state that each sends along."""
    form = r'<form[^>]* action="(/amt/leistungen/[^"]+)".*?name="stand" value="(\d+)"'
    found = re.findall(form, answer.text, re.DOTALL)
    return {unescape(action): seen for action, seen in found}


def press(browser: Browser, page: str, action: str, **fields: str):
    shown = browser.get(page)
    return browser.post(page + action, {"stand": forms(shown)[page + action], **fields})


class TestNobodyAlone:
    def test_the_page_offers_it_to_a_second_person_only(self, desk):
        own, other = (desk(name).get(FIRST) for name in ("kaya", "brandt"))
        assert FIRST + "veroeffentlichen/" not in forms(own)
        assert "Veröffentlichen muss sie eine zweite Person" in own.text
        assert "Zurücknehmen" in own.text
        assert FIRST + "veroeffentlichen/" in forms(other)

    def test_a_form_made_by_hand_is_refused_with_a_sentence(self, town, desk):
        browser = desk("kaya")
        seen = forms(browser.get(FIRST))[FIRST + "ablehnen/"]
        answer = browser.post(FIRST + "veroeffentlichen/", {"stand": seen})
        assert answer.status_code == 403
        assert "zweite Person" in answer.text
        assert catalog.published(town.id) == ()

    def test_a_second_person_publishes(self, town, desk):
        browser = desk("brandt")
        answer = press(browser, FIRST, "veroeffentlichen/")
        assert (answer.status_code, answer["Location"]) == (302, FIRST + "?getan=veroeffentlicht")
        assert "Ab jetzt wird sie angeboten" in browser.get(answer["Location"]).text
        assert [card.slug for card in catalog.published(town.id)] == ["fundschein"]


class TestRoles:
    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD])
    def test_who_audits_or_leads_reads_and_does_nothing(self, town, offered, role):
        browser = offered("weber", role)
        for page in ("/amt/leistungen/", SERVICE, FIRST, SECOND):
            shown = browser.get(page)
            assert shown.status_code == 200
            assert not forms(shown)
        for act in ("veroeffentlichen/", "ablehnen/", "vorlegen/"):
            assert browser.post(SECOND + act, {"stand": "3", "grund": "x"}).status_code == 403
        assert browser.get(SERVICE + "beenden/").status_code == 403
        assert browser.post(SERVICE + "beenden/", {"stand": "3", "grund": "x"}).status_code == 403
        assert catalog.current(town.id, "fundschein").version == "1"

    def test_case_workers_and_strangers_see_nothing(self, desk):
        assert desk("weber", Role.CASEWORKER, Role.ADMINISTRATOR).get(FIRST).status_code == 403
        assert Browser().get(FIRST)["Location"].startswith("/amt/anmelden/")

    def test_another_authority_sees_nothing_of_it(self, other_town, desk):
        browser = Browser("klein.localhost")
        staff.log_in(browser.client, staff.enrolled(other_town.id, Role.PUBLISHER, name="brandt"))
        assert "fundschein" not in browser.get("/amt/leistungen/").text.casefold()
        assert browser.get(FIRST).status_code == 404
        assert browser.post(FIRST + "veroeffentlichen/", {"stand": "1"}).status_code == 404

    @pytest.mark.parametrize(
        "page", [SERVICE + "9/", "/amt/leistungen/gibt-es-nicht/", "/amt/leistungen/x%ff/1/"]
    )
    def test_what_there_is_not_is_not_found(self, desk, page):
        assert desk("brandt").get(page).status_code == 404


class TestMeanwhile:
    def test_the_second_of_two_gets_409_with_who_was_faster(self, town, desk):
        fast, slow = desk("brandt"), desk("weber")
        seen = forms(slow.get(FIRST))[FIRST + "veroeffentlichen/"]
        press(fast, FIRST, "veroeffentlichen/")
        answer = slow.post(FIRST + "veroeffentlichen/", {"stand": seen})
        assert answer.status_code == 409
        assert "veröffentlicht. Ihr Schritt wurde nicht ausgeführt." in answer.text
        assert len(catalog.publications(town.id)) == 2

    def test_taken_back_meanwhile(self, town, desk):
        slow = desk("brandt")
        seen = forms(slow.get(FIRST))[FIRST + "veroeffentlichen/"]
        press(desk("kaya"), FIRST, "ablehnen/", grund="Gebühr fehlt")
        answer = slow.post(FIRST + "veroeffentlichen/", {"stand": seen})
        assert answer.status_code == 409
        assert "abgelehnt. Ihr Schritt" in answer.text
        assert catalog.published(town.id) == ()

    def test_the_offer_ended_while_somebody_compares(self, town, offered):
        slow = offered("brandt")
        seen = forms(slow.get(SECOND))[SECOND + "veroeffentlichen/"]
        catalog.withdraw("fundschein", authority_id=town.id, by="weber", reason="Fehler")
        assert slow.post(SECOND + "veroeffentlichen/", {"stand": seen}).status_code == 409
        # Having seen that, the same person may publish.
        assert press(slow, SECOND, "veroeffentlichen/").status_code == 302

    def test_the_offer_is_ended_once(self, town, offered):
        fast, slow = offered("brandt"), offered("weber")
        page = SERVICE + "beenden/"
        seen = [forms(browser.get(page))[page] for browser in (fast, slow)]
        assert fast.post(page, {"stand": seen[0], "grund": "Fehler"}).status_code == 302
        answer = slow.post(page, {"stand": seen[1], "grund": "Fehler"})
        assert answer.status_code == 409
        assert "Ihr Schritt wurde nicht ausgeführt." in answer.text
        assert [step.state for step in catalog.publications(town.id)].count("withdrawn") == 1
        assert slow.get(page).status_code == 302

    @pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 30, "²"])
    def test_a_form_that_has_seen_nothing_does_nothing(self, town, desk, seen):
        browser = desk("brandt")
        browser.get(FIRST)
        assert browser.post(FIRST + "veroeffentlichen/", {"stand": seen}).status_code == 409
        assert catalog.published(town.id) == ()


class TestSteps:
    def test_a_reason_is_asked_for_and_what_was_typed_stays(self, town, desk):
        browser = desk("brandt")
        answer = press(browser, FIRST, "ablehnen/", grund="x" * 501)
        assert answer.status_code == 422
        assert "Geben Sie einen Grund an" in answer.text
        assert "x" * 501 in answer.text
        assert press(browser, FIRST, "ablehnen/", grund="Norm <b>fehlt</b>").status_code == 302
        assert "Norm &lt;b&gt;fehlt&lt;/b&gt;" in browser.get(FIRST).text

    def test_ending_an_offer_says_first_what_happens(self, town, offered):
        browser = offered("brandt")
        page = SERVICE + "beenden/"
        shown = browser.get(page)
        assert "0 laufende Vorgänge" in shown.text
        assert "Wer schon angefangen hat, kann den Antrag noch abschicken" in shown.text
        assert browser.post(page, {"stand": forms(shown)[page], "grund": " "}).status_code == 422
        assert browser.post(page, {"stand": forms(shown)[page], "grund": "Fehler"}).status_code == 302
        with pytest.raises(catalog.NoLongerOffered):
            catalog.current(town.id, "fundschein")

    def test_going_back_to_an_earlier_version(self, town, offered):
        press(offered("brandt"), SECOND, "veroeffentlichen/")
        assert press(offered("brandt"), FIRST, "vorlegen/").status_code == 302
        assert press(offered("weber"), FIRST, "veroeffentlichen/").status_code == 302
        assert catalog.current(town.id, "fundschein").version == "1"

    def test_the_page_shows_what_changes_how_it_was_checked_and_who_did_what(self, offered):
        shown = offered("brandt").get(SECOND).text
        for part in ("Verglichen mit Version 1", "<del>8,50", "<ins>9,50", "ohne Fehler", "Ayşe Kaya"):
            assert part in shown
        assert re.search(r"(\d+) von \1 Regeln benutzt", shown)
        log = offered("brandt").get(SERVICE).text
        assert log.index("vorgelegt") > 0
        assert "brandt" in log
