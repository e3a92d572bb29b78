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


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_is_said_in_the_form_that_the_address_names(status: int) -> None:
    for form in ("leicht", "en"):
        request = _request(f"/vorgaenge/abc/?sprache={form}")
        html = errors.draw(request, page_for(status))  # type: ignore[arg-type]
        assert PAGES[status].sentence not in html
        assert f'<html lang="{"en" if form == "en" else "de"}">' in html


def test_in_leichte_sprache_every_statement_is_a_paragraph() -> None:
    html = errors.draw(_request("/?sprache=leicht"), page_for(500))  # type: ignore[arg-type]
    assert "<p>Haben Sie gerade etwas abgeschickt?</p>" in html
    assert ">Sie haben nichts falsch gemacht.</p>" in html


def test_what_was_worded_in_german_only_is_marked_as_german() -> None:
    page = page_for(400).with_sentence("Nur auf Deutsch.")
    html = errors.draw(_request("/?sprache=en"), page)  # type: ignore[arg-type]
    assert '<span lang="de">Nur auf Deutsch.</span>' in html


def test_the_plain_page_escapes_what_it_is_given() -> None:
    page = page_for(400).with_sentence("<script>")
    assert "<script>" not in errors.draw_plainly(_request(), page)  # type: ignore[arg-type]
