# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Running one job in this thread, from its first line to the settlement of how it ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connections

from amtlich.platform.jobs import policy, recovery, registry, settlement
from amtlich.platform.jobs.errors import Postpone
from amtlich.platform.jobs.settlement import Run

log = logging.getLogger(__name__)

T = TypeVar("T")
_OUTAGE_PAUSE = 2.0
_current: ContextVar[Run | None] = ContextVar("amtlich_job", default=None)


def progress() -> None:
    """Say that the running job has finished a step that was not done before: its tries count anew.

    Call it after the step's commit or inside its transaction. Without a running job it does nothing, so
    commands can be called from pages and tests too.
    """
    run = _current.get()
    if run is not None and run.troubled:
        settlement.start_anew(run.job_id)
        run.troubled = False


def execute(run: Run, giving_up: threading.Event | None = None) -> None:
    """Run the job and settle it. Never raises.

    If the database is away, the settlement is tried until it is back or ``giving_up`` is set; then the
    job stays with this worker's number, and is released like that of a dead one.
    """
    mark = _current.set(run)
    try:
        ending = _ending(run)
    finally:
        _current.reset(mark)
    _until_durable(ending, giving_up or threading.Event())


def _ending(run: Run) -> Callable[[], None]:
    """Run the task; returns how to write down what came of it."""
    try:
        registry.find(run.task).run(**run.ids)
    except Postpone as outside:
        seconds, reason = outside.seconds, outside.reason
        return lambda: _note_postponed(run, seconds, reason)
    except BaseException as error:
        # Whatever a task raises is a try, never the end of the worker.
        away = policy.outage(error)
        if away is not None:
            return lambda: _note_postponed(run, _OUTAGE_PAUSE, away)
        log.exception("job %s of %s failed", run.job_id, run.task)
        reason = policy.describe(error)
        return lambda: _note_failed(run, reason)
    return lambda: _note_done(run)


def _note_done(run: Run) -> None:
    if not settlement.done(run):
        log.warning("job %s of %s ended well, but was somebody else's by then", run.job_id, run.task)


def _note_postponed(run: Run, seconds: float, reason: str) -> None:
    pause = settlement.postponed(run, seconds, reason)
    if pause is not None:
        log.info("job %s of %s waits %.1f s: %s", run.job_id, run.task, pause, reason)


def _note_failed(run: Run, reason: str) -> None:
    verdict = settlement.failed(run, reason)
    if verdict is not None and verdict.parked:
        log.error("job %s of %s is parked after %s tries: %s", run.job_id, run.task, verdict.tries, reason)
        recovery.tell_parked()


def _until_durable(settle: Callable[[], None], giving_up: threading.Event) -> None:
    pause = 0.1
    while True:
        try:
            settle()
        except (OperationalError, InterfaceError):
            log.warning("the end of a job could not be written down; trying again", exc_info=True)
            connections["default"].close()
            if giving_up.wait(pause):
                return
            pause = min(2.0, pause * 2)
        except Exception:
            # A fault of ours in the settlement itself: the job is released like that of a dead worker.
            log.exception("the end of a job could not be written down")
            return
        else:
            return
