# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether the access journal says what was written."""

from __future__ import annotations

from uuid import UUID

from amtlich.contexts.privacy.models import Access, AccessPayload
from amtlich.platform import integrity
from amtlich.platform.tenancy import tenant

_BATCH = 500
_ACCESS, _PAYLOAD = Access._meta.db_table, AccessPayload._meta.db_table


def check_journal(authority_id: UUID, report: integrity.Report) -> None:
    """Every entry and its details belong together and are those that were written."""
    last = UUID(int=0)
    while rows := _next(authority_id, last):
        last = rows[-1].pk
        report.rows += len(rows)
        for row in rows:
            if not hasattr(row, "payload"):
                report.erased += 1
            elif row.commitment_to(row.payload.payload, bytes(row.payload.salt)) != bytes(row.commitment):
                report.wrong(_ACCESS, row.pk, "Eintrag und Einzelheiten sind nicht die aufgezeichneten.")
    with tenant(authority_id):
        known = Access.objects.values("pk")
        for key in AccessPayload.objects.exclude(pk__in=known).values_list("pk", flat=True):
            report.wrong(_ACCESS, key, "Der Eintrag fehlt, seine Einzelheiten sind da.")


def _next(authority_id: UUID, last: UUID) -> list[Access]:
    with tenant(authority_id):
        return list(Access.objects.filter(pk__gt=last).select_related("payload").order_by("pk")[:_BATCH])


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check("privacy.journal", "Zugriffsprotokoll", (_ACCESS, _PAYLOAD), check_journal)
    )
