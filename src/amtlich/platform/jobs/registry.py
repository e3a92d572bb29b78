# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which tasks there are. Filled while the apps start, read by workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from amtlich.platform.jobs.errors import JobsError, UnknownTask

Function = TypeVar("Function", bound=Callable[..., Any])
ParkedCallback = Callable[[Mapping[str, str], str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A function that workers can run. Past ``time_limit`` seconds a job costs its process."""

    name: str
    run: Callable[..., Any]
    time_limit: float
    cron: str | None = None


_tasks: dict[str, Task] = {}
_parked: dict[str, ParkedCallback] = {}


def task(*, name: str, time_limit: float = 60.0) -> Callable[[Function], Function]:
    """Register the function under a stable name. It is called with the job's ids, all as text.

    It may run twice for the same job: every step must look first whether it is done already.
    """

    def register(function: Function) -> Function:
        _add(Task(name, function, time_limit))
        return function

    return register


def periodic(cron: str, *, name: str, time_limit: float = 60.0) -> Callable[[Function], Function]:
    """Register a function without arguments that one worker runs at each time of ``cron`` (UTC).

    A sixth field counts seconds. Two runs of the same task never overlap.
    """

    def register(function: Function) -> Function:
        _add(Task(name, function, time_limit, cron))
        return function

    return register


def on_parked(name: str, callback: ParkedCallback) -> None:
    """``callback(ids, reason)`` is told of every job of that task that has been parked, at least once.

    It runs outside of any transaction; if it fails it is called again a minute later.
    """
    _parked[name] = callback


def find(name: str) -> Task:
    """The task of that name. Raises ``UnknownTask``."""
    try:
        return _tasks[name]
    except KeyError:
        raise UnknownTask(
            f"no task {name!r} is registered here: its app must register it while it starts "
            f"(known: {', '.join(sorted(_tasks)) or 'none'})"
        ) from None


def all_tasks() -> list[Task]:
    return list(_tasks.values())


def parked_callback(name: str) -> ParkedCallback | None:
    return _parked.get(name)


def _add(new: Task) -> None:
    known = _tasks.get(new.name)
    if known is not None and known.run is not new.run:
        raise JobsError(
            f"task {new.name!r} is registered twice, by {known.run!r} and {new.run!r}: give one another name"
        )
    _tasks[new.name] = new
