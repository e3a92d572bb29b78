# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Middleware around Django's pages, without a database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from amtlich.kernel.errors import BadInput, Conflict, Forbidden, NotFound, Unavailable
from amtlich.platform.web import errors
from amtlich.platform.web.intake import readable
from amtlich.platform.web.middleware import SafeRequestMiddleware

ERRORS: dict[str, Exception] = {
    "bad": BadInput("Den 31. Februar gibt es nicht."),
    "missing": NotFound("Vorgang von Lena"),
    "forbidden": Forbidden("Das darf nur die Leitung."),
    "conflict": Conflict("Frau Kaya hat schon entschieden."),
    "away": Unavailable("Das Register antwortet nicht."),
    "broken": RuntimeError("secret"),
    "database": OperationalError("connection to server lost"),
}


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.POST.get('name', '')}")


def _error(request: HttpRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


def _remembers(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("amtlich_csrf", "1")
    return response


def _download(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x", headers={"Cache-Control": "public, max-age=60"})


urlpatterns = [
    path("seite/", _page),
    path("fehler/<str:kind>/", _error),
    path("merkt/", _remembers),
    path("oeffentlich/", _download),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(errors, "_renderer", None)
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "amtlich.platform.web.middleware.SafeRequestMiddleware",
        "amtlich.platform.web.middleware.SecurityHeadersMiddleware",
        "amtlich.platform.web.middleware.ErrorPagesMiddleware",
    ]
    return Client(raise_request_exception=False)


def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    for address in ("/seite/", "/gibt-es-nicht/", "/fehler/broken/", "/seite/?q=%00"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_pages_of_a_person_are_not_stored(client: Client) -> None:
    assert client.get("/seite/").headers["Cache-Control"] == "private, no-cache"
    assert client.get("/merkt/").headers["Cache-Control"] == "no-store"
    client.cookies["amtlich_session"] = "k"
    assert client.get("/seite/").headers["Cache-Control"] == "no-store"
    assert client.get("/oeffentlich/").headers["Cache-Control"] == "public, max-age=60"


def test_https_is_insisted_on_only_where_it_is_spoken(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/seite/").headers
    assert "Strict-Transport-Security" in client.get("/seite/", secure=True).headers


@pytest.mark.parametrize("address", ["/seite/?q=%00", "/seite/?q=%ff", "/seite/%00/"])
def test_an_unreadable_address_is_refused(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Zeichen" in answer.content.decode()


@pytest.mark.parametrize("content", [b"name=%00", b"name=a\x00", b"name=%ff%fe", b"na%00me=x", b"name=\xff"])
def test_an_unreadable_form_is_refused(client: Client, content: bytes) -> None:
    answer = client.post("/seite/", content, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize("value", [b"a\x00b", b"\xff\xfe"])
def test_an_unreadable_multipart_form_is_refused(client: Client, value: bytes) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n'
    content = head + value + b"\r\n--x--\r\n"
    assert client.post("/seite/", content, content_type="multipart/form-data; boundary=x").status_code == 400


def test_a_broken_multipart_form_is_refused(client: Client) -> None:
    assert client.post("/seite/", b"x", content_type="multipart/form-data").status_code == 400


def test_another_character_set_is_refused(client: Client) -> None:
    kind = "application/x-www-form-urlencoded; charset=iso-8859-1"
    assert client.post("/seite/", b"name=%FC", content_type=kind).status_code == 400


def test_a_form_with_too_many_fields_or_bytes_is_refused(client: Client, settings: Any) -> None:
    kind = "application/x-www-form-urlencoded"
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert client.post("/seite/", b"a=1&b=2&c=3&d=4", content_type=kind).status_code == 413
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert client.post("/seite/", b"a=" + b"x" * 20, content_type=kind).status_code == 413


def test_a_good_form_passes_with_all_letters(client: Client) -> None:
    answer = client.post("/seite/", {"name": "Mühle J̌ 😀"})
    assert answer.content.decode() == "POST Mühle J̌ 😀"


@pytest.mark.parametrize(
    ("kind", "status"),
    [("bad", 400), ("missing", 404), ("forbidden", 403), ("conflict", 409), ("away", 503), ("broken", 500)],
)
def test_refusals_become_pages(client: Client, kind: str, status: int) -> None:
    answer = client.get(f"/fehler/{kind}/")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.content.decode()
    assert "<h1>" in said
    if kind in ("bad", "forbidden", "conflict", "away"):
        assert str(ERRORS[kind]) in said
    else:
        assert str(ERRORS[kind]) not in said


def test_a_database_that_is_away_is_said_to_pass(client: Client) -> None:
    answer = client.get("/fehler/database/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "es zählt nur einmal" in answer.content.decode()


def test_the_registered_renderer_draws_error_pages(client: Client) -> None:
    errors.register(lambda request, page: f"Schön: {page.title}")
    assert client.get("/gibt-es-nicht/").content.decode() == "Schön: Diese Seite gibt es nicht"


def test_a_renderer_that_fails_is_replaced_by_the_plain_page(client: Client) -> None:
    def broken(request: HttpRequest | None, page: errors.ErrorPage) -> str:
        raise RuntimeError

    errors.register(broken)
    answer = client.get("/fehler/broken/")
    assert answer.status_code == 500
    assert "Bei uns ist etwas schiefgegangen" in answer.content.decode()


def test_the_demonstration_leads_numeric_hosts_to_localhost() -> None:
    middleware = SafeRequestMiddleware(lambda request: HttpResponse("da"))
    middleware._demo = True
    requests = RequestFactory()
    for host, address in (
        ("127.0.0.1:8123", "http://localhost:8123/a/?b=%C3%BC"),
        ("[::1]:8123", "http://localhost:8123/a/?b=%C3%BC"),
        ("127.0.0.1", "http://localhost/a/?b=%C3%BC"),
    ):
        answer = middleware(requests.post("/a/?b=%C3%BC", HTTP_HOST=host))
        assert (answer.status_code, answer.headers["Location"]) == (307, address)
    for host in ("localhost:8123", "127.0.0.100:8123", "127.0.0.1.example"):
        assert middleware(requests.get("/a/", HTTP_HOST=host)).status_code == 200


def test_production_does_not_lead_hosts_anywhere() -> None:
    middleware = SafeRequestMiddleware(lambda request: HttpResponse("da"))
    assert middleware(RequestFactory().get("/", HTTP_HOST="127.0.0.1")).status_code == 200


@given(st.binary(max_size=20))
def test_readable_text_can_be_stored(raw: bytes) -> None:
    if readable(raw) and b"%" not in raw:
        assert "\0" not in raw.decode("utf-8")


def test_every_page_has_a_next_step() -> None:
    for status in (400, 403, 404, 409, 413, 418, 500, 502, 503):
        page = errors.page_for(status)
        assert page.status == status
        assert page.title
        assert page.sentence.endswith(".")
        assert page.next_step.endswith(".")
