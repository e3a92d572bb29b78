# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in and log-out.

In the demonstration anybody may be anybody; elsewhere the page says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import NotFound
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.login import log_in, log_out
from amtlich.platform.accounts.personas import DemoLogin, demo_logins

_LIKE = {
    TrustLevel.HIGH: "wie mit dem Online-Ausweis",
    TrustLevel.SUBSTANTIAL: "wie mit BundID und ELSTER-Zertifikat",
    TrustLevel.LOW: "wie mit BundID und Passwort",
    TrustLevel.NONE: "ohne Nachweis, wer Sie sind",
}


@dataclass(frozen=True, slots=True)
class PersonaGroup:
    """Personas with the same trust level."""

    level: str
    like: str
    personas: tuple[DemoLogin, ...]


@answers_to("GET", "POST")
def login(request: PortalRequest) -> HttpResponse:
    """`/anmelden/?weiter=…`: after the log-in, back to where one came from."""
    onward = safe_onward(request, request.POST.get("weiter") or request.GET.get("weiter") or "")
    personas = demo_logins(request.authority.id)
    if request.method == "POST":
        chosen = next((persona for persona in personas if persona.key == request.POST.get("person")), None)
        if chosen is None:
            raise NotFound("Diese Person gibt es in der Vorführung nicht.")
        log_in(request, chosen.account_id, level=chosen.level, means=chosen.means)
        return HttpResponseRedirect(onward)
    return render(request, "login", {"groups": _groups(personas), "onward": onward}, lean=True)


@answers_to("POST")
def logout(request: PortalRequest) -> HttpResponse:
    """`/abmelden/`."""
    log_out(request)
    return HttpResponseRedirect("/")


def safe_onward(request: PortalRequest, address: str) -> str:
    """``address`` if it is a path of this host, else the start page: a link must not lead elsewhere."""
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if inside else "/"


def _groups(personas: tuple[DemoLogin, ...]) -> tuple[PersonaGroup, ...]:
    return tuple(
        PersonaGroup(level.word_de, _LIKE[level], members)
        for level in sorted(TrustLevel, reverse=True)
        if (members := tuple(persona for persona in personas if persona.level is level))
    )
