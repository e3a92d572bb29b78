# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/rueckmeldung/`: one question at every end; and the report of a barrier. No account, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_resolver, resolve

from amtlich.contexts.privacy.api import kept_days
from amtlich.contexts.steering import api as steering
from amtlich.faces.portal import language
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import TooMany
from amtlich.platform.web.throttle import Throttle, place_of

THANKS = "/rueckmeldung/danke/"
_LONGEST_ECHO = 4 * steering.LONGEST_TEXT
_ANSWERS = {"ja": "yes", "teilweise": "partly", "nein": "no"}
#: Ten in ten minutes: enough for a school class behind one address, too slow for a machine.
throttle = Throttle(10, 600)


@answers_to("GET", "POST")
def feedback(request: PortalRequest) -> HttpResponse:
    """`/rueckmeldung/?anlass=&antwort=`: did it work? The answer may be chosen on the page before."""
    given = request.POST if request.method == "POST" else request.GET
    occasion, page_kind = steering.occasion_of(given.get("anlass", "")), _kind_of_page(request)
    context = {
        "occasion": occasion,
        "answer": given.get("antwort", "") if given.get("antwort", "") in _ANSWERS else "",
        "answers": tuple(_ANSWERS),
        "text": given.get("text", "")[:_LONGEST_ECHO],
        "page_kind": page_kind,
    }
    if request.method == "POST":
        _take_turn(request)
        try:
            steering.give(
                request.authority.id,
                occasion=occasion,
                answer=_ANSWERS.get(given.get("antwort", ""), ""),
                text=given.get("text", ""),
                route=page_kind,
                language=language.current(),
            )
        except steering.FeedbackRefused as refused:
            return _again(request, "feedback", context, refused)
        return HttpResponseRedirect(THANKS)
    return _form(request, "feedback", context)


@answers_to("GET", "POST")
def barrier(request: PortalRequest) -> HttpResponse:
    """`/rueckmeldung/barriere/`: something here cannot be used (§ 12b (2) BGG and Land law)."""
    given = request.POST
    context = {
        "text": given.get("text", "")[:_LONGEST_ECHO],
        "email": given.get("email", "")[:254],
        "page_kind": _kind_of_page(request),
    }
    if request.method == "POST":
        _take_turn(request)
        try:
            steering.report_barrier(
                request.authority.id,
                text=given.get("text", ""),
                email=given.get("email", ""),
                route=context["page_kind"],
                language=language.current(),
            )
        except steering.FeedbackRefused as refused:
            return _again(request, "barrier", context, refused)
        return HttpResponseRedirect(f"{THANKS}?barriere=1")
    return _form(request, "barrier", context)


@answers_to("GET")
def thanks(request: PortalRequest) -> HttpResponse:
    """`/rueckmeldung/danke/`: it has arrived, and what becomes of it."""
    return render(request, "feedback_thanks", {"barrier": "barriere" in request.GET})


def _form(
    request: PortalRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    limits = {"longest": steering.LONGEST_TEXT, "kept_days": kept_days("steering.feedback")}
    return render(request, template, {"refused": None, **limits, **context}, status=status, lean=True)


def _again(
    request: PortalRequest, template: str, context: Mapping[str, object], refused: steering.FeedbackRefused
) -> HttpResponse:
    return _form(request, template, {**context, "refused": refused}, status=422)


def _take_turn(request: PortalRequest) -> None:
    if wait := throttle.wait_for(f"{request.authority.id} {place_of(request)}"):
        raise TooMany(retry_after=wait)


def _kind_of_page(request: PortalRequest) -> str:
    """The pattern of the page that this is about: a name out of our own list, never an address."""
    if request.method == "POST":
        told = request.POST.get("seite", "")
        return told if told in _patterns() else ""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return ""
    try:
        return resolve(before.path).route[:120]
    except Resolver404:
        return ""


def _patterns() -> frozenset[str]:
    own = get_resolver("amtlich.faces.portal.urls").url_patterns
    return frozenset(str(pattern.pattern) for pattern in own)
