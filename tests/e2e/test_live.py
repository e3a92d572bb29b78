# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An open page changes by itself, tells so politely, and stays where the reader is."""

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor


def test_open_page_changes_by_itself(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.to_check_page(visitor)
    case = walks.submit(visitor)
    visitor.go(case)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Ihre Meldebescheinigung ist da")
    expect(visitor.page).to_have_title("Entschieden: Meldebescheinigung – Stadt Musterstadt")
    expect(visitor.page.locator("#stand")).to_contain_text("aktualisiert sich von selbst")
    assert visitor.faults() == []


def test_change_is_announced_once_and_focus_and_open_details_stay(visitor: Visitor) -> None:
    """The part of the page is swapped as after an event, from a state before the last one."""
    page = visitor.page
    visitor.log_in("lena")
    walks.to_check_page(visitor)
    walks.until_decided(visitor, walks.submit(visitor))
    expect(page.locator("#stand")).to_have_attribute("data-state", "on")
    page.locator("#entscheidung summary").click()
    page.get_by_role("link", name="Dokument prüfen").last.focus()
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    # As if this page had been made before the last event, and the reader came back to it.
    page.evaluate(
        "() => { const part = document.querySelector('#vorgang > div'); part.dataset.seq = '1'; "
        "part.dataset.announce = 'vorher'; part.dataset.old = ''; "
        "document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page.locator("#vorgang > div[data-old]")).to_have_count(0)
    expect(page.locator("#ansage")).to_have_text("Ihre Meldebescheinigung ist da.")
    assert page.evaluate("document.activeElement.getAttribute('href')") == focused
    assert page.locator("#entscheidung").evaluate("e => e.open")


def test_without_javascript_the_page_says_its_time_and_offers_to_load_anew(
    site: str, browser: Browser
) -> None:
    with Visitor(browser, site, scripting=False) as plain:
        plain.log_in("ali-1")
        walks.to_check_page(plain)
        case = walks.submit(plain)
        plain.go(case)
        stand = plain.page.locator("#stand")
        expect(stand).to_contain_text("Stand ")
        expect(stand.get_by_role("link", name="Neu laden")).to_be_visible()
        assert plain.page.locator("meta[http-equiv=refresh]").count() == 0


def test_blocked_script_leaves_the_link_to_load_anew(visitor: Visitor) -> None:
    visitor.context.route("**/live*.js", lambda route: route.abort())
    visitor.log_in("ali-1")
    walks.to_check_page(visitor)
    visitor.go(walks.submit(visitor))
    expect(visitor.page.locator("#stand").get_by_role("link", name="Neu laden")).to_be_visible()


@pytest.mark.parametrize("person", ["ali-1", "karsten", "nadja"])
def test_every_reason_for_a_person_reads_the_same(site: str, browser: Browser, person: str) -> None:
    """Two of that name, moved away, blocked: nobody can tell from the page which it is."""
    with Visitor(browser, site) as visitor:
        visitor.log_in(person)
        walks.to_check_page(visitor)
        expect(visitor.page.locator("main")).to_contain_text("Diese Daten holen wir nach dem Absenden.")
        visitor.go(walks.submit(visitor))
        expect(visitor.page.locator(".am-lead")).to_have_text(
            "Eine Person im Amt prüft Ihren Antrag. Sie müssen jetzt nichts tun."
        )
        titles = visitor.page.locator(".am-timeline strong").all_inner_texts()
        assert titles[-1] == "Ihr Antrag ist angekommen."


def test_log_out_in_another_window_ends_the_stream(visitor: Visitor) -> None:
    """FC-12."""
    page = visitor.page
    visitor.log_in("ali-1")
    walks.to_check_page(visitor)
    visitor.go(walks.submit(visitor))
    expect(page.locator("#stand")).to_have_attribute("data-state", "on")
    other = visitor.context.new_page()
    other.goto(visitor.site + "/")
    other.get_by_role("button", name="Abmelden").click()
    expect(page.locator("#stand")).to_have_attribute("data-state", "off", timeout=30_000)
    expect(page.locator("#stand").get_by_role("link", name="Neu laden")).to_be_visible()
