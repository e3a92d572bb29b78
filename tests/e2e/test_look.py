# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The look holds on every screen: narrow, dark, enlarged, with forced colours, spaced out, in all forms."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.e2e.visitor import Visitor

#: One page of each kind that anybody can open; the gallery holds every component.
PAGES = ("/", "/leistungen/meldebescheinigung/", "/pruefen/", "/anmelden/", "/gibt-es-nicht/")
FORMS = ("de", "leicht", "en")
#: WCAG 2.2, 1.4.12: nothing may be lost when a reader spaces text like this.
_SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


@pytest.fixture(scope="module")
def anybody(site: str, browser: Browser) -> Iterator[Visitor]:
    """Somebody who only looks. The window is used by one test after the other."""
    with Visitor(browser, site) as fresh:
        yield fresh


def _beyond(visitor: Visitor) -> int:
    return int(visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def _cut_off(visitor: Visitor) -> list[str]:
    """Text that its own box hides. A box that may scroll or is meant to hide is no fault."""
    return list(
        visitor.page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((each) => {
              const style = getComputedStyle(each);
              const meant = ".kern-sr-only, .kern-sr-only *, thead, thead *, .am-skip, .am-who__name";
              if (each.matches(meant)) return false;
              if (!each.innerText?.trim() || !["hidden", "clip"].includes(style.overflowY)) return false;
              return each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 2;
            }).map((each) => each.outerHTML.slice(0, 120))"""
        )
    )


@pytest.mark.parametrize(
    ("form", "width", "dark"),
    [("de", 1280, False), ("leicht", 360, True), ("leicht", 1280, False), ("en", 1280, True)],
)
def test_every_component_in_every_form(
    site: str, browser: Browser, form: str, width: int, dark: bool
) -> None:
    with Visitor(browser, site, width=width, dark=dark) as visitor:
        visitor.go("/_galerie/?fehler=1")
        visitor.speak(form)
        assert visitor.faults() == []
        lang = visitor.page.locator("html").get_attribute("lang")
        assert lang == ("en" if form == "en" else "de")
        assert visitor.page.locator("body.am-leicht").count() == (form == "leicht")


def test_leichte_sprache_is_large_and_has_one_column(anybody: Visitor) -> None:
    """21 px for what is read, 18 px at least for the rest, and nothing beside the text but its picture."""
    anybody.page.set_viewport_size({"width": 1280, "height": 900})
    for path in ("/", "/leistungen/meldebescheinigung/", "/_galerie/"):
        anybody.go(path)
        anybody.speak("leicht")
        sizes = anybody.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
              .filter((each) => each.checkVisibility() && !each.closest(".kern-sr-only, svg"))
              .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
              .map((each) => [parseFloat(getComputedStyle(each).fontSize), each.outerHTML.slice(0, 90)])"""
        )
        assert [each for size, each in sizes if size < 18] == []
        assert anybody.page.locator("main p").first.evaluate("(p) => getComputedStyle(p).fontSize") == "21px"
        columns = anybody.page.locator("main :is(.am-cols, .am-facts)").evaluate_all(
            "all => all.map((each) => getComputedStyle(each).gridTemplateColumns.split(' ').length)"
        )
        assert set(columns) <= {1}


def test_gallery_without_javascript(site: str, browser: Browser) -> None:
    with Visitor(browser, site, width=360, scripting=False) as visitor:
        visitor.go("/_galerie/")
        assert visitor.faults() == []


@pytest.mark.parametrize("form", FORMS)
def test_nothing_scrolls_sideways_at_four_hundred_percent(anybody: Visitor, form: str) -> None:
    """1280 px at 400 % are 320 px; 256 px high as WCAG 1.4.10 says."""
    faults = []
    anybody.page.set_viewport_size({"width": 320, "height": 256})
    for path in (*PAGES, "/_galerie/?fehler=1"):
        anybody.go(path)
        anybody.speak(form)
        if (beyond := _beyond(anybody)) > 0:
            faults.append(f"{path} in {form}: {beyond} px")
    assert faults == []


@pytest.mark.parametrize("form", ["de", "leicht"])
def test_text_may_be_spaced_out(anybody: Visitor, form: str) -> None:
    faults = []
    for width in (320, 1280):
        anybody.page.set_viewport_size({"width": width, "height": 900})
        for path in ("/", "/leistungen/meldebescheinigung/", "/_galerie/"):
            anybody.go(path)
            anybody.speak(form)
            _add_style(anybody, _SPACED)
            if (beyond := _beyond(anybody)) > 0:
                faults.append(f"{path} in {form} at {width} px: {beyond} px beyond")
            faults += [f"{path} in {form} at {width} px cuts {each}" for each in _cut_off(anybody)]
    assert faults == []


def _add_style(visitor: Visitor, css: str) -> None:
    """As a reader's own style sheet: constructed sheets are not subject to the policy of the page."""
    visitor.page.evaluate(
        """(css) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        css,
    )


def test_with_forced_colours_all_that_is_drawn_can_be_seen(site: str, browser: Browser) -> None:
    """KERN's icons are masks over a ground: they need a colour that the system knows."""
    with Visitor(browser, site) as visitor:
        visitor.page.emulate_media(forced_colors="active")
        visitor.go("/_galerie/?fehler=1")
        page_ground = _colour(visitor, "body", "background-color")
        unseen = visitor.page.evaluate(
            """(ground) => [...document.querySelectorAll(".kern-icon, .kern-form-check__radio:checked")]
              .filter((each) => each.checkVisibility())
              .filter((each) => getComputedStyle(each, each.matches("input") ? "::before" : null)
                .backgroundColor === ground)
              .map((each) => each.className)""",
            page_ground,
        )
        assert unseen == []
        # Where one is and what is done is told by shape and word, never by colour alone.
        marks = visitor.page.locator(".am-track .kern-sr-only").all_inner_texts()
        assert marks
        assert all(len(mark.strip(", ")) > 2 for mark in marks)


def _colour(visitor: Visitor, selector: str, name: str) -> str:
    return str(
        visitor.page.eval_on_selector(
            selector, "(each, name) => getComputedStyle(each).getPropertyValue(name)", name
        )
    )


@pytest.mark.parametrize("dark", [False, True])
def test_towns_wear_their_own_colours_and_arms(site: str, browser: Browser, dark: bool) -> None:
    other = re.sub(r"//[^:/]+", "//kleinstadt.localhost", site)
    seen = {}
    for address in (site, other):
        with Visitor(browser, address, dark=dark) as visitor:
            visitor.go("/")
            seen[address] = (
                _colour(visitor, ".kern-btn--primary", "background-color"),
                _colour(visitor, ".am-head", "border-top-color"),
                visitor.page.locator(".am-brand img").count(),
            )
            if address == other:
                assert visitor.faults() == []
    button, line, arms = zip(*seen.values(), strict=True)
    assert len(set(button)) == 2
    assert len(set(line)) == 2
    assert arms == (1, 0)  # the small authority has no arms of its own: a neutral shield


def test_colours_and_arms_are_kept_by_browsers_and_changed_by_their_address(
    site: str, browser: Browser
) -> None:
    with Visitor(browser, site) as visitor:
        visitor.go("/")
        links: list[str] = visitor.page.eval_on_selector_all(
            "link[rel=stylesheet], link[rel=icon]", "all => all.map((each) => each.getAttribute('href'))"
        )
        own = [link for link in links if link.startswith(("/behoerde.css?", "/wappen.svg?"))]
        assert len(own) == 2
        for link in own:
            kept = visitor.context.request.get(site + link)
            assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert "cookie" not in kept.headers.get("vary", "").lower()
            asked_again = visitor.context.request.get(
                site + link.split("?")[0], headers={"If-None-Match": kept.headers["etag"]}
            )
            assert asked_again.status == 304
        arms = visitor.context.request.get(site + "/wappen.svg")
        assert arms.headers["content-type"] == "image/svg+xml"
        assert "default-src 'none'" in arms.headers["content-security-policy"]


def test_a_switch_of_language_keeps_page_and_query(anybody: Visitor) -> None:
    anybody.page.set_viewport_size({"width": 1280, "height": 900})
    anybody.go("/leistungen/?suche=Wohnsitz&sprache=de")
    nav = anybody.page.locator(".am-strip nav")
    current = nav.locator("[aria-current=true]")
    assert current.count() == 1
    assert current.inner_text().startswith("Deutsch")
    nav.get_by_role("link", name="English").click()
    anybody.page.wait_for_load_state()
    assert anybody.path == "/leistungen/?suche=Wohnsitz&sprache=en"
    assert anybody.page.locator("html").get_attribute("lang") == "en"
    assert anybody.page.locator("#suche").input_value() == "Wohnsitz"
    anybody.go("/pruefen/")
    assert anybody.page.locator("html").get_attribute("lang") == "en"
    german = nav.get_by_role("link", name="Deutsch")
    assert german.get_attribute("hreflang") == "de"
    german.click()
    anybody.page.wait_for_load_state()
    assert anybody.page.locator("html").get_attribute("lang") == "de"


def test_focus_is_always_to_be_seen(anybody: Visitor) -> None:
    anybody.page.set_viewport_size({"width": 1280, "height": 900})
    anybody.go("/_galerie/?sprache=de")
    unmarked: list[Any] = []
    for _ in range(30):
        anybody.page.keyboard.press("Tab")
        unmarked += anybody.page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              const marked = style.outlineStyle !== "none" || style.boxShadow !== "none"
                || document.activeElement.matches(".am-skip");
              return marked ? [] : [document.activeElement.outerHTML.slice(0, 120)];
            }"""
        )
    assert unmarked == []
