# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long the session lasts: the page that says it, and the button that makes it longer."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from amtlich.faces.portal import session_words
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.platform.accounts import session_time
from amtlich.platform.accounts.middleware import FETCHED_BY_A_PAGE


@answers_to("GET", "POST")
def prolong(request: PortalRequest) -> HttpResponse:
    """`/anmelden/verlaengern/`: POST counts the time anew; a page's script gets the rest as JSON."""
    if request.method == "POST":
        session_time.prolong_now(request.session)
    state = session_words.state_of(request)
    if FETCHED_BY_A_PAGE in request.headers:
        told = state.told() if state else {"seconds": 0}
        response: HttpResponse = JsonResponse(told)
        response["Cache-Control"] = "no-store, private"
        return response
    return render(request, "session", {"state": state, "prolonged": request.method == "POST"}, lean=True)
