# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from amtlich.platform.tenancy.registry import authority_for_host

Answer = Callable[[HttpRequest], HttpResponseBase]
_unknown_host: Callable[[HttpRequest], HttpResponse] | None = None


def register_unknown_host_page(page: Callable[[HttpRequest], HttpResponse]) -> None:
    """A face says how "nobody lives at this address" looks; called once at start."""
    global _unknown_host
    _unknown_host = page


class AuthorityMiddleware:
    """``request.authority``: the host name decides, nothing else does."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/health/"):
            return self.get_response(request)
        found = authority_for_host(request.META.get("HTTP_HOST", ""))
        if found is None:
            if _unknown_host is not None:
                return _unknown_host(request)
            return HttpResponse(
                "Unter dieser Adresse gibt es keine Behörde.",
                status=404,
                content_type="text/plain; charset=utf-8",
            )
        request.authority = found  # type: ignore[attr-defined]
        return self.get_response(request)
