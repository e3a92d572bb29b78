# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an operator wants to see of the queue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from amtlich.platform.jobs.settlement import ids_of


@dataclass(frozen=True, slots=True)
class ParkedJob:
    """A job that failed too often and waits for a person."""

    job_id: int
    task: str
    ids: Mapping[str, str]
    tries: int
    reason: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class Orphan:
    """A job that counts as running though no living worker has it; the reaper will release it."""

    job_id: int
    task: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """How many jobs are in which state. ``postponed`` of the waiting ones wait for an outside system."""

    waiting: int
    running: int
    postponed: int
    parked: int
    orphans: int


_ORPHANS = (
    "FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id "
    "WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '10 seconds')"
)


def parked() -> list[ParkedJob]:
    """All parked jobs, the oldest first."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT job_id, task, ids, tries, reason, parked_at FROM jobs_attempt "
            "WHERE parked_at IS NOT NULL ORDER BY parked_at, job_id"
        )
        return [
            ParkedJob(job, task, ids_of(ids), tries, reason, at)
            for job, task, ids, tries, reason, at in cursor.fetchall()
        ]


def orphans() -> list[Orphan]:
    """Running jobs without a living owner (FC-23)."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT j.id, j.task_name, j.args {_ORPHANS} ORDER BY j.id")
        return [Orphan(job, task, ids_of(ids)) for job, task, ids in cursor.fetchall()]


def unattended(task: str, locks: Collection[str]) -> set[str]:
    """Which of these locks no job of the task has, neither waiting nor running nor parked."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT lock FROM procrastinate_jobs "
            "WHERE task_name = %s AND lock = ANY(%s) AND status IN ('todo', 'doing') "
            "UNION SELECT lock FROM jobs_attempt "
            "WHERE task = %s AND lock = ANY(%s) AND parked_at IS NOT NULL",
            [task, list(locks), task, list(locks)],
        )
        attended = {lock for (lock,) in cursor.fetchall()}
    return set(locks) - attended


def a_worker_lives() -> bool:
    """Whether some worker has shown itself within the last 15 seconds."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - interval '15 seconds')"
        )
        row = cursor.fetchone()
    return bool(row and row[0])


_COUNTS = f"""
SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'),
       (SELECT count(*) FROM jobs_attempt WHERE parked_at IS NULL AND postponed > 0),
       (SELECT count(*) FROM jobs_attempt WHERE parked_at IS NOT NULL),
       (SELECT count(*) {_ORPHANS})
"""  # noqa: S608 - put together from constants


def overview() -> Overview:
    """Counts, in one query."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_COUNTS)
        row = cursor.fetchone()
    assert row is not None
    return Overview(*row)
