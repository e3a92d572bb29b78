# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Being told by e-mail, as a person meets it: giving an address, showing it by code and by link."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

PAGE = "/benachrichtigung/"
_LINK = re.compile(r"https?://[^/]+(/benachrichtigung/bestaetigen/[a-z2-7]{26}/)")
_CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def give_address(window: Visitor, address: str) -> None:
    window.go(PAGE)
    window.page.get_by_label(re.compile("Ihre E-Mail-Adresse|Neue E-Mail-Adresse")).fill(address)
    window.press("E-Mail zum Bestätigen schicken")
    expect(window.page.locator("#code")).to_be_visible()


def newest_mail(page: Page, site: str) -> str:
    """The text of the newest mail of the demonstration; the worker needs a moment for it."""
    for _ in range(200):
        page.goto(f"{site}/_galerie/mails/")
        if page.locator("main section").count():
            return page.locator("main section").first.inner_text()
    pytest.fail("no mail came")


def test_an_address_is_confirmed_by_code(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    give_address(visitor, f"lena-{uuid4().hex[:8]}@example.org")
    code = _CODE.search(newest_mail(visitor.page, visitor.site))
    assert code
    visitor.go(PAGE)
    visitor.page.get_by_label("Code aus der E-Mail").fill("2222-2222")
    visitor.press("Adresse bestätigen")
    expect(visitor.page.get_by_label("Code aus der E-Mail")).to_be_focused()
    expect(visitor.page.locator("main")).to_contain_text("Dieser Code stimmt nicht")
    faults = visitor.faults()
    visitor.page.get_by_label("Code aus der E-Mail").fill(code[0].lower())
    visitor.press("Adresse bestätigen")
    expect(visitor.page.locator("main")).to_contain_text("Dahin schreiben wir")
    faults += visitor.faults()
    visitor.press("Adresse löschen")
    expect(visitor.page.locator("main")).not_to_contain_text("Dahin schreiben wir")
    assert faults == []


def test_an_address_is_confirmed_by_link_in_the_asking_browser_only(
    visitor: Visitor, browser: Browser
) -> None:
    walks.begin_anew(visitor)
    give_address(visitor, f"jonas-{uuid4().hex[:8]}@example.org")
    faults = visitor.faults()
    link = _LINK.search(newest_mail(visitor.page, visitor.site))
    assert link
    faults += visitor.faults()
    with Visitor(browser, visitor.site, width=360) as other:
        assert other.go(link[1]) == 403
        expect(other.page.get_by_role("heading", level=1)).to_contain_text("anderen Browser")
        faults += other.faults()
    assert visitor.go(link[1]) == 200
    faults += visitor.faults()
    visitor.press("Adresse bestätigen")
    expect(visitor.page.locator("main")).to_contain_text("Dahin schreiben wir")
    assert faults == []


@pytest.mark.parametrize(
    ("form", "width", "scripting", "dark"),
    [
        ("leicht", 360, True, True),
        ("en", 1280, False, False),
        pytest.param("leicht", 1280, False, False, marks=pytest.mark.long),
        pytest.param("en", 360, True, True, marks=pytest.mark.long),
    ],
)
def test_its_pages_in_every_form(
    site: str, browser: Browser, form: str, width: int, scripting: bool, dark: bool
) -> None:
    with Visitor(browser, site, width=width, scripting=scripting, dark=dark) as window:
        window.go(f"{PAGE}?sprache={form}")
        faults = window.faults()
        window.go("/anmelden/?weiter=/")
        window.page.locator("button[name=person][value=lena]").click()
        window.go(PAGE)
        faults += window.faults()
        window.page.locator("#adresse").fill("a@@b.de")
        window.page.locator("main form button").last.click()
        expect(window.page.locator("#adresse-f")).to_be_visible()
        faults += window.faults()
        window.go(f"{PAGE}bestaetigen/abcdefghijklmnopqrstuvwxyz/")
        faults += window.faults()
    assert faults == []
