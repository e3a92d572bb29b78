# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who acts: a citizen, an anonymous visitor, a member of staff, or the program itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from amtlich.kernel.person import Identity
from amtlich.kernel.trust import TrustLevel

Kind = Literal["anonymous", "citizen", "staff", "system"]
ANONYMOUS_LABEL = "Person ohne Anmeldung"
#: The means of a program that acts with a key: it vouches for nobody.
PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting party, valid for one authority.

    ``holder_id`` owns what is begun now: the account's id, or for an anonymous visitor an id that
    lives only in the session; None if a visitor has nothing yet. ``session_holder_id`` owns what the
    same session began before it logged in. ``level`` and ``means`` are those of this session's log-in,
    and ``identity`` is what that log-in vouches for. ``roles`` are those of a member of staff.
    """

    kind: Kind
    authority_id: UUID
    holder_id: UUID | None = None
    session_holder_id: UUID | None = None
    account_id: UUID | None = None
    level: TrustLevel = TrustLevel.NONE
    means: str = ""
    identity: Identity | None = None
    display_name: str = ANONYMOUS_LABEL
    roles: frozenset[str] = frozenset()

    @property
    def holders(self) -> tuple[UUID, ...]:
        """All owners that this session speaks for."""
        return tuple({holder for holder in (self.holder_id, self.session_holder_id) if holder})

    @property
    def logged_in(self) -> bool:
        return self.account_id is not None


def system_actor(authority_id: UUID) -> Actor:
    """The program acting for an authority."""
    return Actor("system", authority_id, display_name="Programm der Behörde")
