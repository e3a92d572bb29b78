# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every page, as people meet it: on a phone and a desk, with and without JavaScript.

No violation of WCAG 2.2 AA, no sideways scroll, no error in the console, no breach of the content
policy, targets of at least 44 px, one heading of the first level, a title that says where one is.
"""

import contextlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.e2e import walks
from tests.e2e.visitor import Visitor

_WINDOWS = [
    pytest.param((1280, True, False), id="1280"),
    pytest.param((360, True, False), id="360"),
    pytest.param((1280, False, False), id="1280-without-javascript"),
    pytest.param((360, False, False), id="360-without-javascript"),
    pytest.param((360, True, True), id="360-dark"),
]


@pytest.fixture(params=_WINDOWS)
def window(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Visitor]:
    width, scripting, dark = request.param
    with Visitor(browser, site, width=width, scripting=scripting, dark=dark) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def decided(site: str, browser: Browser) -> tuple[str, str]:
    """A case of Lena Brückner that has come to its document, and the check code of the document."""
    with Visitor(browser, site) as lena:
        lena.log_in("lena")
        walks.to_check_page(lena)
        case = walks.submit(lena)
        walks.until_decided(lena, case)
        code = lena.page.locator(".am-code--big").inner_text()
    return case, code


def test_pages_open_to_everybody(window: Visitor, decided: tuple[str, str]) -> None:
    faults = []
    for path, status in [
        ("/", 200),
        ("/leistungen/", 200),
        (walks.SERVICE, 200),
        (f"{walks.SERVICE}beantragen/", 200),
        ("/vorgaenge/", 200),
        ("/pruefen/", 200),
        ("/pruefen/?code=7XK4", 422),
        ("/pruefen/?code=", 422),
        (f"/pruefen/{decided[1]}", 200),
        ("/pruefen/7XK4-M2QD-T9RP", 200),
        ("/pruefen/quatsch", 404),
        ("/anmelden/", 200),
        ("/gibt-es-nicht/", 404),
        ("/abmelden/", 405),
        (decided[0], 404),
    ]:
        assert window.go(path) == status, path
        faults += window.faults()
    assert faults == []


def test_pages_of_an_application(window: Visitor) -> None:
    faults = []
    window.log_in("lena")
    walks.begin_anew(window)
    faults += window.faults()
    walks.choose(window, extent="Erweiterte Bescheinigung")
    faults += window.faults()
    window.press("Weiter")
    assert window.page.title().startswith("Fehler: ")
    faults += window.faults()
    window.page.get_by_label("Geburtsort").check()
    window.press("Weiter")
    faults += window.faults()
    window.page.get_by_label("Familienname").fill("😀")
    window.page.get_by_label("Tag", exact=True).fill("31")
    window.page.get_by_label("Monat", exact=True).fill("2")
    window.press("Weiter")
    assert window.page.get_by_role("alert").get_by_role("link").count() == 2
    faults += window.faults()
    window.page.get_by_label("Familienname").fill("Brückner")
    window.page.get_by_label("Tag", exact=True).fill("13")
    window.press("Weiter")
    window.page.wait_for_url("**/pruefen/")
    assert "Aus dem Melderegister" in window.page.locator("main").inner_text()
    faults += window.faults()
    for path in (walks.SERVICE, f"{walks.SERVICE}beantragen/", "/vorgaenge/", "/"):
        window.go(path)
        faults += window.faults()
    assert faults == []


def test_pages_of_a_case(window: Visitor) -> None:
    faults = []
    window.log_in("lena")
    walks.to_check_page(window)
    case = walks.submit(window)
    faults += window.faults()
    walks_to_document(window, case)
    faults += window.faults()
    window.go("/vorgaenge/")
    faults += window.faults()
    window.go("/")
    faults += window.faults()
    assert faults == []


def walks_to_document(window: Visitor, case: str) -> None:
    """Wait for the document, and load anew now and then: without JavaScript nothing comes by itself.

    The link that offers this is not clicked: with JavaScript it goes as soon as the stream is there.
    """
    for _ in range(60):
        window.go(case)
        with contextlib.suppress(PlaywrightTimeout):
            window.page.locator(".am-receipt").wait_for(timeout=1_000)
            return
    pytest.fail("the document did not come")


def test_page_of_a_case_with_a_person_and_the_offer_of_a_safer_log_in(window: Visitor) -> None:
    faults = []
    window.log_in("jonas")
    walks.to_check_page(window)
    text = window.page.locator("main").inner_text()
    assert "Diese Daten holen wir nach dem Absenden" in text
    assert "Schneller mit einer sicheren Anmeldung" in text
    faults += window.faults()
    case = walks.submit(window)
    window.go(case)
    faults += window.faults()
    assert faults == []


def test_first_page_weighs_at_most_50_kb_without_fonts(site: str, browser: Browser) -> None:
    with Visitor(browser, site) as visitor:
        sizes: dict[str, int] = {}
        visitor.page.on(
            "requestfinished",
            lambda request: sizes.__setitem__(request.url, request.sizes()["responseBodySize"]),
        )
        visitor.go("/")
        visitor.page.wait_for_load_state("networkidle")
        weighed = {url: size for url, size in sizes.items() if not re.search(r"\.woff2", url)}
        assert sum(weighed.values()) <= 50_000, weighed
        blocking = [url for url in weighed if ".css" in url]
        assert len(blocking) <= 3


def test_no_link_is_dead(visitor: Visitor, decided: tuple[str, str]) -> None:
    """Every link that the portal shows to a person with a finished case and a draft leads to a page."""
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    waiting, seen, dead = ["/", decided[0], visitor.path], set(), []
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 150:
            continue
        seen.add(path)
        answer = visitor.context.request.get(visitor.site + path)
        if answer.status >= 400:
            dead.append(f"{path} answers {answer.status}")
        if "text/html" in answer.headers.get("content-type", ""):
            found = re.findall(r'href="(/[^"#]*)', answer.text())
            waiting += [link.replace("&amp;", "&") for link in found if not link.startswith("/static/")]
    assert dead == []
    assert len(seen) > 10
