# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/anmelden/beenden/`: the provider itself tells that a session has ended there. No person comes here."""

from __future__ import annotations

import logging

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from amtlich.faces.portal.pages import PortalRequest, answers_to
from amtlich.platform.accounts import citizen_login
from amtlich.platform.accounts.openid.errors import LoginFailed

log = logging.getLogger(__name__)


@csrf_exempt  # it comes without cookies; what it says is signed
@answers_to("POST")
def back_channel(request: PortalRequest) -> HttpResponse:
    """200 if the token is right, whether or not there was a session; 400 if it is not."""
    try:
        citizen_login.end_sessions(request.authority, request.POST.get("logout_token", ""))
        response = HttpResponse(status=200)
    except LoginFailed as failed:
        log.warning("log-out by the provider refused: %s", failed)
        response = JsonResponse({"error": "invalid_request"}, status=400)
    response["Cache-Control"] = "no-store"
    return response
