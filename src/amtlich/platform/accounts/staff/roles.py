# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What members of staff may be, and what the house learns about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from amtlich.platform.accounts.actor import Actor


class Role(StrEnum):
    """What somebody may do. The value is stored; ``title_de`` is what people read."""

    CASEWORKER = "caseworker"
    LEAD = "lead"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def title_de(self) -> str:
        return _TITLES[self]

    @property
    def about_de(self) -> str:
        """One sentence: what the role allows."""
        return _ABOUT[self]


_TITLES = {
    Role.CASEWORKER: "Sachbearbeitung",
    Role.LEAD: "Leitung",
    Role.PUBLISHER: "Leistungspakete",
    Role.ADMINISTRATOR: "Konten",
    Role.AUDITOR: "Revision",
}
_ABOUT = {
    Role.CASEWORKER: "Vorgänge ansehen, nachfragen und entscheiden.",
    Role.LEAD: "Wie Sachbearbeitung, dazu was stillsteht neu anstoßen.",
    Role.PUBLISHER: "Leistungspakete einreichen und veröffentlichen.",
    Role.ADMINISTRATOR: "Konten der Beschäftigten anlegen, ändern und sperren.",
    Role.AUDITOR: "Alles lesen, nichts ändern.",
}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works at an authority and has shown both factors."""

    id: UUID
    authority_id: UUID
    name: str
    display_name: str
    roles: frozenset[Role]

    def may(self, *roles: Role) -> bool:
        """Whether one of these roles is theirs."""
        return not self.roles.isdisjoint(roles)

    def actor(self) -> Actor:
        """Who acts, for the rest of the house."""
        return Actor(
            "staff",
            self.authority_id,
            account_id=self.id,
            display_name=self.display_name,
            roles=frozenset(role.value for role in self.roles),
        )
