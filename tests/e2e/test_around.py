# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pages around: feedback, barriers, statement, imprint, privacy, status, errors, maintenance."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

_ROOT = Path(__file__).resolve().parents[2]
AROUND = (
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/leichte-sprache/",
    "/status/",
    "/rueckmeldung/barriere/",
    "/rueckmeldung/danke/",
    "/gibt-es-nicht/",
)


def amtlich(home: Path, *words: str) -> str:
    """A command of the operator."""
    # The tests' own settings lead to another database.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMTLICH_")}
    done = subprocess.run(
        [sys.executable, "-m", "amtlich", *words],
        env={**kept, "AMTLICH_HOME": str(home), "AMTLICH_MODE": "demo", "PYTHONPATH": str(_ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("form", "width", "scripting", "dark"),
    [("leicht", 360, False, False), ("en", 1280, True, True)],
    ids=["leicht-360-without-javascript", "en-1280-dark"],
)
def test_pages_around(
    site: str, browser: Browser, form: str, width: int, scripting: bool, dark: bool
) -> None:
    faults = []
    with Visitor(browser, site, width=width, scripting=scripting, dark=dark) as visitor:
        visitor.go(f"/?sprache={form}")
        for path in AROUND:
            visitor.go(path)
            assert visitor.form() == form, path
            faults += visitor.faults()
    assert faults == []


def test_feedback_without_javascript_and_without_an_account(site: str, browser: Browser, home: Path) -> None:
    with Visitor(browser, site, width=360, scripting=False) as visitor:
        page = visitor.page
        visitor.go("/pruefen/7XK4-M2QD-T9RP")
        page.get_by_role("link", name="Etwas geht nicht? Sagen Sie es uns").click()
        visitor.press("Rückmeldung senden")
        expect(page.get_by_role("alert")).to_contain_text("Wählen Sie eine der drei Antworten aus.")
        assert page.title().startswith("Fehler: ")
        faults = visitor.faults()
        page.get_by_label("Nur teilweise").check()
        page.get_by_label("Was sollen wir wissen?").fill("=1+1 ist kein Satz")
        visitor.press("Rückmeldung senden")
        expect(page.get_by_role("heading", level=1)).to_have_text("Danke")
        faults += visitor.faults()
    assert faults == []
    told = amtlich(home, "feedback", "list", "--authority", "musterstadt").splitlines()
    assert told[0].startswith("authority,at,kind,occasion,answer")
    # A spreadsheet must not take it for a formula; the page is told without the code in its address.
    assert any("partly,pruefen/<str:code>,de,'=1+1 ist kein Satz," in line for line in told), told[:3]


def test_the_receipt_asks_one_question_and_takes_the_answer_along(visitor: Visitor) -> None:
    visitor.log_in("jonas")
    walks.to_check_page(visitor)
    walks.submit(visitor)
    visitor.press("Nein, es hat nicht geklappt")
    expect(visitor.page.get_by_label("Nein, es hat nicht geklappt")).to_be_checked()
    assert visitor.path.startswith("/rueckmeldung/?anlass=ende-des-antrags&")
    assert visitor.faults() == []


def test_a_barrier_is_reported_by_keyboard(visitor: Visitor) -> None:
    visitor.go("/barrierefreiheit/")
    visitor.page.get_by_role("link", name="Eine Barriere melden").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/rueckmeldung/barriere/")
    visitor.page.get_by_label("Was geht nicht?").focus()
    visitor.page.keyboard.type("Der Fokus ist nicht zu sehen.")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type("lena@")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Prüfen Sie die E-Mail-Adresse")
    expect(visitor.page.get_by_label("Was geht nicht?")).to_have_value("Der Fokus ist nicht zu sehen.")
    assert visitor.faults() == []
    visitor.page.get_by_label("Ihre E-Mail-Adresse").fill("lena@beispiel.de")
    visitor.press("Barriere melden")
    expect(visitor.page.locator("main")).to_contain_text("Die zuständige Stelle liest sie.")


@contextmanager
def maintenance(home: Path) -> Iterator[None]:
    amtlich(home, "maintenance", "on", "--until", "23:59", "--reason", "Wir spielen eine neue Fassung ein")
    try:
        yield
    finally:
        amtlich(home, "maintenance", "off")


def until_it_answers(visitor: Visitor, path: str, status: int) -> None:
    """Processes look at the file once a second."""
    for _ in range(200):
        if visitor.context.request.get(visitor.site + path).status == status:
            return
    pytest.fail(f"{path} does not come to answer {status}")


def test_maintenance_is_a_page_in_every_form_and_nothing_is_lost(visitor: Visitor, home: Path) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    draft = visitor.path
    with maintenance(home):
        until_it_answers(visitor, "/", 503)
        faults = []
        for form, said in (("de", "neue Fassung"), ("leicht", "sicher"), ("en", "safe")):
            assert visitor.go(f"{draft}?sprache={form}") == 503
            expect(visitor.page.locator("main")).to_contain_text(said)
            expect(visitor.page.locator("main")).to_contain_text("01234 56-0")
            # The browser notes the 503 that is meant.
            faults += [fault for fault in visitor.faults() if "status of 503" not in fault]
        assert faults == []
        answer = visitor.context.request.get(f"{visitor.site}/api/v1/services")
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
        assert visitor.go("/status/") == 200
    until_it_answers(visitor, "/", 200)
    assert visitor.go(draft) == 200
