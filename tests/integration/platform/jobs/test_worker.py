# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Real worker processes that are stopped, killed and frozen (FC-23)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from amtlich.platform import jobs
from amtlich.platform.jobs import recovery, registry, watch

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

Rows = Callable[[str], list[tuple[Any, ...]]]
NAMES = ("t.effect", "t.hang", "t.dies", "t.endless", "t.frozen", "t.brief")


def until(what: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Wait for an event, for so long at most."""
    limit = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < limit, "did not happen in time"
        time.sleep(0.02)
    return found


@pytest.fixture(autouse=True)
def names(task: Callable[..., str]) -> None:
    """The same names in this process, which enqueues."""
    for name in NAMES:
        task(lambda **ids: None, name=name)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """``start()`` runs a worker process on the test database."""
    running: list[subprocess.Popen[bytes]] = []

    def spawn(**changes: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker_process.py")), str(tmp_path)],
            env=_environment(changes),
            start_new_session=True,
        )
        running.append(process)
        until(lambda: _worker_of(process.pid) or process.poll() is not None, 90)
        # Its first job may have killed it already; that it came as far as to fetch one is what counts.
        assert _worker_of(process.pid)
        return process

    yield spawn
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    settings = connections["default"].settings_dict
    address = f"@/{settings['NAME']}?host={settings['HOST']}"
    if settings["PASSWORD"]:
        address = f":{settings['PASSWORD']}{address}"
    return {**os.environ, "AMTLICH_DATABASE_URL": f"postgresql://{settings['USER']}{address}", **changes}


def _worker_of(pid: int) -> int | None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT worker_id FROM jobs_worker WHERE pid = %s", [pid])
        row = cursor.fetchone()
    return row[0] if row else None


def _lines(folder: Path, name: str, word: str) -> int:
    file = folder / name
    return file.read_text(encoding="utf-8").count(word) if file.exists() else 0


def test_a_worker_runs_jobs_and_stops_when_asked(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    worker = start()
    for number in range(20):
        jobs.defer("t.effect", case_id=f"c{number}")
    until(lambda: all(_lines(tmp_path, f"c{number}", "done") for number in range(20)))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert rows("SELECT * FROM procrastinate_workers") == []
    assert rows("SELECT * FROM jobs_worker") == []
    assert rows("SELECT * FROM procrastinate_jobs WHERE task_name <> 't.tick'") == []


def test_a_running_job_is_finished_before_the_worker_stops(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    worker = start()
    jobs.defer("t.brief", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    worker.send_signal(signal.SIGTERM)
    (tmp_path / "go").touch()
    assert worker.wait(20) == 0
    assert _lines(tmp_path, "c1", "done") == 1
    assert rows("SELECT * FROM jobs_attempt") == []


def test_a_job_that_does_not_end_in_time_goes_back_without_a_try(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    worker = start(GRACE="0.5")
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    query = "SELECT status, worker_id FROM procrastinate_jobs WHERE task_name = 't.hang'"
    assert rows(query) == [("todo", None)]
    assert rows("SELECT * FROM jobs_attempt") == []


def test_a_killed_workers_job_is_released_at_once_by_its_parent(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    first = start()
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    first.kill()
    first.wait()
    assert [each.task for each in jobs.orphans()] in ([], ["t.hang"])  # not stale yet, or already
    assert jobs.release_worker(first.pid) >= 1
    assert jobs.release_worker(first.pid) == 0
    start()
    until(lambda: _lines(tmp_path, "c1", "done"))
    assert _lines(tmp_path, "c1", "begun") == 2
    until(lambda: not rows("SELECT * FROM jobs_attempt WHERE task = 't.hang'"))


def test_a_killed_workers_job_comes_back_by_itself_within_thirty_seconds(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """FC-23: another worker notices, without a parent that tells."""
    first = start()
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    first.kill()
    first.wait()
    start()
    until(lambda: _lines(tmp_path, "c1", "done"), 30)
    assert _lines(tmp_path, "c1", "done") == 1


def test_a_job_comes_back_when_the_dead_workers_entry_was_removed_first(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """FC-23 a: and such a job is shown as running without an owner."""
    first = start()
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    first.kill()
    first.wait()
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    # A tick of the periodic task may have died with it.
    lost = [(each.task, each.ids) for each in jobs.orphans() if each.task != "t.tick"]
    assert lost == [("t.hang", {"case_id": "c1"})]
    start()
    until(lambda: _lines(tmp_path, "c1", "done"))
    until(lambda: jobs.orphans() == [])


def test_a_job_comes_back_when_a_new_worker_takes_the_same_process_number(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """FC-23 b: the new worker's entry must not keep the old one's job alive."""
    first = start()
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    first.kill()
    first.wait()
    second = start()
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE jobs_worker SET pid = %s WHERE pid = %s", [second.pid, first.pid])
    until(lambda: _lines(tmp_path, "c1", "done"), 30)


def test_a_job_that_kills_its_process_is_parked_after_five_deaths(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, due: Callable[[], None]
) -> None:
    jobs.defer("t.dies", case_id="c1")
    for _ in range(5):
        worker = start()
        worker.wait(30)
        jobs.release_worker(worker.pid)
        due()
    (kept,) = jobs.parked()
    assert (kept.task, kept.tries) == ("t.dies", 5)
    assert "Prozess" in kept.reason
    assert _lines(tmp_path, "c1", "begun") == 5


def test_a_job_past_its_time_limit_costs_its_process_and_its_neighbour_nothing(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    worker = start()
    jobs.defer("t.hang", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    jobs.defer("t.endless", case_id="c2")
    assert worker.wait(30) == watch.EXIT_TIME_LIMIT
    assert rows("SELECT task, tries FROM jobs_attempt WHERE task <> 't.tick'") == [("t.endless", 1)]
    assert rows("SELECT status FROM procrastinate_jobs WHERE task_name = 't.hang'") == [("todo",)]


def test_a_job_that_freezes_the_whole_process_costs_its_process(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    worker = start()
    jobs.defer("t.frozen", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    assert worker.wait(30) != 0
    assert jobs.release_worker(worker.pid) >= 1


def test_a_periodic_task_runs_by_itself(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    start()
    until(lambda: _lines(tmp_path, "tick", "done") >= 3)
    assert rows("SELECT count(*) <= 2 FROM procrastinate_jobs") == [(True,)]


def test_a_stopped_worker_that_comes_back_finds_itself_replaced(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    first = start()
    jobs.defer("t.brief", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    number = _worker_of(first.pid)
    first.send_signal(signal.SIGSTOP)
    moment = [0.0]
    reaper = recovery.Reaper(monotonic=lambda: moment[0])
    reaper.sweep()
    moment[0] += 11
    assert reaper.sweep() >= 1
    assert rows("SELECT status FROM procrastinate_jobs WHERE task_name = 't.brief'") == [("todo",)]
    first.send_signal(signal.SIGCONT)
    (tmp_path / "go").touch()
    # It ends (frozen for too long) or registers anew; the job is done again by whoever has it then.
    until(lambda: first.poll() is not None or (_worker_of(first.pid) or number) != number)
    if first.poll() is not None:
        start()
    until(lambda: not rows("SELECT * FROM procrastinate_jobs WHERE task_name = 't.brief'"))


def test_a_worker_outlasts_a_database_that_drops_its_connections(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    worker = start()
    for round_ in range(3):
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
            )
        jobs.defer("t.effect", case_id=f"c{round_}")
        until(lambda round_=round_: _lines(tmp_path, f"c{round_}", "done"))
    assert worker.poll() is None


def test_a_reaper_is_not_deceived_by_a_clock_that_jumps(task: Callable[..., str]) -> None:
    """The database's time of day goes on by a day: nobody is dead because of that."""
    moment = [0.0]
    reaper = recovery.Reaper(monotonic=lambda: moment[0])
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        (worker,) = cursor.fetchone() or (0,)
        number = jobs.defer("t.effect", case_id="c1")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, number]
        )
        for step in range(4):
            cursor.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - %s", [timedelta(days=step)]
            )
            assert reaper.sweep() == 0
            moment[0] += 8
        moment[0] += 8
        assert reaper.sweep() == 1
    assert registry.find("t.effect")


def test_a_job_whose_booking_was_never_heard_of_is_found_while_others_run_on(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path, rows: Rows
) -> None:
    """The database booked the job on a worker and died before it could answer; the worker lives."""
    worker = start()
    jobs.defer("t.brief", case_id="c1")
    until(lambda: _lines(tmp_path, "c1", "begun"))
    for name in ("c2", "c3"):  # two, so that one whole look passes over what runs
        number = jobs.defer("t.effect", case_id=name, run_at=datetime.now(UTC) + timedelta(days=1))
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', scheduled_at = NULL, worker_id = %s "
                "WHERE id = %s",
                [_worker_of(worker.pid), number],
            )
        until(lambda name=name: _lines(tmp_path, name, "done"))
        assert _lines(tmp_path, name, "done") == 1
    (tmp_path / "go").touch()
    until(lambda: _lines(tmp_path, "c1", "done"))
    assert _lines(tmp_path, "c1", "begun") == 1
