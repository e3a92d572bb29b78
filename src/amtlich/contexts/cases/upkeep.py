# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What of drafts, resume codes and closed cases is deleted in time. How long: the rules of privacy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from amtlich.contexts.cases.models import Case, Draft, ResumeAttempt
from amtlich.contexts.catalog.api import package
from amtlich.platform import upkeep


def _empty(rows: QuerySet[Any]) -> int:
    """Nothing of what was typed stays; the bare row tells the owner for a while."""
    return rows.update(data={}, earlier=None, parked=None, resume_hash=None, deleted_at=F("expires_at"))


class ClosedCases:
    """Cases whose own period (``retention.closed`` of their package) is over.

    They are counted, never erased here: before that they have to be offered to the archive.
    """

    name = "cases.closed"
    tables = (
        "cases_case",
        "cases_submission",
        "cases_listentry",
        "cases_decisionrecord",
        "cases_decisionpayload",
        "events_event",
        "events_payload",
        "proofs_document",
        "proofs_content",
        "proofs_revocation",
    )
    alias = "retention"
    only_previewed = True

    def due(self, before: datetime) -> Mapping[UUID, int]:
        ended = Case.objects.using("system").annotate(ended_at=Coalesce("closed_at", "withdrawn_at"))
        ended = ended.filter(ended_at__lte=before)
        found: dict[UUID, int] = {}
        for slug, version in ended.order_by().values_list("service", "package_version").distinct():
            latest = package(slug, version).retention.closed.before(before)
            over = ended.filter(service=slug, package_version=version, ended_at__lte=latest)
            for authority_id, count in upkeep.per_authority(over).items():
                found[authority_id] = found.get(authority_id, 0) + count
        return found

    def purge(self, authority_id: UUID, before: datetime, limit: int) -> int:
        raise upkeep.UpkeepError("cases are not erased without having been offered to the archive")


def register() -> None:
    """Called once, while the app starts. Each period begins when the draft's own (its package's) is over."""
    for purge in (
        upkeep.Rows(
            "cases.drafts", Draft, lambda before: _draft(before, sent=False) & Q(deleted_at=None), _empty
        ),
        upkeep.Rows(
            "cases.draft_shells",
            Draft,
            lambda before: _draft(before, sent=False) & Q(deleted_at__isnull=False),
        ),
        upkeep.Rows("cases.sent_drafts", Draft, lambda before: _draft(before, sent=True)),
        upkeep.Rows("cases.resume_attempts", ResumeAttempt, lambda before: Q(at__lte=before)),
        ClosedCases(),
    ):
        upkeep.register(purge)


def _draft(before: datetime, *, sent: bool) -> Q:
    return Q(expires_at__lte=before, case_id__isnull=not sent)
