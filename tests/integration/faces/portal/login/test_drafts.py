# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A log-in in the middle of an application: everything is kept, and nothing falls to somebody else."""

import re

import pytest
from tests.doubles.applicants import statements
from tests.doubles.identity_provider import HIGH, LOW, SUBSTANTIAL, Fault, Person
from tests.doubles.provider_visitor import account_of, arrive, begin, consent, log_in, register_at
from tests.integration.faces.portal.conftest import Browser

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Case, Draft
from amtlich.platform import jobs
from amtlich.platform.accounts.middleware import actor_of
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
BEGIN = "/leistungen/meldebescheinigung/beantragen/"


@pytest.fixture
def at(office, provider, directory):
    """The office, with the provider at which its citizens log in."""
    register_at(provider, office)
    return office


@pytest.fixture
def browser(at):
    return Browser()


def person_of(resident, acr=SUBSTANTIAL, sub=""):
    """What the provider says of a resident."""
    stated = resident.query
    home = stated.address
    return Person(
        sub=sub or resident.key,
        acr=acr,
        claims={
            "family_name": stated.family,
            "given_name": " ".join(stated.given),
            "birthdate": stated.birth.iso(),
            "address": {
                "street_address": f"{home.street} {home.house_number}",
                "postal_code": home.postcode,
                "locality": home.town,
            },
        },
    )


def filled(browser, office, resident) -> str:
    """Fill in everything as this resident; returns the address of the check page."""
    browser.get(BEGIN)
    address = browser.post(BEGIN, {})["Location"]
    token = address.split("/")[2]
    with tenant(office.id):
        Draft.objects.filter(token=token).update(data=statements(resident))
    return f"/antrag/{token}/pruefen/"


def send(browser, check: str):
    """Press the button of the page that was opened last."""
    page = browser.get(check)
    return browser.post(check, {"stand": re.search(r'name="stand" value="(\d+)"', page.text)[1]})


def received(office):
    """The one case, and what its first event says."""
    with tenant(office.id):
        case = Case.objects.get()
        first = next(iter(log.read(case.pk)))
    return case, first.payload


def test_from_the_check_page_to_a_sure_log_in_and_back(browser, at, provider, residents):
    lena = residents["lena"]
    check = filled(browser, at, lena)
    provider.person = person_of(lena)
    assert "niveau=substantial" in browser.get(f"/anmelden/?weiter={check}").text
    back = log_in(browser, check, niveau="substantial")
    assert (back.status_code, back["Location"]) == (302, check)
    page = browser.get(check)
    assert "Aus dem Melderegister" in page.text
    assert send(browser, check).status_code == 303
    jobs.run_pending()
    case, payload = received(at)
    assert case.holder_id == account_of(at, browser).pk
    assert (payload["level"], payload["means"]) == ("substantial", "BundID mit ELSTER-Zertifikat")
    assert payload["agrees_with_login"] is True
    assert "Ihre Meldebescheinigung ist da" in browser.get(f"/vorgaenge/{case.token}/").text


def test_a_level_that_is_not_enough_leads_over_the_offer_and_back(browser, at, provider, residents):
    lena = residents["lena"]
    provider.person = person_of(lena, acr=LOW)
    log_in(browser)
    check = filled(browser, at, lena)
    offer = browser.get(f"/anmelden/hoeher/?weiter={check}")
    assert "Noch einmal anmelden, mit mehr Sicherheit" in offer.text
    assert "sind gespeichert" in offer.text
    assert "sind Sie wieder bei Schritt 3 von 3" in offer.text
    assert "BundID mit ELSTER-Zertifikat" in offer.text
    assert "BundID mit Passwort" not in offer.text
    provider.person = person_of(lena, acr=HIGH)
    assert log_in(browser, check, niveau="substantial", mittel="3")["Location"] == check
    assert browser.get(f"/anmelden/hoeher/?weiter={check}")["Location"] == check
    assert "Schneller mit einer sicheren Anmeldung" not in browser.get(check).text
    send(browser, check)
    assert received(at)[1]["means"] == "BundID mit Online-Ausweis"


@pytest.mark.parametrize(
    ("acr", "level", "means"),
    [(LOW, "low", "BundID mit Passwort"), ("urn:unknown", "none", "BundID")],
    ids=["lower", "unknown"],
)
def test_neither_do_i_have_goes_to_a_person(browser, at, provider, residents, acr, level, means):
    """The whole way: the provider answers less than was asked, the person sends anyway, a person decides."""
    lena = residents["lena"]
    provider.person = person_of(lena, acr=acr)
    check = filled(browser, at, lena)
    answer = log_in(browser, check, niveau="substantial")
    assert answer["Location"] == f"/anmelden/hoeher/?weiter={check}&antwort=1"
    offer = browser.get(answer["Location"])
    assert "Das Niveau reicht noch nicht" in offer.text
    assert "Beides habe ich nicht" in offer.text
    stand = re.search(r'name="stand" value="(\d+)"', offer.text)[1]
    assert f'action="{check}"' in offer.text
    assert browser.post(check, {"stand": stand}).status_code == 303
    jobs.run_pending()
    case, payload = received(at)
    assert (payload["level"], payload["means"]) == (level, means)
    assert "Eine Person im Amt prüft Ihren Antrag" in browser.get(f"/vorgaenge/{case.token}/").text
    shown = cases.case(actor_in(browser, at), case.token)
    assert shown.waiting_on == "office"
    assert not [document for document in shown.documents if document.sealed]


def actor_in(browser, office):
    """Who acts in this browser."""
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.session, request.authority = browser.client.session, office
    return actor_of(request)


def test_without_any_log_in_it_goes_to_a_person_too(browser, at, residents):
    check = filled(browser, at, residents["lena"])
    offer = browser.get(f"/anmelden/hoeher/?weiter={check}")
    assert "Sie sind nicht angemeldet" in offer.text
    stand = re.search(r'name="stand" value="(\d+)"', offer.text)[1]
    assert browser.post(check, {"stand": stand}).status_code == 303
    jobs.run_pending()
    case, payload = received(at)
    assert (payload["level"], payload["means"], payload["agrees_with_login"]) == ("none", "", None)
    assert "Eine Person im Amt prüft" in browser.get(f"/vorgaenge/{case.token}/").text


def test_every_declaration_says_how_surely_and_by_which_means(apply_as, residents, office):
    """Also those of the API: level and means are in the first event of every case."""
    done = apply_as(residents["lena"], work=False)
    case, payload = received(office)
    assert case.token == done.receipt.case_token
    assert (payload["level"], payload["means"]) == ("high", "demo")


def test_a_draft_outlives_the_session_that_it_was_begun_in(browser, at, provider, residents):
    lena = residents["lena"]
    check = filled(browser, at, lena)
    provider.person = person_of(lena)
    log_in(browser, check)
    elsewhere = Browser()
    log_in(elsewhere)
    assert elsewhere.get(check).status_code == 200
    assert lena.query.address.street in elsewhere.get(check).text


def test_a_draft_that_is_half_filled_in_goes_along(browser, at, provider, residents):
    browser.get(BEGIN)
    first = browser.post(BEGIN, {})["Location"]
    provider.person = person_of(residents["lena"])
    assert log_in(browser, f"{first}umfang/")["Location"] == f"{first}umfang/"
    elsewhere = Browser()
    log_in(elsewhere)
    assert elsewhere.get(first).status_code in (200, 303)


def test_a_provider_that_is_down_loses_nothing(browser, at, provider, residents):
    check = filled(browser, at, residents["lena"])
    back = consent(begin(browser, check))
    provider.fault = Fault.TOKEN_DOWN
    page = arrive(browser, back)
    assert page.status_code == 503
    assert "Zurück zum Antrag" in page.text
    assert f'href="{check}"' in page.text
    assert residents["lena"].query.address.street in browser.get(check).text
    provider.fault = Fault.NONE
    provider.person = person_of(residents["lena"])
    assert log_in(browser, check)["Location"] == check


def test_another_person_never_sees_the_draft_of_who_was_logged_in(browser, at, provider, residents):
    """Two people at one device; the second logs in over the first, from within the first one's form."""
    lena, mehmet = residents["lena"], residents["mehmet"]
    provider.person = person_of(lena, acr=LOW)
    log_in(browser)
    check = filled(browser, at, lena)
    provider.person = person_of(mehmet, acr=HIGH)
    answer = log_in(browser, check, niveau="substantial")
    assert answer["Location"] == "/anmelden/gewechselt/"
    page = browser.get(answer["Location"])
    assert "Sie sind jetzt als eine andere Person angemeldet" in page.text
    assert mehmet.query.family in page.text
    assert lena.query.family not in page.text
    assert browser.get(check).status_code == 404
    assert check.split("/")[2] not in browser.get("/vorgaenge/").text
    provider.person = person_of(lena, acr=HIGH)
    again = Browser()
    log_in(again)
    assert again.get(check).status_code == 200


def test_somebody_logged_in_meanwhile_in_another_tab(browser, at, provider, residents):
    """Lena begins a log-in; before she is back, Mehmet logs in over her in another tab."""
    lena, mehmet = residents["lena"], residents["mehmet"]
    provider.person = person_of(lena, acr=LOW)
    log_in(browser)
    check = filled(browser, at, lena)
    pending = begin(browser, check)
    provider.person = person_of(mehmet)
    log_in(browser)
    provider.person = person_of(lena)
    answer = arrive(browser, consent(pending))
    assert answer["Location"] in (check, "/anmelden/gewechselt/")
    assert mehmet.query.family not in browser.get("/vorgaenge/").text


def test_a_draft_that_states_somebody_else_is_not_taken_over_unasked(browser, at, provider, residents):
    """Begun without a log-in by one, then another logs in: the statements must not fall into that account."""
    lena, mehmet = residents["lena"], residents["mehmet"]
    check = filled(browser, at, lena)
    provider.person = person_of(mehmet)
    answer = log_in(browser, check)
    assert answer["Location"] == f"/anmelden/entwurf/?weiter={check}"
    page = browser.get(answer["Location"])
    assert "Ist das Ihr Antrag?" in page.text
    assert lena.query.family not in page.text
    elsewhere = Browser()
    log_in(elsewhere)
    assert elsewhere.get(check).status_code == 404
    assert browser.post("/anmelden/entwurf/", {"weiter": check})["Location"] == check
    assert elsewhere.get(check).status_code == 200
    send(browser, check)
    jobs.run_pending()
    case, payload = received(at)
    assert payload["agrees_with_login"] is False
    assert "Eine Person im Amt prüft" in browser.get(f"/vorgaenge/{case.token}/").text


def test_the_question_about_a_draft_tells_nothing_about_a_foreign_one(browser, at, provider, residents):
    check = filled(browser, at, residents["lena"])
    stranger = Browser()
    provider.person = person_of(residents["mehmet"])
    log_in(stranger)
    for path in ("/anmelden/entwurf/", "/anmelden/hoeher/"):
        assert stranger.get(f"{path}?weiter={check}").status_code == 404
    stranger.get("/vorgaenge/")
    assert stranger.post("/anmelden/entwurf/", {"weiter": check}).status_code == 404


def test_a_sent_application_needs_no_higher_level_any_more(browser, at, provider, residents):
    check = filled(browser, at, residents["lena"])
    send(browser, check)
    answer = browser.get(f"/anmelden/hoeher/?weiter={check}")
    assert answer["Location"] == check
