# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The log-in at the authority's provider: the way there, the way back, and all that can go wrong.

The way there is a link and no form: a browser would hold the redirect of a form to our own
``form-action``, through all addresses that the provider leads on to.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import levels, onward
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import NotFound
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts import citizen_login
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.flow import Wish
from amtlich.platform.accounts.providers import ProviderSpec

log = logging.getLogger(__name__)

_STATUS: Mapping[Trouble, int] = {
    Trouble.DOWN: 503,
    Trouble.SLOW: 503,
    Trouble.FAULTY: 502,
    Trouble.CANCELLED: 200,
    Trouble.STALE: 409,
    Trouble.OTHER_BROWSER: 403,
    Trouble.LOCKED: 403,
    Trouble.NOT_SET_UP: 503,
}
_TROUBLES = {trouble.name.lower(): trouble for trouble in Trouble}
_LEVELS = {level.name.lower(): level for level in TrustLevel}


@answers_to("GET")
def start(request: PortalRequest) -> HttpResponse:
    """`/anmelden/anbieter/?weiter=…&niveau=…&mittel=…`: off to the provider."""
    address = onward.asked_for(request)
    level = _LEVELS.get(request.GET.get("niveau", ""), TrustLevel.NONE)
    acr = _chosen_means(citizen_login.provider(request.authority), request.GET.get("mittel", ""))
    try:
        return HttpResponseRedirect(citizen_login.begin(request, Wish(address, level, acr)))
    except LoginFailed as failed:
        failed.onward, failed.wished = address, level
        return _failed(request, failed)


@answers_to("GET")
def callback(request: PortalRequest) -> HttpResponse:
    """`/anmelden/rueckkehr/`: where the provider leads back to."""
    try:
        done = citizen_login.finish(request)
    except LoginFailed as failed:
        return _failed(request, failed)
    return after_log_in(
        request,
        onward.safe(request, done.onward),
        max(done.wished, TrustLevel.LOW),
        changed_person=done.changed_person,
    )


def after_log_in(
    request: PortalRequest, address: str, wished: TrustLevel, *, changed_person: bool
) -> HttpResponse:
    """Back to where the person came from, unless something must be said first."""
    if changed_person and onward.is_personal(address):
        return HttpResponseRedirect("/anmelden/gewechselt/")
    if token := onward.draft_token(address):
        try:
            if cases.adopt_draft(request.actor, token) is cases.Adoption.OF_SOMEBODY_ELSE:
                return HttpResponseRedirect(f"/anmelden/entwurf/?weiter={onward.query(address)}")
        except NotFound:
            pass  # the page itself says so
    if request.actor.level < wished:
        return HttpResponseRedirect(f"/anmelden/hoeher/?weiter={onward.query(address)}&antwort=1")
    return HttpResponseRedirect(address)


@answers_to("GET")
def higher(request: PortalRequest) -> HttpResponse:
    """`/anmelden/hoeher/?weiter=…`: a service needs a higher level; or the provider has answered a lower."""
    address = onward.asked_for(request)
    draft, needed = None, TrustLevel.LOW
    if token := onward.draft_token(address):
        draft = cases.draft(request.actor, token)
        if draft.submitted_case:
            return HttpResponseRedirect(address)
        needed = catalog.package(draft.service, draft.version).min_level
    if request.actor.logged_in and request.actor.level >= needed:
        return HttpResponseRedirect(address)
    provider = citizen_login.provider(request.authority)
    context = {
        "draft": draft,
        **(_place(draft) if draft else {"service": "", "step": 0, "steps": 0, "finished": False}),
        "needed": levels.WORDS[needed],
        "now_at": levels.WORDS[request.actor.level],
        "unknown_means": request.actor.logged_in and request.actor.level is TrustLevel.NONE,
        "answered": request.GET.get("antwort") == "1" and request.actor.logged_in,
        "provider": provider,
        "ways": _ways(provider, needed, address),
        "onward": address,
        "onward_query": onward.query(address),
    }
    return render(request, "login_higher", context, lean=True)


@answers_to("GET")
def other_person(request: PortalRequest) -> HttpResponse:
    """`/anmelden/gewechselt/`: somebody else was logged in here, and what was open is theirs."""
    return render(request, "login_changed", lean=True)


@answers_to("GET", "POST")
def other_draft(request: PortalRequest) -> HttpResponse:
    """`/anmelden/entwurf/?weiter=…`: the draft that is open states another person than has logged in."""
    address = onward.asked_for(request)
    token = onward.draft_token(address)
    draft = cases.draft(request.actor, token)
    if request.method == "POST":
        cases.adopt_draft(request.actor, token, whoever_it_states=True)
        return HttpResponseRedirect(address)
    context = {"draft": draft, "onward": address, **_place(draft)}
    return render(request, "login_draft", context, lean=True)


@answers_to("GET")
def failure(request: PortalRequest) -> HttpResponse:
    """`/anmelden/fehler/?grund=…`: what happened, that nothing is lost, and the ways on.

    A page of its own: it can be loaded anew and read in another language form, and the provider's code
    does not stand in its address.
    """
    trouble = _TROUBLES.get(request.GET.get("grund", ""))
    if trouble is None:  # typed by hand: there is no trouble to tell of
        return HttpResponseRedirect("/anmelden/")
    address = onward.asked_for(request)
    again = f"/anmelden/anbieter/?weiter={onward.query(address)}"
    level = request.GET.get("niveau", "")
    if level in _LEVELS:
        again += f"&niveau={level}"
    provider = citizen_login.provider(request.authority)
    context = {
        "trouble": trouble.name,
        "provider": provider.name if provider else "",
        "again": again,
        "onward": address,
        "draft_open": bool(onward.draft_token(address)),
    }
    response = render(request, "login_failed", context, status=_STATUS[trouble], lean=True)
    if response.status_code == 503:
        response["Retry-After"] = "30"
    return response


def _failed(request: PortalRequest, failed: LoginFailed) -> HttpResponse:
    """Lead to the page that explains it; the log is told the reason."""
    log.warning("log-in failed (%s): %s", failed.trouble.value, failed)
    address = f"/anmelden/fehler/?grund={failed.trouble.name.lower()}"
    address += f"&weiter={onward.query(onward.safe(request, failed.onward))}"
    if failed.wished:
        address += f"&niveau={failed.wished.name.lower()}"
    return HttpResponseRedirect(address)


def _chosen_means(provider: ProviderSpec | None, number: str) -> str:
    """The means that was chosen by its number in the table; none if there is no such number."""
    if provider is None or not (number.isascii() and number.isdigit() and len(number) < 4):
        return ""
    place = int(number) - 1
    return provider.levels[place].acr if 0 <= place < len(provider.levels) else ""


def _ways(provider: ProviderSpec | None, needed: TrustLevel, address: str) -> list[dict[str, object]]:
    if provider is None:
        return []
    return [
        {
            "means": one.means,
            "level": levels.WORDS[one.level],
            "address": f"/anmelden/anbieter/?weiter={onward.query(address)}"
            f"&niveau={needed.name.lower()}&mittel={number}",
        }
        for number, one in enumerate(provider.levels, start=1)
        if one.level >= needed
    ]


def _place(draft: cases.DraftView) -> dict[str, object]:
    """Where in the form the person is: the check page is the last step."""
    package = catalog.package(draft.service, draft.version)
    steps = package.form.open_steps(draft.data)
    count = len(steps) + 1
    return {
        "service": package.names,
        "step": count,
        "steps": count,
        "finished": package.form.first_open_step(draft.data) is None,
    }
