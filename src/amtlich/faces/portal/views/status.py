# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/status/`: what works now, in sentences. Stands aside of everything, see ``platform.web.aside``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from amtlich.faces.portal.house_state import lookout
from amtlich.faces.portal.pages import answers_to, frame_data


@answers_to("GET")
def status(request: HttpRequest) -> HttpResponse:
    """Asks no session and shows nobody's name, so it may be cached for as long as it is measured."""
    state = lookout.state(request.META.get("HTTP_HOST", ""))
    request.authority = state.authority  # type: ignore[attr-defined]
    frame = {**frame_data(request), "actor": None, "signed_in": False, "bare": True, "lean": True}
    html = get_template("portal/status.html").render({**frame, "state": state}, request)
    response = HttpResponse(html)
    response["Cache-Control"] = "private, max-age=5"
    return response
