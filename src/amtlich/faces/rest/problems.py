# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Errors as problem details (RFC 9457): a title for programs, a German sentence for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request",
    401: "Not logged in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not processable",
    429: "Too many requests",
    503: "Not available now",
}


def problem(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
    """A problem document. ``more`` are extension members, such as ``errors`` per field."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    # What was sent may come back as the name of a field, and it may hold halves of characters.
    text = json.dumps({**body, **more}, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def no_such_address(request: HttpRequest) -> HttpResponse:
    """The answer below ``/api/`` where no operation lives."""
    return problem(
        request, 404, "Diese Adresse gibt es in der Schnittstelle nicht. Siehe /api/v1/openapi.json."
    )


View = Callable[..., HttpResponse]


def with_problems(view: View) -> View:
    """A view that answers HEAD like GET, and a method that it does not know with a problem document."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        given = view(request, *args, **named)
        request.method = asked  # the server sends the head of the answer only
        if given.status_code != 405:
            return given
        allowed = given["Allow"]
        refused = problem(request, 405, f"Diese Adresse kennt nur: {allowed}.")
        refused["Allow"] = allowed
        return refused

    return answer


def takes_json(view: View) -> View:
    """A view that refuses every other media type before the body is read (415)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if request.content_type != "application/json" or charset.lower() not in ("utf-8", "utf8"):
            return problem(request, 415, "Diese Adresse nimmt nur application/json in UTF-8 an.")
        return view(request, *args, **named)

    return answer
