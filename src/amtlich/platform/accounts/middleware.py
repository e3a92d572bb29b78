# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts import session_time
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.identity import identity_from_json
from amtlich.platform.accounts.models import Account
from amtlich.platform.tenancy import tenant

#: A header of what a page fetches by itself. That is nobody's doing, so it prolongs no session.
FETCHED_BY_A_PAGE = "X-Fragment"


class ActorMiddleware:
    """``request.actor``: who acts, for the authority of this host.

    The account is read under the authority's own rows, so a session of another authority's host is
    simply nobody here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if hasattr(request, "authority"):
            request.actor = actor_of(request)  # type: ignore[attr-defined]
            if FETCHED_BY_A_PAGE not in request.headers:
                session_time.prolong(request.session)
        return self.get_response(request)


def _level(session: int, vouched: Mapping[str, Any] | None) -> TrustLevel:
    """A session counts for no more than what the account's identity was last vouched for with."""
    return TrustLevel(min(session, int((vouched or {}).get("level", session))))


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request whose authority and session are known."""
    authority_id: UUID = request.authority.id  # type: ignore[attr-defined]
    session = request.session
    begun_as = session.get("holder")
    visitor = UUID(begun_as) if begun_as else None
    account_id = session.get("account")
    if account_id:
        with tenant(authority_id):
            account = Account.objects.filter(pk=UUID(account_id), is_active=True).first()
        if account is not None:
            return Actor(
                kind="citizen",
                authority_id=authority_id,
                holder_id=account.pk,
                session_holder_id=visitor,
                account_id=account.pk,
                level=_level(session.get("level", 0), account.identity),
                means=session.get("means", ""),
                identity=identity_from_json(account.identity),
                display_name=account.display_name,
            )
    return Actor("anonymous", authority_id, holder_id=visitor, session_holder_id=visitor)
