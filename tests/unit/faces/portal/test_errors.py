# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Error pages follow one pattern and stand alone."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from amtlich.faces.portal import errors
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.web.errors import PAGES, page_for

_AUTHORITY = Authority(
    name="Stadt Musterstadt",
    short_name="Musterstadt",
    office="Bürgeramt",
    street="Rathausplatz 1",
    city="12345 Musterstadt",
    phone="01234 56-0",
    hours="Montag bis Freitag",
)


def _request(path: str = "/vorgaenge/abc/") -> object:
    request = RequestFactory().get(path)
    request.authority = _AUTHORITY
    return request


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_says_what_happened_what_it_means_for_data_and_what_to_do(status: int) -> None:
    html = errors.draw(_request(), page_for(status))  # type: ignore[arg-type]
    page = PAGES[status]
    assert page.title in html
    assert page.sentence in html
    assert ">Ihre Daten sind sicher<" in html
    assert page.next_step in html
    assert "01234 56-0" in html


@pytest.mark.parametrize("status", [400, 413, 500, 503])
def test_page_can_be_drawn_before_anything_is_known(status: int) -> None:
    """No request, no authority, no session, no database."""
    html = errors.draw(None, page_for(status))
    assert page_for(status).title in html
    assert "Musterstadt" not in html


def test_page_of_a_fault_offers_nothing_that_needs_the_session() -> None:
    html = errors.draw(_request(), page_for(500))  # type: ignore[arg-type]
    assert "Abmelden" not in html
    assert 'href="/anmelden/' not in html
    assert not re.search(r"<form", html)


def test_missing_page_leads_to_the_log_in_and_back() -> None:
    html = errors.draw(_request("/vorgaenge/abc/"), page_for(404))  # type: ignore[arg-type]
    assert "/anmelden/?weiter=/vorgaenge/abc/" in html
