# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door through which jobs come in."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from amtlich.platform.jobs.errors import NotAnId
from amtlich.platform.jobs.registry import find

QUEUE = "default"
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
# Not the app's own connector: while a worker runs, that one has connections of its own, and a job deferred
# inside a task would not be part of the task's transaction.
_manager = JobManager(DjangoConnector(alias="default"))


def defer(
    task: str, *, lock: str | None = None, run_at: datetime | None = None, **ids: UUID | int | str
) -> int:
    """Enqueue a job within the transaction that is open on the default connection; returns its number.

    Jobs with the same ``lock`` run one after the other, in the order they came; without one, a job with a
    ``case_id`` is locked by it. ``run_at`` (aware) is the earliest time. Raises ``UnknownTask``, ``NotAnId``.
    """
    find(task)
    checked = {name: _checked(task, name, value) for name, value in ids.items()}
    job = Job(
        queue=QUEUE,
        lock=lock if lock is not None else checked.get("case_id"),
        queueing_lock=None,
        task_name=task,
        task_kwargs=dict(checked),
        scheduled_at=run_at,
    )
    number: int | None = _manager.defer_job(job).id
    assert number is not None
    return number


def _checked(task: str, name: str, value: UUID | int | str) -> str:
    text = str(value)
    if not isinstance(value, UUID | int | str) or not _ID.fullmatch(text):
        raise NotAnId(
            f"job {task!r}: argument {name!r} is no id; pass the id of the thing, never its content"
        )
    return text
