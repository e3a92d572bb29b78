# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Accounts of citizens who log in at an outside provider."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from amtlich.kernel import clock
from amtlich.kernel.person import Identity
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.identity import identity_from_json, identity_to_json
from amtlich.platform.accounts.models import Account
from amtlich.platform.accounts.openid.attempts import hash_of
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.flow import Answer
from amtlich.platform.accounts.providers import ProviderSpec
from amtlich.platform.tenancy import tenant


def account_for(authority_id: UUID, spec: ProviderSpec, answer: Answer) -> UUID:
    """The account of who has logged in, made if it is the first time, and brought up to date.

    Found by issuer and subject only. An e-mail address is no name of a person: it can be given to
    somebody else. Raises ``LoginFailed`` for a locked account.
    """
    with tenant(authority_id):
        account, _ = Account.objects.get_or_create(
            authority_id=authority_id,
            issuer=spec.issuer,
            subject=answer.subject,
            defaults={
                "username": f"oidc:{hash_of(f'{spec.issuer} {answer.subject}')}",
                "display_name": spec.name,
            },
        )
        if not account.is_active:
            raise LoginFailed(Trouble.LOCKED, "the account is locked")
        account.identity = _vouched(account.identity, answer.identity, answer.means.level)
        account.display_name = _name(answer.identity) or spec.name
        account.last_login = clock.now()
        account.save(update_fields=["identity", "display_name", "last_login"])
        return account.pk


def _vouched(
    before: dict[str, Any] | None, identity: Identity | None, level: TrustLevel
) -> dict[str, Any] | None:
    """The identity with the level at which it was vouched for.

    A session never counts for more than that: else a name that somebody has typed at the provider, under
    a password alone, would count as much as the identity card of an older session. The same statements
    once more, less surely, take nothing away.
    """
    if identity is None:
        return None
    reached = int(level)
    if before and identity_from_json(before) == identity:
        reached = max(reached, int(before.get("level", 0)))
    return {**identity_to_json(identity), "level": reached}


def _name(identity: Identity | None) -> str:
    return " ".join((*identity.given, identity.family))[:200] if identity else ""
