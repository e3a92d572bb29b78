# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Rendering a page of the office, in its own frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from amtlich.faces.office.navigation import entries_for
from amtlich.faces.portal import language, look
from amtlich.kernel import clock
from amtlich.platform.accounts import Actor
from amtlich.platform.accounts.staff import Role, StaffMember
from amtlich.platform.accounts.staff.sessions import Found
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.web import errors

#: Who finds the search for cases in the header.
FINDERS = (Role.CASEWORKER, Role.LEAD, Role.AUDITOR)


class OfficeRequest(HttpRequest):
    """A request below /amt/, as the middlewares hand it on."""

    authority: Authority
    actor: Actor
    staff: StaffMember | None
    staff_session: Found | None


def render(
    request: OfficeRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page ``office/<template>.html``, in German, whatever form the browser has chosen in the portal."""
    frame = {
        "authority": request.authority,
        "look": look.drawn(request.authority),
        "member": request.staff,
        "entries": entries_for(request.staff) if request.staff else [],
        "finds_cases": bool(request.staff and request.staff.may(*FINDERS)),
        "path": request.path,
        "demo": config().mode == "demo",
        "now": clock.now(),
        **(context or {}),
    }
    with language.use("de"):
        page = get_template(f"office/{template}.html").render(frame, request)
    return HttpResponse(page, status=status)


def answer_method(request: OfficeRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """405 as a page for any method that is not meant; GET brings HEAD along."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods
    if request.method in allowed:
        return None
    refused = errors.respond(request, errors.page_for(405))
    refused["Allow"] = ", ".join(allowed)
    return refused
