# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in at a provider, with a real browser: there and back over two sites, to a sealed certificate.

The site is Django's own test server over the test database, since a demonstration has no provider.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.doubles.applicants import statements
from tests.doubles.identity_provider import HIGH, LOW, FakeProvider, Fault, Person
from tests.doubles.provider_visitor import register_at
from tests.e2e.visitor import Visitor
from tests.integration.conftest import other_town, town
from tests.integration.contexts.cases.conftest import office, residents

# Playwright's loop runs in this thread; Django would take that for asynchronous code of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

__all__ = ["office", "other_town", "residents", "town"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
BEGIN = "/leistungen/meldebescheinigung/beantragen/"
FORMS = ("de", "leicht", "en")


@pytest.fixture(scope="module", autouse=True)
def _style_sheet() -> None:
    """Made when static files are collected, which Django's test server does not."""
    from amtlich.faces.portal.assets import StyleFinder

    assert list(StyleFinder().list(None))


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeProvider]:
    from amtlich.platform.accounts import citizen_login
    from amtlich.platform.accounts.adapters.provider_http import ProviderHttp
    from amtlich.platform.accounts.openid.metadata import ProviderDirectory

    fresh = ProviderDirectory(ProviderHttp())
    monkeypatch.setattr(citizen_login, "directory", lambda: fresh)
    with FakeProvider() as running:
        yield running


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in production: nobody may be anybody."""
    from amtlich.platform.accounts import personas

    monkeypatch.setattr(personas, "demo_logins_allowed", lambda: False)


def lena(residents: Any, acr: str) -> Person:
    stated = residents["lena"].query
    claims = {
        "family_name": stated.family,
        "given_name": " ".join(stated.given),
        "birthdate": stated.birth.iso(),
        "address": {
            "street_address": f"{stated.address.street} {stated.address.house_number}",
            "postal_code": stated.address.postcode,
            "locality": stated.address.town,
        },
    }
    return Person(sub="lena", acr=acr, claims=claims)


def test_from_a_form_to_the_provider_and_to_the_certificate(
    live_server: Any, browser: Browser, office: Any, residents: Any, provider: FakeProvider, real: None
) -> None:
    from amtlich.contexts.cases.models import Draft
    from amtlich.platform import jobs
    from amtlich.platform.tenancy import tenant

    register_at(provider, office)
    provider.person = lena(residents, LOW)
    with Visitor(browser, live_server.url) as visitor:
        page = visitor.page
        visitor.go(BEGIN)
        visitor.press("Ohne Anmeldung anfangen")
        page.wait_for_url("**/antrag/*/umfang/")
        with tenant(office.id):
            Draft.objects.update(data=statements(residents["lena"]))
        check = visitor.path.replace("umfang", "pruefen")
        visitor.go(check)
        page.locator("main").get_by_role("link", name="Anmelden").click()
        page.wait_for_url("**/anmelden/?weiter=**")
        visitor.press("Mit BundID anmelden")
        # The provider answers less than the service needs: that is said, and surer ways are offered.
        page.wait_for_url("**/anmelden/hoeher/**")
        expect(page.get_by_role("heading", name="Das Niveau reicht noch nicht")).to_be_visible()
        faults = []
        for form in ("en", "leicht", "de"):
            for place in ("hoeher", "entwurf"):
                visitor.go(f"/anmelden/{place}/?weiter={check}&sprache={form}")
                faults += visitor.faults()
        assert faults == []
        visitor.go(f"/anmelden/hoeher/?weiter={check}")
        provider.person = lena(residents, HIGH)
        visitor.press("Anmelden mit BundID mit Online-Ausweis")
        page.wait_for_url(f"**{check}")
        expect(page.locator(".am-who__name")).to_have_text("Lena Marie Brückner")
        expect(page.get_by_role("heading", level=1)).to_have_text("Stimmt alles?")
        page.locator("main form[method=post] button").last.click()
        page.wait_for_url("**/eingang/")
        jobs.run_pending()
        case = page.get_by_role("link", name="Stand und Dokumente ansehen").get_attribute("href") or ""
        visitor.go(case)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldebescheinigung ist da")
        # Out: here, and by itself at the provider too.
        page.get_by_role("button", name="Abmelden").click()
        page.wait_for_url("**/abmelden/fertig/**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sie sind abgemeldet")
        assert visitor.faults() == []
    assert provider.ended[0]["id_token_hint"]


@pytest.fixture
def places(live_server: Any, town: Any, provider: FakeProvider, real: None) -> FakeProvider:
    """A town whose citizens log in at the provider; no service is needed to look at the pages."""
    register_at(provider, town)
    return provider


_TROUBLES = {"cancelled": 200, "stale": 409, "other_browser": 403, "locked": 403}


def look_at_all(visitor: Visitor, provider: FakeProvider, forms: tuple[str, ...]) -> list[str]:
    """Every page of the log-in, in every state, in these language forms; returns what is wrong."""
    found: list[str] = []

    def look(path: str, status: int = 200) -> None:
        for form in forms:
            joint = "&" if "?" in path else "?"
            assert visitor.go(f"{path}{joint}sprache={form}") == status, path
            found.extend(f"{form} {fault}" for fault in visitor.faults())

    look("/anmelden/?weiter=/leistungen/")
    look("/anmelden/hoeher/?weiter=/leistungen/")
    for trouble, status in _TROUBLES.items():
        look(f"/anmelden/fehler/?grund={trouble}&weiter=/leistungen/", status)
    look("/anmelden/verlaengern/")
    look("/abmelden/fertig/")
    provider.person = Person(acr=LOW)
    visitor.go("/anmelden/anbieter/?weiter=/leistungen/")
    look("/anmelden/fehler/?grund=stale", 409)
    look("/anmelden/gewechselt/")
    look("/anmelden/verlaengern/")
    provider.person = Person(acr="urn:unknown")
    visitor.go("/anmelden/anbieter/?weiter=/leistungen/")
    look("/anmelden/hoeher/?weiter=/leistungen/&antwort=1")
    return found


@pytest.mark.parametrize(
    ("width", "scripting", "dark", "forms"),
    [
        pytest.param(360, True, False, FORMS, id="360"),
        pytest.param(1280, False, True, ("de",), id="1280-dark-without-javascript"),
        pytest.param(1280, True, False, FORMS, id="1280", marks=pytest.mark.long),
        pytest.param(360, False, False, FORMS, id="360-without-javascript", marks=pytest.mark.long),
        pytest.param(360, True, True, FORMS, id="360-dark", marks=pytest.mark.long),
    ],
)
def test_pages_of_the_log_in(
    live_server: Any,
    browser: Browser,
    places: FakeProvider,
    width: int,
    scripting: bool,
    dark: bool,
    forms: tuple[str, ...],
) -> None:
    with Visitor(browser, live_server.url, width=width, scripting=scripting, dark=dark) as visitor:
        assert look_at_all(visitor, places, forms) == []


def test_a_provider_that_fails_leads_to_a_page_and_then_works(
    live_server: Any, browser: Browser, places: FakeProvider
) -> None:
    with Visitor(browser, live_server.url, width=360) as visitor:
        places.fault = Fault.TOKEN_DOWN
        visitor.go("/anmelden/anbieter/?weiter=/leistungen/")
        expect(visitor.page.get_by_text("antwortet gerade nicht")).to_be_visible()
        assert "code=" not in visitor.path
        # A browser writes an error into its console for every answer of 5xx; here that is meant.
        assert [fault for fault in visitor.faults() if "status of 503" not in fault] == []
        places.fault = Fault.NONE
        visitor.press("Noch einmal versuchen")
        visitor.page.wait_for_url("**/leistungen/")
        expect(visitor.page.locator(".am-who__name")).to_have_text("Lena Marie Brückner")


def test_without_javascript_a_button_ends_the_providers_session(
    live_server: Any, browser: Browser, places: FakeProvider
) -> None:
    with Visitor(browser, live_server.url, width=360, scripting=False) as visitor:
        visitor.go("/anmelden/anbieter/?weiter=/leistungen/")
        visitor.page.get_by_role("button", name="Abmelden").click()
        expect(visitor.page.get_by_text("noch angemeldet", exact=True)).to_be_visible()
        assert visitor.faults() == []
        visitor.press("Auch bei BundID abmelden")
        visitor.page.wait_for_url("**/abmelden/fertig/**")
        assert visitor.page.get_by_text("abgemeldet", exact=True).count() == 2


def test_the_end_of_the_session_is_announced_and_put_off(
    live_server: Any, browser: Browser, places: FakeProvider
) -> None:
    """With the browser's clock set, so nobody waits. What was typed in the meantime stays."""
    with Visitor(browser, live_server.url, width=360) as visitor:
        page = visitor.page
        page.clock.install()
        visitor.go("/anmelden/anbieter/?weiter=/leistungen/%3Fsuche=abc")
        box, status = page.locator("#sitzung"), page.locator("#sitzung-ansage")
        expect(status).to_have_text("")
        page.get_by_role("searchbox").first.fill("was ich gerade tippe")
        # The server says that five minutes are left: it alone knows, its clock did not move.
        page.route(
            "**/anmelden/verlaengern/",
            lambda route: route.continue_() if route.request.method == "POST" else route.fulfill(json=_LEFT),
        )
        page.clock.fast_forward("55:01")
        expect(status).to_have_text("Ihre Sitzung endet bald: heute, 10:00 Uhr.")
        assert "is-ending" in (box.get_attribute("class") or "")
        faults = visitor.faults()
        assert faults == []
        page.get_by_role("button", name="Verlängern").click()
        expect(status).to_contain_text("Ihre Sitzung ist verlängert bis:")
        assert "is-ending" not in (box.get_attribute("class") or "")
        expect(page.get_by_role("searchbox").first).to_have_value("was ich gerade tippe")


_LEFT = {
    "seconds": 290,
    "last": False,
    "sentence": "Sie sind angemeldet bis: heute, 10:00 Uhr.",
    "ending": "Ihre Sitzung endet bald: heute, 10:00 Uhr.",
    "longer": "",
}


def test_when_the_session_is_over_the_page_says_so(
    live_server: Any, browser: Browser, places: FakeProvider
) -> None:
    with Visitor(browser, live_server.url) as visitor:
        visitor.page.clock.install()
        visitor.go("/anmelden/anbieter/?weiter=/leistungen/")
        visitor.page.route("**/anmelden/verlaengern/", lambda route: route.fulfill(json={"seconds": 0}))
        visitor.page.clock.fast_forward("01:00:05")
        expect(visitor.page.locator("#sitzung-ansage")).to_contain_text("Ihre Sitzung ist beendet")
        expect(visitor.page.locator(".am-session__over")).to_be_visible()
        assert visitor.faults() == []
