# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What happens to forms in real browsers: interrupted, translated, half broken, with a wrong clock."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import LANGUAGES

PERSON = {
    "familienname": "Brückner",
    "vornamen": "Lena Marie",
    "geburtsdatum-tag": "13",
    "geburtsdatum-monat": "2",
    "geburtsdatum-jahr": "1988",
    "strasse": "Lindenweg",
    "hausnummer": "12",
    "plz": "12345",
    "ort": "Musterstadt",
}


@pytest.fixture
def plain(site: str, browser: Browser) -> Iterator[Visitor]:
    """A phone without JavaScript."""
    with Visitor(browser, site, width=360, scripting=False) as fresh:
        yield fresh


def begin(visitor: Visitor) -> str:
    """Begin as somebody without account; returns the draft's address."""
    visitor.go(f"{walks.SERVICE}beantragen/")
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_url("**/umfang/")
    return visitor.path.removesuffix("umfang/")


def onward(visitor: Visitor) -> None:
    """The primary button, by what it is and not by what it says."""
    visitor.page.locator("main form#antrag button[name=weiter]").click()


def choose(visitor: Visitor) -> None:
    visitor.page.locator("[name=umfang][value=einfach]").check()
    visitor.page.locator("[name=form][value=elektronisch]").check()
    onward(visitor)
    visitor.page.wait_for_url("**/person/")


def fill(visitor: Visitor, **changes: str) -> None:
    for name, value in {**PERSON, **changes}.items():
        visitor.page.locator(f"#{name}").fill(value)


def to_check(visitor: Visitor) -> str:
    draft = begin(visitor)
    choose(visitor)
    fill(visitor)
    onward(visitor)
    visitor.page.wait_for_url("**/pruefen/")
    return draft


def send(visitor: Visitor) -> None:
    visitor.page.locator("main form:has([name=stand]) button").last.click()
    visitor.page.wait_for_url("**/eingang/")


def test_a_change_of_language_takes_what_is_typed_along_without_javascript(plain: Visitor) -> None:
    page = plain.page
    begin(plain)
    choose(plain)
    fill(plain, strasse="Ahornweg", plz="1")
    page.locator("header button[name=sprache][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Day", exact=True)).to_have_value("13")
    assert page.locator("#strasse").input_value() == "Ahornweg"
    assert page.locator("#plz").input_value() == "1", "what is wrong stays, too"
    page.locator("header button[name=sprache][value=leicht]").click()
    expect(page.locator("body")).to_have_class("am-leicht")
    assert page.locator("#strasse").input_value() == "Ahornweg"
    onward(plain)
    expect(page.get_by_role("alert")).to_contain_text("Eine Post·leit·zahl hat 5 Zahlen.")
    assert plain.faults() == []


def test_enter_in_a_field_goes_onward_and_changes_no_language(visitor: Visitor) -> None:
    begin(visitor)
    choose(visitor)
    fill(visitor)
    visitor.page.locator("#ort").press("Enter")
    visitor.page.wait_for_url("**/pruefen/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "de")


def test_back_and_forward_through_all_pages_lose_and_repeat_nothing(visitor: Visitor) -> None:
    page = visitor.page
    draft = to_check(visitor)
    for expected in ("person/", "umfang/"):
        page.go_back()
        page.wait_for_url(f"**{draft}{expected}")
    assert page.locator("[name=umfang][value=einfach]").is_checked()
    for expected in ("person/", "pruefen/"):
        page.go_forward()
        page.wait_for_url(f"**{draft}{expected}")
    page.go_back()
    assert page.locator("#familienname").input_value() == "Brückner"
    onward(visitor)
    page.wait_for_url("**/pruefen/")
    send(visitor)
    receipt = visitor.path
    page.go_back()
    page.wait_for_url(f"**{draft}**")
    page.reload()
    assert visitor.path == receipt, "a form that was sent leads to its receipt"


def test_a_translated_page_sends_the_same_answers(visitor: Visitor) -> None:
    """A browser's translation replaces words wherever it may; values and names are not words."""
    begin(visitor)
    visitor.page.evaluate(_TRANSLATE)
    assert "xx" in visitor.page.locator("h1").inner_text()
    choose(visitor)
    visitor.page.evaluate(_TRANSLATE)
    fill(visitor)
    onward(visitor)
    visitor.page.wait_for_url("**/pruefen/")
    visitor.page.evaluate(_TRANSLATE)
    answers = visitor.page.locator("main dl").nth(1).inner_text()
    for typed in ("Brückner", "Lena Marie", "Lindenweg", "12345", "Musterstadt"):
        assert typed in answers
    send(visitor)
    visitor.page.evaluate(_TRANSLATE)
    assert re.search(r"\bMB-[2-9A-Z]{4}-[2-9A-Z]{4}\b", visitor.page.locator("main").inner_text())


# As browsers do it: text nodes become <font> elements, except below translate="no".
_TRANSLATE = """(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const node of found) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder || holder.closest("script, textarea")) continue;
    const nearest = holder.closest("[translate]");
    if (nearest && nearest.getAttribute("translate") === "no") continue;
    const font = document.createElement("font");
    font.textContent = node.data.replace(/[\\p{L}\\p{N}]+/gu, "xx");
    node.replaceWith(font);
  }
})()"""


def test_with_a_script_that_never_arrives_everything_works(visitor: Visitor) -> None:
    visitor.context.route("**/*.js", lambda route: route.abort())
    to_check(visitor)
    visitor.press("Ändern Familienname")
    visitor.page.wait_for_url("**/person/**")
    fill(visitor, plz="1")
    onward(visitor)
    expect(visitor.page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    fill(visitor)
    onward(visitor)
    visitor.page.wait_for_url("**/pruefen/")
    send(visitor)


@pytest.mark.long
@pytest.mark.parametrize("days", [-1, 1])
def test_a_device_whose_clock_is_wrong_by_a_day_shows_our_time(visitor: Visitor, days: int) -> None:
    wrong = datetime.now(UTC) + timedelta(days=days)
    visitor.page.clock.install(time=wrong)
    to_check(visitor)
    send(visitor)
    received = visitor.page.locator("dl dd").first.inner_text()
    shown = re.match(r"(\d+)\. \w+ (\d+), ", received)
    assert shown is not None, received
    today = datetime.now(UTC).astimezone()
    assert (int(shown[1]), int(shown[2])) in {
        ((today + timedelta(hours=hours)).day, (today + timedelta(hours=hours)).year) for hours in (0, 1, 2)
    }


def test_a_log_out_in_another_window_keeps_the_typing_for_the_next_log_in(
    site: str, browser: Browser
) -> None:
    with Visitor(browser, site, scripting=False) as lena:
        page = lena.page
        lena.log_in("lena")
        walks.begin_anew(lena)
        choose(lena)
        form = lena.path
        page.locator("#strasse").fill("Ahornweg")
        other = lena.context.new_page()
        other.goto(site + "/")
        other.locator("form[action='/abmelden/'] button").click()
        other.wait_for_url("**/abmelden/fertig/")
        onward(lena)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Sitzung ist zu Ende")
        assert lena.faults() == []
        lena.press("Wieder anmelden")
        page.locator("button[name=person][value=lena]").click()
        page.wait_for_url(site + form)
        assert page.locator("#strasse").input_value() == "Ahornweg"
        assert lena.faults() == []


def test_a_code_leads_from_one_device_to_another(site: str, browser: Browser, plain: Visitor) -> None:
    draft = begin(plain)
    choose(plain)
    fill(plain)
    plain.page.locator("button[name=pause]").click()
    plain.page.wait_for_url("**/spaeter/")
    plain.press("Code zeigen")
    code = plain.page.locator(".am-code").inner_text()
    with plain.page.expect_download() as saved:
        plain.press("Code als Textdatei speichern")
    assert code in saved.value.path().read_text(encoding="utf-8")
    assert plain.faults() == []
    with Visitor(browser, site) as elsewhere:
        elsewhere.go("/weitermachen/")
        elsewhere.page.locator("#code").fill(code.lower().replace("-", " "))
        elsewhere.press("Entwurf öffnen")
        elsewhere.page.wait_for_url(f"**{draft}**")
        elsewhere.go(f"{draft}person/")
        assert elsewhere.page.locator("#strasse").input_value() == "Lindenweg"


def test_refused_cookies_are_said_before_anything_is_lost(visitor: Visitor) -> None:
    visitor.go(f"{walks.SERVICE}beantragen/")
    visitor.context.clear_cookies()
    visitor.page.locator("main form button").first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Ihr Browser nimmt keine Cookies an")


@pytest.mark.long
@pytest.mark.parametrize("form", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_all_pages_of_a_draft_are_sound_in_every_form(
    site: str, browser: Browser, width: int, form: str
) -> None:
    with Visitor(browser, site, width=width, scripting=width != 360, dark=width == 360) as visitor:
        page = visitor.page
        visitor.speak(form)
        visitor.go(f"{walks.SERVICE}beantragen/")
        found = visitor.faults()
        draft = begin(visitor)
        choose(visitor)
        onward(visitor)
        found += visitor.faults()
        fill(visitor)
        onward(visitor)
        page.wait_for_url("**/pruefen/")
        for path in (draft + "pruefen/", draft + "spaeter/", draft + "loeschen/", "/weitermachen/"):
            visitor.go(path)
            found += visitor.faults()
        for path in (f"{walks.SERVICE}beantragen/", "/antrag/" + "a" * 26 + "/"):
            visitor.go(path)
            found += visitor.faults()
        visitor.go(draft + "pruefen/")
        send(visitor)
        found += visitor.faults()
        gone = begin(visitor)
        visitor.go(gone + "loeschen/")
        page.locator("main form button").click()
        page.wait_for_url(f"**{gone}")
        expect(page.locator("h1")).to_be_visible()
        visitor.complaints.clear()  # the browser notes the 410 that is meant
        found += visitor.faults()
        assert found == []
