# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Rendering a page: the frame's data are gathered here, once, for every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import get_template

from amtlich.faces.portal import language, look, session_words
from amtlich.kernel import clock
from amtlich.kernel.sentence import Language
from amtlich.platform.accounts import Actor
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.web import errors

_SECTIONS = ("leistungen", "vorgaenge", "pruefen", "meine-daten")
_FORMS: tuple[tuple[Language, str, str], ...] = (
    ("de", "Deutsch", "de"),
    ("leicht", "Leichte Sprache", "de"),
    ("en", "English", "en"),
)


class PortalRequest(HttpRequest):
    """A request as it arrives here: the middlewares have found the authority and who acts."""

    authority: Authority
    actor: Actor


View = Callable[..., HttpResponse]


def answers_to(*methods: str) -> Callable[[View], View]:
    """A view for these methods only; any other gets 405 as a page. GET brings HEAD along."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in allowed:
                return view(request, *args, **kwargs)
            refused = errors.respond(request, errors.page_for(405))
            refused["Allow"] = ", ".join(allowed)
            return refused

        return checked

    return decorate


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    lean: bool = False,
) -> HttpResponse:
    """The page ``portal/<template>.html``. ``lean``: no menu, one line of footer, as forms have it."""
    frame = {**frame_data(request), "lean": lean, **(context or {})}
    response = HttpResponse(get_template(f"portal/{template}.html").render(frame, request), status=status)
    actor: Actor | None = frame["actor"]
    if actor is not None and actor.holder_id is not None:
        response["Cache-Control"] = "no-store, private"
    return response


def frame_data(request: HttpRequest | None) -> dict[str, Any]:
    """What header and footer need. Nothing here asks the database: error pages use it too."""
    # From __dict__: a middleware that failed early has set neither, and nothing may be computed now.
    known: Mapping[str, Any] = request.__dict__ if request is not None else {}
    actor = cast("Actor | None", known.get("actor"))
    path = request.path if request is not None else "/"
    head = path.strip("/").split("/", 1)[0]
    authority: Authority | None = known.get("authority")
    return {
        "authority": authority,
        "look": look.drawn(authority) if authority is not None else None,
        "forms": _language_forms(request),
        # The id of a form that a change of language sends, so that what was typed comes along.
        "language_form": "",
        "actor": actor,
        "signed_in": bool(actor and actor.logged_in),
        "section": head if head in _SECTIONS else "",
        "path": path,
        "login_address": f"/anmelden/?weiter={quote(onward_from(request), safe='/')}",
        "demo": config().mode == "demo",
        "bare": False,
        "session_state": session_words.state_of(request) if request is not None and actor else None,
        "visit_hours": settings.SESSION_COOKIE_AGE // 3600,
        "now": clock.now(),
    }


def _language_forms(request: HttpRequest | None) -> list[dict[str, Any]]:
    """This page in each language form: the address stays, only the query names the form."""
    try:
        asked = request.GET.copy() if request is not None else QueryDict(mutable=True)
    except TooManyFieldsSent:  # the error page says so; it must not fail for the same reason
        asked = QueryDict(mutable=True)
    shown = []
    for form, name, lang in _FORMS:
        asked[language.PARAMETER] = form
        current = form == language.current()
        address = f"?{asked.urlencode()}"
        shown.append({"form": form, "name": name, "lang": lang, "address": address, "current": current})
    return shown


def onward_from(request: HttpRequest | None) -> str:
    """Where a log-in should lead back to: this page, if it can be opened by its address."""
    if request is None or request.method != "GET" or request.path.startswith(("/anmelden/", "/abmelden/")):
        return "/"
    return request.get_full_path()
