# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The main menu of the office: what somebody with these roles can open."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.platform.accounts.staff import Role, StaffMember


@dataclass(frozen=True, slots=True)
class Entry:
    """One room of the office."""

    title: str
    address: str
    roles: frozenset[Role]


ENTRIES = (
    Entry("Leistungen", "/amt/leistungen/", frozenset({Role.PUBLISHER, Role.AUDITOR, Role.LEAD})),
    Entry("Konten", "/amt/konten/", frozenset({Role.ADMINISTRATOR, Role.AUDITOR})),
)


def entries_for(member: StaffMember) -> list[Entry]:
    """The rooms that open to this person, in the order of the menu."""
    return [entry for entry in ENTRIES if member.may(*entry.roles)]
