# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""procrastinate's worker, made to settle jobs our way and to outlast its database.

How a job ended is written down by ``settlement`` in the thread that ran it, in one transaction with its
tries. The manager here therefore keeps procrastinate from writing the same a second time, without a fence.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate import exceptions
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector

from amtlich.kernel import clock
from amtlich.platform.jobs import recovery, registry
from amtlich.platform.jobs.door import QUEUE
from amtlich.platform.jobs.recovery import this_host
from amtlich.platform.jobs.settlement import Run, ids_of

log = logging.getLogger(__name__)

RunJob = Callable[[Run], None]

#: Seconds between looks for jobs that are booked on this worker, but never reached it.
STRAYS_EVERY = 10.0

_REGISTER = (
    "WITH new AS (SELECT worker_id FROM procrastinate_register_worker_v1()) "
    "INSERT INTO jobs_worker (worker_id, host, pid, started_at) "
    "SELECT worker_id, %(host)s, %(pid)s, %(at)s FROM new RETURNING worker_id"
)
_UNREGISTER = (
    "WITH gone AS (DELETE FROM jobs_worker WHERE worker_id = %(worker_id)s) "
    "DELETE FROM procrastinate_workers WHERE id = %(worker_id)s"
)
_STRAYS = (
    "SELECT id, task_name, args FROM procrastinate_jobs "
    "WHERE status = 'doing' AND worker_id = %(worker_id)s AND NOT id = ANY(%(held)s)"
)
_BEAT = "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker_id)s RETURNING id"


def run_of(job: Job) -> Run:
    """What our execution needs of a fetched job."""
    assert job.id is not None
    ids = {name: str(value) for name, value in job.task_kwargs.items()}
    if job.task_name in {each.name for each in registry.all_tasks() if each.cron}:
        ids = {}  # procrastinate adds the time of the tick, which our periodic tasks do not take
    return Run(job.id, job.worker_id, job.task_name, ids, troubled=job.attempts > 0)


class SettledElsewhere(JobManager):
    """A job manager that leaves the end of jobs to us, and stays calm while the database is away."""

    def __init__(self, connector: PsycopgConnector, pid: int, run_job: RunJob) -> None:
        super().__init__(connector)
        self._pid = pid
        self._run_job = run_job
        self._away = False
        # How often each job is here: it may be fetched again before its last run is quite over.
        self._held: Counter[int] = Counter()
        self._strays_due = 0.0
        self.declared_dead: Callable[[], None] = lambda: None

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        try:
            if time.monotonic() >= self._strays_due:
                await self._release_strays(worker_id)
                self._strays_due = time.monotonic() + STRAYS_EVERY
            job: Job | None = await super().fetch_job(queues=queues, worker_id=worker_id)
        except exceptions.ConnectorException as error:
            # The database may have booked a job on us and died before it could say so.
            self._strays_due = 0.0
            self._note_away(error)
            return None
        if job is not None and job.id is not None:
            self._held[job.id] += 1
        if self._away:
            log.warning("the database is back; jobs are fetched again")
            self._away = False
        return job

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """Nothing to do, except for a task that nobody here knows: procrastinate never runs those."""
        if job.task_name not in {each.name for each in registry.all_tasks()}:
            await asyncio.to_thread(self._run_job, run_of(job))
        assert job.id is not None
        self._held[job.id] -= 1
        self._held += Counter()  # drops those that are gone

    async def _release_strays(self, worker_id: int) -> None:
        """Give back what is booked on this worker and does not run here.

        Their owner lives, so nobody else would ever see them as lost. Called between fetches only: then
        what is booked and not held has not just been fetched.
        """
        rows = await self.connector.execute_query_all_async(
            _STRAYS, worker_id=worker_id, held=list(self._held)
        )
        for row in rows:
            run = Run(row["id"], worker_id, row["task_name"], ids_of(row["args"]))
            await asyncio.to_thread(recovery.release_stray, run)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Nothing to do: our tasks never ask procrastinate for a retry."""

    async def register_worker(self) -> int:
        row = await self.connector.execute_query_one_async(
            _REGISTER, host=this_host(), pid=self._pid, at=clock.now()
        )
        worker_id: int = row["worker_id"]
        return worker_id

    async def unregister_worker(self, worker_id: int) -> None:
        await self.connector.execute_query_async(_UNREGISTER, worker_id=worker_id)

    async def prune_stalled_workers(self, seconds_since_heartbeat: float) -> list[int]:
        """Left to the reaper, which looks at the jobs first."""
        return []

    async def update_heartbeat(self, worker_id: int) -> None:
        try:
            alive = await self.connector.execute_query_all_async(_BEAT, worker_id=worker_id)
        except exceptions.ConnectorException as error:
            self._note_away(error)
            return
        if not alive:
            log.error("this worker was taken for dead (was it stopped for a while?); it starts anew")
            self.declared_dead()

    def _note_away(self, error: Exception) -> None:
        if not self._away:
            log.warning("the database is away, the worker waits for it: %s", error.__cause__ or error)
            self._away = True


def build_app(
    connector: PsycopgConnector, pid: int, run_job: RunJob
) -> tuple[procrastinate.App, SettledElsewhere]:
    """An app of this process's own, with all registered tasks; ``run_job`` runs and settles each."""
    app = procrastinate.App(connector=connector, periodic_defaults={"max_delay": 3600.0})
    manager = SettledElsewhere(connector, pid, run_job)
    app.job_manager = manager

    def work(context: JobContext, /, **_: Any) -> None:
        run_job(run_of(context.job))

    for each in registry.all_tasks():
        known = app.task(name=each.name, queue=QUEUE, pass_context=True)(work)
        if each.cron is not None:
            # At most one in the queue and one running, however slow the task or long the pause.
            name = f"periodic:{each.name}"
            ticking: Any = known
            app.periodic(cron=each.cron, periodic_id="", lock=name, queueing_lock=name)(ticking)
    return app, manager
