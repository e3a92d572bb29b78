# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Jobs whose process is gone, and parked jobs that somebody must be told of."""

from __future__ import annotations

import functools
import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connections, transaction

from amtlich.kernel import clock
from amtlich.platform.jobs import registry, settlement
from amtlich.platform.jobs.settlement import Run

log = logging.getLogger(__name__)

STALLED_AFTER = 10.0
_LOCK = 0x616D746C  # "amtl": one reaper at a time over all machines
_TELL_AGAIN = timedelta(seconds=60)
_DIED = "Der Prozess endete, während der Auftrag lief"
_STRAY = "Der Auftrag war vergeben, aber er lief nirgends"


@functools.cache
def this_host() -> str:
    """Name of this machine, boot and process namespace: within it a process number is unique."""
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{socket.gethostname()}/{boot}/{os.stat('/proc/self/ns/pid').st_ino}"


def release_worker(pid: int) -> int:
    """Release at once what the worker process held that has just been reaped; returns how many jobs.

    Only for the parent of the process, on the same machine, after ``waitpid``: its death is a try.
    """
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(
            "DELETE FROM jobs_worker WHERE host = %s AND pid = %s RETURNING worker_id", [this_host(), pid]
        )
        workers = [worker for (worker,) in cursor.fetchall()]
        released = sum(_release(run) for run in _runs_of(workers))
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = ANY(%s)", [workers])
    return released


def _runs_of(workers: list[int]) -> list[Run]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT id, worker_id, task_name, args FROM procrastinate_jobs "
            "WHERE status = 'doing' AND worker_id = ANY(%s) FOR UPDATE SKIP LOCKED",
            [workers],
        )
        return [
            Run(job, worker, task, settlement.ids_of(ids)) for job, worker, task, ids in cursor.fetchall()
        ]


def _release(run: Run) -> bool:
    verdict = settlement.failed(run, _DIED, died=True)
    if verdict is not None:
        log.warning("job %s of %s lost its process (try %s)", run.job_id, run.task, verdict.tries)
    return verdict is not None


def release_stray(run: Run) -> None:
    """Release a job that its living owner does not run: it never got it, or could not write down its end.

    That is a try, so a job whose end can never be written down is parked and does not run for ever. If the
    database is away, the next look finds it again.
    """
    try:
        settlement.failed(run, _STRAY, died=True)
        log.warning("job %s of %s was booked on this worker, but did not run", run.job_id, run.task)
    except DatabaseError:
        log.warning("a job that does not run could not be released", exc_info=True)
    finally:
        connections["default"].close()


class Reaper:
    """Finds workers that are gone by watching whether their heartbeat moves.

    The beat is compared with our own monotonic clock, never with the database's time of day: a clock that
    jumps declares nobody dead. ``monotonic`` is injected.
    """

    def __init__(
        self, stalled_after: float = STALLED_AFTER, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._stalled_after = stalled_after
        self._monotonic = monotonic
        self._beats: dict[int, tuple[object, float]] = {}

    def sweep(self) -> int:
        """Release the jobs of dead workers and of workers without an entry; returns how many."""
        dead = self._dead_workers()
        with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            row = cursor.fetchone()
            if row is None or not row[0]:
                return 0
            # Jobs first: with their worker's entry gone they would still be found, but not their process.
            runs = [*_runs_of(dead), *_ownerless_runs()]
            released = sum(_release(run) for run in runs)
            cursor.execute("DELETE FROM procrastinate_workers WHERE id = ANY(%s)", [dead])
            cursor.execute(
                "DELETE FROM jobs_worker w WHERE NOT EXISTS "
                "(SELECT 1 FROM procrastinate_workers p WHERE p.id = w.worker_id)"
            )
        return released

    def _dead_workers(self) -> list[int]:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT id, last_heartbeat FROM procrastinate_workers")
            beats = dict(cursor.fetchall())
        moment = self._monotonic()
        self._beats = {
            worker: known if (known := self._beats.get(worker)) and known[0] == beat else (beat, moment)
            for worker, beat in beats.items()
        }
        return [worker for worker, (_, since) in self._beats.items() if moment - since >= self._stalled_after]


def _ownerless_runs() -> list[Run]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT id, worker_id, task_name, args FROM procrastinate_jobs "
            "WHERE status = 'doing' AND worker_id IS NULL FOR UPDATE SKIP LOCKED"
        )
        return [
            Run(job, worker, task, settlement.ids_of(ids)) for job, worker, task, ids in cursor.fetchall()
        ]


def tell_parked() -> int:
    """Tell the tasks' callbacks of parked jobs; returns how many have been told.

    Each row is claimed first, so two processes do not tell the same one at the same time.
    """
    moment = clock.now()
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_attempt SET tell_after = %s WHERE parked_at IS NOT NULL AND told_at IS NULL "
            "AND (tell_after IS NULL OR tell_after <= %s) RETURNING job_id, task, ids, reason",
            [moment + _TELL_AGAIN, moment],
        )
        claimed = cursor.fetchall()
    told = 0
    for job_id, task, ids, reason in claimed:
        callback = registry.parked_callback(task)
        try:
            if callback is not None:
                callback(settlement.ids_of(ids), reason)
        except Exception:
            log.exception("nobody could be told that job %s of %s is parked; again in a minute", job_id, task)
            continue
        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE jobs_attempt SET told_at = %s WHERE job_id = %s", [clock.now(), job_id])
        told += 1
    return told


def retry_parked(job_id: int) -> bool:
    """Put a parked job back into the queue, with its tries forgotten; False if there is none."""
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM jobs_attempt WHERE job_id = %s AND parked_at IS NOT NULL "
            "RETURNING job_id, task, ids, lock) "
            "INSERT INTO procrastinate_jobs (id, queue_name, task_name, lock, args) "
            "SELECT job_id, 'default', task, lock, ids FROM gone RETURNING id",
            [job_id],
        )
        return cursor.fetchone() is not None
