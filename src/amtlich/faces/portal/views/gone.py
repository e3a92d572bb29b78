# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""410 for a service that was offered here before, at all of its addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal.pages import PortalRequest, render


def or_gone(view: Callable[[PortalRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one service. One that is gone says so and names what there is today; 404 if it never was."""

    @wraps(view)
    def guarded(request: PortalRequest, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except catalog.NoLongerOffered as gone:
            instead = catalog.entry(request.authority.id, gone.replaced_by) if gone.replaced_by else None
            return render(request, "gone", {"instead": instead}, status=410)

    return guarded
