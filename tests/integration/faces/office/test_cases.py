# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The office's pages for cases: who may open what, what an address tells, and who comes second."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from tests.doubles import staff
from tests.doubles.applicants import actor_for
from tests.integration.contexts.cases.conftest import apply_as, office, residents
from tests.integration.contexts.cases.test_faults import run_due
from tests.integration.faces.portal.conftest import Browser

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import steps
from amtlich.kernel.ids import new_token
from amtlich.kernel.trust import TrustLevel
from amtlich.platform import jobs
from amtlich.platform.accounts.staff import Role

__all__ = ["apply_as", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def handed_over(apply_as, office, residents):
    """A case of Lena's that no program may decide."""
    lena = next(iter(residents.values()))
    return apply_as(lena, actor=replace(actor_for(office, lena), level=TrustLevel.NONE))


@pytest.fixture
def as_member(office):
    office.imprint = {**office.imprint, "remedy": "Gegen diesen Bescheid können Sie Klage erheben."}
    office.save(using="owner")

    def run(*roles, name="d.kaya", display_name="Derya Kaya"):
        browser = Browser()
        staff.log_in(browser.client, staff.enrolled(office.id, *roles, name=name, display_name=display_name))
        return browser

    return run


def address(done, part=""):
    return f"/amt/vorgaenge/{done.receipt.case_token}/{part}"


def visible(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def stand(answer) -> str:
    return re.search(r'name="stand" value="(-?\d+)"', answer.text)[1]


def test_the_list_shows_what_needs_a_person_and_leads_there_and_back(handed_over, as_member):
    browser = as_member()
    listed = browser.get("/amt/eingang/?liste=offen&nach=name")
    assert "1 Vorgang" in visible(listed)
    link = unescape(re.search(r'href="(/amt/vorgaenge/[^"]+)"', listed.text)[1])
    page = browser.get(link)
    assert page.status_code == 200
    back = unescape(re.search(r'href="(/amt/eingang/[^"]*)"', page.text.split("am-crumbs")[1])[1])
    assert back == f"/amt/eingang/?liste=offen&nach=name#v-{handed_over.receipt.case_token}"
    assert f'id="v-{handed_over.receipt.case_token}"' in browser.get(back.split("#")[0]).text


def test_what_is_searched_for_stands_in_no_address_and_in_no_title(handed_over, as_member):
    browser = as_member()
    browser.get("/amt/eingang/")
    family = handed_over.actor.identity.family
    sent = browser.post("/amt/eingang/", {"suche": family})
    assert sent.status_code == 303
    assert family.lower() not in sent["Location"].lower()
    found = browser.get(sent["Location"])
    assert handed_over.receipt.case_token in found.text
    assert family not in re.search(r"<title>(.*?)</title>", found.text)[1]
    assert browser.get("/amt/eingang/?suche=" + family).status_code == 200
    assert browser.post("/amt/eingang/", {"suche": "  "})["Location"] == "/amt/eingang/"


@pytest.mark.parametrize(
    ("role", "reads", "decides", "parked"),
    [
        (Role.CASEWORKER, 200, 200, 403),
        (Role.LEAD, 200, 200, 200),
        (Role.AUDITOR, 200, 403, 403),
        (Role.PUBLISHER, 403, 403, 403),
        (Role.ADMINISTRATOR, 403, 403, 403),
    ],
)
def test_each_role_opens_its_own_pages(handed_over, as_member, role, reads, decides, parked):
    browser = as_member(role)
    assert browser.get("/amt/eingang/").status_code == reads
    assert browser.get(address(handed_over)).status_code == reads
    assert browser.get(address(handed_over, "ausstellen/")).status_code == decides
    assert browser.get("/amt/stillstand/").status_code == parked


def test_nobody_and_another_town_see_nothing(handed_over, as_member, office, other_town):
    nobody = Client(headers={"host": "localhost"})
    for path in ("/amt/eingang/", address(handed_over), address(handed_over, "ausstellen/")):
        assert nobody.get(path)["Location"].startswith("/amt/anmelden/?weiter=")
    there = Browser("kleinstadt.localhost")
    staff.log_in(there.client, staff.enrolled(other_town.id, Role.LEAD))
    foreign, missing = there.get(address(handed_over)), there.get(f"/amt/vorgaenge/{new_token()}/")
    assert foreign.status_code == missing.status_code == 404
    assert as_member().get(address(handed_over, "gibt-es-nicht/")).status_code == 404


def test_a_view_is_journalled_and_the_citizen_reads_who_it_was(handed_over, as_member):
    as_member().get(address(handed_over))
    seen = cases.case(handed_over.actor, handed_over.receipt.case_token).accesses
    assert [one.who for one in seen if one.actor_kind == "staff"][:1] == ["Derya Kaya"]


def granted(browser, done, **fields):
    """Through form and check to the end; returns the last answer."""
    form = browser.get(address(done, "ausstellen/"))
    answers = {"stand": stand(form), "grund": "Ausweis im Amt gesehen.", **fields}
    checked = browser.post(address(done, "ausstellen/"), {**answers, "pruefen": "1"})
    assert "Was dann geschieht" in visible(checked), visible(checked)
    return browser.post(address(done, "ausstellen/"), {**answers, "tun": "1"})


def test_nothing_counts_before_it_was_shown_once_more(handed_over, as_member):
    browser = as_member()
    form = browser.get(address(handed_over, "ausstellen/"))
    empty = browser.post(address(handed_over, "ausstellen/"), {"stand": stand(form), "tun": "1"})
    assert empty.status_code == 422
    assert "Schreiben Sie, woran Sie das erkennen." in visible(empty)
    checked = browser.post(
        address(handed_over, "ausstellen/"), {"stand": stand(form), "grund": "Gesehen", "pruefen": "1"}
    )
    assert "Meldebescheinigung ausstellen und bekannt geben" in visible(checked)
    assert cases.case(handed_over.actor, handed_over.receipt.case_token).decided_at is None
    again = browser.post(
        address(handed_over, "ausstellen/"), {"stand": stand(form), "grund": "Gesehen", "aendern": "1"}
    )
    assert "Gesehen</textarea>" in again.text


def test_one_grants_and_the_second_is_told_who_and_when_and_keeps_what_was_typed(handed_over, as_member):
    kaya = as_member()
    petrovic = as_member(name="j.petrovic", display_name="Jens Petrović")
    seen = petrovic.get(address(handed_over, "anhoeren/"))
    assert granted(kaya, handed_over).status_code == 303
    jobs.run_pending()
    text = "Wir haben vor, Ihren Antrag abzulehnen, weil niemand passt."
    late = petrovic.post(
        address(handed_over, "anhoeren/"), {"stand": stand(seen), "text": text, "tage": "14", "tun": "1"}
    )
    assert late.status_code == 409
    assert "Derya Kaya" in visible(late)
    assert text in visible(late)
    case = cases.case(handed_over.actor, handed_over.receipt.case_token)
    assert len([one for one in case.documents if one.sealed]) == 1
    assert "Derya Kaya" in visible(petrovic.get(address(handed_over)))


def test_a_form_of_an_older_page_does_nothing(handed_over, as_member):
    browser = as_member()
    form = browser.get(address(handed_over, "ausstellen/"))
    cases.send_message(handed_over.actor, handed_over.receipt.case_token, "Ich habe noch etwas vergessen.")
    late = browser.post(
        address(handed_over, "ausstellen/"), {"stand": stand(form), "grund": "Gesehen", "tun": "1"}
    )
    assert late.status_code == 409
    assert "eine neue Nachricht" in visible(late)
    for wrong in ("", "x", "-1", "9" * 30):
        answer = browser.post(
            address(handed_over, "ausstellen/"), {"stand": wrong, "grund": "Gesehen", "tun": "1"}
        )
        assert answer.status_code == 409


def test_refusing_needs_a_hearing_or_its_exception_first(handed_over, as_member):
    browser = as_member()
    assert browser.get(address(handed_over, "ablehnen/")).status_code == 409
    form = browser.get(address(handed_over, "ohne-anhoerung/"))
    recorded = browser.post(
        address(handed_over, "ohne-anhoerung/"),
        {"stand": stand(form), "ausnahme": "angaben", "grund": "Es bleibt bei den Angaben.", "tun": "1"},
    )
    assert recorded.status_code == 303
    form = browser.get(address(handed_over, "ablehnen/"))
    reasons = "Wir konnten nicht feststellen, wer den Antrag gestellt hat. Das verlangt das Gesetz."
    norm = cases.office_case(
        staff.enrolled(handed_over.actor.authority_id).actor(), handed_over.receipt.case_token
    ).norms[0]
    sent = browser.post(
        address(handed_over, "ablehnen/"),
        {"stand": stand(form), "gruende": reasons, "normen": norm, "tun": "1"},
    )
    assert sent.status_code == 303, visible(sent)
    jobs.run_pending()
    case = cases.case(handed_over.actor, handed_over.receipt.case_token)
    assert case.decided_at is not None
    assert any(one.sealed for one in case.documents)


def test_a_question_a_message_and_a_way_back_to_the_program(handed_over, as_member):
    browser, token = as_member(), handed_over.receipt.case_token
    form = browser.get(address(handed_over, "nachricht/"))
    key = re.search(r'name="kennung" value="([a-z0-9]+)"', form.text)[1]
    for _ in range(2):
        sent = browser.post(
            address(handed_over, "nachricht/"), {"nachricht": "Guten Tag", "kennung": key, "tun": "1"}
        )
        assert sent.status_code == 303
    assert len(cases.case(handed_over.actor, token).talk) == 1
    form = browser.get(address(handed_over, "zurueckgeben/"))
    assert (
        browser.post(address(handed_over, "zurueckgeben/"), {"stand": stand(form), "tun": "1"}).status_code
        == 303
    )
    jobs.run_pending()
    form = browser.get(address(handed_over, "nachfragen/"))
    wrong = browser.post(
        address(handed_over, "nachfragen/"),
        {"stand": stand(form), "frage-1": "Wer?", "tage": "0", "tun": "1"},
    )
    assert wrong.status_code == 422
    asked = browser.post(
        address(handed_over, "nachfragen/"),
        {"stand": stand(form), "frage-1": "Wer?", "frage-2": "Wo?", "tage": "14", "tun": "1"},
    )
    assert asked.status_code == 303
    assert cases.case(handed_over.actor, token).request.questions == ("Wer?", "Wo?")
    assert "Die Frage ist gesendet." in visible(browser.get(asked["Location"]))
    form = browser.get(address(handed_over, "antwort-eintragen/"))
    entered = browser.post(
        address(handed_over, "antwort-eintragen/"),
        {"stand": stand(form), "weg": "phone", "antwort": "Ich bin es selbst.", "tun": "1"},
    )
    assert entered.status_code == 303
    assert "Ich bin es selbst." in visible(browser.get(entered["Location"]))
    assert browser.get(address(handed_over, "antwort-eintragen/")).status_code == 409


def test_what_stands_still_is_shown_to_who_leads_and_set_going_again(
    as_member, apply_as, residents, monkeypatch
):
    def broken(*_args):
        raise ValueError("Fehler in unserem Programm")

    with monkeypatch.context() as patched:
        patched.setattr(steps, "_register", broken)
        stuck = apply_as(next(iter(residents.values())))
        for _ in range(6):
            run_due()
    lead = as_member(Role.LEAD)
    page = lead.get("/amt/stillstand/")
    assert "Angehalten" in visible(page)
    assert stuck.actor.identity.family not in page.text
    job = re.search(r'name="auftrag" value="(\d+)"', page.text)[1]
    other = as_member(name="j.petrovic")
    other.get("/amt/eingang/")
    assert other.post("/amt/stillstand/", {"auftrag": job, "aktion": "wieder"}).status_code == 403
    again = lead.post("/amt/stillstand/", {"auftrag": job, "aktion": "wieder"})
    assert "läuft noch einmal" in visible(lead.get(again["Location"]))
    assert "Nichts steht still" in visible(lead.get("/amt/stillstand/"))
    for fields in ({"auftrag": job, "aktion": "wieder"}, {"auftrag": "x", "aktion": "geben"}, {}):
        late = lead.post("/amt/stillstand/", fields)
        assert "schon erledigt" in visible(lead.get(late["Location"]))


def test_who_else_has_the_case_before_them_is_said(handed_over, as_member):
    as_member(name="j.petrovic", display_name="Jens Petrović").get(address(handed_over))
    assert "Jens Petrović" in visible(as_member().get(address(handed_over)))


def test_a_document_is_given_to_the_office_journalled_and_to_nobody_else(handed_over, as_member, other_town):
    kaya = as_member()
    granted(kaya, handed_over)
    jobs.run_pending()
    page = kaya.get(address(handed_over))
    path = re.search(r'href="(/amt/vorgaenge/[a-z0-9]+/dokumente/[^"]+)"', page.text)[1]
    file = kaya.get(path)
    assert file.content.startswith(b"%PDF")
    assert file["Cache-Control"] == "no-store, private"
    seen = cases.case(handed_over.actor, handed_over.receipt.case_token).accesses
    assert [one.what for one in seen if one.source == "Dokument"] == [("Inhalt eines Dokuments",)]
    there = Browser("kleinstadt.localhost")
    staff.log_in(there.client, staff.enrolled(other_town.id, Role.LEAD))
    assert there.get(path).status_code == 404
    assert as_member(Role.PUBLISHER, name="j.petrovic").get(path).status_code == 403
    assert Client(headers={"host": "localhost"}).get(path).status_code == 302


def test_what_did_not_arrive_is_noted_and_goes_another_way(handed_over, as_member):
    browser = as_member()
    assert browser.get(address(handed_over, "nicht-zugegangen/")).status_code == 409
    granted(browser, handed_over)
    jobs.run_pending()
    assert "Nicht zugegangen" in visible(browser.get(address(handed_over)))
    form = browser.get(address(handed_over, "nicht-zugegangen/"))
    empty = browser.post(address(handed_over, "nicht-zugegangen/"), {"stand": stand(form), "tun": "1"})
    assert empty.status_code == 422
    noted = browser.post(
        address(handed_over, "nicht-zugegangen/"),
        {"stand": stand(form), "weg": "portal", "grund": "Nach zehn Tagen nicht abgerufen.", "tun": "1"},
    )
    assert noted.status_code == 303
    assert "Auf anderem Weg zugestellt" in visible(browser.get(address(handed_over)))
    form = browser.get(address(handed_over, "zugestellt/"))
    sent = browser.post(
        address(handed_over, "zugestellt/"), {"stand": stand(form), "weg": "post", "tun": "1"}
    )
    assert sent.status_code == 303
    jobs.run_pending()
    assert cases.case(handed_over.actor, handed_over.receipt.case_token).phase == "closed"
    assert browser.get(address(handed_over, "zugestellt/")).status_code == 409
