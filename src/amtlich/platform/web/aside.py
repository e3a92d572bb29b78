# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Pages that stand when the house does not: answered beside the line of all others.

They are reached in maintenance too, and with every thread busy. A page that is registered here must not
need the session, and must answer by itself within seconds, whatever the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponseBase

from amtlich.platform.web import bridge, errors
from amtlich.platform.web.intake import Scope
from amtlich.platform.web.middleware import with_security_headers

Page = Callable[[HttpRequest], HttpResponseBase]

_pages: dict[str, Page] = {}


def register(path: str, page: Page) -> None:
    """A face names a page that is answered aside; the path begins and ends with a slash."""
    _pages[path] = page


def stands_aside(path: bytes) -> bool:
    """Whether this path is answered here. Only the path as it is written counts."""
    return path.decode("latin-1") in _pages


def request_of(scope: Scope) -> HttpRequest:
    """The request as Django's, without its body."""
    return WSGIRequest(bridge.environ(scope, BytesIO(), 0))


def answer(scope: Scope) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of a page. Runs in a thread of its own."""
    request = request_of(scope)
    try:
        response = _pages[scope["raw_path"].decode("latin-1")](request)
    except Exception:  # noqa: BLE001 - whatever it was, these pages answer; the error page logs nothing itself
        errors.log.exception("%s could not be answered", scope["path"])
        response = errors.respond(request, errors.page_for(500))
    with_security_headers(request, response)
    body = b"" if scope["method"] == "HEAD" else getattr(response, "content", b"")
    return response.status_code, _headers(response, response.headers, body), body


def _headers(response: HttpResponseBase, named: Mapping[str, str], body: bytes) -> list[tuple[bytes, bytes]]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in named.items()]
    headers += [
        (b"set-cookie", cookie.OutputString().encode("latin-1")) for cookie in response.cookies.values()
    ]
    return [*headers, (b"content-length", str(len(body)).encode("ascii"))]
