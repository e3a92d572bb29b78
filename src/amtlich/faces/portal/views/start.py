# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The start page."""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import case_rows, directory_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render

_CASES_ON_START = 3


@answers_to("GET")
def start(request: PortalRequest) -> HttpResponse:
    """`/`: what can be done here, and for a known person what is going on and what was begun."""
    known = request.actor.holder_id is not None
    mine = cases.my_cases(request.actor) if known else ()
    drafts = cases.my_drafts(request.actor) if known else ()
    entries = catalog.directory(request.authority.id)
    context = {
        "cases": [case_rows.row(case) for case in mine[:_CASES_ON_START]],
        "drafts": [case_rows.draft_row(draft) for draft in drafts],
        "services": directory_shapes.in_order(tuple(entry for entry in entries if entry.online)),
        "count": len(entries),
        "situations": directory_shapes.by_situation(entries, catalog.categories(request.authority.id)),
    }
    return render(request, "start", context)
