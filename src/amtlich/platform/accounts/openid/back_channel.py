# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The provider says that a session has ended there (OpenID Connect Back-Channel Logout 1.0).

Nothing is remembered of such a token: whoever sends it again before it expires ends what has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from amtlich.platform.accounts.models import Account, Session
from amtlich.platform.accounts.openid import tokens
from amtlich.platform.accounts.openid.attempts import hash_of
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.metadata import ProviderDirectory
from amtlich.platform.accounts.providers import ProviderSpec
from amtlich.platform.tenancy import tenant

_EVENT = "http://schemas.openid.net/event/backchannel-logout"


def end_sessions(directory: ProviderDirectory, spec: ProviderSpec, authority_id: UUID, token: str) -> int:
    """End the sessions that a logout token names; returns how many. Raises ``LoginFailed``."""
    metadata = directory.metadata(spec.issuer)
    claims = tokens.signed_claims(directory, metadata, token)
    tokens.check_addressed(claims, metadata, spec.client_id)
    subject, session = _named(claims)
    if session:
        ended, _ = Session.objects.filter(provider_session=hash_of(f"{spec.issuer} {session}")).delete()
        return ended
    with tenant(authority_id):
        accounts = list(
            Account.objects.filter(issuer=spec.issuer, subject=subject).values_list("pk", flat=True)
        )
    ended, _ = Session.objects.filter(account_id__in=accounts).delete()
    return ended


def _named(claims: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and session; one of them is there."""
    events = claims.get("events")
    if not isinstance(events, Mapping) or _EVENT not in events:
        raise LoginFailed(Trouble.FAULTY, "the token tells of no log-out")
    if "nonce" in claims:  # an ID token must not pass for a logout token
        raise LoginFailed(Trouble.FAULTY, "a logout token has no nonce")
    subject, session = (str(claims.get(name) or "")[: tokens.LONGEST_SUBJECT] for name in ("sub", "sid"))
    if not subject and not session:
        raise LoginFailed(Trouble.FAULTY, "the token names neither person nor session")
    return subject, session
