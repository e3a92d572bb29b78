# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A worker process for tests: ``python worker_process.py FOLDER``; effects are lines in files there."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path

import django

django.setup()

from amtlich.platform import jobs  # noqa: E402
from amtlich.platform.jobs import queue_worker, registry, watch  # noqa: E402

FOLDER = Path(sys.argv[1])
watch._FROZEN_AFTER = 3.0
queue_worker.STRAYS_EVERY = 0.5
# What the apps do each hour would come at once, beside the jobs that are counted here.
for regular in [each.name for each in registry.all_tasks() if each.cron]:
    del registry._tasks[regular]


def note(name: str, word: str) -> None:
    with (FOLDER / name).open("a", encoding="utf-8") as file:
        file.write(f"{word} {os.getpid()}\n")


def times(name: str, word: str) -> int:
    file = FOLDER / name
    return file.read_text(encoding="utf-8").count(word) if file.exists() else 0


@jobs.task(name="t.effect")
def effect(case_id: str) -> None:
    note(case_id, "done")


@jobs.task(name="t.hang")
def hang(case_id: str) -> None:
    """Hangs the first time, ends at once the second time."""
    note(case_id, "begun")
    if times(case_id, "begun") == 1:
        time.sleep(300)
    note(case_id, "done")


@jobs.task(name="t.dies")
def dies(case_id: str) -> None:
    note(case_id, "begun")
    os.kill(os.getpid(), signal.SIGKILL)


@jobs.task(name="t.endless", time_limit=1.0)
def endless(case_id: str) -> None:
    note(case_id, "begun")
    while True:
        time.sleep(0.05)


@jobs.task(name="t.frozen")
def frozen(case_id: str) -> None:
    """Holds the interpreter lock: no other thread of this process runs any more."""
    note(case_id, "begun")
    re.fullmatch(r"(a+)+", "a" * 60 + "b")


@jobs.task(name="t.brief")
def brief(case_id: str) -> None:
    """Still runs when the worker is asked to stop, and ends in time."""
    note(case_id, "begun")
    while not (FOLDER / "go").exists():
        time.sleep(0.02)
    note(case_id, "done")


@jobs.periodic("* * * * * *", name="t.tick")
def tick() -> None:
    note("tick", "done")


if __name__ == "__main__":
    jobs.run_worker(concurrency=2, grace=float(os.environ.get("GRACE", "5")))
