# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading the access journal. Assumes an open ``tenant()``; results are evaluated."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from amtlich.contexts.privacy.entries import AccessPage, AccessView
from amtlich.contexts.privacy.errors import JournalTampered
from amtlich.contexts.privacy.models import Access, AccessPayload


def for_case(case_id: UUID) -> tuple[AccessView, ...]:
    """All entries of a case, oldest first."""
    return _views(Access.objects.filter(case_id=case_id).order_by("at", "id"))


def cases_with_access(case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these cases have an entry."""
    found = Access.objects.filter(case_id__in=case_ids).values_list("case_id", flat=True)
    return frozenset(key for key in found.distinct() if key)


def for_holders(
    holder_ids: Collection[UUID], *, case_id: UUID | None, without_case: bool, first: int, limit: int
) -> AccessPage:
    """Entries about these holders, newest first: ``limit`` of them after skipping ``first``."""
    entries = Access.objects.filter(subject_holder_id__in=holder_ids)
    if without_case:
        entries = entries.filter(case_id=None)
    elif case_id is not None:
        entries = entries.filter(case_id=case_id)
    counted = entries.values("actor_kind").annotate(count=Count("id"), last=Max("at"))
    kinds = {row["actor_kind"]: (row["count"], row["last"]) for row in counted}
    return AccessPage(
        entries=_views(entries.order_by("-at", "-id")[first : first + limit]),
        total=sum(count for count, _ in kinds.values()),
        by_kind={kind: count for kind, (count, _) in kinds.items()},
        last_at=max((last for _, last in kinds.values()), default=None),
    )


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
