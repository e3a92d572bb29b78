# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The three language forms of a page: German, Leichte Sprache, English.

The address is the same in all of them. ``?sprache=`` chooses and a cookie remembers, so that a link can
be shared and needs neither session nor database. The German sentence stands in the template; the other
forms stand in ``words/*.toml``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from markupsafe import Markup, escape

from amtlich.kernel.sentence import LANGUAGES, Language, MissingText, Sentence, Words
from amtlich.platform.settings.config import config

log = logging.getLogger(__name__)

WORDS = Path(__file__).parent / "words"
COOKIE = "amtlich_sprache"
PARAMETER = "sprache"
_A_YEAR = 365 * 24 * 3600
_CHOSEN = re.compile(rf"(?:^|&){PARAMETER}=(de|leicht|en)(?:&|$)")

_current: ContextVar[Language] = ContextVar("language", default="de")


def current() -> Language:
    """The form in which this request is answered."""
    return _current.get()


@contextmanager
def use(language: Language) -> Iterator[None]:
    """Speak this form inside the block."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def language_of(request: HttpRequest) -> tuple[Language, bool]:
    """The form a request asks for, and whether its address chose it. Needs no session."""
    chosen = _CHOSEN.search(request.META.get("QUERY_STRING", ""))
    wanted = chosen[1] if chosen else request.COOKIES.get(COOKIE)
    return next((form for form in LANGUAGES if form == wanted), "de"), chosen is not None


class LanguageMiddleware:
    """Speaks the form that address or cookie name, and remembers a choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language, chosen = language_of(request)
        with use(language):
            response = self.get_response(request)
        if "public" not in response.get("Cache-Control", ""):
            patch_vary_headers(response, ("Cookie",))
        elif "Vary" in response:  # a file says the same in every form and to everybody
            response["Vary"] = re.sub(r"\bCookie(, *)?", "", response["Vary"], flags=re.IGNORECASE).rstrip(
                ", "
            )
        if chosen:
            remember(request, response, language)
        return response


def remember(request: HttpRequest, response: HttpResponseBase, language: Language) -> None:
    """Answer in this form from now on."""
    response.set_cookie(
        COOKIE, language, max_age=_A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )


@cache
def known_words() -> Words:
    """All translations of the portal."""
    return Words.read((path.name, path.read_text(encoding="utf-8")) for path in sorted(WORDS.glob("*.toml")))


def _(text: str, /, **values: Any) -> Markup | str:
    """A sentence of ours in the form of the page.

    Values are shown as ``Sentence`` shows them; a ``Markup`` value (a link made by a macro) keeps its
    tags while sentence and other values are escaped. Lines of Leichte Sprache are parted by ``<br>``.
    """
    sentence = Sentence(text, **{name: _plain(value) for name, value in values.items()})
    language = current()
    if not any(isinstance(value, Markup) for value in values.values()):
        return _lines(typeset(translated(sentence)))
    known = known_words()
    shown = {
        name: value if isinstance(value, Markup) else escape(known.value(value, language))
        for name, value in values.items()
    }
    template = escape(typeset(_looked_up(sentence.template))).replace("\n", Markup("<br>"))
    return Markup(template.format(**shown))  # noqa: S704 (every part is escaped or Markup already)


def translated(sentence: str) -> str:
    """A sentence as plain text in the form of the page; lines stay lines."""
    template = _looked_up(sentence.template if isinstance(sentence, Sentence) else str(sentence))
    values = sentence.values if isinstance(sentence, Sentence) else {}
    return known_words().fill(template, values, current())


def said(text: Mapping[str, str] | str) -> str:
    """A text of a package or a sentence of a context in the form of the page.

    A plain ``str`` is shown as it is: it was typed by a person, or put into the right form before.
    """
    if isinstance(text, Sentence):
        return _lines(typeset(translated(text)))
    return _lines(typeset(text if isinstance(text, str) else pick(text)))


def pick(text: Mapping[str, str]) -> str:
    """The page's form of a text in three forms. The gate of packages sees that none is missing."""
    return text[current()] if text else ""


def say(text: str, cls: str = "", /, **values: Any) -> Markup:
    """A paragraph; in Leichte Sprache one for every line, because each holds one statement."""
    whole = _(text, **values)
    marked = whole if isinstance(whole, Markup) else escape(whole)
    opening = Markup('<p class="{}">').format(cls) if cls else Markup("<p>")
    return Markup("").join(opening + Markup(line) + Markup("</p>") for line in marked.split("<br>"))  # noqa: S704


def typeset(text: str) -> str:
    """Keep a section sign and its number on one line. Only for texts of ours, never for what was typed."""
    return text.replace("§ ", "§\u00a0")


def _looked_up(german: str) -> str:
    language = current()
    try:
        return known_words().template(german, language)
    except MissingText:
        if config().mode != "production":
            raise
        # The gate finds every sentence in the source, so this is a fault of ours; a page is better than none.
        log.error("no text in form %s for a sentence of the portal: %r", language, german)
        return german


def _lines(text: str) -> Markup | str:
    if "\n" not in text:
        return text
    return escape(text).replace("\n", Markup("<br>"))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Markup) else value
