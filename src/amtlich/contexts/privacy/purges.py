# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What of the access journal and of the proofs of deletion is deleted in time, by the retention role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from amtlich.contexts.privacy.models import Access, AccessPayload, Deletion
from amtlich.platform import upkeep


class EarlyAccesses:
    """The details of accesses that belong to no case; those of a case go with it.

    The retention role may not read the entries themselves, so role *system* finds what is due.
    """

    name = "privacy.early_accesses"
    tables = ("privacy_accesspayload",)
    alias = "retention"
    only_previewed = False

    def due(self, before: datetime) -> Mapping[UUID, int]:
        return upkeep.per_authority(self._due(before))

    def purge(self, authority_id: UUID, before: datetime, limit: int) -> int:
        due = self._due(before).filter(authority_id=authority_id).order_by("pk")
        keys = list(due.values_list("pk", flat=True)[:limit])
        payloads = AccessPayload.objects.using(self.alias).filter(authority_id=authority_id, pk__in=keys)
        return payloads.delete()[0]

    def _due(self, before: datetime) -> QuerySet[Any]:
        entries = Access.objects.using("system").filter(case_id=None, at__lte=before)
        return entries.filter(payload__isnull=False)


def register() -> None:
    """Called once, while the app starts."""
    upkeep.register(EarlyAccesses())
    upkeep.register(
        upkeep.Rows("privacy.deletions", Deletion, lambda before: Q(at__lte=before), alias="retention")
    )
