# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the privacy context. Every function opens its own ``tenant()``: call it outside of one.

Upkeep (what is kept how long, and deleting it) is for operators and concerns all authorities.

Who may read an entry is not decided here but where the case is: ask ``cases.api.may`` first.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from amtlich.contexts.privacy import commands, queries
from amtlich.contexts.privacy.deletions import DeletionView, deletions
from amtlich.contexts.privacy.entries import AccessEntry, AccessPage, AccessView
from amtlich.contexts.privacy.errors import (
    ClockWentBack,
    IncompleteAccess,
    JournalTampered,
    PrivacyError,
    RulesIncomplete,
)
from amtlich.contexts.privacy.retention_page import tables as retention_tables
from amtlich.contexts.privacy.rules import Rule
from amtlich.contexts.privacy.rules import shipped as _rules
from amtlich.contexts.privacy.upkeep_run import Due, Outcome
from amtlich.contexts.privacy.upkeep_run import last_run as last_upkeep
from amtlich.contexts.privacy.upkeep_run import preview as preview_upkeep
from amtlich.contexts.privacy.upkeep_run import run as run_upkeep
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

__all__ = [
    "AccessEntry",
    "AccessPage",
    "AccessView",
    "ClockWentBack",
    "DeletionView",
    "Due",
    "IncompleteAccess",
    "JournalTampered",
    "Outcome",
    "PrivacyError",
    "Rule",
    "RulesIncomplete",
    "accesses_for_case",
    "accesses_for_holders",
    "cases_with_access",
    "check_access",
    "deletions",
    "kept_days",
    "last_upkeep",
    "preview_upkeep",
    "record_access",
    "retention_tables",
    "run_upkeep",
]


def kept_days(purge: str) -> int:
    """How many days the rule of this purge keeps things today, for pages that say so."""
    return _rules().rule(purge, clock.today()).period.days


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


def cases_with_access(authority_id: UUID, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these cases have an entry in the journal."""
    with tenant(authority_id):
        return queries.cases_with_access(case_ids)


def accesses_for_holders(
    authority_id: UUID,
    holder_ids: Collection[UUID],
    *,
    case_id: UUID | None = None,
    without_case: bool = False,
    first: int = 0,
    limit: int = 25,
) -> AccessPage:
    """Accesses to data of whom one session speaks for (``Actor.holders``), newest first.

    ``case_id`` leaves those of one case, ``without_case`` those before anything was sent (previews);
    ``first`` turns the page.
    """
    with tenant(authority_id):
        return queries.for_holders(
            holder_ids, case_id=case_id, without_case=without_case, first=first, limit=limit
        )
