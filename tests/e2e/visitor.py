# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A person in front of a browser, who notices whatever goes wrong there."""

import importlib.util
import json
import re
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.e2e import audit

_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A browser writes an error into its console for every answer of 4xx; on the pages that are meant to
# answer so it is no fault.
_EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of (401|403|404|405|409|410|422)"
)
_WATCH_CSP = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__violations.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
});
"""


def _axe_source() -> str:
    """axe-core as the installed package brings it, read without importing the package."""
    spec = importlib.util.find_spec("pytest_playwright_axe")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "resources" / "axe.js").read_text(encoding="utf-8")


_AXE = _axe_source()


def _without_scripting(route: Route) -> None:
    """What a browser without JavaScript would see. axe itself needs a context that runs scripts."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch(max_redirects=0)
    html = answer.text()
    html = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r"</?noscript>", "", html)
    route.fulfill(response=answer, body=html)


class Visitor:
    """A browser window of its own. ``scripting=False`` shows pages as without JavaScript."""

    def __init__(
        self, browser: Browser, site: str, *, width: int = 1280, scripting: bool = True, dark: bool = False
    ) -> None:
        self.site = site
        # A phone of 360 px with the type enlarged, or a window at 400 %, is a page of 320 px.
        self._widths = (320, width) if width < 400 else (width,)
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="de-DE",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(_WATCH_CSP)
        if not scripting:
            self.context.route("**/*", _without_scripting)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not _EXPECTED.match(text):
            self.complaints.append(f"console: {text}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()

    def go(self, path: str) -> int:
        """Open a page of the site and return the status of its answer."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        return answer.status

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def log_in(self, person: str, onward: str = "/") -> None:
        """Become a person of the demonstration."""
        self.go(f"/anmelden/?weiter={onward}")
        self.page.locator(f"button[name=person][value={person}]").click()
        self.page.wait_for_url(lambda address: "/anmelden/" not in address)

    def press(self, name: str) -> None:
        """Use the button or link with this accessible name."""
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()

    def press_first(self, within: str) -> None:
        """Use the first button inside, whatever it is called."""
        self.page.locator(f"{within} button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def speak(self, form: str) -> None:
        """See the same page in another language form: ``de``, ``leicht`` or ``en``."""
        self.context.add_cookies([{"name": "amtlich_sprache", "value": form, "url": self.site}])
        if self.page.url.startswith("http"):
            self.page.reload()

    def faults(self) -> list[str]:
        """What is wrong with the page as it is now: accessibility, layout, console, content policy."""
        self.page.wait_for_load_state()  # a page without its style sheet looks otherwise
        found = [f"{self.path}: {each}" for each in self._axe() + self._layout()]
        found += [f"{self.path}: CSP {each}" for each in self.page.evaluate("window.__violations")]
        found += [f"{self.path}: {each}" for each in self.complaints]
        self.complaints.clear()
        return found

    def _axe(self) -> list[str]:
        self.page.evaluate(_AXE)
        kinds = ["violations", "passes"] if audit.wanted() else ["violations"]
        run = f"axe.run(document, {{runOnly: {json.dumps(_AXE_TAGS)}, resultTypes: {json.dumps(kinds)}}})"
        found: dict[str, Any] = self.page.evaluate(
            f"{run}.then(({{violations, passes, testEngine}}) => ({{violations, tool: testEngine.version, "
            "passed: passes.map((rule) => rule.id)}))"
        )
        violations: list[dict[str, Any]] = found["violations"]
        if audit.wanted():
            audit.note(
                self.page.url,
                self.form(),
                self._widths[-1],
                tool=f"axe-core {found['tool']}",
                violations=len(violations),
                rules_passed=found["passed"],
            )
        return [
            f"axe {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
        ]

    def form(self) -> str:
        """The language form of the page as it is: ``de``, ``leicht`` or ``en``."""
        easy = self.page.locator("body.am-leicht").count()
        return "leicht" if easy else str(self.page.locator("html").get_attribute("lang"))

    def _layout(self) -> list[str]:
        found: list[str] = []
        for width in self._widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            beyond = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if beyond > 0:
                found.append(f"sideways scroll of {beyond} px at {width} px")
        if self.page.locator("h1").count() != 1:
            found.append(f"{self.page.locator('h1').count()} headings of the first level")
        if not re.fullmatch(r".+ – .+", self.page.title()):
            found.append(f"title {self.page.title()!r}")
        if self.page.evaluate("document.querySelectorAll('[style], style').length"):
            found.append("inline style")
        small: list[str] = self.page.evaluate(_SMALL_TARGETS)
        return found + [f"target below 44 px: {each}" for each in small]


# Buttons, inputs and links that stand for themselves; links inside a sentence may be as high as its line.
_SMALL_TARGETS = """
(() => {
  const links = ".am-nav a, .am-account a, .am-rows > li > a";
  const alone = `button, .kern-btn, input:not([type=hidden]), summary, ${links}`;
  const boxOf = (element) =>
    (element.matches("[type=radio], [type=checkbox]") ? element.closest(".kern-form-check") : element)
      .getBoundingClientRect();
  return [...document.querySelectorAll(alone)]
    .filter((element) => element.checkVisibility() && boxOf(element).height < 43.5)
    .map((element) => `${element.outerHTML.slice(0, 80)} is ${Math.round(boxOf(element).height)} px high`);
})()
"""
