# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in and log-out: the pages before and after.

In production the authority's provider is offered, in the demonstration its invented people as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import levels, onward
from amtlich.faces.portal.language import known_words, translated
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.faces.portal.views.provider_login import after_log_in
from amtlich.kernel.errors import NotFound
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts import citizen_login
from amtlich.platform.accounts.login import log_in, log_out
from amtlich.platform.accounts.personas import DemoLogin, demo_logins
from amtlich.platform.web.headers import CONTENT_SECURITY_POLICY


@dataclass(frozen=True, slots=True)
class PersonaLine:
    """A person of the demonstration, as the page tells of them."""

    key: str
    display_name: str
    about: str


@dataclass(frozen=True, slots=True)
class PersonaGroup:
    """Personas with the same trust level."""

    level: str
    like: str
    personas: tuple[PersonaLine, ...]


@answers_to("GET", "POST")
def login(request: PortalRequest) -> HttpResponse:
    """`/anmelden/?weiter=…`: after the log-in, back to where one came from."""
    address = onward.asked_for(request)
    personas = demo_logins(request.authority.id)
    if request.method == "POST":
        chosen = next((persona for persona in personas if persona.key == request.POST.get("person")), None)
        if chosen is None:
            raise NotFound("Diese Person gibt es in der Vorführung nicht.")
        before = request.actor.account_id
        log_in(request, chosen.account_id, level=chosen.level, means=chosen.means)
        changed = before not in (None, chosen.account_id)
        return after_log_in(request, address, TrustLevel.NONE, changed_person=changed)
    context = {
        "provider": citizen_login.provider(request.authority),
        "words": levels.WORDS,
        "groups": _groups(personas),
        "onward": address,
        "at_provider": f"/anmelden/anbieter/?weiter={onward.query(address)}{_level_wished(request, address)}",
        "without": address if address != "/" else "/leistungen/",
    }
    return render(request, "login", context, lean=True)


@answers_to("POST")
def logout(request: PortalRequest) -> HttpResponse:
    """`/abmelden/`: ends the session here, then shows how that at the provider is ended.

    The provider wants the ID token as a hint. It names the person, so it goes there in a form and never
    in an address.
    """
    closing = citizen_login.closing(request)
    log_out(request)
    if closing is None:
        return HttpResponseRedirect(citizen_login.AFTER_LOG_OUT)
    response = render(request, "logged_out", {"closing": closing, "closed_at": ""}, lean=True)
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {closing.origin}"
    )
    return response


@answers_to("GET")
def logged_out(request: PortalRequest) -> HttpResponse:
    """`/abmelden/fertig/`: what is closed. The provider leads here too, when it has ended its session."""
    closed_at = citizen_login.closed_at(request.GET.get("state", ""))
    return render(request, "logged_out", {"closing": None, "closed_at": closed_at}, lean=True)


def _level_wished(request: PortalRequest, address: str) -> str:
    """Whoever comes from a form is asked at once for the level that its service needs."""
    try:
        draft = cases.draft(request.actor, onward.draft_token(address))
    except NotFound:
        return ""
    return f"&niveau={catalog.package(draft.service, draft.version).min_level.name.lower()}"


def _groups(personas: tuple[DemoLogin, ...]) -> tuple[PersonaGroup, ...]:
    return tuple(
        PersonaGroup(levels.WORDS[level], levels.LIKE[level], tuple(_line(one) for one in members))
        for level in sorted(TrustLevel, reverse=True)
        if (members := tuple(persona for persona in personas if persona.level is level))
    )


def _line(persona: DemoLogin) -> PersonaLine:
    # Residents of tests have no words of their own; those of the demonstration do.
    about = translated(persona.about) if persona.about in known_words().forms else persona.about
    return PersonaLine(persona.key, persona.display_name, about)
