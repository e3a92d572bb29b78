# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pages around: feedback, imprint, privacy notice, statement, status and errors, without a browser."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import OperationalError

from amtlich.contexts.privacy.api import kept_days
from amtlich.contexts.steering import api as steering
from amtlich.faces.portal import errors, house_state
from amtlich.faces.portal.views import feedback
from amtlich.kernel.ids import new_token
from amtlich.platform.tenancy import registry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

FORMS = ("de", "leicht", "en")


@pytest.fixture(autouse=True)
def _fresh():
    feedback.throttle.forget()
    house_state.lookout.forget()
    yield
    feedback.throttle.forget()
    house_state.lookout.forget()


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.text)[1]


def test_feedback_is_given_in_two_steps_and_thanked_for(browser, office):
    page = browser.get("/rueckmeldung/?anlass=pruefung&antwort=nein", referer="http://localhost/pruefen/")
    assert re.search(r'value="nein" checked', page.text)
    fields = {"anlass": "pruefung", "antwort": "nein", "text": "Zu klein", "seite": hidden(page, "seite")}
    answer = browser.post("/rueckmeldung/", fields)
    assert answer.headers["Location"] == "/rueckmeldung/danke/"
    assert "Danke" in words(browser.get("/rueckmeldung/danke/"))
    (entry,) = steering.feedback(office.id)
    assert (entry.answer, entry.text, entry.route) == ("no", "Zu klein", "pruefen/")


def test_no_token_is_stored_with_feedback(browser, office):
    page = browser.get("/rueckmeldung/", referer=f"http://localhost/vorgaenge/{new_token()}/")
    assert unescape(hidden(page, "seite")) == "vorgaenge/<slug:token>/"
    browser.post("/rueckmeldung/", {"antwort": "ja", "seite": f"vorgaenge/{new_token()}/"})
    assert steering.feedback(office.id)[0].route == ""


def test_a_page_of_somebody_else_is_not_the_page_before(browser):
    page = browser.get("/rueckmeldung/", referer="https://boese.example/vorgaenge/")
    assert hidden(page, "seite") == ""


def test_without_an_answer_the_page_comes_back_with_the_text(browser, office):
    browser.get("/rueckmeldung/")
    answer = browser.post("/rueckmeldung/", {"text": "Das habe ich getippt"})
    assert answer.status_code == 422
    assert "Fehler: Ihre Rückmeldung" in words(answer)
    assert "Das habe ich getippt" in answer.text
    assert 'href="#antwort-ja"' in answer.text
    assert steering.feedback(office.id) == ()


def test_a_text_that_cannot_be_kept_comes_back_with_a_sentence(browser):
    browser.get("/rueckmeldung/")
    for text in ("x" * 100_000, "\u202e", "x" * 1001):
        answer = browser.post("/rueckmeldung/", {"antwort": "ja", "text": text})
        assert answer.status_code == 422
        assert 'id="text-f"' in answer.text


def test_a_barrier_is_reported_with_an_address_that_is_checked(browser, office):
    browser.get("/rueckmeldung/barriere/")
    wrong = browser.post("/rueckmeldung/barriere/", {"text": "Kein Fokus", "email": "lena"})
    assert wrong.status_code == 422
    assert "Kein Fokus" in wrong.text
    assert 'value="lena"' in wrong.text
    right = browser.post("/rueckmeldung/barriere/", {"text": "Kein Fokus", "email": "lena@beispiel.de"})
    assert right.status_code == 302
    assert steering.feedback(office.id)[0].kind == "barrier"


def test_who_sends_too_much_waits_and_is_told_how_long(browser):
    browser.get("/rueckmeldung/")
    answers = [browser.post("/rueckmeldung/", {"antwort": "ja"}) for _ in range(11)]
    assert [one.status_code for one in answers] == [302] * 10 + [429]
    assert 500 < int(answers[-1].headers["Retry-After"]) <= 600
    assert "Warten Sie 10 Minuten" in words(answers[-1])


def test_feedback_needs_no_account_and_leaves_no_session(browser):
    browser.get("/rueckmeldung/")
    browser.post("/rueckmeldung/", {"antwort": "ja"})
    assert browser.session_key == ""


def test_every_page_exists_in_every_form(browser):
    for path in (
        "/rueckmeldung/?",
        "/rueckmeldung/barriere/?",
        "/rueckmeldung/danke/?",
        "/rueckmeldung/danke/?barriere=1&",
        "/impressum/?",
        "/datenschutz/?",
        "/barrierefreiheit/?",
        "/leichte-sprache/?",
        "/status/?",
    ):
        for form in FORMS:
            page = browser.get(f"{path}sprache={form}")
            assert page.status_code == 200
            assert f'<html lang="{"en" if form == "en" else "de"}">' in page.text
            assert ("am-leicht" in page.text) == (form == "leicht")


def test_the_imprint_says_what_the_authority_stated_and_leaves_out_the_rest(browser, office):
    told = words(browser.get("/impressum/"))
    assert office.name in told
    assert "Aufsicht" not in told
    office.imprint = {"represented_by": "Bürgermeisterin Wessels", "supervision": "Kreis\nKreishaus 1"}
    office.save(using="owner")
    registry.forget_hosts()
    told = words(browser.get("/impressum/"))
    assert "Bürgermeisterin Wessels" in told
    assert "Aufsicht Kreis Kreishaus 1" in told


def test_the_privacy_notice_is_read_from_the_published_package(browser):
    told = words(browser.get("/datenschutz/"))
    for part in (
        "BMG § 18 Abs. 1 Satz 3",  # the legal basis of a purpose
        "Alle Vornamen",  # what the form asks
        "Rufname",  # what the register is asked for
        "Nur wenn Sie es wünschen: Geburtsort",
        "30 Tage nach der letzten Änderung",
        "1 Jahr nach seinem Ende",
        "Art. 22 DSGVO",
        f"{kept_days('steering.feedback')} Tage lang",
    ):
        assert part in told.replace("\u00a0", " "), part


def test_the_statement_names_the_version_its_results_and_what_is_missing(browser, office):
    office.imprint = {"enforcement_body": "Ombudsstelle", "accessibility_contact": "Stelle für Zugang"}
    office.save(using="owner")
    registry.forget_hosts()
    told = words(browser.get("/barrierefreiheit/"))
    for part in ("teilweise", "Ombudsstelle", "Stelle für Zugang", "Screenreader", "EN 301 549"):
        assert part in told, part


def test_the_status_page_says_what_works(browser):
    page = browser.get("/status/")
    told = words(page)
    assert "Anträge ausfüllen und absenden Läuft." in told
    assert "Das Programm, das Anträge bearbeitet, läuft gerade nicht." in told  # no worker in this test
    assert page.headers["Cache-Control"] == "private, max-age=5"
    assert "set-cookie" not in {name.lower() for name in page.headers}


def test_without_the_database_the_status_page_says_so_and_names_the_phone(browser, office, monkeypatch):
    browser.get("/impressum/")

    def away(host: str) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(house_state, "authority_for_host", away)
    told = words(browser.get("/status/"))
    assert "Gestört. Das geht im Moment nicht: Unsere Datenbank antwortet nicht." in told
    assert office.phone in told


def test_without_the_database_every_page_is_a_page_in_the_readers_form(browser, office, monkeypatch):
    browser.get("/impressum/")
    monkeypatch.setattr("amtlich.platform.tenancy.middleware.authority_for_host", _away)
    for form, said in (("de", "Datenbank"), ("leicht", "Computer"), ("en", "database")):
        page = browser.get(f"/impressum/?sprache={form}")
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "10"
        assert said in words(page)
        assert office.phone in words(page)
        assert "/status/" in page.text


def _away(host: str) -> None:
    raise OperationalError("the connection is lost")


def test_when_drawing_fails_the_plain_page_still_speaks_the_form(browser, monkeypatch):
    def broken(name: str) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr(errors, "get_template", broken)
    for form, said in (("de", "gibt es nicht"), ("leicht", "falsch"), ("en", "exist")):
        page = browser.get(f"/gibt-es-nicht/?sprache={form}")
        assert page.status_code == 404
        assert said in words(page)
        assert "<link" not in page.text


def test_an_error_page_leads_to_feedback_about_this_error(browser):
    page = browser.get("/gibt-es-nicht/")
    assert "/rueckmeldung/?anlass=fehler-404" in page.text
    assert "fehler-404" in steering.OCCASIONS
