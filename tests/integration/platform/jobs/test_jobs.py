# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Jobs from the transaction that enqueues them to the row that keeps a parked one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connections, transaction

from amtlich.platform import jobs
from amtlich.platform.jobs import recovery, settlement

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

Rows = Callable[[str], list[tuple[Any, ...]]]
Register = Callable[..., str]


def _nothing(**ids: str) -> None:
    return None


def _broken(**ids: str) -> None:
    raise ValueError("a name that must not be kept")


def _job(rows: Rows) -> tuple[Any, ...]:
    ((row),) = rows("SELECT id, status, worker_id, lock, args FROM procrastinate_jobs")
    return row


def test_a_job_exists_exactly_when_its_transaction_does(task: Register, rows: Rows) -> None:
    name = task(_nothing)
    with transaction.atomic():
        jobs.defer(name, case_id=uuid4())
        transaction.set_rollback(True)
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    with transaction.atomic():
        jobs.defer(name, case_id=uuid4())
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(1,)]


def test_a_task_gets_its_ids_as_text_and_leaves_nothing_behind(task: Register, rows: Rows) -> None:
    got: list[dict[str, str]] = []
    name = task(lambda **ids: got.append(ids))
    case = uuid4()
    jobs.defer(name, case_id=case, part=3)
    assert jobs.run_pending() == 1
    assert got == [{"case_id": str(case), "part": "3"}]
    for table in ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers", "jobs_attempt"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("value", ["Lena Brückner", "a b", "", "x" * 65, 1.5, None, "ä"])
def test_an_argument_that_is_no_id_is_refused(task: Register, value: Any) -> None:
    name = task(_nothing)
    with pytest.raises(jobs.NotAnId, match="argument 'who' is no id"):
        jobs.defer(name, who=value)


def test_a_task_that_nobody_registered_is_refused(task: Register) -> None:
    with pytest.raises(jobs.UnknownTask, match=r"no\.such"):
        jobs.defer("no.such")


def test_jobs_of_one_case_are_locked_by_it(task: Register, rows: Rows) -> None:
    case = uuid4()
    jobs.defer(task(_nothing), case_id=case)
    assert _job(rows)[3] == str(case)


def test_the_second_job_of_a_case_is_not_fetched_while_the_first_runs(task: Register) -> None:
    seen: list[int] = []
    name = task(lambda **ids: seen.append(jobs.run_pending()))
    case = uuid4()
    jobs.defer(name, case_id=case)
    jobs.defer(name, case_id=case)
    jobs.run_pending(limit=1)
    assert seen == [0]


def test_a_poison_job_is_parked_after_five_tries_and_kept_with_its_reason(
    task: Register, rows: Rows, due: Callable[[], None]
) -> None:
    told: list[tuple[Mapping[str, str], str]] = []
    name = task(_broken)
    jobs.on_parked(name, lambda ids, reason: told.append((ids, reason)))
    case = uuid4()
    number = jobs.defer(name, case_id=case)
    for _ in range(4):
        assert jobs.run_pending() == 1
        assert jobs.parked() == []
        assert _job(rows)[1:3] == ("todo", None)
        due()
    assert jobs.run_pending() == 1

    (kept,) = jobs.parked()
    assert (kept.job_id, kept.task, kept.tries) == (number, name, 5)
    assert kept.ids == {"case_id": str(case)}
    assert kept.reason.startswith("ValueError in ")
    assert "a name" not in kept.reason
    assert told == [({"case_id": str(case)}, kept.reason)]
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    due()
    assert jobs.run_pending() == 0


def test_a_parked_job_can_be_sent_again(task: Register, due: Callable[[], None]) -> None:
    answers = [ValueError("x")] * 5
    done: list[str] = []

    def run(case_id: str) -> None:
        if answers:
            raise answers.pop()
        done.append(case_id)

    number = jobs.defer(task(run), case_id="c1")
    for _ in range(5):
        jobs.run_pending()
        due()
    assert jobs.retry_parked(number)
    assert not jobs.retry_parked(number)
    assert jobs.run_pending() == 1
    assert done == ["c1"]
    assert jobs.parked() == []


def test_progress_starts_the_count_anew(task: Register, due: Callable[[], None]) -> None:
    runs: list[int] = []

    def run(**ids: str) -> None:
        runs.append(1)
        if len(runs) in (5, 9):
            jobs.progress()
        raise ValueError

    jobs.defer(task(run), case_id="c1")
    while not jobs.parked():
        assert jobs.run_pending() == 1
        due()
    assert len(runs) == 13  # four, progress in the fifth, which is the first of five; again in the ninth


def test_progress_outside_of_a_job_does_nothing() -> None:
    jobs.progress()


def test_an_outside_system_that_is_down_costs_no_try(
    task: Register, rows: Rows, due: Callable[[], None]
) -> None:
    down = [True] * 20
    done: list[str] = []

    def run(case_id: str) -> None:
        if down:
            down.pop()
            raise jobs.Postpone(2, "Das Melderegister antwortet nicht")
        done.append(case_id)

    jobs.defer(task(run), case_id="c1")
    for _ in range(20):
        assert jobs.run_pending() == 1
        ((pause,),) = rows("SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs")
        assert 0 < pause <= 60
        assert rows("SELECT tries, reason FROM jobs_attempt") == [(0, "Das Melderegister antwortet nicht")]
        assert jobs.overview().postponed == 1
        due()
    assert jobs.run_pending() == 1
    assert done == ["c1"]
    assert rows("SELECT * FROM jobs_attempt") == []


def test_a_lost_database_connection_costs_no_try(task: Register, rows: Rows) -> None:
    def run(**ids: str) -> None:
        raise OperationalError("gone") from psycopg.OperationalError("the connection is lost")

    jobs.defer(task(run), case_id="c1")
    jobs.run_pending()
    assert rows("SELECT tries, postponed FROM jobs_attempt") == [(0, 1)]


def test_a_callback_that_fails_is_called_again_later(
    task: Register, due: Callable[[], None], rows: Rows
) -> None:
    calls: list[str] = []

    def tell(ids: Mapping[str, str], reason: str) -> None:
        calls.append(reason)
        if len(calls) == 1:
            raise RuntimeError

    name = task(_broken)
    jobs.on_parked(name, tell)
    jobs.defer(name, case_id="c1")
    for _ in range(5):
        jobs.run_pending()
        due()
    assert len(calls) == 1
    assert recovery.tell_parked() == 0  # not before a minute has gone
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE jobs_attempt SET tell_after = now() - interval '1 second'")
    assert recovery.tell_parked() == 1
    assert recovery.tell_parked() == 0
    assert len(calls) == 2


def test_a_task_unknown_to_this_worker_is_kept_and_parked(task: Register, due: Callable[[], None]) -> None:
    name = task(_nothing)
    jobs.defer(name, case_id="c1")
    from amtlich.platform.jobs import registry

    del registry._tasks[name]
    for _ in range(5):
        assert jobs.run_pending() == 1
        due()
    (kept,) = jobs.parked()
    assert kept.reason.startswith("UnknownTask")


def test_who_lost_its_job_meanwhile_can_no_longer_settle_it(task: Register, rows: Rows) -> None:
    """A worker that was stopped for a while comes back when another one already has its job."""
    name = task(_nothing)
    number = jobs.defer(name, case_id="c1")
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_register_worker_v1()")
        (other,) = cursor.fetchone() or (0,)
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [other, number]
        )
    mine = settlement.Run(number, other + 1, name, {})
    assert settlement.done(mine) is False
    assert settlement.failed(mine, "x") is None
    assert settlement.postponed(mine, 1, "x") is None
    assert settlement.give_back(mine) is False
    assert _job(rows)[:3] == (number, "doing", other)
    assert rows("SELECT * FROM jobs_attempt") == []


def test_the_insert_trigger_that_serialises_commits_is_off() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'procrastinate_jobs'::regclass "
            "AND tgenabled <> 'D' AND NOT tgisinternal ORDER BY 1"
        )
        assert [name for (name,) in cursor.fetchall()] == [
            "procrastinate_jobs_notify_queue_job_aborted_v1",
            "procrastinate_trigger_delete_jobs_v1",
        ]
