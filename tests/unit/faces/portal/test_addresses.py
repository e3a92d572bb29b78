# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The addresses of the house: all of them ours, and none that leads out of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from amtlich.faces.portal.onward import safe as safe_onward
from amtlich.faces.portal.pages import onward_from


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def test_no_library_brings_a_page_of_its_own() -> None:
    # ninja wraps the views of the API in partials of functools; their addresses are tested there.
    ours = ("amtlich.", "ninja.", "functools")
    callbacks = [pattern.callback for pattern in _patterns(get_resolver())]
    strangers = [view for view in callbacks if not view.__module__.startswith(ours)]
    assert strangers == []


@pytest.mark.parametrize("address", ["/", "/vorgaenge/", "/antrag/abc/pruefen/?a=b"])
def test_log_in_leads_back_to_a_page_of_this_host(address: str) -> None:
    assert safe_onward(RequestFactory().get("/anmelden/"), address) == address  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vorgaenge/",
        "//example.org",
        "/\\example.org",
        "https://example.org/",
        "javascript:alert(1)",
        "/\x00//x.y",
    ],
)
def test_log_in_leads_nowhere_else(address: str) -> None:
    onward = safe_onward(RequestFactory().get("/anmelden/"), address)  # type: ignore[arg-type]
    assert onward == "/" or (onward.startswith("/") and not onward.startswith(("//", "/\\")))


def test_answer_to_a_form_is_no_place_to_come_back_to() -> None:
    assert onward_from(RequestFactory().post("/antrag/abc/person/")) == "/"
    assert onward_from(RequestFactory().get("/anmelden/?weiter=/x/")) == "/"
    assert onward_from(RequestFactory().get("/vorgaenge/?seite=2")) == "/vorgaenge/?seite=2"
