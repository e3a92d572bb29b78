# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A draft whose questions have changed meanwhile, in a town where nobody else is tested."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import LANGUAGES

_ROOT = Path(__file__).resolve().parents[2]
# Later than any version that the house itself publishes.
_VERSION = "999"


def with_a_shorter_purpose(folder: Path) -> Path:
    """The package with a newer form, in which the purpose may be five letters long."""
    package = folder / "meldebescheinigung"
    shutil.copytree(_ROOT / "services" / "meldebescheinigung", package)
    service, form, log = (package / name for name in ("service.yaml", "form.yaml", "CHANGELOG.md"))
    told_so = log.read_text(encoding="utf-8").replace(
        "# Änderungen\n", f"# Änderungen\n\n## {_VERSION}\n\nEine Probe.\n"
    )
    log.write_text(told_so, encoding="utf-8")
    text = service.read_text(encoding="utf-8")
    service.write_text(re.sub(r"(?m)^version: .*$", f'version: "{_VERSION}"', text), encoding="utf-8")
    before = form.read_text(encoding="utf-8")
    after = before.replace("maxLength: 80\n      x-control: text", "maxLength: 5\n      x-control: text")
    assert after != before
    form.write_text(after, encoding="utf-8")
    return package


def test_changed_questions_are_shown_beside_the_old_answers_in_every_form(
    site: str, amtlich: Callable[..., str], browser: Browser, tmp_path: Path
) -> None:
    town = site.replace("//localhost", "//kleinstadt.localhost")
    with Visitor(browser, town, width=360) as visitor:
        page = visitor.page
        walks.begin_anew(visitor)
        page.get_by_label(re.compile("Zweck")).fill("Vorlage bei der Bank")
        walks.choose(visitor)
        page.wait_for_url("**/person/")
        package = with_a_shorter_purpose(tmp_path)
        amtlich("service", "publish", str(package), "--authority", "kleinstadt")
        page.reload()
        page.wait_for_url("**/neue-fragen/")
        faults = []
        for form in LANGUAGES:
            visitor.speak(form)
            expect(page.locator("main")).to_contain_text("Vorlage bei der Bank")
            faults += visitor.faults()
        visitor.speak("de")
        visitor.press("Mit den neuen Fragen weitermachen")
        page.wait_for_url("**/umfang/")
        expect(page.locator("main")).to_contain_text("Vorlage bei der Bank")
        faults += visitor.faults()
        assert faults == []
