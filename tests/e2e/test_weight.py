# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a page weighs on the wire, and that a bad line is enough for a whole application."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page
from tests.doubles.slow_line import Chance, SlowLine
from tests.e2e import walks
from tests.e2e.visitor import Visitor

FIRST_PAGE = 50_000
FONTS = 60_000
BLOCKING = 3


@dataclass(frozen=True)
class Sent:
    """One answer: its address, kind, and bytes on the wire with headers."""

    address: str
    kind: str
    size: int


class Wire:
    """What the browser took from the line since; what it had already counts nothing."""

    def __init__(self, page: Page) -> None:
        self._known: dict[str, tuple[str, str]] = {}
        self.sent: list[Sent] = []
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _answered(self, event: dict[str, Any]) -> None:
        self._known[event["requestId"]] = (event["response"]["url"], event["type"])

    def _finished(self, event: dict[str, Any]) -> None:
        address, kind = self._known.get(event["requestId"], ("", ""))
        if address.startswith("http") and event["encodedDataLength"] > 0:
            self.sent.append(Sent(address, kind, int(event["encodedDataLength"])))


@pytest.mark.parametrize("path", ["/", "/leistungen/meldebescheinigung/", "/leistungen/"])
def test_first_page_is_light(site: str, browser: Browser, path: str) -> None:
    with Visitor(browser, site) as visitor:
        wire = Wire(visitor.page)
        visitor.page.goto(site + path, wait_until="networkidle")
        sent = tuple(wire.sent)
    fonts = [each for each in sent if each.kind == "Font"]
    rest = [each for each in sent if each.kind != "Font"]
    listed = "\n".join(f"{each.size:7} {each.kind:10} {each.address}" for each in sent)
    assert sum(each.size for each in rest) <= FIRST_PAGE, listed
    assert sum(each.size for each in fonts) <= FONTS, listed
    assert len(fonts) <= 3, f"only the files with German letters, one for each weight:\n{listed}"


@pytest.mark.parametrize("path", ["/", "/anmelden/", "/pruefen/"])
def test_few_answers_block_the_first_paint(site: str, browser: Browser, path: str) -> None:
    with Visitor(browser, site) as visitor:
        visitor.go(path)
        blocking = visitor.page.evaluate(
            """() => performance.getEntriesByType("resource")
              .filter((each) => each.renderBlockingStatus === "blocking").map((each) => each.name)"""
        )
    assert 1 <= len(blocking) + 1 <= BLOCKING, blocking  # and the page itself


def test_a_second_page_brings_nothing_but_itself(site: str, browser: Browser) -> None:
    with Visitor(browser, site) as visitor:
        visitor.page.goto(site + "/", wait_until="networkidle")
        wire = Wire(visitor.page)
        visitor.page.locator(".am-nav a").first.click()
        visitor.page.wait_for_load_state("networkidle")
        sent = tuple(wire.sent)
    assert [each.address.removeprefix(site) for each in sent] == ["/leistungen/"]


@pytest.mark.parametrize("letters", ["Ł", "Ž", "Ж"])
def test_other_letters_bring_their_file_and_only_then(site: str, browser: Browser, letters: str) -> None:
    with Visitor(browser, site) as visitor:
        visitor.go("/pruefen/")
        with visitor.page.expect_response(lambda answer: "-mehr" in answer.url):
            visitor.page.locator("h1").evaluate("(each, text) => { each.textContent = text }", letters)


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_application_over_a_line_of_64_kbit_that_stalls_and_breaks(
    site: str, browser: Browser, seed: int
) -> None:
    """What breaks is opened again, as a person would; nothing is lost and nothing sent twice."""
    faults = Chance(seed, one_in=3, most=6, stall=3.0)
    with (
        SlowLine(site, bits_per_second=64_000, faults=faults) as line,
        Visitor(browser, line.address, width=360) as visitor,
    ):
        visitor.context.set_default_timeout(40_000)
        page = visitor.page
        _surely(page, lambda: visitor.log_in("nadja"))
        _surely(page, lambda: walks.begin_anew(visitor))
        _surely(page, lambda: walks.choose(visitor))
        _surely(page, lambda: page.wait_for_url("**/person/"))
        _surely(page, lambda: visitor.press("Weiter"))
        _surely(page, lambda: page.wait_for_url("**/pruefen/"))
        address = page.url
        _surely(page, lambda: _send(visitor, address))
        link = page.get_by_role("link", name="Stand und Dokumente ansehen").get_attribute("href")
        assert link
        visitor.go("/vorgaenge/")
        carried = line.carried
    assert carried.stalled > 0
    assert carried.cut > 0
    assert carried.bytes_down < 300_000


def _send(visitor: Visitor, check: str) -> None:
    if not visitor.page.url.startswith(check):
        visitor.page.goto(check)  # the receipt, if it had been sent already
    if visitor.page.url.endswith("/pruefen/"):
        visitor.page.locator("main form[method=post] button").last.click()
    visitor.page.wait_for_url("**/eingang/")


def _surely(page: Page, act: Callable[[], object], tries: int = 8) -> None:
    """Do it; if the line breaks, load the page again and do it once more."""
    for left in reversed(range(tries)):
        try:
            act()
            page.wait_for_load_state()
        except Error:
            if not left:
                raise
            continue
        if not page.url.startswith("chrome-error:"):
            return
    raise AssertionError("the line broke every time")
