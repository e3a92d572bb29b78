# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who calls: the session of the portal. Every call that changes something carries a CSRF token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from amtlich.platform.accounts.actor import Actor


class SessionActor(APIKeyCookie):
    """The actor of the session cookie; a visitor without one is an actor, too, who may do little."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:
        """Never refuses: what an actor may do is decided by the policy, per object."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor
