# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How a run ends, in the database. Each function is one transaction and is fenced by the worker's number.

A worker that was stopped for a while and comes back finds that its job belongs to somebody else: then
nothing is changed and the answer is False or None.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from amtlich.kernel import clock
from amtlich.platform.jobs import policy, registry


@dataclass(slots=True)
class Run:
    """A job that a worker has fetched. ``worker_id`` is None for one whose worker is gone."""

    job_id: int
    worker_id: int | None
    task: str
    ids: Mapping[str, str]
    # Without an earlier try or postponement there is no row about it, and progress() has nothing to do.
    troubled: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a try: parked, or back in the queue after ``pause`` seconds."""

    tries: int
    parked: bool
    pause: float


_MINE = (
    "SELECT id, task_name, args, lock FROM procrastinate_jobs "
    "WHERE id = %s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %s FOR UPDATE"
)
_NOTE = f"""
WITH mine AS ({_MINE})
INSERT INTO jobs_attempt (job_id, task, ids, lock, tries, postponed, reason, at)
SELECT id, task_name, args, lock, %s, %s, %s, %s FROM mine
ON CONFLICT (job_id) DO UPDATE SET
    tries = jobs_attempt.tries + EXCLUDED.tries, postponed = jobs_attempt.postponed + EXCLUDED.postponed,
    reason = EXCLUDED.reason, at = EXCLUDED.at
RETURNING tries, postponed
"""  # noqa: S608 - put together from constants
# Once it has run, a periodic job no longer bars the next one from being enqueued; its lock still parts them.
_BACK = """
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, queueing_lock = NULL,
    attempts = attempts + %s, scheduled_at = CASE WHEN %s > 0 THEN now() + make_interval(secs => %s) END
WHERE id = %s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %s
"""
_DONE = """
WITH gone AS (
    DELETE FROM procrastinate_jobs
    WHERE id = %s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %s RETURNING id
), cleared AS (
    DELETE FROM jobs_attempt USING gone WHERE job_id = gone.id
)
SELECT id FROM gone
"""


@contextmanager
def _transaction() -> Iterator[CursorWrapper]:
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        yield cursor


def done(run: Run) -> bool:
    """The job has ended well: nothing of it is kept."""
    with _transaction() as cursor:
        cursor.execute(_DONE, [run.job_id, run.worker_id])
        return cursor.fetchone() is not None


def give_back(run: Run) -> bool:
    """Back into the queue at once and without a try: its process stops, or died by another's fault."""
    with _transaction() as cursor:
        return _back(cursor, run, 0.0, counted=0)


def postponed(run: Run, seconds: float, reason: str, spread: policy.Spread = random.random) -> float | None:
    """Back into the queue, no try; returns the pause in seconds."""
    with _transaction() as cursor:
        cursor.execute(_NOTE, [run.job_id, run.worker_id, 0, 1, reason, clock.now()])
        row = cursor.fetchone()
        if row is None:
            return None
        pause = policy.pause_after_postponement(seconds, row[1] - 1, spread)
        _back(cursor, run, pause)
        return pause


def failed(
    run: Run, reason: str, *, died: bool = False, spread: policy.Spread = random.random
) -> Verdict | None:
    """Count a try; the job goes back into the queue, or is parked when it was the last one."""
    with _transaction() as cursor:
        cursor.execute(_NOTE, [run.job_id, run.worker_id, 1, 0, reason, clock.now()])
        row = cursor.fetchone()
        if row is None:
            return None
        tries: int = row[0]
        if policy.enough(tries):
            _park(cursor, run)
            return Verdict(tries, parked=True, pause=0.0)
        rule = policy.pause_after_death if died else policy.pause_after_try
        pause = rule(tries, spread)
        _back(cursor, run, pause)
        return Verdict(tries, parked=False, pause=pause)


def start_anew(job_id: int) -> None:
    """Forget the tries so far: the job has got on. Part of whatever transaction is open."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_attempt SET tries = 0, postponed = 0 WHERE job_id = %s AND parked_at IS NULL",
            [job_id],
        )


def _back(cursor: CursorWrapper, run: Run, pause: float, counted: int = 1) -> bool:
    cursor.execute(_BACK, [counted, pause, pause, run.job_id, run.worker_id])
    return bool(cursor.rowcount)


def _park(cursor: CursorWrapper, run: Run) -> None:
    cursor.execute("UPDATE jobs_attempt SET parked_at = %s WHERE job_id = %s", [clock.now(), run.job_id])
    cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [run.job_id])
    if run.task in {each.name for each in registry.all_tasks() if each.cron}:
        # The next run of a periodic task is due anyway; one kept failure says all.
        cursor.execute(
            "DELETE FROM jobs_attempt WHERE task = %s AND parked_at IS NOT NULL AND job_id <> %s",
            [run.task, run.job_id],
        )


def ids_of(stored: Any) -> dict[str, str]:
    """The ids of a job as they stand in the database."""
    value = json.loads(stored) if isinstance(stored, str | bytes) else stored
    return {str(name): str(each) for name, each in (value or {}).items()}
