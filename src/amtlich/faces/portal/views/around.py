# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pages around: imprint, privacy notice, accessibility statement, and what Leichte Sprache is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.privacy.api import kept_days
from amtlich.faces.portal import accessibility as statement
from amtlich.faces.portal import privacy_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.platform.tenancy.imprint import imprint_of


@answers_to("GET")
def imprint(request: PortalRequest) -> HttpResponse:
    """`/impressum/` (§ 5 DDG): what the authority's file says. What is missing there is left out here."""
    return render(request, "imprint", {"imprint": imprint_of(request.authority)})


@answers_to("GET")
def privacy(request: PortalRequest) -> HttpResponse:
    """`/datenschutz/` (Art. 13, 14 GDPR): written from the packages that are published now."""
    authority_id = request.authority.id
    services = [
        privacy_shapes.service(catalog.current(authority_id, card.slug))
        for card in catalog.published(authority_id)
    ]
    context = {
        "imprint": imprint_of(request.authority),
        "services": services,
        "feedback_days": kept_days("steering.feedback"),
        "visit_hours": settings.SESSION_COOKIE_AGE // 3600,
        "signed_in_minutes": settings.SIGNED_IN_AGE // 60,
        "unused_days": kept_days("mail.recipients"),
        "mail_days": kept_days("mail.addresses"),
    }
    return render(request, "privacy", context)


@answers_to("GET")
def accessibility(request: PortalRequest) -> HttpResponse:
    """`/barrierefreiheit/`: the statement that law asks for, from results and from what was tried by hand."""
    context = {
        "imprint": imprint_of(request.authority),
        "results": statement.results(),
        "by_hand": statement.by_hand(),
        "host": request.get_host(),
    }
    return render(request, "accessibility", context)


@answers_to("GET")
def easy_language(request: PortalRequest) -> HttpResponse:
    """`/leichte-sprache/`: what it is, what there is of it here, and what can be done here."""
    return render(request, "easy_language", {"services": catalog.published(request.authority.id)})
