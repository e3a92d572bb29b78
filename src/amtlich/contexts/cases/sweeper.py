# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Each minute promise and fact are compared: a case that is the program's turn has a job, or gets one.

Received without a job, decided without a notice, a notice nobody was told of: all of them are cases that
stand where the program has to do something, and nobody is about to do it. Outside of any ``tenant()``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import requests
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.projection import state_of
from amtlich.contexts.cases.steps import next_step
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.engines.procedure import WaitingOn
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

log = logging.getLogger(__name__)
SWEEP = "cases.sweep"
#: A job that is about to be written, or has just ended, is no gap.
GRACE = timedelta(minutes=1)
_BATCH = 1000


def sweep() -> int:
    """Give every forgotten case its job again; returns how many there were."""
    found = 0
    for rows in _open_cases():
        for task, due in ((ADVANCE, _is_due), (requests.LAPSE, _is_over)):
            needing = [row for row in rows if due(row)]
            idle = jobs.unattended(task, [str(row.pk) for row in needing])
            for row in needing:
                if str(row.pk) in idle:
                    _begin_again(row, task)
                    found += 1
    return found


def _open_cases() -> Iterator[list[Case]]:
    """Cases of all authorities that have no end and do not wait for the office, older than the grace."""
    rows = Case.objects.using("system").filter(closed_at=None, withdrawn_at=None)
    rows = rows.exclude(waiting_on=WaitingOn.OFFICE.value).filter(received_at__lt=clock.now() - GRACE)
    last = UUID(int=0)
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def _is_due(row: Case) -> bool:
    return next_step(state_of(row)) is not None


def _is_over(row: Case) -> bool:
    state = state_of(row)
    return state.asks and state.request is not None and state.request.until < clock.today()


def _begin_again(row: Case, task: str) -> None:
    ids: dict[str, Any] = {"authority_id": row.authority_id, "case_id": row.pk}
    if task == requests.LAPSE:
        ids["request"] = (row.request or {})["seq"]
    with tenant(row.authority_id):
        jobs.defer(task, lock=str(row.pk), **ids)
    log.error("case %s stood at %s without a job %s; it has one again", row.pk, row.phase, task)
