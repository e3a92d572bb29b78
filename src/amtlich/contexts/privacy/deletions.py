# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading the proofs of deletion, over all authorities, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from amtlich.contexts.privacy.models import Deletion


@dataclass(frozen=True, slots=True)
class DeletionView:
    """So many rows were deleted under the rule of this purge that was valid since ``rule_of``."""

    at: datetime
    authority_id: UUID
    purge: str
    rule_of: date
    before: datetime
    count: int


def deletions(since: datetime | None, limit: int) -> tuple[DeletionView, ...]:
    """The newest proofs first."""
    found = Deletion.objects.using("system").order_by("-at", "-id")
    if since is not None:
        found = found.filter(at__gte=since)
    return tuple(
        DeletionView(row.at, row.authority_id, row.purge, row.rule_of, row.before, row.count)
        for row in found[:limit]
    )
