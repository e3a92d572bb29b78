# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A whole application by people who have no mouse, or no screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.doubles.text_browser import TextBrowser
from tests.e2e import walks
from tests.e2e.visitor import Visitor

_MOST_KEYS = 60
_FOCUSED = "document.activeElement && document.activeElement !== document.body"
# The name as it is read out is the browser's business; here the words that belong to the element suffice.
_NAME = """
(() => {
  const element = document.activeElement;
  const label = element.labels && element.labels.length ? element.labels[0].innerText : element.innerText;
  return (element.getAttribute("aria-label") || label || "").split("\\n")[0].trim();
})()
"""
_SEEN = """
new Promise((answer) => {
  const look = (frames) =>
    seen() ? answer(true) : frames ? requestAnimationFrame(() => look(frames - 1)) : answer(false);
  look(120);
});
function seen() {
  const box = document.activeElement.getBoundingClientRect();
  const inside = box.top >= 0 && box.bottom <= window.innerHeight + 1;
  const around = document.activeElement.closest(".kern-form-check") || document.activeElement;
  const marked = [around, ...around.querySelectorAll("*")].some((part) =>
    [null, "::before", "::after"].some((pseudo) => {
      const style = getComputedStyle(part, pseudo);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    }));
  return inside && marked;
}
"""


class Keyboard:
    """A person who uses keys only, and must see where they are at every stop."""

    def __init__(self, visitor: Visitor) -> None:
        self._page = visitor.page

    def stop_at(self, name: str) -> None:
        """Press Tab until the element of this name has the focus."""
        stops = []
        for _ in range(_MOST_KEYS):
            self._page.keyboard.press("Tab")
            if not self._page.evaluate(_FOCUSED):
                continue
            stops.append(self._page.evaluate(_NAME))
            self._must_be_seen(stops[-1])
            if stops[-1].startswith(name):
                return
        pytest.fail(f"{self._page.url}: Tab never comes to {name!r}, only to {stops}")

    def _must_be_seen(self, name: str) -> None:
        """The browser may need a frame to bring what has the focus into view."""
        assert self._page.evaluate(_SEEN), f"{self._page.url}: the focus on {name!r} cannot be seen"

    def use(self, name: str) -> None:
        self.stop_at(name)
        self._page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)


@pytest.fixture
def keys(visitor: Visitor) -> Keyboard:
    return Keyboard(visitor)


def test_whole_application_by_keyboard(visitor: Visitor, keys: Keyboard) -> None:
    page = visitor.page
    visitor.go("/")
    keys.stop_at("Zum Inhalt springen")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    visitor.go(walks.SERVICE)
    keys.use("Anmelden")
    page.wait_for_url("**/anmelden/**")
    keys.use("Anmelden als Lena Marie Brückner")
    page.wait_for_url(lambda address: "/anmelden/" not in address)
    # Another test may have left a draft of hers.
    anew = page.get_by_role("button", name="Neu anfangen").count()
    keys.use("Neu anfangen" if anew else "Jetzt beantragen")
    page.wait_for_url("**/umfang/")
    keys.stop_at("Einfache Bescheinigung")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    keys.stop_at("Elektronisch als PDF")
    page.keyboard.press("Space")
    keys.use("Weiter")
    page.wait_for_url("**/person/")
    keys.stop_at("Familienname")
    keys.type("Brückner2")
    keys.use("Weiter")
    page.wait_for_load_state()
    # The summary has taken the focus; its link leads to the field.
    expect(page.locator("#fehler")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "familienname"
    keys.type("Brückner")
    keys.use("Weiter")
    page.wait_for_url("**/pruefen/")
    keys.use("Kostenlos beantragen")
    page.wait_for_url("**/eingang/")
    keys.use("Stand und Dokumente ansehen")
    page.wait_for_url("**/vorgaenge/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldebescheinigung ist da")
    with page.expect_download() as download:
        keys.use("PDF herunterladen")
    assert download.value.suggested_filename.endswith(".pdf")


@pytest.fixture
def reader(site: str) -> Iterator[TextBrowser]:
    with TextBrowser(site) as browser:
        yield browser


def test_whole_application_in_a_text_only_client(reader: TextBrowser) -> None:
    reader.go(walks.SERVICE)
    reader.follow("Anmelden")
    reader.press("Anmelden als Lena Marie Brückner")
    reader.go(f"{walks.SERVICE}beantragen/")
    reader.press("Neu anfangen" if reader.sees("Neu anfangen") else "Jetzt beantragen")
    assert reader.path.endswith("/umfang/")
    reader.press("Weiter")
    assert reader.status == 422
    reader.check("Einfache Bescheinigung")
    reader.check("Elektronisch als PDF")
    reader.press("Weiter")
    reader.fill("Tag", "31")
    reader.fill("Monat", "2")
    reader.press("Weiter")
    assert reader.sees("Den 31. Februar gibt es nicht")
    reader.fill("Tag", "13")
    reader.press("Weiter")
    assert reader.path.endswith("/pruefen/")
    assert reader.sees("Brückner")
    reader.press("Kostenlos beantragen")
    assert reader.path.endswith("/eingang/")
    reader.follow("Stand und Dokumente ansehen")
    for _ in range(200):
        if reader.sees("Ihre Meldebescheinigung ist da"):
            break
        reader.follow("Neu laden")
    assert reader.sees("Prüfcode")
    reader.follow("PDF herunterladen")
    assert reader.status == 200
