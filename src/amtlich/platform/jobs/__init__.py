# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Background jobs: enqueued in the business transaction, run at least once, never lost.

``defer`` writes the job into the transaction that is open on the default connection, so a job exists
exactly when its cause does. Arguments are ids only, because job tables have no row-level security.

A *try* is an exception of ours or the death of the process. ``progress()`` after each newly finished
step starts the count anew; after five tries in a row the job is parked with its reason, and whoever
registered with ``on_parked`` is told. ``Postpone`` says that an outside system is down: no try, the job
comes back after a pause that grows to a minute, without end.
"""

from amtlich.platform.jobs.door import defer
from amtlich.platform.jobs.errors import JobsError, NotAnId, Postpone, UnknownTask
from amtlich.platform.jobs.execution import progress
from amtlich.platform.jobs.overview import (
    Orphan,
    Overview,
    ParkedJob,
    a_worker_lives,
    orphans,
    overview,
    parked,
    unattended,
)
from amtlich.platform.jobs.recovery import release_worker, retry_parked
from amtlich.platform.jobs.registry import on_parked, periodic, task
from amtlich.platform.jobs.runner import run_pending, run_worker

__all__ = [
    "JobsError",
    "NotAnId",
    "Orphan",
    "Overview",
    "ParkedJob",
    "Postpone",
    "UnknownTask",
    "a_worker_lives",
    "defer",
    "on_parked",
    "orphans",
    "overview",
    "parked",
    "periodic",
    "progress",
    "release_worker",
    "retry_parked",
    "run_pending",
    "run_worker",
    "task",
    "unattended",
]
