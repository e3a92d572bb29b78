# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The office's first room in a browser: cases that fell to a person are granted, refused and asked about.

Every page on the way is looked at on a desk in light and on a phone in dark.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e import walks
from tests.e2e.atlas import OFFICE_PAGES
from tests.e2e.visitor import Visitor

INBOX = "/amt/eingang/"


def be_kaya(visitor: Visitor, onward: str = INBOX) -> None:
    visitor.go(f"/amt/anmelden/?weiter={onward}")
    visitor.press("Anmelden als Ayşe Kaya")
    visitor.page.wait_for_url(f"**{onward}")


def handed_over(browser: Browser, site: str, person: str) -> str:
    """Somebody applies, and no program may decide it; returns the address of the case."""
    with Visitor(browser, site) as citizen:
        citizen.log_in(person)
        walks.to_check_page(citizen)
        case = walks.submit(citizen)
        citizen.go(case)
        expect(citizen.page.locator("main")).to_contain_text("Eine Person im Amt prüft Ihren Antrag")
    return case


@pytest.fixture
def desk(site: str, browser: Browser) -> Iterator[Visitor]:
    """Ayşe Kaya at her desk, without JavaScript."""
    with Visitor(browser, site, scripting=False) as visitor:
        be_kaya(visitor)
        yield visitor


@pytest.fixture
def phone(site: str, browser: Browser) -> Iterator[Visitor]:
    """The same person with a phone, dark."""
    with Visitor(browser, site, width=360, dark=True) as visitor:
        be_kaya(visitor)
        yield visitor


def through(visitor: Visitor, effect: str) -> list[str]:
    """From the filled form over its check to the end; what is wrong with the check is returned."""
    visitor.press("Weiter zum Prüfen")
    expect(visitor.page.get_by_role("heading", level=2, name="Was dann geschieht")).to_be_visible()
    faults = visitor.faults()
    visitor.press(effect)
    expect(visitor.page.get_by_role("status")).to_be_visible()
    return faults + visitor.faults()


def test_a_case_that_fell_to_a_person_is_granted_and_who_comes_second_is_told(
    site: str, browser: Browser, desk: Visitor, phone: Visitor
) -> None:
    address = handed_over(browser, site, "jonas")
    token = address.strip("/").split("/")[-1]
    desk.go(f"{INBOX}?nach=eingang")
    faults = desk.faults()
    link = desk.page.locator(f"#v-{token}")
    expect(link).to_have_text("Weidmann, Jonas")
    link.focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/amt/vorgaenge/**")
    expect(desk.page.locator("main")).to_contain_text("Vertrauensniveau der Anmeldung reicht nicht")
    faults += desk.faults()
    phone.go(f"/amt/vorgaenge/{token}/nachfragen/")
    desk.press("Meldebescheinigung ausstellen")
    desk.press("Weiter zum Prüfen")
    expect(desk.page.get_by_role("alert")).to_contain_text("Schreiben Sie, woran Sie das erkennen.")
    faults += desk.faults()
    desk.page.get_by_label("Woran Sie das erkennen").fill("Ausweis am Schalter gesehen.")
    faults += through(desk, "Meldebescheinigung ausstellen und bekannt geben")
    phone.page.get_by_label("Frage", exact=True).fill("Wo wohnen Sie?")
    phone.press("Weiter zum Prüfen")
    expect(phone.page.get_by_role("alert")).to_contain_text("nicht nachfragen")
    expect(phone.page.locator("main")).to_contain_text("Wo wohnen Sie?")
    expect(phone.page.locator("main")).to_contain_text("Ayşe Kaya")
    faults += phone.faults()
    # Back in the list: the same order, at the line of this case.
    desk.page.locator(".am-crumbs a").first.click()
    expect(desk.page).to_have_url(re.compile(rf"nach=eingang#v-{token}$"))
    with Visitor(browser, site) as citizen:
        citizen.log_in("jonas")
        walks.until_decided(citizen, address)
    assert faults == []


def test_one_of_two_who_may_be_meant_is_refused_after_an_exception_from_the_hearing(
    site: str, browser: Browser, desk: Visitor, phone: Visitor
) -> None:
    token = handed_over(browser, site, "ali-1").strip("/").split("/")[-1]
    page = desk.page
    desk.go(f"/amt/vorgaenge/{token}/")
    compared = page.get_by_role("table", name="Wer hat den Antrag gestellt?")
    expect(compared.get_by_role("columnheader")).to_have_count(4)
    expect(compared).to_contain_text("wie angegeben")
    faults = desk.faults()
    phone.go(f"/amt/vorgaenge/{token}/")
    faults += phone.faults()
    desk.press("Ausnahme festhalten")
    page.get_by_label(re.compile("Angaben im Antrag")).check()
    page.get_by_label("Warum sie hier vorliegt").fill("Es bleibt bei den Angaben aus dem Antrag.")
    faults += desk.faults() + through(desk, "Ausnahme festhalten")
    desk.press("Ablehnen")
    page.get_by_label("Gründe").fill(
        "Auf Ihre Angaben passen zwei Einträge. Wir konnten nicht feststellen, welcher Ihrer ist."
    )
    page.get_by_label("BMG § 18 Abs. 4").check()
    faults += desk.faults() + through(desk, "Ablehnen und bekannt geben")
    expect(page.locator("main")).to_contain_text("Entschieden: Ayşe Kaya")
    assert faults == []


@pytest.mark.long
def test_a_question_goes_out_and_its_answer_comes_back_into_the_list(
    site: str, browser: Browser, desk: Visitor, phone: Visitor
) -> None:
    address = handed_over(browser, site, "karsten")
    token = address.strip("/").split("/")[-1]
    phone.page.locator("#suche").fill("behr")
    phone.press("Suchen")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Suche: behr")
    assert "behr" not in phone.page.url.lower()
    faults = phone.faults()
    phone.page.locator(f"#v-{token}").click()
    phone.press("Nachfragen")
    phone.page.get_by_label("Frage", exact=True).fill("Seit wann wohnen Sie dort?")
    faults += phone.faults() + through(phone, "Frage senden")
    with Visitor(browser, site) as citizen:
        citizen.log_in("karsten")
        citizen.go(f"{address}antwort/")
        citizen.page.locator("main textarea").first.fill("Seit 2019.")
        citizen.press_first("main form[method=post]")
    desk.go(f"{INBOX}?liste=antwort")
    desk.page.locator(f"#v-{token}").click()
    expect(desk.page.locator("main")).to_contain_text("Seit 2019.")
    faults += desk.faults()
    assert faults == []


@pytest.mark.long
def test_the_other_pages_are_for_everybody(desk: Visitor, phone: Visitor) -> None:
    faults = []
    for visitor in (desk, phone):
        for path in OFFICE_PAGES:
            assert visitor.go(path) == 200
            faults += visitor.faults()
    assert faults == []


def test_the_keyboard_goes_in_the_order_of_reading(desk: Visitor) -> None:
    """Skip link, menu, search, account, queues, filter, list; the skip link leads past them."""
    desk.go(INBOX)
    met = []
    for _ in range(30):
        desk.page.keyboard.press("Tab")
        box = desk.page.evaluate(
            "(() => { const e = document.activeElement, b = e.getBoundingClientRect();"
            " return [e.closest('header, nav.am-queues, main, footer')?.className || e.tagName,"
            " b.width > 0 && b.height > 0, e.className]; })()"
        )
        met.append(box)
    parts = list(dict.fromkeys(str(where) for where, _, _ in met))
    assert parts[0] == "A"  # the skip link
    assert parts[1:3] == ["am-head", "am-queues"]
    assert all(visible for _, visible, _ in met)
