# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Finding a service: search, what it says when it finds nothing, the lists, a service without a form."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.visitor import Visitor

_WINDOWS = [
    pytest.param((1280, True, False), id="1280"),
    pytest.param((360, True, False), id="360"),
    pytest.param((360, False, False), id="360-without-javascript"),
    pytest.param((1280, True, True), id="1280-dark"),
]


@pytest.fixture(params=_WINDOWS)
def window(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Visitor]:
    width, scripting, dark = request.param
    with Visitor(browser, site, width=width, scripting=scripting, dark=dark) as fresh:
        yield fresh


def _search(window: Visitor, words: str) -> list[str]:
    """Type into the field of the page; returns the names that were found."""
    window.page.get_by_role("searchbox", name="Leistung suchen").fill(words)
    window.page.get_by_role("button", name="Suchen").click()
    window.page.wait_for_url("**/leistungen/?suche=*")
    return window.page.locator("main .am-rows .kern-link").all_inner_texts()


def test_pages_of_finding_a_service(window: Visitor) -> None:
    faults = []
    for path in (
        "/",
        "/leistungen/",
        "/leistungen/?suche=ausweis+geklaut",
        "/leistungen/?suche=Hund",
        "/leistungen/?suche=Quarkb%C3%A4llchen",
        f"/leistungen/?suche={'Donaudampfschifffahrt' * 6}",
        "/leistungen/?suche=%3Cscript%3Ealert(1)%3C/script%3E",
        "/leistungen/?suche=+",
        "/leistungen/wohnsitz-anmelden/",
        "/leistungen/kirchenaustritt/",
    ):
        assert window.go(path) == 200, path
        faults += window.faults()
    assert faults == []


def test_a_person_in_a_hurry_finds_what_to_do_about_a_lost_card(window: Visitor) -> None:
    window.go("/")
    assert _search(window, "perso gestolen")[0] == "Ausweis oder Pass verloren"
    window.page.get_by_role("link", name="Ausweis oder Pass verloren").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Ausweis oder Pass verloren")
    text = window.page.locator("main").inner_text()
    assert "noch nicht online" in text
    assert "Bürgeramt" in text
    assert window.page.locator("main a[href^='tel:']").count() == 1
    assert window.page.get_by_role("button").count() == 0
    assert window.faults() == []


def test_the_service_that_is_online_is_found_by_its_everyday_name(window: Visitor) -> None:
    window.go("/leistungen/")
    assert _search(window, "anmeldebestätigung")[0] == "Meldebescheinigung"
    assert "Gefunden über: „Anmeldebestätigung“" in window.page.locator("main").inner_text()
    window.page.get_by_role("link", name="Meldebescheinigung").click()
    window.page.wait_for_url("**/leistungen/meldebescheinigung/")


def test_no_answer_says_what_to_do(window: Visitor) -> None:
    window.go("/")
    assert _search(window, "Quarkbällchen") == []
    assert window.page.title().startswith("Nichts gefunden für „Quarkbällchen“")
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Nichts gefunden für „Quarkbällchen“")
    expect(window.page.get_by_role("searchbox")).to_have_value("Quarkbällchen")
    main = window.page.locator("main")
    assert "anderes Wort" in main.inner_text()
    assert {link.get_attribute("href") for link in main.locator("a[href^='tel:']").all()} == {
        "tel:01234560",
        "tel:115",
    }
    main.get_by_role("link", name="Alle Leistungen von A bis Z").click()
    window.page.wait_for_url("**/leistungen/#a-bis-z")


def test_the_search_works_by_keyboard(visitor: Visitor) -> None:
    visitor.go("/")
    visitor.page.get_by_role("searchbox").focus()
    visitor.page.keyboard.type("hund anmelden")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/leistungen/?suche=hund+anmelden")
    expect(visitor.page.locator("main .am-rows .kern-link").first).to_have_text("Hund anmelden")


def test_lists_stand_in_german_order_and_by_life_situation(visitor: Visitor) -> None:
    visitor.go("/leistungen/")
    letters = visitor.page.locator(".am-letter h3").all_inner_texts()
    assert letters == sorted(letters)
    services = visitor.page.locator(".am-letter .kern-link").all_inner_texts()
    assert len(services) == len(set(services)) >= 40
    assert services.index("Baum fällen") < services.index("Bewohnerparkausweis")
    situations = [name for name in visitor.page.locator("main h2").all_inner_texts() if name != "Von A bis Z"]
    assert situations[0] == "Wohnen und Umzug"
    links = visitor.page.locator("main nav a")
    for href in [link.get_attribute("href") or "" for link in links.all()]:
        assert re.fullmatch(r"#[a-z0-9-]+", href)
        assert visitor.page.locator(href).count() == 1


def test_a_town_without_a_directory_shows_only_what_is_its_own(site: str, browser: Browser) -> None:
    with Visitor(browser, site.replace("//localhost", "//kleinstadt.localhost")) as other:
        other.go("/leistungen/")
        assert other.page.locator(".am-letter .kern-link").all_inner_texts() == ["Meldebescheinigung"]
        assert other.faults() == []
        other.go("/leistungen/?suche=hund+anmelden")
        assert other.page.title().startswith("Nichts gefunden")
        assert other.go("/leistungen/hund-anmelden/") == 404
        other.go("/leistungen/?suche=anmeldebest%C3%A4tigung")
        assert other.page.locator("main .am-rows .kern-link").all_inner_texts() == ["Meldebescheinigung"]


def test_a_service_without_a_form_cannot_be_applied_for(visitor: Visitor) -> None:
    assert visitor.go("/leistungen/hund-anmelden/beantragen/") == 404
