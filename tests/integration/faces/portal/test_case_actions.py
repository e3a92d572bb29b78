# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The forms of a case over HTTP: what is sent wrongly, late, twice or by a stranger."""

import re

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
PAGES = ("", "antwort/", "nachricht/", "zurueckziehen/", "frist.ics")


@pytest.fixture
def kaya(office):
    return Actor("staff", office.id, display_name="Derya Kaya", roles=frozenset({"caseworker"}))


@pytest.fixture
def case(browser, personas, residents, office, apply_as):
    """The address of a case of Ali's that a person has; he is logged in."""
    from tests.doubles.applicants import actor_for

    account = personas["ali-1"]
    actor = actor_for(office, residents["ali-1"], account_id=account, holder_id=account)
    token = apply_as(residents["ali-1"], actor=actor).case.token
    browser.log_in("ali-1")
    return f"/vorgaenge/{token}/"


@pytest.fixture
def asked(case, kaya):
    cases.ask(kaya, case.split("/")[2], ["Wo?", "Seit wann?"], 14)
    return case


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.text)[1]


def test_strangers_and_visitors_find_none_of_the_pages(asked, another, personas):
    another.get("/anmelden/")
    for who in ("", "lena"):
        if who:
            another.log_in(who)
        for page in PAGES:
            assert another.get(asked + page).status_code == 404
        for page in PAGES[1:4]:
            sent = another.post(asked + page, {"antwort": "x", "nachricht": "x", "frage": "4"})
            assert sent.status_code == 404


def test_without_a_question_there_is_nothing_to_answer(case, browser):
    assert browser.get(f"{case}antwort/").headers["Location"] == case
    browser.get(f"{case}nachricht/")
    sent = browser.post(f"{case}antwort/", {"frage": "4", "antwort": "Hallo"})
    assert sent.status_code == 409
    assert "haben wir nichts gefragt" in sent.text
    assert "Hallo" in sent.text


@pytest.mark.parametrize("number", ["", "abc", "-1", "9" * 40, "²", "4; DROP"])
def test_a_number_that_is_none_is_answered_with_what_is(asked, browser, number):
    browser.get(f"{asked}antwort/")
    sent = browser.post(f"{asked}antwort/", {"frage": number, "antwort": ["a", "b"]})
    assert sent.status_code == 409
    assert "a\n\nb" in sent.text


def test_fewer_or_more_answers_than_questions_are_refused(asked, browser):
    number = hidden(browser.get(f"{asked}antwort/"), "frage")
    for answers in ([], ["eine"], ["a", "b", "c"]):
        sent = browser.post(f"{asked}antwort/", {"frage": number, "antwort": answers})
        assert sent.status_code == 400
    wrong = browser.post(f"{asked}antwort/", {"frage": number, "antwort": ["In\x01 Rostock", "b"]})
    assert wrong.status_code == 422
    assert wrong.text.count('aria-invalid="true"') == 1


def test_a_withdrawal_asks_once_more_if_an_answer_came_in_between(asked, browser):
    page = browser.get(f"{asked}zurueckziehen/")
    number = hidden(browser.get(f"{asked}antwort/"), "frage")
    assert browser.post(f"{asked}antwort/", {"frage": number, "antwort": ["a", "b"]}).status_code == 303
    old = browser.post(f"{asked}zurueckziehen/", {"stand": hidden(page, "stand"), "grund": "Umzug"})
    assert old.status_code == 409
    assert "schon geantwortet" in old.text
    assert "Umzug" in old.text
    again = browser.post(f"{asked}zurueckziehen/", {"stand": hidden(old, "stand"), "grund": "Umzug"})
    assert again.status_code == 303
    assert "zurückgezogen" in browser.get(asked).text
    assert browser.get(f"{asked}antwort/").headers["Location"] == asked
    assert browser.get(f"{asked}frist.ics").status_code == 404


def test_what_is_decided_is_not_withdrawn_over_an_open_page(browser, personas, residents, office, apply_as):
    from tests.doubles.applicants import actor_for

    account = personas["lena"]
    actor = actor_for(office, residents["lena"], account_id=account, holder_id=account)
    token = apply_as(residents["lena"], actor=actor, work=False).case.token
    browser.log_in("lena")
    page = browser.get(f"/vorgaenge/{token}/zurueckziehen/")
    jobs.run_pending()
    late = browser.post(f"/vorgaenge/{token}/zurueckziehen/", {"stand": hidden(page, "stand")})
    assert late.status_code == 409
    assert "entschieden" in late.text


def test_a_message_sent_twice_arrives_once_and_another_text_is_another_message(case, browser):
    key = hidden(browser.get(f"{case}nachricht/"), "kennung")
    for text in ("Eins", "Eins", "Zwei"):
        assert browser.post(f"{case}nachricht/", {"kennung": key, "nachricht": text}).status_code == 303
    talk = browser.get(case).text
    assert talk.count(">Eins<") == 1
    assert talk.count(">Zwei<") == 1
    for unknown in ("", "x" * 500, "Schlüssel"):
        sent = browser.post(f"{case}nachricht/", {"kennung": unknown, "nachricht": "Drei"})
        assert sent.status_code == 303


def test_what_others_write_is_shown_as_text(asked, browser, kaya):
    token = asked.split("/")[2]
    cases.send_message(kaya, token, "<script>alert(1)</script> & {{ 7 * 7 }}")
    for page in (asked, f"{asked}nachricht/", f"{asked}?sprache=leicht", f"{asked}?sprache=en"):
        text = browser.get(page).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}" in text


def test_looking_changes_nothing_and_other_methods_are_refused(asked, browser):
    before = browser.get(asked).text.count("<time")
    for page in PAGES[1:4]:
        assert browser.get(asked + page).status_code == 200
        assert browser.client.put(asked + page).status_code in (403, 405)
    assert browser.get(asked).text.count("<time") == before


def test_a_form_without_its_token_changes_nothing(asked, browser):
    for page in PAGES[1:4]:
        assert browser.post(asked + page, {"antwort": "x"}, token="").status_code == 403
    assert "Sie sind dran" in browser.get(asked).text


HEARING = {
    "de": ("Sie sind dran: Wir wollen Ihren Antrag ablehnen", "Ihre Sicht, bevor wir entscheiden"),
    "leicht": ("Vorher können Sie uns Ihre Meinung schreiben.", "Ihre Meinung, bevor wir entscheiden"),
    "en": ("we intend to refuse your application", "Your view, before we decide"),
}
REFUSED = {
    "de": (
        "Wir haben Ihren Antrag abgelehnt",
        "Am Ende steht, bis wann und wo Sie sich dagegen wehren können.",
    ),
    "leicht": ("Wir haben Ihren Antrag abgelehnt", "Am Ende steht: Das können Sie dagegen tun."),
    "en": ("We have refused your application", "At its end it says until when"),
}


@pytest.mark.parametrize("language", ["de", "leicht", "en"])
def test_a_hearing_and_a_refusal_are_told_in_every_language_form(case, browser, kaya, office, language):
    office.imprint = {**office.imprint, "remedy": "Gegen diesen Bescheid können Sie Klage erheben."}
    office.save(using="owner")
    token = case.split("/")[2]
    why = "Wir konnten nicht feststellen, wer von zwei Personen den Antrag gestellt hat."
    version = cases.office_case(kaya, token).version
    cases.open_hearing(kaya, token, version=version, text=why)
    page = browser.get(f"{case}?sprache={language}").text
    form = browser.get(f"{case}antwort/")
    assert HEARING[language][0] in page
    assert why in page
    assert HEARING[language][1] in form.text
    answered = browser.post(f"{case}antwort/", {"frage": hidden(form, "frage"), "antwort": "Ich bin es."})
    assert answered.status_code == 303
    now = cases.office_case(kaya, token)
    cases.refuse(kaya, token, version=now.version, reasons=why, norms=[now.norms[0]])
    jobs.run_pending()
    page = browser.get(case).text
    for told in REFUSED[language]:
        assert told in page
    assert "kern-icon--success" not in page.split("<h1")[0]
    assert "/dokumente/" in page
    assert "elektronisches Original" not in page
    assert browser.get("/vorgaenge/").status_code == 200
