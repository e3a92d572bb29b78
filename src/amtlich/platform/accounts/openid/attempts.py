# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-ins that were begun: each is bound to one browser and answered once.

They stand in a table and not in the session, because two tabs would overwrite each other's there, and
because "once" must hold between two processes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from amtlich.kernel import clock
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.models import LoginAttempt
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.tenancy import tenant

#: Who looks for the card, the phone and the PIN needs a while.
LONGEST = timedelta(minutes=30)
LONGEST_ONWARD = 2000
_LONGEST_STATE = 200


@dataclass(frozen=True, slots=True)
class Attempt:
    """A log-in under way. ``onward`` is where it leads back to, ``wished`` the level it was begun for."""

    nonce: str
    verifier: str
    onward: str
    wished: TrustLevel
    person: UUID | None


def hash_of(secret: str) -> str:
    """How a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(
    authority_id: UUID, browser: str, onward: str, wished: TrustLevel, person: UUID | None
) -> tuple[str, Attempt]:
    """Note a new attempt of this browser; returns its ``state`` and the rest of it."""
    state = secrets.token_urlsafe(32)
    made = Attempt(
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        onward=onward[:LONGEST_ONWARD],
        wished=wished,
        person=person,
    )
    now = clock.now()
    with tenant(authority_id):
        LoginAttempt.objects.filter(begun_at__lt=now - LONGEST).delete()
        LoginAttempt.objects.create(
            state_hash=hash_of(state),
            authority_id=authority_id,
            browser_hash=hash_of(browser),
            nonce=made.nonce,
            verifier=made.verifier,
            onward=made.onward,
            wished=int(wished),
            person=person,
            begun_at=now,
        )
    return state, made


def take(authority_id: UUID, browser: str, state: str) -> Attempt:
    """The attempt that this answer belongs to; it is gone then. Raises ``LoginFailed``.

    An answer that comes to another browser is refused, and the attempt stays for the right one.
    """
    if not state or len(state) > _LONGEST_STATE:
        raise LoginFailed(Trouble.STALE, "the answer names no log-in of ours")
    with tenant(authority_id):
        found = LoginAttempt.objects.select_for_update().filter(pk=hash_of(state)).first()
        if found is None:
            raise LoginFailed(Trouble.STALE, "the log-in is not known, or was answered before")
        if not hmac.compare_digest(found.browser_hash, hash_of(browser)):
            raise LoginFailed(Trouble.OTHER_BROWSER, "the log-in was begun in another browser")
        found.delete()
    if found.begun_at < clock.now() - LONGEST:
        raise LoginFailed(Trouble.STALE, "the log-in was begun too long ago")
    return Attempt(found.nonce, found.verifier, found.onward, TrustLevel(found.wished), found.person)
