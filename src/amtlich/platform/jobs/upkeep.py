# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Rows of jobs that nobody needs any more. How long they are kept: the rules of privacy.

A job that ended well leaves no row at all. What is left over here was stopped by hand, lost its row, or
was parked long ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from amtlich.platform import upkeep
from amtlich.platform.jobs.models import Attempt

_ENDED = (
    "FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing') "
    "AND (scheduled_at IS NULL OR scheduled_at <= %s)"
)


class EndedJobs:
    """Jobs that were cancelled or failed past us, with procrastinate's own tools. They carry no time."""

    name = "jobs.ended"
    tables = ("procrastinate_jobs", "procrastinate_events")  # the events go with their job
    alias = "default"
    only_previewed = False

    def due(self, before: datetime) -> Mapping[UUID, int]:
        with connections["system"].cursor() as cursor:
            cursor.execute(f"SELECT count(*) {_ENDED}", [before])
            row = cursor.fetchone()
        return {upkeep.INSTALLATION: row[0]} if row and row[0] else {}

    def purge(self, authority_id: UUID, before: datetime, limit: int) -> int:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing') "  # noqa: S608
                f"AND id IN (SELECT id {_ENDED} ORDER BY id LIMIT %s)",
                [before, limit],
            )
            return int(cursor.rowcount)


def _abandoned(before: datetime) -> Q:
    job = ProcrastinateJob.objects.filter(id=OuterRef("job_id"))
    return Q(parked_at=None, at__lte=before) & ~Q(Exists(job))


def register() -> None:
    """Called once, while the app starts."""
    upkeep.register(EndedJobs())
    upkeep.register(upkeep.Rows("jobs.abandoned", Attempt, _abandoned))
    # Only those of which somebody has been told.
    upkeep.register(
        upkeep.Rows("jobs.parked", Attempt, lambda before: Q(parked_at__lte=before, told_at__isnull=False))
    )
