# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every address there is: a view of ours with a name, and no way of asking that breaks it."""

import re
from collections.abc import Iterator
from inspect import unwrap
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.integration.contexts.cases.conftest import office

from amtlich.kernel.ids import new_token
from amtlich.platform.web.headers import SECURITY_HEADERS

__all__ = ["office"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

# What each converter may meet: what exists, what could exist, and what never does.
_VALUES = {
    "slug": ["meldebescheinigung", new_token(), "gibt-es-nicht", "pruefen", "_", "0"],
    "step_id": ["umfang", "pruefen", "eingang", "gibt-es-nicht", "-"],
    "token": [new_token(), "x", "a" * 300, "0"],
    "code": ["7XK4-M2QD-T9RP", "x", "%00", "ä" * 50, "../../etc/passwd", "<script>", "7xk4 m2qd t9rp"],
    "key": ["x", "a" * 43, "%00", "../../etc/passwd"],
    "name": ["ausstellen", "ablehnen", "gibt-es-nicht", "0"],
    "version": ["1", "gibt-es-nicht", "a" * 300, "%00"],
    "document_id": [str(uuid4()), "00000000-0000-0000-0000-000000000000"],
}
# What a page brings along.
_FILES = {"/behoerde.css", "/wappen.svg"}
_PLACEHOLDER = "11111111-1111-4111-8111-111111111111"


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All patterns with the route that leads to them."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """At least one address for each pattern, and one for each awkward value."""
    for route, pattern in patterns():
        names = list(pattern.pattern.converters)
        if not names:
            yield "/" + route.replace(".*$", "gibt-es-nicht"), pattern
            continue
        for name in names:
            for value in _VALUES[name]:
                usual = {each: _VALUES[each][0] for each in names}
                yield "/" + filled(route, {**usual, name: value}), pattern


def filled(route: str, values: dict[str, str]) -> str:
    return re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", lambda found: values[found[1]], route)


def test_every_address_is_a_named_view_of_ours():
    found = list(patterns())
    assert len(found) >= 25
    for route, pattern in found:
        view = unwrap(pattern.callback)
        module = getattr(getattr(view, "func", view), "__module__", "")
        assert module.startswith(("amtlich.", "ninja.")), f"{route} leads to {module}"
        catches_all = route.endswith(".*$")
        assert pattern.name or catches_all, f"{route} has no name"


def test_names_are_there_once():
    # The API and the office have name spaces of their own.
    found = [(route.partition("/")[0], pattern.name) for route, pattern in patterns() if pattern.name]
    names = [(face if face in ("api", "amt") else "", name) for face, name in found]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "patch", "options"])
def test_no_address_breaks_whoever_asks_and_however(office, method):
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    asked = 0
    for address, _ in addresses():
        answer = getattr(browser, method)(address)
        assert answer.status_code < 500, f"{method} {address}: {answer.status_code}"
        for name in SECURITY_HEADERS:
            assert name in answer.headers, f"{method} {address}: no {name}"
        assert "Cache-Control" in answer.headers, address
        asked += 1
    assert asked > 40


@pytest.mark.parametrize(
    "host", ["", "unbekannt.example", "local\x00host", "a" * 300, "[::1", "localhost@boese"]
)
def test_a_host_name_that_means_nobody_is_a_page(office, host):
    answer = Client(raise_request_exception=False, headers={"host": host}).get("/")
    assert answer.status_code in (400, 404)


def test_pages_for_people_are_html_and_those_of_the_api_are_not(office):
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    for address, _ in addresses():
        media_type = browser.get(address).headers.get("Content-Type", "text/html")
        if address not in _FILES:
            assert address.startswith("/api/") == ("html" not in media_type), address
