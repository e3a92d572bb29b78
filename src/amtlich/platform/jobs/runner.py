# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The worker role: a blocking entry for the process, and a small one that works the queue off in place."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import Protocol

import psycopg
from django.db import DatabaseError, close_old_connections, connections
from procrastinate import exceptions
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg_pool import AsyncConnectionPool

from amtlich.platform.jobs import execution, recovery
from amtlich.platform.jobs.queue_worker import build_app
from amtlich.platform.jobs.settlement import Run, ids_of
from amtlich.platform.jobs.watch import Watch

log = logging.getLogger(__name__)

MOST_CONCURRENT = 4
_POLL = 0.2
_HEARTBEAT = 2.0
_SWEEP = 5.0
_NEVER = 3600.0


def run_worker(*, concurrency: int = 2, grace: float = 8.0) -> None:
    """Work the queue until SIGTERM or SIGINT; blocks. Call it in the main thread of a process of its own.

    At most four jobs run at once. When asked to stop, running jobs get ``grace`` seconds to finish; what
    then still runs goes back into the queue without a try, and the process ends.
    """
    asyncio.run(_WorkerProcess(min(concurrency, MOST_CONCURRENT), grace).run())


class _Stoppable(Protocol):
    """The part of procrastinate's worker that is used here, with its types."""

    def stop(self) -> None: ...

    async def run(self) -> None: ...


class _WorkerProcess:
    def __init__(self, concurrency: int, grace: float) -> None:
        self._concurrency = concurrency
        self._stopping = asyncio.Event()
        self._giving_up = threading.Event()
        self._watch = Watch(grace=grace)
        self._worker: _Stoppable | None = None

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        self._watch.start()
        sweeper = threading.Thread(target=self._sweep_until_end, name="jobs-reaper", daemon=True)
        sweeper.start()
        try:
            await self._work()
        finally:
            self._giving_up.set()
            self._watch.end()
            await asyncio.to_thread(sweeper.join, 5.0)

    def _stop(self) -> None:
        self._stopping.set()
        self._watch.stop_within_grace()
        if self._worker is not None:
            self._worker.stop()

    async def _work(self) -> None:
        parameters = connector_params("default")
        parameters.pop("pool", None)
        pool: AsyncConnectionPool[psycopg.AsyncConnection[tuple[object, ...]]] = AsyncConnectionPool(
            kwargs={**parameters, "application_name": "amtlich worker"},
            min_size=1,
            max_size=3,
            timeout=2.0,
            open=False,
            check=AsyncConnectionPool.check_connection,
        )
        connector = PsycopgConnector()
        app, manager = build_app(connector, os.getpid(), self._run_job)
        await pool.open()
        try:
            async with app.open_async(pool):
                while not self._stopping.is_set():
                    worker: _Stoppable = Worker(
                        app,
                        concurrency=self._concurrency,
                        fetch_job_polling_interval=_POLL,
                        abort_job_polling_interval=_NEVER,
                        listen_notify=False,
                        update_heartbeat_interval=_HEARTBEAT,
                        install_signal_handlers=False,
                    )
                    self._worker = worker
                    manager.declared_dead = worker.stop
                    try:
                        await worker.run()
                    except (exceptions.ConnectorException, psycopg.Error) as error:
                        log.warning("the worker waits for its database: %s", error.__cause__ or error)
                        await self._pause(1.0)
        finally:
            await pool.close(timeout=2.0)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _run_job(self, run: Run) -> None:
        """In a thread of the pool: one job from start to settlement."""
        close_old_connections()
        self._watch.began(run)
        try:
            execution.execute(run, self._giving_up)
        finally:
            self._watch.finished(run)
            close_old_connections()

    def _sweep_until_end(self) -> None:
        reaper = recovery.Reaper()
        while not self._giving_up.is_set():
            try:
                reaper.sweep()
                recovery.tell_parked()
            except DatabaseError:
                log.warning("looking for jobs of dead workers failed; again in %s s", _SWEEP, exc_info=True)
            finally:
                connections.close_all()
            self._giving_up.wait(_SWEEP)


def run_pending(limit: int = 1000) -> int:
    """Run the jobs that are due, one after the other in this thread, until none is left; returns how many.

    For tests and set-up: no process of its own, no polling. Stops after ``limit`` jobs, so a job that
    enqueues itself cannot run for ever.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        (worker_id,) = cursor.fetchone() or (0,)
        count = 0
        try:
            while count < limit and (run := _fetch(worker_id)) is not None:
                execution.execute(run)
                count += 1
        finally:
            cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker_id])
    return count


def _fetch(worker_id: int) -> Run | None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args, attempts FROM procrastinate_fetch_job_v2(NULL, %s)", [worker_id]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    return Run(row[0], worker_id, row[1], ids_of(row[2]), troubled=row[3] > 0)
