# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is heard is what is seen: pages read in the order in which they look, and controls have names.

The names of all controls stand in ``names/``, one file for each language form, so that a change is seen by
whoever reads the diff. ``E2E_WRITE_NAMES=1`` writes them anew.
"""

import os
import re
from difflib import ndiff
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.e2e.atlas import PLACES, Office, Place
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import LANGUAGES

pytestmark = pytest.mark.long  # every page three times, in two widths

_NAMES = Path(__file__).parent / "names"
_HEAD = "# SPDX-License-Identifier: EUPL-1.2\n# SPDX-FileCopyrightText: 2026 Amtlich contributors\n"
_CONTROL = re.compile(
    r"- (link|button|textbox|searchbox|radio|checkbox|combobox|spinbutton|slider|group|navigation)\b"
    r'(?: "((?:[^"\\]|\\.)*)")?'
)
# What changes from run to run.
_CHANGING = (
    (re.compile(r"\b[A-Z]{1,4}-[0-9A-Z]{4}-[0-9A-Z]{4}(-[0-9A-Z]{4})?\b"), "<Zeichen>"),
    (re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"), "<Code>"),
    (re.compile(r"\b\d{1,2}:\d\d(:\d\d)?( Uhr)?"), "<Zeit>"),
    (re.compile(r"\b(heute|gestern|today|yesterday)\b"), "<Tag>"),
    (re.compile(r"\b\d{1,2}\.? [A-ZÄÖÜ][a-zä]+ 20\d\d\b"), "<Tag>"),
    (re.compile(r"\b\d+ (kB|MB)\b"), "<Größe>"),
)
# In one column nothing may stand above what is read before it; beside it, only to the right.
_JUMPS = """
(() => {
  const kinds = "h1,h2,h3,h4,p,li,dt,dd,legend,label,input,textarea,button,a,summary,td,th";
  const seen = [...document.querySelectorAll(`main :is(${kinds})`)].filter((element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.width > 2 && box.height > 2 && !onlyHeard(element);
  });
  function onlyHeard(element) {
    for (let around = element; around.matches("main *"); around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.position === "absolute" && (style.clip !== "auto" || style.clipPath !== "none")) return true;
    }
    return false;
  }
  const jumps = [];
  for (let at = 1; at < seen.length; at++) {
    const [before, after] = [seen[at - 1], seen[at]];
    if (before.contains(after) || after.matches("[type=radio], [type=checkbox]") ||
        before.matches("[type=radio], [type=checkbox]")) continue;
    const [first, second] = [before.getBoundingClientRect(), after.getBoundingClientRect()];
    const above = second.bottom <= first.top + 1 && second.left < first.right - 1;
    const beside = second.top < first.bottom - 1 && second.bottom > first.top + 1;
    if (above || (beside && second.right <= first.left + 1))
      jumps.push(`"${after.innerText.slice(0, 40)}" is read after "${before.innerText.slice(0, 40)}"`);
  }
  return jumps;
})()
"""


def _names_on(visitor: Visitor) -> list[str]:
    """Role and name of every control, in reading order."""
    found = []
    for line in _snapshot(visitor).splitlines():
        if control := _CONTROL.match(line.strip()):
            name = control[2] or ""
            for pattern, word in _CHANGING:
                name = pattern.sub(word, name)
            found.append(f"{control[1]} {name}".strip())
    return found


def _snapshot(visitor: Visitor) -> str:
    """What is heard on a page that has come to rest: twice the same, because its stream may bring news."""
    seen = ""
    for _ in range(10):
        # The link to load anew is there until the page's stream is: now and then that is sooner.
        visitor.page.evaluate("document.querySelectorAll('[data-live-off]').forEach((part) => part.remove())")
        now = visitor.page.locator("body").aria_snapshot()
        if now == seen:
            return now
        seen = now
    pytest.fail("the page did not come to rest")


@pytest.fixture(scope="module")
def listed() -> dict[str, dict[str, list[str]]]:
    """By form and place, what the files hold."""
    lists: dict[str, dict[str, list[str]]] = {form: {} for form in LANGUAGES}
    for form in LANGUAGES:
        path = _NAMES / f"{form}.txt"
        place = ""
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
            if line.startswith("[") and line.endswith("]"):
                place = line[1:-1]
                lists[form][place] = []
            elif line and not line.startswith("#"):
                lists[form][place].append(line)
    return lists


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, list[str]]]:
    """Filled place by place; written at the end if that is wished."""
    return {form: {} for form in LANGUAGES}


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_page_reads_as_it_looks_and_every_control_has_a_name(
    site: str,
    browser: Browser,
    office: Office,
    place: Place,
    listed: dict[str, dict[str, list[str]]],
    found: dict[str, dict[str, list[str]]],
) -> None:
    faults = []
    with Visitor(browser, site) as visitor:
        for form in place.show(visitor, office):
            for width in (1280, 360):
                visitor.page.set_viewport_size({"width": width, "height": 900})
                faults += [f"{form} at {width} px: {jump}" for jump in visitor.page.evaluate(_JUMPS)]
            names = _names_on(visitor)
            found[form][place.name] = names
            faults += [
                f"{form}: a {name} without a name" for name in names if " " not in name and name != "group"
            ]
            if "E2E_WRITE_NAMES" not in os.environ:
                faults += [
                    f"{form}: other names than names/{form}.txt holds: {line}"
                    for line in ndiff(listed[form].get(place.name, []), names)
                    if line.startswith(("-", "+"))
                ]
    if "E2E_WRITE_NAMES" in os.environ:
        _write(found)
    assert faults == []


def _write(found: dict[str, dict[str, list[str]]]) -> None:
    _NAMES.mkdir(exist_ok=True)
    for form, places in found.items():
        parts = ["\n".join([f"[{place}]", *names]) for place, names in places.items()]
        (_NAMES / f"{form}.txt").write_text(_HEAD + "\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
