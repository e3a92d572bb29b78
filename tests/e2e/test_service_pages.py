# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pages before an application in all three language forms: faultless, and useful without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.visitor import Visitor
from tests.e2e.walks import SERVICE

DECISION = f"{SERVICE}entscheidung/"
_WINDOWS = {
    "1280": (1280, True, False),
    "360-without-javascript": (360, False, False),
    "360-dark": (360, True, True),
}
# Each form and each window once for every commit; all of them together in the long run.
_SHORT = {("1280", "de"), ("360-without-javascript", "leicht"), ("360-dark", "en")}
_ALL = [
    pytest.param(
        settings, form, id=f"{name}-{form}", marks=() if (name, form) in _SHORT else pytest.mark.long
    )
    for name, settings in _WINDOWS.items()
    for form in ("de", "leicht", "en")
]


@pytest.fixture
def window(settings: tuple[int, bool, bool], site: str, browser: Browser) -> Iterator[Visitor]:
    width, scripting, dark = settings
    with Visitor(browser, site, width=width, scripting=scripting, dark=dark) as fresh:
        yield fresh


@pytest.mark.parametrize(("settings", "form"), _ALL)
def test_pages_before_an_application(window: Visitor, form: str) -> None:
    faults = []
    for path, status in (
        (f"/?sprache={form}", 200),
        ("/leistungen/?lebenslage=wohnen-und-umzug", 200),
        ("/leistungen/?suche=ausweis+weg", 200),
        ("/leistungen/?suche=xyzzy", 200),
        (SERVICE, 200),
        (DECISION, 200),
        ("/leistungen/wohnsitz-anmelden/", 200),
        ("/leistungen/kinderreisepass/", 410),
    ):
        assert window.go(path) == status, path
        faults += window.faults()
        expect(window.page.locator("html")).to_have_attribute("lang", "en" if form == "en" else "de")
    assert faults == []


def test_the_way_from_a_word_to_the_rules(visitor: Visitor) -> None:
    visitor.go("/?sprache=en")
    visitor.page.get_by_role("searchbox", name="Search for a service").fill("proof of adress")
    visitor.press("Search")
    visitor.page.locator("main .am-rows .kern-link").first.click()
    visitor.page.wait_for_url(f"**{SERVICE}")
    visitor.press("See all rules")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("How this is decided")
    table = visitor.page.get_by_role("table").first
    row = table.get_by_role("row").nth(6)
    expect(row.get_by_role("rowheader")).to_have_text("Rule 6")
    expect(row.get_by_role("cell").nth(2)).to_have_text("more than 1")
    row.get_by_role("link", name="Rule 6").click()
    expect(visitor.page.get_by_role("heading", name="Rule 6")).to_be_in_viewport()


def test_on_a_phone_the_table_of_rules_is_a_list_with_its_labels(site: str, browser: Browser) -> None:
    with Visitor(browser, site, width=360) as phone:
        phone.go(f"{DECISION}?sprache=de")
        row = phone.page.get_by_role("table").first.get_by_role("row").nth(1)
        cell = row.get_by_role("cell").first
        label = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
        assert label == '"Sicherheit der Anmeldung"'
        assert cell.evaluate("(cell) => getComputedStyle(cell).display") == "grid"
        # What does not matter for the rule is left out: one condition, two results, the law.
        assert row.get_by_role("cell").count() == 4


def test_a_service_that_is_gone_leads_to_what_there_is_today(visitor: Visitor) -> None:
    assert visitor.go("/leistungen/kinderreisepass/?sprache=de") == 410
    visitor.press("Reisepass beantragen")
    visitor.page.wait_for_url("**/leistungen/reisepass/")
