# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/behoerde.css` and `/wappen.svg`: the colours and the arms of the authority of this host."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from amtlich.faces.portal import look
from amtlich.faces.portal.pages import PortalRequest, answers_to
from amtlich.kernel.errors import NotFound

_FOR_EVER = "public, max-age=31536000, immutable"
_A_WHILE = "public, max-age=300"


@answers_to("GET")
def stylesheet(request: PortalRequest) -> HttpResponse:
    """Two colours in both modes; empty where the town has none of its own."""
    return _file(request, look.drawn(request.authority).stylesheet, "text/css; charset=utf-8")


@answers_to("GET")
def arms(request: PortalRequest) -> HttpResponse:
    """The arms of the town, as they were made harmless when the town was set up."""
    picture = look.drawn(request.authority).picture
    if not picture:
        raise NotFound("Diese Behörde hat kein Wappen hinterlegt.")
    return _file(request, picture, "image/svg+xml")


def _file(request: PortalRequest, content: str, media_type: str) -> HttpResponse:
    mark = look.digest(content)
    response = HttpResponse(content, content_type=media_type)
    response["Cache-Control"] = _FOR_EVER if request.META.get("QUERY_STRING") == mark else _A_WHILE
    response["ETag"] = f'"{mark}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    assert answer is not None, "a response was given"
    return answer
