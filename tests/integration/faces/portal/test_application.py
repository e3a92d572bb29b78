# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The form over HTTP: what is shown is what is sent, and odd ways of asking get a page, never an error."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.doubles.applicants import statements

from amtlich.contexts.cases.models import Case, Draft
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
BEGIN = "/leistungen/meldebescheinigung/beantragen/"
SIMPLE = {"umfang": "einfach", "form": "elektronisch"}


@pytest.fixture
def filled(browser, office, residents):
    """Lena has filled in everything and stands before the check page; its address."""
    browser.log_in("lena")
    browser.get(BEGIN)
    address = browser.post(BEGIN, {})["Location"]
    with tenant(office.id):
        Draft.objects.update(data=statements(residents["lena"]))
    return f"{address}pruefen/"


def revision_on(page) -> str:
    return re.search(r'name="stand" value="(\d+)"', page.text)[1]


def all_cases(office) -> list[Case]:
    with tenant(office.id):
        return list(Case.objects.all())


def test_the_check_page_shows_what_the_register_holds_and_sends_what_it_shows(browser, office, filled):
    page = browser.get(filled)
    assert "Aus dem Melderegister" in page.text
    sent = browser.post(filled, {"stand": revision_on(page)})
    assert (sent.status_code, sent["Location"]) == (303, filled.replace("pruefen", "eingang"))
    assert browser.get(sent["Location"]).status_code == 200


def test_what_another_window_changed_is_shown_before_it_is_sent(browser, office, filled):
    page = browser.get(filled)
    step = filled.replace("pruefen", "umfang")
    browser.post(step, {**SIMPLE, "zweck": "Kontoeröffnung", "stand": revision_on(page)})
    shown = browser.post(filled, {"stand": revision_on(page)})
    assert shown.status_code == 409
    assert "Ihre Angaben haben sich geändert" in shown.text
    assert "Kontoeröffnung" in shown.text
    assert all_cases(office) == []
    assert browser.post(filled, {"stand": revision_on(shown)}).status_code == 303
    assert len(all_cases(office)) == 1


def test_back_button_and_second_click_lead_to_the_one_receipt(browser, office, filled):
    stand = revision_on(browser.get(filled))
    receipt = browser.post(filled, {"stand": stand})["Location"]
    step = filled.replace("pruefen", "umfang")
    for path, fields in ((filled, {}), (step, SIMPLE)):
        again = browser.post(path, {**fields, "stand": stand})
        assert (again.status_code, again["Location"]) == (303, receipt)
        assert browser.get(path)["Location"] == receipt
    assert len(all_cases(office)) == 1


@pytest.mark.parametrize("stand", ["", "-1", "1.0", "٣", "9" * 400, "0x1", "null"])
def test_nonsense_as_state_sends_nothing_unseen(browser, office, filled, stand):
    assert browser.post(filled, {"stand": stand}).status_code == 409
    assert all_cases(office) == []


def test_an_expired_draft_is_gone_for_its_owner_however_it_is_asked_for(browser, another, office, filled):
    page = browser.get(filled)
    with tenant(office.id):
        Draft.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    another.log_in("mehmet")
    for path in (filled, filled.replace("pruefen/", ""), filled.replace("pruefen", "umfang")):
        assert browser.get(path).status_code == 410
        assert "Ihr Entwurf ist abgelaufen" in browser.get(path).text
        assert another.get(path).status_code == 404
    assert browser.post(filled, {"stand": revision_on(page)}).status_code == 410
    assert filled.split("/")[2] not in browser.get("/vorgaenge/").text
    assert all_cases(office) == []


def test_drafts_and_cases_of_others_are_not_found(browser, another, office, filled):
    stand = revision_on(browser.get(filled))
    another.log_in("mehmet")
    another.get("/vorgaenge/")
    assert another.get(filled).status_code == 404
    assert another.post(filled, {"stand": stand}).status_code == 404
    step = filled.replace("pruefen", "umfang")
    assert another.post(step, {**SIMPLE, "stand": stand}).status_code == 404
    browser.post(filled, {"stand": stand})
    jobs.run_pending()
    (case,) = all_cases(office)
    ours = browser.get(f"/vorgaenge/{case.token}/")
    document = re.search(r'"(/vorgaenge/[^"]+/dokumente/[^"]+/)"', ours.text)[1]
    assert browser.get(document).status_code == 200
    assert another.get(f"/vorgaenge/{case.token}/").status_code == 404
    assert another.get(document).status_code == 404
    browser.get("/vorgaenge/")
    browser.post("/abmelden/", {})
    assert browser.get(document).status_code == 404


def test_the_session_of_one_authority_is_nobody_at_another(browser, other_town, filled):
    from tests.integration.faces.portal.conftest import Browser

    there = Browser("kleinstadt.localhost")
    there.client.cookies["amtlich_session"] = browser.session_key
    assert there.get(filled).status_code == 404
    page = there.get("/vorgaenge/")
    assert page.status_code == 200
    assert "Lena" not in page.text
    assert "Abmelden" not in page.text


def test_no_page_about_a_person_is_kept_by_a_cache(browser, office, filled):
    browser.post(filled, {"stand": revision_on(browser.get(filled))})
    jobs.run_pending()
    (case,) = all_cases(office)
    page = browser.get(f"/vorgaenge/{case.token}/")
    documents = set(re.findall(r'"(/vorgaenge/[^"]+/dokumente/[^"]+/)"', page.text))
    assert len(documents) >= 4
    for path in ("/", "/vorgaenge/", f"/vorgaenge/{case.token}/", filled, "/gibt-es-nicht/", *documents):
        assert "no-store" in browser.get(path)["Cache-Control"], path


def test_documents_are_saved_under_a_safe_name_and_never_guessed(browser, office, filled):
    browser.post(filled, {"stand": revision_on(browser.get(filled))})
    jobs.run_pending()
    (case,) = all_cases(office)
    page = browser.get(f"/vorgaenge/{case.token}/")
    for path in set(re.findall(r'"(/vorgaenge/[^"]+/dokumente/[^"]+/)"', page.text)):
        file = browser.get(path)
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.(pdf|json)"', file["Content-Disposition"])
        assert file["X-Content-Type-Options"] == "nosniff"
        assert file["Content-Type"] in ("application/pdf", "application/json")


def test_a_page_opened_in_the_hour_that_comes_twice_is_told_in_order(browser, office, filled):
    """31 October 2027, 3:00 becomes 2:00: received before, decided after the change of the clocks."""
    with clock.use(clock.FixedClock(datetime(2027, 10, 31, 0, 59, 58, tzinfo=UTC))) as moving:
        with tenant(office.id):
            Draft.objects.update(expires_at=clock.now() + timedelta(days=1))
        browser.log_in("lena")
        browser.post(filled, {"stand": revision_on(browser.get(filled))})
        moving.advance(timedelta(seconds=4))
        jobs.run_pending()
        (case,) = all_cases(office)
        page = browser.get(f"/vorgaenge/{case.token}/").text
    assert case.decided_at - case.received_at == timedelta(seconds=4)
    assert "4 Sekunden" in page
    assert "-" not in re.findall(r"(\S+) Sekunden", page)[0]
