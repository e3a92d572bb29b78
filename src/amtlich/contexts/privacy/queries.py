# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading the access journal. Assumes an open ``tenant()``; results are evaluated."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from amtlich.contexts.privacy.entries import AccessView
from amtlich.contexts.privacy.errors import JournalTampered
from amtlich.contexts.privacy.models import Access, AccessPayload


def for_case(case_id: UUID) -> tuple[AccessView, ...]:
    """All entries of a case, oldest first."""
    return _views(Access.objects.filter(case_id=case_id).order_by("at", "id"))


def for_holder(holder_id: UUID, before: datetime | None, limit: int) -> tuple[AccessView, ...]:
    """Entries about one account's holder, newest first, at most ``limit``."""
    entries = Access.objects.filter(subject_holder_id=holder_id)
    if before is not None:
        entries = entries.filter(at__lt=before)
    return _views(entries.order_by("-at", "-id")[:limit])


def _views(entries: QuerySet[Access]) -> tuple[AccessView, ...]:
    return tuple(_view(access) for access in entries.select_related("payload"))


def _view(access: Access) -> AccessView:
    try:
        stored = access.payload
    except AccessPayload.DoesNotExist:
        return AccessView(
            access.id, access.at, access.case_id, access.actor_kind, "", "", (), (), "", "", erased=True
        )
    if access.commitment_to(stored.payload, bytes(stored.salt)) != bytes(access.commitment):
        raise JournalTampered(
            f"access journal entry {access.id}: row or payload is not what was recorded; "
            "compare the table privacy_accesspayload with a backup"
        )
    data = stored.payload
    return AccessView(
        id=access.id,
        at=access.at,
        case_id=access.case_id,
        actor_kind=access.actor_kind,
        who=data["actor_label"],
        source=data["source"],
        what=tuple(data["fields_de"]),
        fields=tuple(data["fields"]),
        why=data["purpose"],
        legal_basis=data["legal_basis"],
    )
