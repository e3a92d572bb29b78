# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Promise against fact: whatever job is lost, the case goes on within two minutes and does nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from tests.integration.contexts.cases.test_faults import run_due

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import steps, sweeper
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.catalog.api import package
from amtlich.contexts.mail import outbox
from amtlich.contexts.mail.models import Message
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
# How many steps the program has done when the job vanishes, and where the case stands then.
GAPS = {0: "received", 1: "under_review", 2: "ready_to_decide", 3: "decided", 4: "decided", 5: "notified"}


@pytest.fixture
def at():
    fixed = clock.FixedClock(datetime.now(UTC))  # the seal's certificate is made now
    with clock.use(fixed):
        yield fixed


def lose_all_jobs() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def only_case(office) -> Case:
    with tenant(office.id):
        return Case.objects.get()


def a_minute_later(at) -> int:
    """The sweeper as a worker runs it; returns how many jobs ran."""
    at.advance(timedelta(minutes=1, seconds=1))
    jobs.defer(sweeper.SWEEP)
    return jobs.run_pending()


@pytest.mark.parametrize(("done", "phase"), GAPS.items(), ids=lambda value: str(value))
def test_a_case_whose_job_is_lost_comes_to_its_one_document(
    office, residents, apply_as, at, caplog, done, phase
):
    sent = apply_as(residents["lena"], work=False)
    for _ in range(done):
        case = only_case(office)
        step = steps.next_step(state_of(case))
        step(case, package(case.service, case.package_version))
    lose_all_jobs()
    assert only_case(office).phase == phase
    assert a_minute_later(at) == 2
    case = only_case(office)
    assert case.phase == "closed"
    with tenant(office.id):
        assert replayed(case) == state_of(case)
    view = cases.case(sent.actor, sent.receipt.case_token)
    assert sum(one.sealed for one in view.documents) == 1
    assert f"case {case.pk} stood at {phase} without a job" in caplog.text
    assert a_minute_later(at) == 1  # nothing more to do than to look


def test_a_case_that_waits_for_its_register_or_for_a_person_is_left_alone(
    office, residents, apply_as, at, monkeypatch
):
    apply_as(residents["jonas"])  # with a person
    apply_as(residents["lena"], work=False)  # its job waits
    assert sweeper.sweep() == 0
    at.advance(timedelta(hours=1))
    assert sweeper.sweep() == 0


def test_a_job_that_was_parked_is_not_begun_again_and_again(office, residents, apply_as, at, monkeypatch):
    def fail(case, of):
        raise RuntimeError("always")

    monkeypatch.setattr(steps, "_register", fail)
    apply_as(residents["lena"], work=False)
    for _ in range(6):
        run_due()
    at.advance(timedelta(minutes=2))
    assert jobs.overview().parked == 1
    before = jobs.overview().waiting
    sweeper.sweep()
    assert jobs.overview().waiting == before


def test_a_question_whose_end_nobody_watches_lapses(office, residents, apply_as, at):
    asked = apply_as(residents["ali-1"])
    kaya = Actor("staff", office.id, display_name="Derya Kaya", roles=frozenset({"caseworker"}))
    cases.ask(kaya, asked.receipt.case_token, ["Wo haben Sie vor 2020 gewohnt?"], days=14)
    jobs.run_pending()
    lose_all_jobs()
    at.advance(timedelta(days=10))
    assert sweeper.sweep() == 0
    at.advance(timedelta(days=5))
    assert a_minute_later(at) == 2
    assert only_case(office).waiting_on == "office"


def test_a_mail_that_no_job_sends_is_sent(office, at, caplog):
    with tenant(office.id):
        outbox.add(
            Message(
                authority_id=office.id,
                key="k",
                kind="received",
                address="lena@example.org",
                language="de",
                reference="MB-1234",
                case_token="a" * 26,
            )
        )
    lose_all_jobs()
    assert outbox.sweep() == 0  # it may just be being written
    at.advance(timedelta(minutes=2))
    jobs.defer(outbox.SWEEP)
    assert jobs.run_pending() >= 1
    assert "waited without a job" in caplog.text
    assert "lena@" not in caplog.text
    assert outbox.sweep() == 0
