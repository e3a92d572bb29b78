# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The main menu of the office: what somebody with these roles can open."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.platform.accounts.staff import Role, StaffMember


@dataclass(frozen=True, slots=True)
class Entry:
    """One room of the office. ``key``: its access key (see /amt/tastatur/), mostly none.

    ``below``: further addresses whose pages lie in this room.
    """

    title: str
    address: str
    roles: frozenset[Role]
    key: str = ""
    below: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether the page at this path lies in this room."""
        return path.startswith((self.address, *self.below))


_CASES = frozenset({Role.CASEWORKER, Role.LEAD, Role.AUDITOR})

ENTRIES = (
    Entry("Vorgänge", "/amt/eingang/", _CASES, key="e", below=("/amt/vorgaenge/",)),
    Entry("Stillstand", "/amt/stillstand/", frozenset({Role.LEAD})),
    Entry("Leistungen", "/amt/leistungen/", frozenset({Role.PUBLISHER, Role.AUDITOR, Role.LEAD})),
    Entry("Konten", "/amt/konten/", frozenset({Role.ADMINISTRATOR, Role.AUDITOR})),
)


def entries_for(member: StaffMember) -> list[Entry]:
    """The rooms that open to this person, in the order of the menu."""
    return [entry for entry in ENTRIES if member.may(*entry.roles)]
