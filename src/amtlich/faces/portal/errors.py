# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How error pages look. What they say about the error is decided in platform.web.error_pages.

One pattern for all: what happened, what it means for your data, what to do now. A 404 reads the same
for "does not exist" and "not yours". Nothing here asks the database: it may be what is down.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from markupsafe import Markup, escape

from amtlich.faces.portal import language
from amtlich.faces.portal.pages import frame_data
from amtlich.kernel.sentence import Language, Sentence
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import last_known
from amtlich.platform.web import errors
from amtlich.platform.web.errors import ErrorPage

_SAFE = Sentence("Was Sie vorher gespeichert oder abgeschickt haben, ist unverändert da.")
_DATA: Mapping[int, Sentence] = {
    404: Sentence(
        "Es ist nichts verloren. Ihre Vorgänge sehen nur Sie: in diesem Browser oder nach dem Anmelden."
    ),
    409: Sentence("Der letzte gespeicherte Stand bleibt, wie er ist."),
    410: Sentence("Gelöscht wird nur, was wir nicht länger aufheben dürfen."),
    500: Sentence(
        "Was Sie vorher gespeichert oder abgeschickt haben, ist unverändert da. "
        "Haben Sie gerade etwas abgeschickt? Senden Sie es ruhig noch einmal: "
        "Zweimal absenden ergibt nur einen Antrag."
    ),
}


def draw(request: HttpRequest | None, page: ErrorPage) -> str:
    """The page as HTML; ``platform.web.errors`` calls it. ``request`` is None if Django never saw one."""
    with language.use(_language(request)):
        frame = frame_data(request)
        authority = frame["authority"] or _authority(request)
        context = {
            **frame,
            "authority": authority,
            "page": page,
            "title": " ".join(_lines(page.title)),
            "told": _lines(page.sentence),
            "data": _lines(_DATA.get(page.status, _SAFE)),
            "steps": _lines(page.next_step),
            "lean": True,
            # The buttons of the account need the session, and with it the database.
            "bare": page.status >= 500 or frame["authority"] is None,
        }
        return get_template("portal/error.html").render(context, request)


def draw_plainly(request: HttpRequest | None, page: ErrorPage) -> str:
    """The same words without template, style or frame: for when ``draw`` fails."""
    form = _language(request)
    with language.use(form):
        title = escape(" ".join(_lines(page.title)))
        texts = [*_lines(page.sentence), *_lines(page.next_step)]
        authority = _authority(request)
        if authority is not None:
            texts.append(Markup("{}, {}").format(authority.phone, authority.hours))
        home = language.translated(Sentence("Zur Startseite"))
    return Markup(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>{}</title></head><body><main><h1>{}</h1>{}"
        '<p><a href="/">{}</a></p></main></body></html>\n'
    ).format(
        "en" if form == "en" else "de",
        title,
        title,
        Markup("").join(Markup("<p>{}</p>").format(text) for text in texts),
        home,
    )


def unknown_host(request: HttpRequest) -> HttpResponse:
    """No authority lives under this host name."""
    page = errors.page_for(404).with_sentence(
        Sentence("Unter diesem Namen gibt es hier keine Behörde."),
    )
    return errors.respond(request, page)


def _language(request: HttpRequest | None) -> Language:
    # A page that the front answers has passed no middleware; what one has set is the same.
    return language.language_of(request)[0] if request is not None else language.current()


def _authority(request: HttpRequest | None) -> Authority | None:
    return last_known(request.META.get("HTTP_HOST", "")) if request is not None else None


def _lines(text: str) -> list[str]:
    """One entry for each paragraph. What is no ``Sentence`` was worded in German, whatever the page is in."""
    if isinstance(text, Sentence):
        return [language.typeset(line) for line in language.translated(text).strip().split("\n")]
    if language.current() == "en" and text:
        return [Markup('<span lang="de">{}</span>').format(text)]
    return [text]
