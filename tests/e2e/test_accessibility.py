# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every kind of page in all three language forms, at a desk and on a phone.

``./amtlich test accessibility`` writes down what these and all other browser tests have seen.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from tests.e2e import walks
from tests.e2e.atlas import PLACES, Place
from tests.e2e.test_case_states import asked_case
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import LANGUAGES


def _decision_of(visitor: Visitor) -> None:
    visitor.go(f"{walks.SERVICE}entscheidung/")


def _draft_of_another(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    visitor.go(f"/anmelden/entwurf/?weiter={visitor.path}")


def _draft(page: str) -> Place:
    def lead(visitor: Visitor) -> None:
        visitor.log_in("lena")
        walks.begin_anew(visitor)
        visitor.go(f"/{'/'.join(visitor.path.strip('/').split('/')[:2])}/{page}/")

    return Place(page, lead)


def _of_a_running_case(page: str) -> Place:
    def lead(visitor: Visitor) -> None:
        visitor.log_in("jonas")
        walks.to_check_page(visitor)
        visitor.go(f"{walks.submit(visitor)}{page}/")

    return Place(page, lead)


def _at(path: str) -> Place:
    return Place(path, lambda visitor: visitor.go(path))


def _as_lena(path: str) -> Place:
    return Place(path, lambda visitor: visitor.log_in("lena", path))


# What the atlas does not lead to.
MORE = (
    Place("decision", _decision_of),
    Place("draft-of-another", _draft_of_another),
    _draft("spaeter"),
    _draft("loeschen"),
    _of_a_running_case("nachricht"),
    _of_a_running_case("zurueckziehen"),
    _as_lena("/meine-daten/"),
    _as_lena("/benachrichtigung/"),
    _at("/benachrichtigung/bestaetigen/abcdefghijklmnopqrstuvwxyz/"),
    _at("/weitermachen/"),
    _at("/abmelden/fertig/"),
    _at("/rueckmeldung/"),
    _at("/rueckmeldung/barriere/"),
    _at("/rueckmeldung/danke/"),
    _at("/barrierefreiheit/"),
    _at("/impressum/"),
    _at("/datenschutz/"),
    _at("/leichte-sprache/"),
    _at("/status/"),
    _at("/_galerie/"),
    _at("/_galerie/mails/"),
)


@pytest.mark.long
@pytest.mark.parametrize("place", [*PLACES, *MORE], ids=str)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_is_for_everybody_in_every_form(site: str, browser: Browser, place: Place, width: int) -> None:
    found = []
    with Visitor(browser, site, width=width) as visitor:
        for form in place.show(visitor):
            assert visitor.form() == form
            found += visitor.faults()
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_an_answer_is_for_everybody(
    site: str, browser: Browser, office: Callable[..., str], width: int
) -> None:
    found = []
    with Visitor(browser, site, width=width) as visitor:
        case = asked_case(visitor, office)
        visitor.go(f"{case}antwort/")
        for form in LANGUAGES:
            visitor.speak(form)
            found += visitor.faults()
    assert found == []
