# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The start page, the list of services, and the page of one service."""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import case_shapes, service_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render

_CASES_ON_START = 3


@answers_to("GET")
def start(request: PortalRequest) -> HttpResponse:
    """`/`: what can be done here, and for a known person what is going on."""
    mine = cases.my_cases(request.actor) if request.actor.holder_id else ()
    rows = [case_shapes.row(case) for case in mine[:_CASES_ON_START]]
    return render(request, "start", {"services": catalog.published(request.authority.id), "cases": rows})


@answers_to("GET")
def services(request: PortalRequest) -> HttpResponse:
    """`/leistungen/`."""
    return render(request, "services", {"services": catalog.published(request.authority.id)})


@answers_to("GET")
def service(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/`. Looking at a service creates nothing (FC-10)."""
    package = catalog.current(request.authority.id, slug)
    draft = cases.open_draft(request.actor, slug) if request.actor.holder_id else None
    return render(request, "service", {"service": service_shapes.page(package), "draft": draft})
