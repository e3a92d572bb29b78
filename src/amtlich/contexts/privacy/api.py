# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the privacy context. Every function opens its own ``tenant()``: call it outside of one.

Who may read an entry is not decided here but where the case is: ask ``cases.api.may`` first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amtlich.contexts.privacy import commands, queries
from amtlich.contexts.privacy.entries import AccessEntry, AccessView
from amtlich.contexts.privacy.errors import IncompleteAccess, JournalTampered, PrivacyError
from amtlich.platform.tenancy import tenant

__all__ = [
    "AccessEntry",
    "AccessView",
    "IncompleteAccess",
    "JournalTampered",
    "PrivacyError",
    "accesses_for_case",
    "accesses_for_holder",
    "check_access",
    "record_access",
]


def check_access(entry: AccessEntry) -> None:
    """Refuse an access that could not be journalled, before anything is asked: ``IncompleteAccess``."""
    commands.check(entry)


def record_access(entry: AccessEntry) -> UUID:
    """Write the entry; when this returns it is on disk. Only then may the data be released.

    Raises ``IncompleteAccess`` if purpose, legal basis or the like is missing, and the database's error
    if it cannot be written: in both cases the caller releases nothing.
    """
    commands.check(entry)
    with tenant(entry.authority_id):
        commands.add(entry)
    return entry.id


def accesses_for_case(authority_id: UUID, case_id: UUID) -> tuple[AccessView, ...]:
    """All accesses to data in this case, oldest first."""
    with tenant(authority_id):
        return queries.for_case(case_id)


def accesses_for_holder(
    authority_id: UUID, holder_id: UUID, *, before: datetime | None = None, limit: int = 200
) -> tuple[AccessView, ...]:
    """Accesses to data of this account's holder, newest first; ``before`` turns the page."""
    with tenant(authority_id):
        return queries.for_holder(holder_id, before, limit)
