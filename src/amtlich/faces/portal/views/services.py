# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The list of services and the search in it, the page of one service, and how it is decided."""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import decision_page, directory_shapes, service_shapes
from amtlich.faces.portal.language import current
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.faces.portal.views.gone import or_gone
from amtlich.kernel import clock
from amtlich.kernel.errors import NotFound

_MOST_HITS = 20


@answers_to("GET")
def services(request: PortalRequest) -> HttpResponse:
    """`/leistungen/`: all services; ?suche= those that answer; ?lebenslage= those of a life situation."""
    asked = directory_shapes.question(request.GET.get("suche", ""))
    if asked:
        hits = catalog.search(request.authority.id, asked, limit=_MOST_HITS, language=current())
        return render(request, "search", {"asked": asked, "hits": directory_shapes.hit_lines(hits)})
    entries = catalog.directory(request.authority.id)
    situations = directory_shapes.by_situation(entries, catalog.categories(request.authority.id))
    if "lebenslage" in request.GET:
        return _situation(request, situations)
    letters = directory_shapes.by_letter(entries)
    return render(request, "services", {"count": len(entries), "situations": situations, "letters": letters})


def _situation(request: PortalRequest, situations: tuple[directory_shapes.Group, ...]) -> HttpResponse:
    for group in situations:
        if group.slug == request.GET["lebenslage"]:
            return render(request, "situation", {"group": group})
    raise NotFound("Diese Lebenslage gibt es hier nicht.")


@answers_to("GET")
@or_gone
def service(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/`. Looking at a service creates nothing (FC-10)."""
    entry = catalog.entry(request.authority.id, slug)
    if not entry.online:
        others = {one.slug: one for one in catalog.directory(request.authority.id)}
        context = {
            "entry": entry,
            "situation": directory_shapes.situation_address(entry.category),
            "related": [others[name] for name in entry.related if name in others],
        }
        return render(request, "listed", context)
    package = catalog.current(request.authority.id, slug)
    draft = cases.open_draft(request.actor, slug) if request.actor.holder_id else None
    found = cases.durations(request.authority.id, slug)
    return render(request, "service", {"service": service_shapes.page(package, found), "draft": draft})


@answers_to("GET")
@or_gone
def decision(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/entscheidung/`: the rules of the published version, as they are applied."""
    package = catalog.current(request.authority.id, slug)
    today = clock.today()
    found = catalog.explained(package, today)
    context = {
        "service": decision_page.service(package),
        "tables": decision_page.tables(found),
        "formulas": found.formulas,
        "parameters": found.parameters,
        "today": today,
    }
    return render(request, "decision", context)
