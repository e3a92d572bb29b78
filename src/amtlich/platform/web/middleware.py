# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Django middleware around every page: clean input, security headers, error pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import patch_vary_headers

from amtlich.kernel.errors import (
    AmtlichError,
    BadInput,
    Conflict,
    Forbidden,
    Gone,
    NotFound,
    TooMany,
    Unavailable,
)
from amtlich.kernel.sentence import Sentence
from amtlich.platform.settings.config import config
from amtlich.platform.web import errors
from amtlich.platform.web.headers import SECURITY_HEADERS, STRICT_TRANSPORT
from amtlich.platform.web.intake import readable

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]

_REPLACED = "\ufffd"
_LOOPBACK = ("127.0.0.1", "[::1]")
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class SafeRequestMiddleware:
    """Refuses what no page can hold: NUL or broken UTF-8 in path, query or form (400, with a sentence).

    In demonstration mode it also leads 127.0.0.1 to localhost, because passkeys refuse numeric hosts
    and cookies are not shared between the two.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._demo = config().mode == "demo"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._demo and (answer := _to_localhost(request)) is not None:
            return with_security_headers(request, answer)
        status = _fault(request)
        if status is not None:
            return with_security_headers(request, errors.respond(request, errors.page_for(status)))
        return self.get_response(request)


def _to_localhost(request: HttpRequest) -> HttpResponse | None:
    host: str = request.META.get("HTTP_HOST", "")
    for name in _LOOPBACK:
        if host == name or host.startswith(name + ":"):
            address = f"{request.scheme}://localhost{host[len(name) :]}{request.get_full_path()}"
            # 307 keeps method and body, so that a form sent to the wrong name still arrives.
            return HttpResponse(status=307, headers={"Location": address, "Cache-Control": "no-store"})
    return None


def _fault(request: HttpRequest) -> int | None:
    if "\0" in request.path_info or _REPLACED in request.path_info:
        return 400
    query: str = request.META.get("QUERY_STRING", "")
    if not readable(query.encode("latin-1", "replace").replace(b"+", b" ")):
        return 400
    if request.method in ("POST", "PUT", "PATCH") and request.content_type in _FORM_TYPES:
        return _form_fault(request)
    return None


def _form_fault(request: HttpRequest) -> int | None:
    if request.encoding is not None and request.encoding.lower() not in ("utf-8", "utf8"):
        return 400
    try:
        # Bytes that are no UTF-8 would be read as Latin-1, and a name would come out wrong.
        if request.content_type == _FORM_TYPES[0] and not readable(request.body.replace(b"+", b" ")):
            return 400
        fields = request.POST.lists()
        files = request.FILES.lists()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return 413
    except (BadRequest, MultiPartParserError, UnicodeError, UnreadablePostError):
        return 400
    for name, values in fields:
        # Django puts U+FFFD where the bytes were no UTF-8; a person cannot type it.
        if any("\0" in text or _REPLACED in text for text in (name, *map(str, values))):
            return 400
    for name, uploads in files:
        if any("\0" in text or _REPLACED in text for text in (name, *(str(each.name) for each in uploads))):
            return 400
    return None


class SecurityHeadersMiddleware:
    """The fixed headers on every answer, and ``no-store`` on whatever belongs to one person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return with_security_headers(request, self.get_response(request))


def with_security_headers(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add the headers that are missing; what a view has set on purpose stays."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure():
        response.headers.setdefault(*STRICT_TRANSPORT)
    if "Cache-Control" not in response.headers:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
        if known or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ("Cookie",))
    return response


_STATUS: tuple[tuple[type[AmtlichError], int], ...] = (
    (BadInput, 400),
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (Gone, 410),
    (TooMany, 429),
    (Unavailable, 503),
)


class ErrorPagesMiddleware:
    """Turns the house's own refusals into pages; everything else is Django's 404 and 500."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
            return errors.respond(request, errors.page_for(413))
        for kind, status in _STATUS:
            if isinstance(exception, kind):
                page = (
                    errors.too_many(exception.retry_after)
                    if isinstance(exception, TooMany)
                    else errors.page_for(status)
                )
                # "Not found" says the same to all: a message could tell a foreign case from a missing one.
                told = _sentence_of(exception) if kind is not NotFound else ""
                return errors.respond(request, page.with_sentence(told) if told else page)
        return None


def _sentence_of(exception: Exception) -> str:
    """What was raised, kept as a ``Sentence`` if it is one: ``str()`` would leave only the German text."""
    first = exception.args[0] if exception.args else ""
    return first if isinstance(first, Sentence) else str(exception)
