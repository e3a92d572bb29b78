# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Mails on their way: sent once, tried again, given up, and what a person may still do about it."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from tests.doubles.smtp_server import Mode

from amtlich.contexts.mail import api as mail
from amtlich.contexts.mail import outbox
from amtlich.contexts.mail.delivery import MOST_TRIES, State
from amtlich.contexts.privacy import api as privacy
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

NO, SLOW, FINE = "no@example.org", "slow@example.org", "fine@example.org"


def waiting_jobs() -> list[tuple]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchall()


def test_fc29_one_bad_address_stops_nobody(people, server, at, work):
    server.answers[NO] = ["550 5.1.1 <no@example.org>: no such user"]
    server.answers[SLOW] = ["450 4.2.0 come back later"]
    cases = {address: uuid4() for address in (NO, SLOW, FINE)}
    for address, case_id in cases.items():
        assert people.tell(people.with_address(address), case_id=case_id)
    work()
    assert people.states() == {NO: "permanent_failure", SLOW: "temporary_failure", FINE: "sent"}
    assert len(server.mails) == 1
    # The second has its own time; before it, nothing happens, however often the job runs.
    work()
    assert people.states()[SLOW] == "temporary_failure"
    at.advance(timedelta(minutes=5))
    work()
    assert people.states()[SLOW] == "sent"
    assert len(server.taken_for(SLOW)) == 1
    # The first stands on its case and in the operator's list.
    (failure,) = mail.failures_for_case(people.authority_id, cases[NO])
    assert (failure.kind, failure.address, failure.ours) == ("decided", "n…@example.org", False)
    assert mail.failures_for_case(people.authority_id, cases[FINE]) == ()
    (listed,) = mail.outbox(people.authority_id, failed=True)
    assert listed.reason == "550 5.1.1 <…@…>: no such user"


def test_the_next_try_is_a_job_of_its_own_at_its_time(people, server, at):
    at.advance(timedelta(days=36_500))  # the database has a clock of its own: nothing is due there
    server.answers[SLOW] = ["450 4.2.0 come back later"]
    people.tell(people.with_address(SLOW))
    jobs.run_pending()
    assert waiting_jobs() == [("mail.send", at.now() + timedelta(minutes=5))]


def test_telling_twice_under_one_key_is_one_mail(people, server, work):
    holder = people.with_address(FINE)
    assert people.tell(holder, "case:1:decided")
    assert not people.tell(holder, "case:1:decided")
    work()
    assert not people.tell(holder, "case:1:decided")
    work()
    assert len(server.mails) == 1


def test_nobody_without_a_confirmed_address_is_told(people, server, work):
    assert not people.tell(uuid4())
    work()
    assert server.mails == []
    assert mail.outbox(people.authority_id) == ()


def test_without_a_mail_server_nothing_is_written_down(people):
    assert not mail.offered()
    assert not people.tell(people.with_address(FINE))
    assert mail.outbox(people.authority_id) == ()


@pytest.mark.parametrize("mode", [Mode.BUSY, Mode.NO_SENDER, Mode.GARBAGE, Mode.CLOSING])
def test_an_outage_is_no_try_and_loses_nothing(mode, people, server, at):
    server.mode = mode
    people.tell(people.with_address(FINE))
    jobs.run_pending()
    message = people.message()
    assert (message.state, message.tries) == ("created", 0)
    assert message.reason
    ((task, due),) = waiting_jobs()
    assert task == "mail.send"
    assert due is not None
    server.mode = Mode.OK
    from amtlich.contexts.mail import way_out

    way_out._smtp.cache_clear()  # what the breaker would wait for is tried elsewhere
    outbox.send(people.authority_id, message.pk)
    assert people.states() == {FINE: "sent"}


def test_after_two_days_of_later_it_is_given_up(people, server, at, work):
    server.answers[SLOW] = ["450 4.2.0 come back later"] * 20
    people.tell(people.with_address(SLOW))
    began = at.now()
    for _ in range(MOST_TRIES):
        work()
        if people.message().next_at:
            at.advance(people.message().next_at - at.now())
    assert people.states() == {SLOW: "permanent_failure"}
    assert at.now() - began <= timedelta(days=3)
    assert waiting_jobs() == []


def test_a_line_that_breaks_after_the_content_means_a_second_copy_with_the_same_id(people, server, at, work):
    server.mode = Mode.SILENT_AFTER_CONTENT
    people.tell(people.with_address(FINE))
    work()
    assert people.states() == {FINE: "temporary_failure"}
    server.mode = Mode.OK
    at.advance(timedelta(minutes=5))
    work()
    first, second = (copy.letter for copy in server.mails)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()


def test_a_job_that_runs_twice_sends_once(people, server):
    people.tell(people.with_address(FINE))
    message_id = people.message().pk
    jobs.run_pending()
    outbox.send(people.authority_id, message_id)
    assert len(server.mails) == 1


def test_a_worker_that_comes_back_late_changes_nothing(people, server):
    """It stands still while it sends; the mail is claimed anew, sent, and reported as delivered."""
    people.tell(people.with_address(FINE))
    message_id = people.message().pk
    late = outbox._claim(people.authority_id, message_id)
    jobs.run_pending()
    assert people.states() == {FINE: "sent"}
    assert mail.report(message_id, "delivered") is State.DELIVERED
    for state in State:
        outbox._report(people.authority_id, late, state, outbox.Answer(outbox.Verdict.LATER))
    assert people.states() == {FINE: "delivered"}


def test_fc29_a_late_report_never_undoes_delivered(people, server):
    people.tell(people.with_address(FINE))
    message_id = people.message().pk
    jobs.run_pending()
    mail.report(message_id, "delivered")
    assert mail.report(message_id, "permanent_failure", "bounce") is State.DELIVERED


def test_a_mail_that_comes_back_is_a_failure_on_the_case(people, server):
    case_id = uuid4()
    people.tell(people.with_address(FINE), case_id=case_id)
    message_id = people.message().pk
    jobs.run_pending()
    assert mail.report(message_id, "permanent_failure", "zurückgekommen") is State.PERMANENT_FAILURE
    assert len(mail.failures_for_case(people.authority_id, case_id)) == 1


def test_a_failure_is_no_longer_told_once_a_later_mail_went_well(people, server, at, work):
    server.answers[FINE] = ["550 5.1.1 no such user"]
    holder, case_id = people.with_address(FINE), uuid4()
    people.tell(holder, kind="received", case_id=case_id)
    work()
    assert len(mail.failures_for_case(people.authority_id, case_id)) == 1
    at.advance(timedelta(hours=1))
    people.tell(holder, kind="decided", case_id=case_id)
    work()
    assert mail.failures_for_case(people.authority_id, case_id) == ()
    assert len(mail.outbox(people.authority_id, failed=True)) == 1


def test_an_operator_can_send_again_to_the_address_that_holds_now(people, server, work):
    from amtlich.contexts.mail.models import Recipient

    server.answers[NO] = ["550 5.1.1 no such user"]
    holder = people.with_address(NO)
    people.tell(holder)
    work()
    message_id = people.message().pk
    with tenant(people.authority_id):
        Recipient.objects.filter(holder_id=holder).update(address=FINE)
    assert mail.retry(message_id)
    assert not mail.retry(message_id)
    work()
    assert people.states() == {FINE: "sent"}
    with pytest.raises(mail.NoSuchMail):
        mail.retry(uuid4())


def test_a_fault_of_ours_parks_the_job_and_stands_in_the_list(people, server, monkeypatch, work):
    def broken(message):
        raise ValueError("a template is broken")

    monkeypatch.setattr(outbox, "write", broken)
    people.tell(people.with_address(FINE))
    for _ in range(5):
        work()
    (listed,) = mail.outbox(people.authority_id, failed=True)
    assert listed.state is State.TECHNICAL_FAILURE
    assert "template" not in listed.reason
    monkeypatch.undo()


def test_who_deletes_the_address_gets_no_more_mail(people, server, work):
    holder = people.with_address(FINE)
    people.tell(holder)
    mail.forget(people.authority_id, holder, "")
    work()
    assert server.mails == []
    message = people.message()
    assert (message.state, message.address) == ("cancelled", "")
    assert not people.tell(holder)


def test_another_authority_sees_nothing(people, server, other_town):
    case_id = uuid4()
    server.answers[NO] = ["550 no"]
    people.tell(people.with_address(NO), case_id=case_id)
    jobs.run_pending()
    assert mail.outbox(other_town.pk) == ()
    assert mail.failures_for_case(other_town.pk, case_id) == ()
    with pytest.raises(mail.NoSuchMail):
        outbox.report(other_town.pk, people.message().pk, State.DELIVERED)


def test_many_at_once_tell_once(people, server):
    holder = people.with_address(FINE)
    told: list[bool] = []

    def tell() -> None:
        try:
            told.append(people.tell(holder, "same"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 5 + [True]
    jobs.run_pending()
    assert len(server.mails) == 1


def test_old_addresses_are_forgotten(people, server, at, work):
    people.tell(people.with_address(FINE))
    work()
    at.advance(timedelta(days=91))
    privacy.run_upkeep()
    message = people.message()
    assert (message.state, message.address) == ("sent", "")


def test_a_mail_that_never_goes_out_is_given_up_and_its_job_ends(people, server, at, work, monkeypatch):
    people.tell(people.with_address(FINE))
    monkeypatch.setattr(outbox.way_out, "transport", lambda: None)
    work()
    assert people.message().state == "created"
    at.advance(timedelta(days=16))
    privacy.run_upkeep()
    assert people.message().state == "cancelled"
    work()
    assert jobs.overview().waiting == 0
    assert server.mails == []
