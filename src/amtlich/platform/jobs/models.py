# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from typing import Any

from django.db import models


class Attempt(models.Model):
    """What is known about a job that did not end well at once. Jobs without trouble have no row.

    When a job is parked its own row in the queue goes, and this one keeps all that is needed to run it again.
    """

    job_id = models.BigIntegerField(primary_key=True)
    task = models.CharField(max_length=128)
    ids: models.JSONField[Any, Any] = models.JSONField(default=dict)
    lock = models.TextField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # in a row, without progress between
    postponed = models.PositiveIntegerField(default=0)  # in a row: grows the pause
    reason = models.TextField(blank=True)  # of the last try or postponement
    at = models.DateTimeField()
    parked_at = models.DateTimeField(null=True, db_index=True)
    told_at = models.DateTimeField(null=True)  # the callback of the task has returned
    tell_after = models.DateTimeField(null=True)  # somebody is telling it now, or failed to

    class Meta:
        db_table = "jobs_attempt"


class WorkerProcess(models.Model):
    """Which process stands behind a worker's number, so that the supervisor can release what it held."""

    worker_id = models.BigIntegerField(primary_key=True)
    host = models.CharField(max_length=200)
    pid = models.IntegerField()
    started_at = models.DateTimeField()

    class Meta:
        db_table = "jobs_worker"
