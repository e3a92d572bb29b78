# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The case after it was sent: questions with a last day, messages, withdrawal, channels that fail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections
from tests.doubles.applicants import actor_for, pdf_of
from tests.doubles.register_server import FakeRegister, Mode, demo_entries
from tests.integration.contexts.cases.test_faults import run_due

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import requests
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.privacy.api import accesses_for_case
from amtlich.contexts.registers import directory
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
QUESTIONS = ["Wo haben Sie vor 2020 gewohnt?", "Wie hieß die Straße?"]
ANSWERS = ["In Rostock.", "Seestraße 12 a"]
NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


@pytest.fixture
def kaya(office):
    return Actor("staff", office.id, display_name="Derya Kaya", roles=frozenset({"caseworker"}))


@pytest.fixture
def waiting(apply_as, residents):
    """A case that a person has: two residents of that name."""
    return apply_as(residents["ali-1"])


@pytest.fixture
def asked(waiting, kaya):
    cases.ask(kaya, waiting.case.token, QUESTIONS, 14)
    return waiting


def view(one):
    return cases.case(one.actor, one.case.token)


def row_of(one):
    with tenant(one.actor.authority_id):
        return Case.objects.get(token=one.case.token)


def replay_holds(one):
    row = row_of(one)
    with tenant(one.actor.authority_id):
        assert replayed(row) == state_of(row)


# -- questions ------------------------------------------------------------------------------------------


def test_a_question_is_answered_and_goes_back_to_the_person_who_asked(asked):
    case = view(asked)
    assert (case.step, case.waiting_on) == ("answer", "applicant")
    assert case.request.questions == tuple(QUESTIONS)
    assert case.request.who == "Derya Kaya"
    assert not cases.answer(asked.actor, case.token, case.request.seq, ANSWERS)
    answered = view(asked)
    assert (answered.step, answered.waiting_on) == ("working", "office")
    assert answered.talk[0].texts == tuple(ANSWERS)
    assert "Ihre Antwort ist da" in answered.sentence
    replay_holds(asked)


def test_the_last_day_is_a_working_day_and_is_said(waiting, kaya):
    with clock.use(clock.FixedClock(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))):
        until = cases.ask(kaya, waiting.case.token, QUESTIONS[:1], 14)  # Christmas Day, a Friday
        assert until == date(2026, 12, 28)
        assert view(waiting).request.days_left == 17
        assert "28. Dezember 2026" in view(waiting).sentence


def test_who_does_not_answer_is_not_refused_but_goes_to_the_office(waiting, kaya):
    with clock.use(clock.FixedClock(NOON)) as fixed:
        cases.ask(kaya, waiting.case.token, QUESTIONS, 14)
        run_due()  # far too early: nothing happens, and the job comes again
        assert view(waiting).step == "answer"
        fixed.advance(timedelta(days=14, hours=11, minutes=59))  # still the last day in Germany
        run_due()
        assert view(waiting).step == "answer"
        fixed.advance(timedelta(minutes=1))
        run_due()
        lapsed = view(waiting)
        assert (lapsed.step, lapsed.waiting_on, lapsed.decided_at) == ("working", "office", None)
        assert "Abgelehnt ist nichts" in lapsed.sentence
        with pytest.raises(cases.MovedOn, match="Frist"):
            cases.answer(waiting.actor, lapsed.token, lapsed.request.seq, ANSWERS)
        run_due()
        assert [event.type for event in cases.events(waiting.actor, lapsed.token)].count(
            "information_lapsed"
        ) == 1
        assert not jobs.parked()
    replay_holds(waiting)


def test_a_late_answer_counts_while_nobody_has_looked(waiting, kaya):
    with clock.use(clock.FixedClock(NOON)) as fixed:
        cases.ask(kaya, waiting.case.token, QUESTIONS, 1)
        fixed.advance(timedelta(days=5))
        cases.answer(waiting.actor, waiting.case.token, view(waiting).request.seq, ANSWERS)
        run_due()
        assert view(waiting).request.status == "answered"


def test_wrong_answers_are_refused_with_a_sentence_each(asked):
    token, request = asked.case.token, view(asked).request.seq
    with pytest.raises(cases.TextWrong) as wrong:
        cases.answer(asked.actor, token, request, ["  ", "x" * 100_000])
    assert set(wrong.value.errors) == {0, 1}
    assert "zu lang" in wrong.value.errors[1]
    with pytest.raises(cases.TextWrong):
        cases.answer(asked.actor, token, request, ["In \x07 Rostock", "ja"])
    with pytest.raises(BadInput, match="2 Antworten"):
        cases.answer(asked.actor, token, request, ["nur eine"])
    with pytest.raises(cases.MovedOn):
        cases.answer(asked.actor, token, request - 1, ANSWERS)
    assert view(asked).step == "answer"


@pytest.mark.parametrize(("questions", "days"), [([], 14), (["a"] * 11, 14), (["a"], 0), (["a"], 366)])
def test_an_impossible_question_is_refused(waiting, kaya, questions, days):
    with pytest.raises(BadInput):
        cases.ask(kaya, waiting.case.token, questions, days)
    assert view(waiting).step == "working"


def test_a_second_question_waits_until_the_first_is_answered(asked, kaya):
    with pytest.raises(cases.MovedOn, match="andere Frage"):
        cases.ask(kaya, asked.case.token, ["Noch etwas?"], 14)
    cases.answer(asked.actor, asked.case.token, view(asked).request.seq, ANSWERS)
    cases.ask(kaya, asked.case.token, ["Noch etwas?"], 14)
    assert view(asked).request.questions == ("Noch etwas?",)


def test_a_question_about_a_case_that_runs_takes_it_over(apply_as, residents, kaya):
    fresh = apply_as(residents["lena"], work=False)
    cases.ask(kaya, fresh.case.token, QUESTIONS, 14)
    jobs.run_pending()
    assert view(fresh).step == "answer"
    assert view(fresh).documents == ()


def test_a_decided_case_is_not_asked(apply_as, residents, kaya):
    done = apply_as(residents["lena"])
    with pytest.raises(cases.MovedOn, match="entschieden"):
        cases.ask(kaya, done.case.token, QUESTIONS, 14)


# -- two windows at once ----------------------------------------------------------------------------------


def at_once(*acts):
    """Each in a thread of its own; returns what came of each, an error or a value."""

    def run(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001 (what came of it is what is tested)
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_different_answers_at_once_one_counts(asked):
    request = view(asked).request.seq
    came = at_once(
        *(
            lambda text=text: cases.answer(asked.actor, asked.case.token, request, [text, text])
            for text in ("eins", "zwei", "drei")
        )
    )
    assert sorted(isinstance(one, cases.MovedOn) for one in came) == [False, True, True]
    assert [entry.kind for entry in view(asked).talk] == ["answer", "question"]


def test_the_same_answer_by_a_double_click_counts_once_and_hurts_nobody(asked):
    request = view(asked).request.seq
    came = at_once(*[lambda: cases.answer(asked.actor, asked.case.token, request, ANSWERS)] * 3)
    assert sorted(came) == [False, True, True]
    assert len(view(asked).talk) == 2


def test_answer_and_withdrawal_at_once_have_one_winner(asked):
    case = view(asked)
    came = at_once(
        lambda: cases.answer(asked.actor, case.token, case.request.seq, ANSWERS),
        lambda: cases.withdraw(asked.actor, case.token, seen=case.standing),
    )
    assert sum(isinstance(one, cases.MovedOn) for one in came) == 1
    assert [one for one in came if not isinstance(one, Exception)] == [False]
    replay_holds(asked)


# -- withdrawal -------------------------------------------------------------------------------------------


def test_a_withdrawn_case_is_over_and_its_job_does_nothing(apply_as, residents):
    fresh = apply_as(residents["lena"], work=False)
    assert not cases.withdraw(fresh.actor, fresh.case.token, "Ich brauche es nicht mehr.")
    jobs.run_pending()
    gone = view(fresh)
    assert (gone.step, gone.phase, gone.waiting_on) == ("withdrawn", "withdrawn", "nobody")
    assert gone.documents == ()
    assert not gone.can_withdraw
    assert [event.type for event in cases.events(fresh.actor, gone.token)] == ["submitted", "withdrawn"]
    assert cases.withdraw(fresh.actor, gone.token)  # again: nothing new
    replay_holds(fresh)


def test_what_is_decided_is_not_withdrawn(apply_as, residents):
    done = apply_as(residents["lena"])
    with pytest.raises(cases.MovedOn, match="entschieden"):
        cases.withdraw(done.actor, done.case.token)


def test_a_withdrawal_counts_for_what_was_seen(asked):
    before = view(asked)
    cases.answer(asked.actor, before.token, before.request.seq, ANSWERS)
    with pytest.raises(cases.MovedOn, match="schon geantwortet"):
        cases.withdraw(asked.actor, before.token, seen=before.standing)
    assert not cases.withdraw(asked.actor, before.token, seen=view(asked).standing)
    run_due()
    assert view(asked).step == "withdrawn"


def test_a_question_to_a_withdrawn_case_is_not_answered_nor_lapses(asked):
    with clock.use(clock.FixedClock(NOON + timedelta(days=400))):
        cases.withdraw(asked.actor, asked.case.token)
        with pytest.raises(cases.MovedOn, match="zurückgezogen"):
            cases.answer(asked.actor, asked.case.token, view(asked).request.seq, ANSWERS)
        run_due()
        assert view(asked).step == "withdrawn"
    assert not jobs.parked()


# -- messages ---------------------------------------------------------------------------------------------


def test_messages_go_both_ways_and_move_nothing(waiting, kaya):
    before = view(waiting)
    assert not cases.send_message(waiting.actor, before.token, "Wie lange\nnoch?", "key-1")
    assert cases.send_message(waiting.actor, before.token, "Wie lange\nnoch?", "key-1")
    with pytest.raises(cases.MessageKeyReused):
        cases.send_message(waiting.actor, before.token, "Anderes", "key-1")
    cases.send_message(kaya, before.token, "Bis morgen.")
    after = view(waiting)
    assert [(entry.mine, entry.who, entry.texts) for entry in after.talk] == [
        (False, "Derya Kaya", ("Bis morgen.",)),
        (True, "Sie", ("Wie lange\nnoch?",)),
    ]
    assert (after.phase, after.waiting_on, after.sentence) == (
        before.phase,
        before.waiting_on,
        before.sentence,
    )
    replay_holds(waiting)


def test_a_message_while_the_program_works_is_not_lost_nor_stops_it(apply_as, residents):
    fresh = apply_as(residents["lena"], work=False)
    came = at_once(
        jobs.run_pending,
        *[lambda n=n: cases.send_message(fresh.actor, fresh.case.token, f"Nachricht {n}") for n in range(6)],
    )
    run_due()
    assert not [one for one in came if isinstance(one, Exception)]
    done = view(fresh)
    assert done.step == "decided"
    assert len(done.talk) == 6
    replay_holds(fresh)


# -- who may ----------------------------------------------------------------------------------------------


def test_a_stranger_can_do_nothing_and_cannot_tell_that_the_case_exists(asked, office, residents):
    stranger = actor_for(office, residents["mehmet"])
    token, request = asked.case.token, view(asked).request.seq
    for act in (
        lambda: cases.answer(stranger, token, request, ANSWERS),
        lambda: cases.withdraw(stranger, token),
        lambda: cases.send_message(stranger, token, "Hallo"),
        lambda: cases.ask(asked.actor, token, QUESTIONS, 14),
        lambda: cases.report_failure(asked.actor, token, cases.Channel.PORTAL, "nein"),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_other_towns_staff_can_do_nothing(asked, other_town):
    foreign = Actor("staff", other_town.id, display_name="Fremd", roles=frozenset({"caseworker"}))
    for act in (
        lambda: cases.ask(foreign, asked.case.token, QUESTIONS, 14),
        lambda: cases.case(foreign, asked.case.token),
    ):
        with pytest.raises(NotFound):
            act()


def test_staff_neither_withdraws_nor_answers_nor_downloads_and_reading_is_journalled(asked, kaya, office):
    token = asked.case.token
    with pytest.raises(NotFound):
        cases.withdraw(kaya, token)
    with pytest.raises(NotFound):
        cases.answer(kaya, token, view(asked).request.seq, ANSWERS)
    before = len(accesses_for_case(office.id, row_of(asked).pk))
    assert cases.case(kaya, token).request.questions == tuple(QUESTIONS)
    entry = accesses_for_case(office.id, row_of(asked).pk)[-1]
    assert len(accesses_for_case(office.id, row_of(asked).pk)) == before + 1
    assert entry.who == "Derya Kaya"


# -- channels ---------------------------------------------------------------------------------------------


def test_a_failed_notification_goes_to_the_office_and_takes_effect_by_post(apply_as, residents, kaya):
    done = apply_as(residents["lena"])
    cases.report_failure(kaya, done.case.token, cases.Channel.PORTAL, "nicht abgerufen")
    failed = view(done)
    assert (failed.phase, failed.step, failed.waiting_on) == ("decided", "decided", "office")
    assert pdf_of(done)  # what was there stays there
    with pytest.raises(cases.MovedOn, match="gescheitert"):
        cases.report_effect(kaya, done.case.token, cases.Channel.PORTAL)
    cases.report_effect(kaya, done.case.token, cases.Channel.POST)
    jobs.run_pending()
    assert (view(done).phase, view(done).waiting_on) == ("closed", "nobody")
    replay_holds(done)


def test_nothing_fails_before_there_is_something(waiting, kaya):
    with pytest.raises(cases.MovedOn):
        cases.report_failure(kaya, waiting.case.token, cases.Channel.POST, "zurück")


# -- a register that answers wrongly ---------------------------------------------------------------------


def test_a_register_that_answers_wrongly_for_an_hour_brings_the_case_to_a_person(office, residents, apply_as):
    directory.forget_breakers()
    with FakeRegister(demo_entries()) as register, clock.use(clock.FixedClock(NOON)) as fixed:
        office.register_kind, office.register_url = "http", register.url
        office.save(using="owner")
        register.mode = Mode.ERROR  # down: heals by itself, however long it lasts
        one = apply_as(residents["lena"])
        fixed.advance(timedelta(hours=3))
        directory.forget_breakers()
        run_due()
        assert view(one).waiting_on == "register"
        register.mode = Mode.WRONG_PERSON
        for minutes in (0, 30, 29):
            fixed.advance(timedelta(minutes=minutes))
            directory.forget_breakers()
            run_due()
            assert view(one).waiting_on == "register"
        fixed.advance(timedelta(minutes=1))
        directory.forget_breakers()
        run_due()
        assert view(one).waiting_on == "office"
        assert view(one).documents == ()
    directory.forget_breakers()
    assert not jobs.parked()
    replay_holds(one)


# -- the live cursor --------------------------------------------------------------------------------------


def test_a_view_names_the_place_in_the_log_that_it_stands_for(waiting, kaya):
    from asyncio import run

    from amtlich.platform.live.cursor import Cursor
    from amtlich.platform.live.tail import DatabaseTail

    seen = Cursor.parse(view(waiting).cursor)

    async def missed():
        tail = DatabaseTail()
        found = await tail.missed(row_of_id, seen)
        await tail.close()
        return found

    row_of_id = row_of(waiting).pk
    assert run(missed()).changes == []
    cases.send_message(kaya, waiting.case.token, "Guten Tag")
    found = run(missed())
    assert found.known
    assert [change.seq for change in found.changes] == [view(waiting).seq]


def test_the_last_day_of_a_request_is_never_in_the_past():
    assert requests.last_day(date(2026, 12, 23), 1) == date(2026, 12, 24)
    assert requests.last_day(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert requests.last_day(date(2027, 3, 25), 1) == date(2027, 3, 30)  # Good Friday to Easter Monday


# -- telling by e-mail --------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    """What was told, by key, as the outbox keeps it."""
    from amtlich.contexts.cases import announcing

    keys = []
    monkeypatch.setattr(
        announcing.mail, "tell", lambda *_who, key, **_case: keys.append(key.split(":", 1)[1])
    )
    return keys


def test_the_citizen_is_told_of_receipt_question_and_decision(told, apply_as, residents, kaya):
    apply_as(residents["lena"])
    assert told == ["received:1", "decided:1"]
    told.clear()
    one = apply_as(residents["ali-1"])
    cases.ask(kaya, one.case.token, QUESTIONS, 14)
    jobs.run_pending()
    cases.answer(one.actor, one.case.token, view(one).request.seq, ANSWERS)
    jobs.run_pending()
    assert list(dict.fromkeys(told)) == ["received:1", f"answer_needed:{view(one).request.seq}"]


def test_a_mail_that_cannot_be_prepared_never_stops_a_case(monkeypatch, apply_as, residents, caplog):
    from amtlich.contexts.cases import announcing

    def broken(*_args, **_named):
        raise ValueError("Fehler in unserem Programm")

    monkeypatch.setattr(announcing.mail, "tell", broken)
    assert apply_as(residents["lena"]).case.step == "decided"
    assert not jobs.parked()
    assert "no e-mail" in caplog.text
