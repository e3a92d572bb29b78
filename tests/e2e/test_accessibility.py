# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every kind of page in all three language forms, at a desk and on a phone.

``./amtlich test accessibility`` writes down what these and all other browser tests have seen.
"""

import pytest
from playwright.sync_api import Browser
from tests.e2e import walks
from tests.e2e.atlas import PLACES, Office, Place
from tests.e2e.visitor import Visitor


def _draft_of_another(visitor: Visitor, _office: Office) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    visitor.go(f"/anmelden/entwurf/?weiter={visitor.path}")


def _draft(page: str) -> Place:
    def lead(visitor: Visitor, _office: Office) -> None:
        visitor.log_in("lena")
        walks.begin_anew(visitor)
        visitor.go(f"/{'/'.join(visitor.path.strip('/').split('/')[:2])}/{page}/")

    return Place(f"draft-{page}", lead)


def _at(path: str) -> Place:
    return Place(path, lambda visitor, _office: visitor.go(path))


# What the atlas does not lead to.
MORE = (
    Place("draft-of-another", _draft_of_another),
    _draft("spaeter"),
    _draft("loeschen"),
    _at("/benachrichtigung/bestaetigen/abcdefghijklmnopqrstuvwxyz/"),
    _at("/abmelden/fertig/"),
    _at("/rueckmeldung/danke/"),
    _at("/_galerie/"),
    _at("/_galerie/mails/"),
)


@pytest.mark.long
@pytest.mark.parametrize("place", [*PLACES, *MORE], ids=str)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_is_for_everybody_in_every_form(
    site: str, browser: Browser, office: Office, place: Place, width: int
) -> None:
    found = []
    with Visitor(browser, site, width=width) as visitor:
        for form in place.show(visitor, office):
            assert visitor.form() == form
            found += visitor.faults()
    assert found == []
