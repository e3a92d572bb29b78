# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""My cases, the page of one case (whole, or the part that live.js swaps), its documents."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from amtlich.contexts.cases import api as cases
from amtlich.faces.portal import case_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render

FRAGMENT_HEADER = "X-Fragment"
SEEN_HEADER = "X-Seen"  # how far the open page has come: nothing new is answered with 204


@answers_to("GET")
def my_cases(request: PortalRequest) -> HttpResponse:
    """`/vorgaenge/`: everything of the person, unfinished things first."""
    known = request.actor.holder_id is not None
    context = {
        "cases": [case_shapes.row(case) for case in cases.my_cases(request.actor)] if known else [],
        "drafts": [case_shapes.draft_row(draft) for draft in cases.my_drafts(request.actor)] if known else [],
    }
    return render(request, "cases", context)


@answers_to("GET")
def case(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/`."""
    shown = case_shapes.page(cases.case(request.actor, token), request.build_absolute_uri("/pruefen/"))
    if request.headers.get(SEEN_HEADER) == str(shown.seq):
        return HttpResponse(status=204)
    whole = request.headers.get(FRAGMENT_HEADER) != "case"
    response = render(request, "case" if whole else "case_live", {"case": shown})
    response["Vary"] = f"Cookie, {FRAGMENT_HEADER}"
    return response


@answers_to("GET")
def document(request: PortalRequest, token: str, document_id: UUID) -> HttpResponse:
    """`/vorgaenge/<token>/dokumente/<id>/`: the file itself, kept by no cache on the way."""
    file = cases.document(request.actor, token, document_id)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
