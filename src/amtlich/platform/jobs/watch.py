# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What watches over a worker process from inside: time limits, the end of patience, a frozen process."""

from __future__ import annotations

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from amtlich.platform.jobs import registry, settlement
from amtlich.platform.jobs.errors import UnknownTask
from amtlich.platform.jobs.settlement import Run

log = logging.getLogger(__name__)

#: Exit status of a process that one job kept past its time limit.
EXIT_TIME_LIMIT = 75
_TICK = 0.5
# Longer than the reaper waits: by then others have taken over what this process holds.
_FROZEN_AFTER = 15.0
_TIME_TO_SETTLE = 3.0


@dataclass(slots=True)
class _Started:
    run: Run
    at: float
    limit: float


class Watch:
    """Knows what runs. Threads cannot be killed, so a job past its limit costs its process.

    ``leave`` ends the process at once (``os._exit``); ``deadman`` arms a timer of the C library that ends
    it even when a job holds the interpreter lock for ever.
    """

    def __init__(
        self,
        *,
        grace: float,
        leave: Callable[[int], object] = os._exit,
        monotonic: Callable[[], float] = time.monotonic,
        deadman: bool = True,
    ) -> None:
        self._grace = grace
        self._leave = leave
        self._monotonic = monotonic
        self._deadman = deadman
        self._running: dict[int, _Started] = {}
        self._guard = threading.Lock()
        self._deadline: float | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="jobs-watch", daemon=True)

    def start(self) -> None:
        self._arm()
        self._thread.start()

    def end(self) -> None:
        """The worker has ended in order: nothing is watched any more."""
        self._ended.set()
        self._thread.join()
        if self._deadman:
            faulthandler.cancel_dump_traceback_later()

    def began(self, run: Run) -> None:
        try:
            limit = registry.find(run.task).time_limit
        except UnknownTask:
            limit = 60.0
        with self._guard:
            self._running[run.job_id] = _Started(run, self._monotonic(), limit)

    def finished(self, run: Run) -> None:
        with self._guard:
            self._running.pop(run.job_id, None)

    def stop_within_grace(self) -> None:
        """Running jobs get the time of grace to finish; asked twice, they get none."""
        moment = self._monotonic()
        self._deadline = moment if self._deadline is not None else moment + self._grace

    def _loop(self) -> None:
        while not self._ended.wait(_TICK):
            self._arm()
            self.look()

    def _arm(self) -> None:
        if self._deadman:
            faulthandler.dump_traceback_later(_FROZEN_AFTER, exit=True)

    def look(self) -> None:
        """One round: leave if a job is past its limit, or if the time of grace is over."""
        moment = self._monotonic()
        with self._guard:
            running = list(self._running.values())
        late = [each.run for each in running if moment - each.at > each.limit]
        if late:
            self._give_up(late, [each.run for each in running if each.run not in late])
            self._leave(EXIT_TIME_LIMIT)
        elif self._deadline is not None and moment >= self._deadline and running:
            log.warning("%s jobs did not end in time and go back into the queue", len(running))
            self._give_up([], [each.run for each in running])
            self._leave(0)

    def _give_up(self, late: Iterable[Run], innocent: Iterable[Run]) -> None:
        """Write down whose fault it was. If the database is away, the reaper counts a try for all."""

        def settle() -> None:
            for run in late:
                log.error("job %s of %s is past its time limit and costs its process", run.job_id, run.task)
                settlement.failed(run, "Der Auftrag überschritt seine Zeitgrenze", died=True)
            for run in innocent:
                settlement.give_back(run)

        # In a thread of its own, because a database that hangs must not keep a process that must end.
        writer = threading.Thread(target=settle, name="jobs-give-up", daemon=True)
        writer.start()
        writer.join(_TIME_TO_SETTLE)
