# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How staff come in, in a browser: the link of a new account, password and code, a passkey."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import Browser, expect
from tests.e2e.visitor import Visitor

from amtlich.kernel import clock

PASSWORD = "vier Wörter ohne Zusammenhang"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * steps)


def test_a_new_account_is_set_up_and_opens_without_javascript(
    site: str, browser: Browser, amtlich: Callable[..., str]
) -> None:
    told = amtlich(
        *("staff", "add", "n.neu", "--display", "Nora Neu", "--authority", "musterstadt"),
        *("--role", "caseworker", "--as", "Anna Amt"),
    )
    (link,) = re.findall(r"http\S+/amt/zugang/\S+", told)
    faults = []
    with (
        Visitor(browser, site, scripting=False) as desk,
        Visitor(browser, site, width=360, dark=True) as phone,
    ):
        for visitor in (phone, desk):
            visitor.go(urlsplit(link).path)
            faults += visitor.faults()
        shown = desk.page.locator("main").inner_text()
        (secret,) = re.findall(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", shown)
        desk.page.get_by_label("Neues Passwort").fill("kurz")
        desk.press("Einrichten")
        expect(desk.page.get_by_role("alert")).to_be_visible()
        faults += desk.faults()
        for label, value in (
            ("Neues Passwort", PASSWORD),
            ("Noch einmal", PASSWORD),
            ("Code, den die App jetzt zeigt", code(secret.replace(" ", ""))),
        ):
            desk.page.get_by_label(label).fill(value)
        desk.press("Einrichten")
        expect(desk.page.locator("main")).to_contain_text(re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"))
        faults += desk.faults()
        desk.go("/amt/anmelden/")
        faults += desk.faults()
        desk.page.get_by_label("Kennung").fill("n.neu")
        desk.page.get_by_label("Passwort").fill(PASSWORD)
        desk.press("Weiter zum Code")
        desk.page.wait_for_url("**/amt/anmelden/code/**")
        faults += desk.faults()
        # The code of the set-up is used; that of the next half minute is taken before its time.
        desk.page.get_by_label("Code aus Ihrer App").fill(code(secret.replace(" ", ""), 1))
        desk.press("Anmelden")
        expect(desk.page.locator("header")).to_contain_text("Nora Neu")
    assert faults == []


def test_a_passkey_is_made_and_opens_in_one_gesture(site: str, browser: Browser) -> None:
    faults = []
    with Visitor(browser, site) as visitor:
        page = visitor.page
        visitor.go("/amt/anmelden/?weiter=/amt/konto/")
        visitor.press("Anmelden als Jens Petrović")
        page.wait_for_url("**/amt/konto/")
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        made = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        page.get_by_label("Name für einen neuen Passkey").fill("Dienstrechner")
        visitor.press("Passkey anlegen")
        expect(page.get_by_role("status").first).to_contain_text("Der Passkey ist angelegt")
        expect(page.get_by_role("heading", name="Passkeys").locator("..")).to_contain_text("Dienstrechner")
        faults += visitor.faults()
        visitor.go("/amt/konten/")
        faults += visitor.faults()
        visitor.press("Abmelden")
        page.wait_for_url("**/amt/anmelden/")
        faults += visitor.faults()
        device.send(
            "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": False}
        )
        visitor.press("Mit Passkey anmelden")
        expect(page.get_by_text("Das hat nicht geklappt oder wurde abgebrochen")).to_be_visible()
        faults += visitor.faults()
        device.send(
            "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": True}
        )
        visitor.press("Mit Passkey anmelden")
        page.wait_for_url("**/amt/")
        expect(page.locator("header")).to_contain_text("Jens Petrović")
        # On a phone, in the dark, the same page.
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="dark")
        visitor.go("/amt/konto/")
        faults += visitor.faults()
        page.get_by_role("button", name="Passkey entfernen: Dienstrechner").click()
        expect(page.get_by_role("status").first).to_contain_text("Der Passkey ist entfernt")
    assert faults == []
