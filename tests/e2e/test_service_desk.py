# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The service desk in a browser: one person hands a version in, another one publishes it."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect
from tests.e2e.visitor import Visitor
from tests.unit.contexts.catalog.small_package import changed, write

_DESK = "/amt/leistungen/fundschein/"


def _be(visitor: Visitor, name: str, onward: str) -> None:
    visitor.go(f"/amt/anmelden/?weiter={onward}")
    visitor.press(f"Anmelden als {name}")
    visitor.page.wait_for_url(f"**{onward}")


def _second_version(folder: Path) -> Path:
    files = changed("service.yaml", 'version: "1"', 'version: "2"')
    files["CHANGELOG.md"] += "\n## 2\n\nDie Gebühr steigt.\n"
    files["parameters.yaml"] = files["parameters.yaml"].replace("8.50", "9.50")
    files["scenarios.yaml"] = files["scenarios.yaml"].replace("8.5", "9.5")
    return write(folder, files)


def _open_all(visitor: Visitor) -> None:
    for summary in visitor.page.locator("summary").all():
        summary.click()


def test_two_people_publish_and_one_ends_the_offer(
    site: str, amtlich: Callable[..., str], browser: Browser, tmp_path: Path
) -> None:
    """In a town where nobody else looks at a list of services."""
    town = site.replace("//localhost", "//kleinstadt.localhost")
    at_town = ("--authority", "kleinstadt")
    amtlich("service", "publish", str(write(tmp_path / "eins")), *at_town)
    told = amtlich("service", "publish", str(_second_version(tmp_path / "zwei")), *at_town, "--second-person")
    assert "noch nicht veröffentlicht" in told
    faults = []
    with (
        Visitor(browser, town) as desk,
        Visitor(browser, town, width=360, dark=True) as phone,
    ):
        _be(desk, "Mia Brandt", "/amt/leistungen/")
        _be(phone, "Jens Petrović", "/amt/leistungen/")
        expect(phone.page.locator("main")).to_contain_text("Fundschein, Version 2")
        for visitor in (desk, phone):
            for path in ("/amt/leistungen/", _DESK, f"{_DESK}2/", f"{_DESK}beenden/"):
                assert visitor.go(path) == 200
                _open_all(visitor)
                faults += visitor.faults()
        phone.go(f"{_DESK}2/")
        desk.go(f"{_DESK}2/")
        expect(desk.page.locator("ins").first).to_have_text(re.compile("9,50"))
        desk.press("Version 2 veröffentlichen")
        expect(desk.page.get_by_role("status")).to_contain_text("Ab jetzt wird sie angeboten")
        phone.press("Version 2 veröffentlichen")
        expect(phone.page.get_by_role("alert")).to_contain_text("wurde nicht ausgeführt")
        faults += desk.faults() + phone.faults()
        desk.go(f"{_DESK}beenden/")
        desk.press("Angebot jetzt beenden")
        expect(desk.page.locator("textarea")).to_have_attribute("aria-invalid", "true")
        faults += desk.faults()
        desk.page.get_by_label("Grund").fill("Nur eine Probe")
        desk.press("Angebot jetzt beenden")
        expect(desk.page.locator("main")).to_contain_text("Diese Leistung wird nicht angeboten")
        faults += desk.faults()
    assert faults == [], "\n".join(faults)
