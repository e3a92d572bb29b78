# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""My cases, the page of one case (whole, or the part that live.js swaps), its documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.engines.procedure import WaitingOn
from amtlich.faces.portal import case_rows, case_shapes
from amtlich.faces.portal.measured import measured
from amtlich.faces.portal.pages import PortalRequest, answers_to, render

FRAGMENT_HEADER = "X-Fragment"
SEEN_HEADER = "X-Seen"  # how far the open page has come: nothing new is answered with 204


@answers_to("GET")
def my_cases(request: PortalRequest) -> HttpResponse:
    """`/vorgaenge/`: everything of the person, what needs the person first."""
    known = request.actor.holder_id is not None
    mine = cases.my_cases(request.actor) if known else ()
    drafts = [case_rows.draft_row(draft) for draft in cases.my_drafts(request.actor)] if known else []
    nothing = not mine and not drafts
    context = {
        "nothing": nothing,
        "groups": case_rows.groups(mine),
        "drafts": drafts,
        "services": case_rows.online_services(catalog.published(request.authority.id)) if nothing else (),
    }
    return render(request, "cases", context)


@answers_to("GET")
def case(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/`."""
    shown = case_shapes.page(cases.case(request.actor, token), request.build_absolute_uri("/pruefen/"))
    if request.headers.get(SEEN_HEADER) == str(shown.seq):
        return HttpResponse(status=204)
    whole = request.headers.get(FRAGMENT_HEADER) != "case"
    context = {"case": shown, **_expectation(request, shown)}
    response = render(request, "case" if whole else "case_live", context)
    response["Vary"] = f"Cookie, {FRAGMENT_HEADER}"
    return response


def _expectation(request: PortalRequest, shown: case_shapes.CasePage) -> dict[str, Any]:
    """How long such cases really take, if enough are known.

    What a program decides in seconds says nothing about what lies with a person: there only how many
    do is told, and no time at all.
    """
    asked = shown.waiting_on in (WaitingOn.PROGRAM, WaitingOn.OFFICE)
    found = cases.durations(request.authority.id, shown.service) if asked else None
    if found is None:
        return {"expected": None, "by_hand": 0}
    if shown.waiting_on is WaitingOn.OFFICE:
        return {"expected": None, "by_hand": found.with_person}
    return {"expected": measured(found, None), "by_hand": 0}


@answers_to("GET")
def document(request: PortalRequest, token: str, document_id: UUID) -> HttpResponse:
    """`/vorgaenge/<token>/dokumente/<id>/`: the file itself, kept by no cache on the way."""
    file = cases.document(request.actor, token, document_id)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
