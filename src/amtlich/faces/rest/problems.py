# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Errors as problem details (RFC 9457): a title for programs, a German sentence for people."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request",
    401: "Not logged in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    422: "Not processable",
    429: "Too many requests",
    503: "Not available now",
}


def problem(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
    """A problem document. ``more`` are extension members, such as ``errors`` per field."""
    body = {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail}
    answer = JsonResponse({**body, **more}, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = MEDIA_TYPE
    answer["Cache-Control"] = "no-store"
    return answer


def no_such_address(request: HttpRequest) -> HttpResponse:
    """The answer below ``/api/`` where no operation lives."""
    return problem(
        request, 404, "Diese Adresse gibt es in der Schnittstelle nicht. Siehe /api/v1/openapi.json."
    )
