# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Error pages: what is said is decided here, how it looks is decided by the face that registers.

A renderer turns an ``ErrorPage`` into HTML. It gets no request when the error happened before Django
saw one, and must not touch the database for status 500 and 503. If it fails, a plain page is sent:
an error page never becomes a second error.
"""

from __future__ import annotations

import html
import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: what happened, and what to do now. Plain German."""

    status: int
    title: str
    sentence: str
    next_step: str

    def with_sentence(self, sentence: str) -> ErrorPage:
        """The same page with a sentence that fits the occasion better."""
        return replace(self, sentence=sentence)


Renderer = Callable[[HttpRequest | None, ErrorPage], str]

_AGAIN = "Gehen Sie zurück und versuchen Sie es noch einmal."

PAGES: Mapping[int, ErrorPage] = {
    page.status: page
    for page in (
        ErrorPage(
            400,
            "Das haben wir nicht verstanden",
            "In der Adresse oder im Formular steht ein Zeichen, das wir nicht annehmen können.",
            _AGAIN,
        ),
        ErrorPage(
            401,
            "Bitte melden Sie sich an",
            "Sie sind nicht angemeldet, oder Ihre Anmeldung ist abgelaufen.",
            "Melden Sie sich an. Gespeicherte Entwürfe sind noch da.",
        ),
        ErrorPage(
            403,
            "Das dürfen Sie hier nicht",
            "Für diese Seite fehlt Ihnen die Berechtigung.",
            "Melden Sie sich mit dem richtigen Konto an, oder fragen Sie die Behörde.",
        ),
        ErrorPage(
            404,
            "Diese Seite gibt es nicht",
            "Vielleicht ist die Adresse falsch geschrieben, oder die Seite gehört zu einem anderen Konto.",
            "Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite.",
        ),
        ErrorPage(
            405,
            "So geht das hier nicht",
            "Diese Adresse nimmt Anfragen dieser Art nicht an.",
            "Öffnen Sie die Seite neu, und benutzen Sie die Knöpfe auf der Seite.",
        ),
        ErrorPage(
            408,
            "Die Übertragung hat zu lange gedauert",
            "Ihre Verbindung war zu langsam oder unterbrochen. Wir haben nichts gespeichert.",
            "Prüfen Sie Ihre Verbindung, und senden Sie noch einmal ab.",
        ),
        ErrorPage(
            409,
            "Hier war jemand schneller",
            "Inzwischen hat sich etwas geändert. Wir haben nichts überschrieben.",
            "Laden Sie die Seite neu, und prüfen Sie den neuen Stand.",
        ),
        ErrorPage(
            413,
            "Das ist zu groß",
            "Was Sie gesendet haben, ist größer als erlaubt. Wir haben nichts gespeichert.",
            "Kürzen Sie den Text, oder wählen Sie kleinere Dateien.",
        ),
        ErrorPage(
            429,
            "Das waren zu viele Anfragen",
            "Von hier kamen in kurzer Zeit sehr viele Anfragen.",
            "Warten Sie eine Minute, und versuchen Sie es dann noch einmal.",
        ),
        ErrorPage(
            500,
            "Bei uns ist etwas schiefgegangen",
            "Der Fehler liegt bei uns, nicht bei Ihnen. Was Sie schon abgeschickt haben, ist nicht verloren.",
            "Versuchen Sie es in einigen Minuten noch einmal.",
        ),
        ErrorPage(
            503,
            "Gerade geht es nicht",
            "Im Moment können wir Ihre Anfrage nicht bearbeiten. Wir haben nichts gespeichert.",
            "Warten Sie 10 Sekunden, und senden Sie dann noch einmal ab.",
        ),
    )
}

# Not "nothing was saved": a connection that breaks during the commit leaves that open. Sending again is safe,
# because every submission carries a key.
_DATABASE_AWAY = ErrorPage(
    503,
    "Gerade geht es nicht",
    "Unsere Datenbank antwortet im Moment nicht.",
    "Warten Sie 10 Sekunden, und laden Sie die Seite neu. Haben Sie gerade etwas abgesendet? "
    "Senden Sie es noch einmal ab, es zählt nur einmal.",
)

_renderer: Renderer | None = None


def register(renderer: Renderer) -> None:
    """Install the renderer of the face that owns the look. The last one registered is used."""
    global _renderer
    _renderer = renderer


def page_for(status: int) -> ErrorPage:
    """The page for a status; an unknown one gets the page of its class."""
    return PAGES.get(status) or replace(PAGES[500 if status >= 500 else 400], status=status)


def _plain(page: ErrorPage) -> str:
    title, sentence, step = (html.escape(text) for text in (page.title, page.sentence, page.next_step))
    return (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>"
        f'<p>{sentence}</p><p>{step}</p><p><a href="/">Zur Startseite</a></p></main></body></html>\n'
    )


def render(request: HttpRequest | None, page: ErrorPage) -> str:
    """The HTML of an error page. Never raises."""
    if _renderer is None:
        return _plain(page)
    try:
        return _renderer(request, page)
    except Exception:
        log.exception("error page %s could not be rendered, the plain one is sent", page.status)
        return _plain(page)


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
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = respond(request, _DATABASE_AWAY)
        response["Retry-After"] = "10"
        return response
    return respond(request, page_for(500))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For ``CSRF_FAILURE_VIEW``: mostly a form that stayed open over a log-in or log-out."""
    return respond(
        request,
        ErrorPage(
            403,
            "Das Formular ist veraltet",
            "Das Formular war zu lange offen, oder Sie haben sich inzwischen an- oder abgemeldet. "
            "Wir haben nichts gespeichert.",
            "Gehen Sie zurück, laden Sie die Seite neu, und senden Sie noch einmal ab.",
        ),
    )
