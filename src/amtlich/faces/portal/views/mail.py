# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Being told by e-mail: giving an address, showing that it is one's own, changing and deleting it.

A GET changes nothing. Who asked is known by a word that lies in the session only: the link of the mail,
opened by a scanner or on another device, is of no use there (FC-30).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.mail import api as mail
from amtlich.faces.portal import language
from amtlich.faces.portal.onward import safe as safe_onward
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.kernel.ids import new_token
from amtlich.kernel.sentence import Sentence

PAGE = "/benachrichtigung/"
_BROWSER = "mail_browser"
_LONGEST_ECHO = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was typed and why it is not taken. ``field``: "adresse" or "code"."""

    field: str
    sentence: Sentence
    typed: str
    status: int = 422


@answers_to("GET", "POST")
def notification(request: PortalRequest) -> HttpResponse:
    """`/benachrichtigung/`: the address as it is, and everything that can be done about it."""
    if request.method == "GET" or request.method == "HEAD":
        return _page(request)
    if not mail.offered() or request.actor.holder_id is None:
        return _page(request, status=409)
    act = _ACTS.get(request.POST.get("tun", ""))
    if act is None:
        raise BadInput(Sentence("Diesen Knopf gibt es hier nicht. Laden Sie die Seite neu."))
    refusal = act(request)
    if refusal is not None:
        return _page(request, refusal, status=refusal.status)
    return HttpResponseRedirect(_with_way_back(PAGE, _way_back(request)))


@answers_to("GET", "POST")
def link(request: PortalRequest, token: str) -> HttpResponse:
    """`/benachrichtigung/bestaetigen/<token>/`: where the mail leads. Only its button changes something."""
    browser = _browser(request)
    try:
        if request.method == "POST":
            mail.confirm_by_link(request.authority.id, request.actor.holder_id, token, browser)
            return HttpResponseRedirect(PAGE)
        address = mail.look(request.authority.id, token, browser)
    except mail.UnknownLink:
        return render(request, "mail_link", {"state": "unknown"}, status=404, lean=True)
    except mail.OtherBrowser:
        return render(request, "mail_link", {"state": "elsewhere"}, status=403, lean=True)
    except mail.LinkExpired:
        return render(request, "mail_link", {"state": "expired"}, status=410, lean=True)
    return render(request, "mail_link", {"state": "ours", "address": address, "token": token}, lean=True)


@answers_to("GET")
def demo_mails(request: PortalRequest) -> HttpResponse:
    """`/_galerie/mails/`: in the demonstration, the mails that would have gone to this person."""
    if mail.demo_folder() is None:
        raise NotFound("Diese Seite gibt es nur in der Vorführung.")
    return render(request, "mail_demo", {"mails": mail.demo_mails(_status(request))})


def _page(request: PortalRequest, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    known = _status(request)
    folder = mail.demo_folder()
    context = {
        "offered": mail.offered(),
        "begun": request.actor.holder_id is not None,
        "told": known,
        "other_language": bool(known.address) and known.language != language.current(),
        "refusal": refusal,
        "way_back": _way_back(request),
        "folder": str(folder) if folder else "",
    }
    return render(request, "mail", context, status=status)


def _status(request: PortalRequest) -> mail.Status:
    holder = request.actor.holder_id
    return mail.Status() if holder is None else mail.status(request.authority.id, holder, _browser(request))


def _ask(request: PortalRequest) -> Refusal | None:
    typed = request.POST.get("adresse", "")
    if _BROWSER not in request.session:
        request.session[_BROWSER] = new_token()
    try:
        mail.ask(request.authority.id, _holder(request), typed, language.current(), _browser(request))
    except mail.AddressRefused as refused:
        return Refusal("adresse", refused.sentence, typed[:_LONGEST_ECHO])
    except mail.TooManyMails as refused:
        return Refusal("adresse", refused.sentence, typed[:_LONGEST_ECHO], status=429)
    return None


def _type_code(request: PortalRequest) -> Refusal | None:
    typed = request.POST.get("code", "")
    try:
        mail.confirm_by_code(request.authority.id, _holder(request), _browser(request), typed)
    except mail.CodeRefused as refused:
        return Refusal("code", refused.sentence, typed[:_LONGEST_ECHO])
    return None


def _speak(request: PortalRequest) -> None:
    mail.speak(request.authority.id, _holder(request), language.current())


def _delete(request: PortalRequest) -> None:
    mail.forget(request.authority.id, _holder(request), _browser(request))


_ACTS: Mapping[str, Callable[[PortalRequest], Refusal | None]] = {
    "adresse": _ask,
    "code": _type_code,
    "sprache": _speak,
    "loeschen": _delete,
}


def _holder(request: PortalRequest) -> UUID:
    """Who acts now: the account, or the visitor's session. Asked only where there is one."""
    assert request.actor.holder_id is not None
    return request.actor.holder_id


def _browser(request: PortalRequest) -> str:
    """The word that only this session knows; "" before anything was asked."""
    word = request.session.get(_BROWSER, "")
    return word if isinstance(word, str) else ""


def _way_back(request: PortalRequest) -> str:
    """Where the person came from: a page of ours, or nothing."""
    asked = request.POST.get("zurueck") or request.GET.get("zurueck") or ""
    return safe_onward(request, asked) if asked else ""


def _with_way_back(address: str, way_back: str) -> str:
    return f"{address}?zurueck={quote(way_back, safe='/')}" if way_back else address
