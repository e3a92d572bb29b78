# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Ways through the portal that several tests take."""

import re

from playwright.sync_api import expect
from tests.e2e.visitor import Visitor

SERVICE = "/leistungen/meldebescheinigung/"


def begin_anew(visitor: Visitor) -> None:
    """Begin an application from the service page, also if an older draft is open."""
    visitor.go(f"{SERVICE}beantragen/")
    anew = visitor.page.get_by_role("button", name="Neu anfangen")
    if anew.count():
        anew.click()
    else:
        visitor.page.get_by_role(
            "button", name=re.compile("Jetzt beantragen|Ohne Anmeldung anfangen")
        ).click()
    visitor.page.wait_for_url("**/antrag/*/umfang/")


def choose(
    visitor: Visitor, extent: str = "Einfache Bescheinigung", form: str = "Elektronisch als PDF"
) -> None:
    """The first page: what is needed, and in which form."""
    visitor.page.get_by_label(re.compile(extent)).check()
    visitor.page.get_by_label(re.compile(form)).check()
    visitor.press("Weiter")


def to_check_page(visitor: Visitor) -> None:
    """As somebody whose log-in fills the form: from the service page to the check page."""
    begin_anew(visitor)
    choose(visitor)
    visitor.page.wait_for_url("**/person/")
    visitor.press("Weiter")
    visitor.page.wait_for_url("**/pruefen/")


def submit(visitor: Visitor) -> str:
    """Send the application from its check page; returns the address of the case."""
    visitor.page.locator("main form[method=post] button").last.click()
    visitor.page.wait_for_url("**/eingang/")
    link = visitor.page.get_by_role("link", name="Stand und Dokumente ansehen")
    return link.get_attribute("href") or ""


def until_decided(visitor: Visitor, case: str) -> None:
    """Look at the case until its document is there."""
    visitor.go(case)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Ihre Meldebescheinigung ist da")


def fill_in_person(
    visitor: Visitor, family: str, given: str, birth: tuple[str, str, str], home: tuple[str, ...]
) -> None:
    """The page "Wer sind Sie?" by hand."""
    page = visitor.page
    page.get_by_label("Familienname").fill(family)
    page.get_by_label("Alle Vornamen").fill(given)
    for label, value in zip(("Tag", "Monat", "Jahr"), birth, strict=True):
        page.get_by_label(label, exact=True).fill(value)
    for label, value in zip(("Straße", "Hausnummer", "Postleitzahl", "Ort"), home, strict=True):
        page.get_by_label(label, exact=True).fill(value)
