# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""When a draft cannot be opened, and when a form comes from a session that has ended.

Foreign and missing look alike, to the letter. Only who had a draft is told that it has expired or was
deleted. What is sent after the session's end is kept for the owner (``cases.park``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal.language import said
from amtlich.faces.portal.pages import PortalRequest, render
from amtlich.kernel.errors import NotFound
from amtlich.kernel.sentence import Sentence
from amtlich.platform.web import errors
from amtlich.platform.web.errors import ErrorPage

_STEP = re.compile(r"/antrag/([a-z2-7]{26})/([a-z0-9-]{1,60})/")

NO_COOKIES = ErrorPage(
    403,
    Sentence("Ihr Browser nimmt keine Cookies an"),
    Sentence(
        "Ein Cookie ist eine kurze Notiz, die Ihr Browser für uns aufhebt. "
        "Ohne diese Notiz wissen wir beim nächsten Klick nicht mehr, welcher Antrag zu Ihnen gehört. "
        "Wir haben nichts gespeichert."
    ),
    Sentence(
        "Erlauben Sie Cookies für diese Seite, laden Sie die Seite neu, und senden Sie noch einmal ab. "
        "Wir nutzen Cookies nur dafür, nie für Werbung."
    ),
)

View = Callable[..., HttpResponse]


def for_owner(view: View) -> View:
    """A page of a draft, for the one who has it; everybody else gets one and the same page."""

    @wraps(view)
    def guarded(request: PortalRequest, token: str, **more: Any) -> HttpResponse:
        try:
            return view(request, token, **more)
        except cases.DraftGone as gone:
            return _gone(request, gone)
        except cases.NoSuchDraft:
            sent = request.method == "POST" and "step_id" in more and not request.actor.logged_in
            if sent:
                cases.park(request.actor, token, more["step_id"], dict(request.POST.lists()))
            return _unknown(request, request.path, sent=sent)

    return guarded


def _gone(request: PortalRequest, gone: cases.DraftGone) -> HttpResponse:
    try:
        name = said(catalog.current(request.authority.id, gone.service).names)
    except NotFound:
        name = ""  # no longer offered
    return render(request, "draft_gone", {"gone": gone, "name": name}, status=410, lean=True)


def _unknown(request: PortalRequest, address: str, *, sent: bool) -> HttpResponse:
    """``sent``: a page of a form came from a session that has ended, or never was."""
    return render(
        request,
        "draft_unknown",
        {"sent": sent, "login_address": f"/anmelden/?weiter={address}"},
        status=403 if sent else 404,
        lean=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For ``CSRF_FAILURE_VIEW``. A page of a form is shown again with all that was typed.

    Nothing of what came is stored: the person sees it, and sends it with a token of this session.
    """
    if not request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        return errors.respond(request, NO_COOKIES)
    step = _STEP.fullmatch(request.path)
    if step is not None and hasattr(request, "actor"):
        from amtlich.faces.portal.views.application import shown_again  # noqa: PLC0415 (they need each other)

        page = shown_again(request, step[1], step[2])  # type: ignore[arg-type]
        if page is not None:
            return page
    return errors.csrf_failure(request, reason)
