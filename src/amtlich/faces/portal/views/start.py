# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The start page, the list of services and the search in it, and the page of one service."""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import case_shapes, directory_shapes, service_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render

_CASES_ON_START = 3
_MOST_HITS = 20


@answers_to("GET")
def start(request: PortalRequest) -> HttpResponse:
    """`/`: what can be done here, and for a known person what is going on."""
    mine = cases.my_cases(request.actor) if request.actor.holder_id else ()
    entries = catalog.directory(request.authority.id)
    context = {
        "cases": [case_shapes.row(case) for case in mine[:_CASES_ON_START]],
        "services": [entry for entry in entries if entry.online],
        "count": len(entries),
        "situations": directory_shapes.by_situation(entries, catalog.categories(request.authority.id)),
    }
    return render(request, "start", context)


@answers_to("GET")
def services(request: PortalRequest) -> HttpResponse:
    """`/leistungen/`: all services; with ?suche= those that answer."""
    asked = directory_shapes.question(request.GET.get("suche", ""))
    if asked:
        hits = catalog.search(request.authority.id, asked, limit=_MOST_HITS)
        return render(request, "search", {"asked": asked, "hits": directory_shapes.hit_lines(hits)})
    entries = catalog.directory(request.authority.id)
    context = {
        "count": len(entries),
        "situations": directory_shapes.by_situation(entries, catalog.categories(request.authority.id)),
        "letters": directory_shapes.by_letter(entries),
    }
    return render(request, "services", context)


@answers_to("GET")
def service(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/`. Looking at a service creates nothing (FC-10)."""
    entry = catalog.entry(request.authority.id, slug)
    if not entry.online:
        others = {one.slug: one for one in catalog.directory(request.authority.id)}
        related = [others[name] for name in entry.related if name in others]
        return render(request, "listed", {"entry": entry, "related": related})
    package = catalog.current(request.authority.id, slug)
    draft = cases.open_draft(request.actor, slug) if request.actor.holder_id else None
    return render(request, "service", {"service": service_shapes.page(package), "draft": draft})
