# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How error pages look. What they say about the error is decided in platform.web.errors.

One pattern for all: what happened, what it means for your data, what to do now. A 404 reads the same
for "does not exist" and "not yours". Nothing here asks the database: it may be what is down.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from amtlich.faces.portal.pages import frame_data
from amtlich.platform.web import errors
from amtlich.platform.web.errors import ErrorPage

_SAFE = "Was Sie vorher gespeichert oder abgeschickt haben, ist unverändert da."
_DATA: Mapping[int, str] = {
    404: "Es ist nichts verloren. Ihre Vorgänge sehen nur Sie: in diesem Browser oder nach dem Anmelden.",
    409: "Der letzte gespeicherte Stand bleibt, wie er ist.",
    500: f"{_SAFE} Haben Sie gerade etwas abgeschickt? Senden Sie es ruhig noch einmal: "
    "Zweimal absenden ergibt nur einen Antrag.",
}


def draw(request: HttpRequest | None, page: ErrorPage) -> str:
    """The page as HTML; ``platform.web.errors`` calls it. ``request`` is None if Django never saw one."""
    context = {
        **frame_data(request),
        "page": page,
        "data": _DATA.get(page.status, _SAFE),
        "lean": True,
        # The buttons of the account need the session, and with it the database.
        "bare": page.status >= 500,
    }
    return get_template("portal/error.html").render(context, request)


def unknown_host(request: HttpRequest) -> HttpResponse:
    """No authority lives under this host name."""
    page = errors.page_for(404).with_sentence("Unter diesem Namen gibt es hier keine Behörde.")
    return errors.respond(request, page)
