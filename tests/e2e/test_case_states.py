# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The page of a case in every state, and what a citizen does with it: answer, write, withdraw.

What the office does is done from the command line by a person with a name.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

QUESTIONS = ("--question", "Wo haben Sie vor 2020 gewohnt?", "--question", "Wie hieß die Straße?")
Office = Callable[..., str]


def apply_as(visitor: Visitor, person: str) -> str:
    """Log in and apply; returns the address of the case."""
    visitor.log_in(person)
    walks.to_check_page(visitor)
    return walks.submit(visitor)


def token_of(case: str) -> str:
    return case.strip("/").split("/")[-1]


def until_with_a_person(visitor: Visitor, case: str) -> None:
    """Load the page until a person has the case; without JavaScript it does not change by itself."""
    for _ in range(300):
        visitor.go(case)
        if "Eine Person im Amt prüft" in visitor.page.locator("main").inner_text():
            return
    pytest.fail("the case did not come to a person")


def asked_case(visitor: Visitor, office: Office, person: str = "ali-1") -> str:
    """A case with two questions, on its page."""
    case = apply_as(visitor, person)
    until_with_a_person(visitor, case)
    office("ask", token_of(case), *QUESTIONS)
    visitor.go(case)
    return case


def in_all_forms(visitor: Visitor) -> list[str]:
    """What is wrong with the page in any language form; it speaks German again in the end."""
    faults = []
    for form in ("leicht", "en", "de"):
        visitor.speak(form)
        faults += visitor.faults()
    return faults


@pytest.mark.parametrize("width", [1280, 360])
def test_a_question_is_answered_after_a_mistake_without_javascript(
    site: str, browser: Browser, office: Office, width: int
) -> None:
    with Visitor(browser, site, width=width, scripting=False) as visitor:
        page = visitor.page
        case = asked_case(visitor, office)
        expect(page).to_have_title(re.compile("^Ihre Antwort nötig: Meldebescheinigung"))
        expect(page.locator(".am-track > li")).to_have_count(5)
        expect(page.locator(".am-track [aria-current=step]")).to_contain_text("Ihre Antwort nötig, wartet")
        expect(page.get_by_role("alert").or_(page.locator(".kern-alert--warning"))).to_contain_text(
            "Sie haben noch"
        )
        look = in_all_forms if width < 400 else Visitor.faults
        faults = look(visitor)
        visitor.go("/vorgaenge/")
        expect(page.locator("main h2").first).to_have_text("Hier sind Sie dran")
        faults += visitor.faults()
        visitor.go(case)
        visitor.press("Jetzt antworten")
        faults += look(visitor)
        # A browser gives 100,000 characters to the form; what is too long is kept, and said.
        page.evaluate("document.querySelectorAll('textarea')[0].value = 'x'.repeat(100000)")
        visitor.press("Antwort absenden")
        expect(page).to_have_title(re.compile("^Fehler:"))
        assert len(page.locator("textarea").first.input_value()) == 100_000
        expect(page.locator("textarea").first).to_have_attribute("aria-invalid", "true")
        expect(page.locator(".am-errors a")).to_have_count(2)
        page.locator("textarea").nth(0).fill("In Rostock.")
        faults += visitor.faults()
        page.locator("textarea").nth(1).fill("Seestraße\n12 a")
        visitor.press("Antwort absenden")
        expect(page.locator(".am-lead")).to_contain_text("Ihre Antwort ist da")
        expect(page.locator(".am-talk li").first).to_contain_text("Seestraße")
        faults += look(visitor)
        assert faults == []


def test_of_two_windows_the_second_is_told_what_happened_and_keeps_its_text(
    visitor: Visitor, office: Office
) -> None:
    case = asked_case(visitor, office)
    page = visitor.page
    page.goto(visitor.site + f"{case}antwort/")
    other = visitor.context.new_page()
    other.goto(visitor.site + f"{case}antwort/")
    for window, text in ((page, "Erste Antwort."), (other, "Zweite Antwort.")):
        for number in (0, 1):
            window.locator("textarea").nth(number).fill(text)
        window.get_by_role("button", name="Antwort absenden").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Das ging nicht mehr")
    expect(other.locator(".am-lead")).to_contain_text("Auf die Frage wurde schon geantwortet")
    expect(other.locator("textarea")).to_have_value("Zweite Antwort.\n\nZweite Antwort.")
    other.get_by_role("button", name="Als Nachricht senden").click()
    expect(other.locator(".am-talk li").first).to_contain_text("Zweite Antwort.")
    expect(other.locator(".am-talk li").nth(1)).to_contain_text("Erste Antwort.")


def test_a_question_comes_to_the_open_page_and_again_after_a_proxy_refused_the_stream(
    visitor: Visitor, office: Office
) -> None:
    """The stream was answered with 502: a browser gives it up for good, the page does not."""
    page, refused = visitor.page, []

    def bad_gateway(route: Route) -> None:
        refused.append(route.request.url)
        if len(refused) > 1:
            route.continue_()
        else:
            route.fulfill(status=502)

    case = apply_as(visitor, "karsten")
    until_with_a_person(visitor, case)
    page.route("**/live/*", bad_gateway)
    page.reload()
    expect(page.locator("#stand")).to_have_attribute("data-state", "on", timeout=15_000)
    assert len(refused) == 2
    assert "?seit=" in refused[0]
    office("ask", token_of(case), *QUESTIONS)
    expect(page.locator("#h-frage")).to_be_visible()
    expect(page).to_have_title(re.compile("^Ihre Antwort nötig"))
    expect(page.locator("#ansage")).to_contain_text("Wir haben eine Frage an Sie")


def test_messages_go_both_ways_and_a_double_click_is_one(visitor: Visitor, office: Office) -> None:
    page = visitor.page
    case = apply_as(visitor, "nadja")
    until_with_a_person(visitor, case)
    visitor.press("Nachricht schreiben")
    faults = in_all_forms(visitor)
    visitor.press("Nachricht senden")
    expect(page.locator("#fehler")).to_be_focused()
    faults += visitor.faults()
    page.get_by_label("Ihre Nachricht").fill("<b>Wie lange</b> dauert es?\nDanke")
    page.get_by_role("button", name="Nachricht senden").dblclick()
    expect(page.locator(".am-talk li")).to_have_count(1)
    expect(page.locator(".am-talk")).to_contain_text("<b>Wie lange</b> dauert es?")
    office("message", token_of(case), "Bis Freitag.")
    expect(page.locator(".am-talk li").first).to_contain_text("Bis Freitag.")
    expect(page.locator("#ansage")).to_contain_text("Nachrichten vom Amt: 1.")
    faults += visitor.faults()
    assert faults == []
    assert "Bis Freitag." in office("show", token_of(case))


def test_an_application_is_withdrawn_after_its_effect_was_named(site: str, browser: Browser) -> None:
    with Visitor(browser, site, width=360, scripting=False) as visitor:
        page = visitor.page
        case = apply_as(visitor, "ali-1")
        until_with_a_person(visitor, case)
        visitor.press("Antrag zurückziehen")
        expect(page.locator("main")).to_contain_text("Das geht nicht. Einen neuen Antrag können Sie")
        faults = in_all_forms(visitor)
        visitor.press("Antrag endgültig zurückziehen")
        expect(page).to_have_title(re.compile("^Zurückgezogen"))
        expect(page.locator(".am-track > li")).to_have_count(5)
        faults += in_all_forms(visitor)
        visitor.go(f"{case}zurueckziehen/")  # an old link: there is nothing to withdraw any more
        assert visitor.path == case
        assert faults == []


def test_a_document_stays_though_its_notification_failed(visitor: Visitor, office: Office) -> None:
    page = visitor.page
    case = apply_as(visitor, "lena")
    walks.until_decided(visitor, case)
    expect(page.locator(".am-track > li")).to_have_count(5)
    expect(page.locator(".am-track .is-skipped")).to_contain_text("Ihre Antwort nötig, übersprungen")
    assert "heute" not in page.locator("#vorgang").inner_text().lower()  # it is printed and kept
    faults = in_all_forms(visitor)
    office("fail-notification", token_of(case), "--reason", "nicht abgerufen")
    expect(page.locator(".am-lead")).to_contain_text("Das Amt sucht einen anderen Weg")
    expect(page.locator(".am-doc").first.get_by_role("link").first).to_be_visible()
    faults += in_all_forms(visitor)
    assert faults == []
