# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.staff import sessions


class StaffMiddleware:
    """Below /amt/: ``request.staff``, who works here, or None, and ``request.actor`` as that person.

    A citizen's session counts for nothing there, and a session of the office counts for nothing elsewhere.
    ``request.staff_session`` is there between password and second factor, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(sessions.PATH) and hasattr(request, "authority"):
            found = sessions.find(request, request.authority.id)
            member = found.member if found else None
            request.staff_session = found  # type: ignore[attr-defined]
            request.staff = member  # type: ignore[attr-defined]
            anonymous = Actor("anonymous", request.authority.id)
            request.actor = member.actor() if member else anonymous  # type: ignore[attr-defined]
        return self.get_response(request)
