# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pictures in the documentation are pictures of the product as it is.

``E2E_WRITE_PICTURES=1`` takes them anew. Else it is checked that each can be taken, is there, is small and is
shown in ``docs/portal.md``.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.e2e.atlas import PLACES, Office
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import Language

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_LARGEST = 120_000
_HEIGHT = 900
_BY_NAME = {place.name: place for place in PLACES}
#: Place, language form and width.
PICTURES: tuple[tuple[str, Language, int], ...] = (
    ("start", "de", 1280),
    ("search", "de", 1280),
    ("service", "en", 1280),
    ("decision", "de", 1280),
    ("step-faulty", "de", 360),
    ("check", "leicht", 360),
    ("receipt", "de", 1280),
    ("case-with-a-person", "de", 1280),
    ("case-asked", "de", 360),
    ("case-decided", "de", 1280),
    ("verify-changed", "de", 1280),
    ("my-data", "de", 1280),
)


def _file(place: str, form: str, width: int) -> str:
    return f"portal-{place}-{form}-{width}.jpg"


@pytest.mark.parametrize(("place", "form", "width"), PICTURES, ids=lambda part: str(part))
def test_picture_of_the_documentation(
    site: str, browser: Browser, office: Office, place: str, form: Language, width: int
) -> None:
    path = _DOCS / "bilder" / _file(place, form, width)
    if "E2E_WRITE_PICTURES" in os.environ:
        with Visitor(browser, site, width=width) as visitor:
            for shown in _BY_NAME[place].show(visitor, office):
                if shown == form:
                    break
            visitor.page.set_viewport_size({"width": width, "height": _HEIGHT})
            visitor.page.screenshot(path=path, quality=60, animations="disabled")
    assert path.is_file(), "take it: E2E_WRITE_PICTURES=1"
    assert path.stat().st_size <= _LARGEST
    assert path.name in (_DOCS / "portal.md").read_text(encoding="utf-8")
