# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Upkeep: each rule to the second, proofs, and what may go wrong."""

import logging
import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import OperationalError, connections
from tests.doubles.old_things import PERSON, makers

from amtlich.contexts.cases.models import Draft
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.privacy import rules, tasks, upkeep_run
from amtlich.contexts.privacy.models import Deletion, Upkeep
from amtlich.contexts.steering.models import Feedback
from amtlich.kernel import clock
from amtlich.kernel.clock import BERLIN
from amtlich.platform import jobs, upkeep
from amtlich.platform.accounts.models import Session
from amtlich.platform.jobs import registry
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

START = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
#: When what began to wait at START is due, written out: the rules may not change unnoticed.
DUE = {
    "cases.drafts": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "cases.draft_shells": datetime(2026, 12, 26, tzinfo=BERLIN),
    "cases.sent_drafts": datetime(2026, 12, 26, tzinfo=BERLIN),
    "cases.resume_attempts": datetime(2026, 11, 25, 10, 15, tzinfo=BERLIN),
    "accounts.sessions": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "accounts.login_attempts": datetime(2026, 11, 25, 10, 30, tzinfo=BERLIN),
    "staff.sessions": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "staff.enrolments": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "staff.challenges": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "staff.attempts": datetime(2026, 11, 25, 10, 15, tzinfo=BERLIN),
    "staff.recoveries": datetime(2026, 11, 27, tzinfo=BERLIN),
    "mail.confirmations": datetime(2026, 11, 27, tzinfo=BERLIN),
    "mail.waiting": datetime(2026, 12, 10, tzinfo=BERLIN),
    "mail.addresses": datetime(2027, 2, 24, tzinfo=BERLIN),
    "mail.messages": datetime(2027, 11, 26, tzinfo=BERLIN),
    "mail.recipients": datetime(2027, 11, 26, tzinfo=BERLIN),
    "steering.feedback": datetime(2027, 11, 26, tzinfo=BERLIN),
    "jobs.ended": datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN),
    "jobs.abandoned": datetime(2026, 12, 3, tzinfo=BERLIN),
    "jobs.parked": datetime(2027, 5, 25, tzinfo=BERLIN),
    "privacy.early_accesses": datetime(2027, 11, 26, tzinfo=BERLIN),
    "privacy.deletions": datetime(2029, 11, 26, tzinfo=BERLIN),
}


@pytest.fixture
def at():
    with clock.use(clock.FixedClock(START)) as fixed:
        yield fixed


def make(name: str, place, count: int = 1, moment: datetime = START) -> None:
    with tenant(place.pk):
        for _ in range(count):
            makers()[name](place.pk, moment)


def due(name: str) -> int:
    (found,) = (each for each in privacy.preview_upkeep() if each.rule.purge == name)
    return sum(found.counts.values())


def proofs() -> list[tuple[str, int]]:
    found = Deletion.objects.using("system").order_by("at", "id")
    return list(found.values_list("purge", "count"))


def sessions() -> int:
    return Session.objects.count()


def feedback_of(place) -> int:
    with tenant(place.pk):
        return Feedback.objects.count()


def test_every_rule_that_deletes_is_tried_here():
    only_counted = {each.name for each in upkeep.all_purges() if each.only_previewed}
    assert {each.name for each in upkeep.all_purges()} - only_counted == DUE.keys() == makers().keys()
    assert only_counted == {"cases.closed"}


@pytest.mark.parametrize("name", sorted(DUE))
def test_a_rule_deletes_at_its_moment_and_not_a_second_before(name, town, at):
    make(name, town)
    just_before = DUE[name] - timedelta(seconds=1)
    with clock.use(clock.FixedClock(just_before)):
        assert due(name) == 0
        assert deleted_by_a_run(name, town) == 0
    with clock.use(clock.FixedClock(DUE[name])):
        assert due(name) == 1
        assert deleted_by_a_run(name, town) == 1
        assert due(name) == 0
        assert (name, 1) in proofs()
        assert not privacy.run_upkeep().deleted


def deleted_by_a_run(name, town) -> int:
    deleted = privacy.run_upkeep().deleted
    return sum(deleted.get((name, place), 0) for place in places(town))


def places(town):
    return (town.pk, upkeep.INSTALLATION)


def test_a_proof_says_rule_number_and_moment_and_nothing_of_persons(town, at, caplog):
    caplog.set_level(logging.DEBUG)
    for name in makers():
        make(name, town)
    at.advance(timedelta(days=4 * 366))
    tasks.run_upkeep()
    for one in privacy.deletions(None, 100):
        assert (one.at, one.rule_of) == (clock.now(), date(2026, 1, 1))
        assert one.before <= clock.now()
        assert one.authority_id in places(town)
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT string_agg(d::text, ' ') FROM privacy_deletion d")
        stored = cursor.fetchone()[0]
    assert PERSON not in stored + caplog.text
    assert "@" not in stored + caplog.text
    assert "upkeep:" in caplog.text


def test_a_preview_changes_nothing(town, other_town, at):
    make("steering.feedback", town, 2)
    make("steering.feedback", other_town, 3)
    at.advance(timedelta(days=400))
    (found,) = (each for each in privacy.preview_upkeep() if each.counts)
    assert found.counts == {town.pk: 2, other_town.pk: 3}
    assert (feedback_of(town), feedback_of(other_town)) == (2, 3)
    assert proofs() == []
    assert privacy.last_upkeep() is None


def test_an_authority_that_is_switched_off_is_not_forgotten(town, other_town, at):
    make("steering.feedback", other_town)
    other_town.enabled = False
    other_town.save(using="owner")
    at.advance(timedelta(days=400))
    privacy.run_upkeep()
    assert feedback_of(other_town) == 0


def test_many_rows_go_in_small_transactions_each_with_its_proof(town, at):
    Session.objects.bulk_create(
        Session(session_key=f"{number:040}", session_data="", expire_date=START) for number in range(1200)
    )
    assert privacy.run_upkeep().total == 1200
    assert sorted(proofs()) == [("accounts.sessions", count) for count in (200, 500, 500)]  # of one moment


def test_after_a_long_stand_still_one_run_makes_up_for_it(town, at):
    for name in makers():
        make(name, town, 3)
    at.advance(timedelta(days=4 * 366))
    first = privacy.run_upkeep()
    assert first.complete
    assert not first.failed
    # What was emptied or given up in the first run may go in one of the next.
    at.advance(timedelta(days=366))
    privacy.run_upkeep()
    assert not any(each.counts for each in privacy.preview_upkeep())


def test_a_run_without_time_goes_on_in_the_next_one(town, at, monkeypatch):
    monkeypatch.setattr(upkeep_run, "BATCH", 10)
    make("accounts.sessions", town, 35)
    ticks = iter(range(1000))
    cut = privacy.run_upkeep(patience=2.5, monotonic=lambda: next(ticks))
    assert not cut.complete
    assert sessions() == 35 - cut.total == 15
    assert privacy.last_upkeep() == (clock.now(), False)
    assert privacy.run_upkeep().complete
    assert sessions() == 0
    assert sum(count for _, count in proofs()) == 35
    assert privacy.last_upkeep() == (clock.now(), True)


def test_a_crash_in_the_middle_loses_no_proof_and_deletes_nothing_without_one(town, at, monkeypatch):
    monkeypatch.setattr(upkeep_run, "BATCH", 10)
    make("accounts.sessions", town, 35)
    save, calls = Deletion.save, []

    def dying(self, **options):
        calls.append(1)
        if len(calls) == 3:
            # As if the server had closed the run's connection: the transaction is gone, the lock too.
            connections["default"].connection.close()
            raise OperationalError("the connection is gone")
        save(self, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Deletion, "save", dying)
        with pytest.raises(OperationalError):
            privacy.run_upkeep()
    assert sessions() == 15
    assert proofs() == [("accounts.sessions", 10)] * 2
    assert privacy.last_upkeep() == (clock.now(), False)
    assert privacy.run_upkeep().total == 15
    assert sum(count for _, count in proofs()) == 35


def test_two_runs_at_once_are_one(town, at):
    make("accounts.sessions", town, 5)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [upkeep_run._LOCK])
        assert privacy.run_upkeep().busy
        tasks.run_upkeep()
        assert sessions() == 5
        cursor.execute("SELECT pg_advisory_unlock(%s)", [upkeep_run._LOCK])
    assert privacy.run_upkeep().total == 5
    with connections["owner"].cursor() as cursor:  # the run has let go of it
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [upkeep_run._LOCK])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [upkeep_run._LOCK])


def test_two_processes_at_the_same_moment_count_every_row_once(town, at, monkeypatch):
    monkeypatch.setattr(upkeep_run, "BATCH", 7)
    make("accounts.sessions", town, 60)
    gate, told = threading.Barrier(4), []

    def one() -> None:
        gate.wait()
        told.append(privacy.run_upkeep())
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 4
    assert sum(each.total for each in told) == sum(count for _, count in proofs()) == 60
    assert sessions() == 0


def test_a_clock_set_back_deletes_nothing_until_somebody_has_looked(town, at, caplog):
    make("accounts.sessions", town, 2, START + timedelta(days=1))
    at.advance(timedelta(days=300))
    make("cases.resume_attempts", town, 1, clock.now())
    assert privacy.run_upkeep().total == 2
    before = proofs()
    with clock.use(clock.FixedClock(START)):
        make("accounts.sessions", town)
        with pytest.raises(privacy.ClockWentBack, match="in der Zukunft"):
            privacy.run_upkeep()
        tasks.run_upkeep()  # the hourly job says so and is no failure
        assert "deletes nothing" in caplog.text
        assert (sessions(), proofs()) == (1, before)
        assert privacy.run_upkeep(clock_is_right=True).total == 1
        # What was made in the wrong future is not due: nothing of it goes.
        assert due("cases.resume_attempts") == 0
        assert privacy.run_upkeep().total == 0


def test_a_rule_that_fails_keeps_no_other_from_being_followed(town, at, monkeypatch, caplog):
    make("accounts.sessions", town)
    make("steering.feedback", town)
    at.advance(timedelta(days=400))

    def failing(rows):
        raise RuntimeError(f"about {PERSON}")

    broken = upkeep.Rows("steering.feedback", Feedback, upkeep.find("steering.feedback").due_when, failing)
    find = upkeep.find
    monkeypatch.setattr(upkeep, "find", lambda name: broken if name == broken.name else find(name))
    with pytest.raises(upkeep_run.UpkeepFailed, match=r"steering\.feedback"):
        tasks.run_upkeep()
    assert (sessions(), feedback_of(town)) == (0, 1)
    assert "RuntimeError" in caplog.text
    assert PERSON not in caplog.text
    assert privacy.last_upkeep() == (clock.now(), False)


def test_a_draft_that_is_saved_at_this_moment_stays(town, at):
    make("cases.drafts", town)
    found = upkeep.find("cases.drafts")

    def saved_meanwhile(rows):
        def save() -> None:
            with tenant(town.pk):
                Draft.objects.update(expires_at=START + timedelta(days=30))
            connections.close_all()

        thread = threading.Thread(target=save)
        thread.start()
        thread.join()
        return found.act(rows)

    late = upkeep.Rows(found.name, found.model, found.due_when, saved_meanwhile)
    with tenant(town.pk):
        assert late.purge(town.pk, START, 500) == 0
        assert Draft.objects.get().data == {"name": PERSON}


def test_an_address_in_use_stays(town, at):
    from amtlich.contexts.mail.models import Message, Recipient

    make("mail.recipients", town)
    at.advance(timedelta(days=300))
    make("mail.messages", town, 1, clock.now())
    with tenant(town.pk):
        Message.objects.update(holder_id=Recipient.objects.get().holder_id)
    at.advance(timedelta(days=300))
    assert due("mail.recipients") == 0
    at.advance(timedelta(days=70))
    assert due("mail.recipients") == 1


def test_rules_of_another_day_and_a_book_that_does_not_fit(town, at):
    make("steering.feedback", town)
    shipped = rules.shipped()
    (known,) = (rule for rule in shipped.rules if rule.purge == "steering.feedback")
    shorter = rules.Rule(
        known.purge,
        known.what,
        known.action,
        rules.Period(days=7),
        known.since,
        known.reason,
        known.norm,
        date(2026, 12, 24),
    )
    book = rules.RuleBook((*shipped.rules, shorter), shipped.kept)
    at.advance(timedelta(days=28))  # 23 December
    assert upkeep_run.run(book).total == 0
    at.advance(timedelta(days=1))
    assert upkeep_run.run(book).total == 1
    assert privacy.deletions(None, 1)[0].rule_of == date(2026, 12, 24)
    with pytest.raises(privacy.RulesIncomplete):
        upkeep_run.run(rules.RuleBook(shipped.rules[1:], shipped.kept))


def test_workers_run_it_each_hour_and_the_old_sweepers_are_gone(town, at):
    assert registry.find(tasks.UPKEEP).cron == "7 * * * *"
    assert registry.find(tasks.UPKEEP).time_limit > upkeep_run.PATIENCE
    regular = {each.name for each in registry.all_tasks() if each.cron}
    assert regular == {tasks.UPKEEP, "cases.sweep", "integrity.verify", "mail.sweep"}
    make("accounts.sessions", town)
    jobs.defer(tasks.UPKEEP)
    assert jobs.run_pending() == 1
    assert sessions() == 0


def test_the_proofs_can_be_neither_changed_nor_deleted_by_the_running_programs(town, at):
    make("accounts.sessions", town)
    privacy.run_upkeep()
    with tenant(upkeep.INSTALLATION):
        assert Deletion.objects.count() == 1
    with tenant(town.pk):
        assert Deletion.objects.count() == Upkeep.objects.count() == 0


def test_every_table_of_the_database_is_in_a_rule_or_kept_for_a_reason():
    """A new table fails here until somebody has decided how long its rows live."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = {name for (name,) in cursor.fetchall()}
    ruled = {table for each in upkeep.all_purges() for table in each.tables}
    kept = {table for each in rules.shipped().kept for table in each.tables}
    assert tables - ruled - kept == set()
    assert (ruled | kept) - tables == set()
    # Both only where a rule deletes a part: details of accesses that belong to no case.
    assert ruled & kept == {"privacy_accesspayload"}
