# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Error pages: what is said stands in ``error_pages``, how it looks is decided by the face that registers.

A renderer turns an ``ErrorPage`` into HTML. It gets no request when the error happened before anything
was read, and must not touch the database for status 500 and 503. If it fails, a plain page is sent, which
the face may draw too (``plain``): an error page never becomes a second error.
"""

from __future__ import annotations

import html
import json
import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from amtlich.platform.web.error_pages import (
    DATABASE_AWAY,
    FORM_OUTDATED,
    PAGES,
    ErrorPage,
    maintenance,
    page_for,
    too_many,
)

__all__ = [
    "PAGES",
    "ErrorPage",
    "bad_request",
    "csrf_failure",
    "document",
    "maintenance",
    "page_for",
    "page_not_found",
    "permission_denied",
    "register",
    "render",
    "respond",
    "server_error",
    "too_many",
]

log = logging.getLogger(__name__)

Renderer = Callable[[HttpRequest | None, ErrorPage], str]

_renderer: Renderer | None = None
_plain_renderer: Renderer | None = None


def register(renderer: Renderer, plain: Renderer | None = None) -> None:
    """Install the renderers of the face that owns the look. The last ones registered are used."""
    global _renderer, _plain_renderer
    _renderer, _plain_renderer = renderer, plain


def _plainest(request: HttpRequest | None, page: ErrorPage) -> str:
    title, sentence, step = (html.escape(text) for text in (page.title, page.sentence, page.next_step))
    return (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>"
        f'<p>{sentence}</p><p>{step}</p><p><a href="/">Zur Startseite</a></p></main></body></html>\n'
    )


def render(request: HttpRequest | None, page: ErrorPage) -> str:
    """The HTML of an error page. Never raises."""
    for renderer in (_renderer, _plain_renderer):
        if renderer is None:
            continue
        try:
            return renderer(request, page)
        except Exception:
            log.exception("error page %s could not be rendered, a plainer one is sent", page.status)
    return _plainest(request, page)


def document(request: HttpRequest | None, path: str, page: ErrorPage) -> tuple[str, bytes]:
    """Media type and body of an error: problem+json (RFC 9457) below ``/api/``, else a page."""
    if path.startswith("/api/"):
        problem = {"type": "about:blank", "title": page.title, "status": page.status, "detail": page.sentence}
        return "application/problem+json", json.dumps(problem, ensure_ascii=False).encode("utf-8")
    return "text/html; charset=utf-8", render(request, page).encode("utf-8", "replace")


def respond(request: HttpRequest, page: ErrorPage) -> HttpResponse:
    """The error as a Django response, never cached."""
    media_type, body = document(request, request.path, page)
    response = HttpResponse(body, status=page.status, content_type=media_type)
    response["Cache-Control"] = "no-store"
    if page.retry_after:
        response["Retry-After"] = str(page.retry_after)
    return response


# The names below are what a root URLconf assigns to handler400, handler403, handler404 and handler500.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, page_for(400))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, page_for(403))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return respond(request, page_for(404))


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or of the database; the second passes by itself, so it is said differently."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return respond(request, DATABASE_AWAY if away else page_for(500))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For ``CSRF_FAILURE_VIEW``: mostly a form that stayed open over a log-in or log-out."""
    return respond(request, FORM_OUTDATED)
