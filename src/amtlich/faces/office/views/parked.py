# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/stillstand/`: what the program could not do after five tries, and what somebody can do about it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.faces.office import case_words
from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.platform.accounts.staff import Role

ADDRESS = "/amt/stillstand/"
_TOLD = {
    "wieder": "Der Auftrag läuft noch einmal. Kommt er wieder nicht weiter, steht er gleich wieder hier.",
    "geben": "Der Vorgang liegt jetzt bei einer Person.",
    "vorbei": "Das war schon erledigt, nichts ist doppelt geschehen.",
}


@staff_only(Role.LEAD, methods=("GET", "POST"))
def parked(request: OfficeRequest) -> HttpResponse:
    """The list, and what its two buttons do. It names no person, so nothing is journalled."""
    if request.method == "POST":
        return _act(request)
    context = {
        "jobs": [(one, case_words.short_moment(one.parked_at)) for one in cases.parked_jobs(request.actor)],
        "told": _TOLD.get(request.GET.get("getan", ""), ""),
    }
    return render(request, "parked", context)


def _act(request: OfficeRequest) -> HttpResponse:
    given = request.POST.get("auftrag", "")
    job = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
    wanted = request.POST.get("aktion", "")
    act = {"wieder": cases.try_again, "geben": cases.hand_over}.get(wanted)
    done = act is not None and act(request.actor, job)
    response = HttpResponseRedirect(f"{ADDRESS}?getan={wanted if done else 'vorbei'}")
    response.status_code = 303
    return response
