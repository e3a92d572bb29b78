# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Drafts: resumed by a code, kept over a log-out, deleted and expired; only their owner learns of it."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from tests.doubles.applicants import actor_for, statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Draft, ResumeAttempt
from amtlich.contexts.cases.resume import PER_ADDRESS, WINDOW
from amtlich.contexts.privacy import api as privacy
from amtlich.kernel import clock
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])
SERVICE = "meldebescheinigung"
HERE = "203.0.113.7"
PAGE = {"umfang": ["einfach"], "form": ["elektronisch"], "zweck": ["Bank"]}


def visitor(office) -> Actor:
    holder = uuid4()
    return Actor("anonymous", office.id, holder_id=holder, session_holder_id=holder)


@pytest.fixture
def begun(office):
    """A visitor without account has answered the first page."""
    who = visitor(office)
    token = cases.start_draft(who, SERVICE).token
    saved = cases.save_step(who, token, "umfang", PAGE, 0)
    assert saved.errors == ()
    return who, saved.draft


def rows(office, model):
    with tenant(office.id):
        return list(model.objects.all())


def test_a_code_opens_the_draft_in_another_session_and_only_there_from_then_on(office, begun):
    first, draft = begun
    code = cases.resume_code(first, draft.token)
    second = visitor(office)
    typed = code.lower().replace("-", " ")
    assert cases.resume_draft(second, typed, HERE).token == draft.token
    assert cases.draft(second, draft.token).data == draft.data
    with pytest.raises(cases.NoSuchDraft):
        cases.draft(first, draft.token)


def test_the_code_is_stored_as_a_hash_only(office, begun):
    who, draft = begun
    code = cases.resume_code(who, draft.token)
    (row,) = rows(office, Draft)
    stored = repr([getattr(row, field.name) for field in Draft._meta.fields]) + bytes(row.resume_hash).hex()
    for shape in (code, code.replace("-", ""), code.encode().hex()):
        assert shape not in stored
    assert len(row.resume_hash) == 32


def test_a_new_code_ends_the_old_one(office, begun):
    who, draft = begun
    old, new = cases.resume_code(who, draft.token), cases.resume_code(who, draft.token)
    with pytest.raises(cases.WrongCode):
        cases.resume_draft(visitor(office), old, HERE)
    assert cases.resume_draft(visitor(office), new, HERE).token == draft.token


def test_all_that_is_wrong_with_a_code_is_said_with_the_same_words(office, other_town, begun, residents):
    who, draft = begun
    code = cases.resume_code(who, draft.token)
    tried = ["", "ABCD", "2222-2222-2222-2222", code[:-1], "\x00" * 40, "٣" * 16, "x" * 100_000]
    told = set()
    for number, text in enumerate(tried):
        with pytest.raises(cases.WrongCode) as refused:
            cases.resume_draft(visitor(office), text, f"198.51.100.{number}")
        told.add(str(refused.value))
    with pytest.raises(cases.WrongCode) as refused:
        cases.resume_draft(visitor(other_town), code, HERE)
    told.add(str(refused.value))
    cases.delete_draft(who, draft.token)
    with pytest.raises(cases.WrongCode) as refused:
        cases.resume_draft(visitor(office), code, HERE)
    assert told == {str(refused.value)}


def test_wrong_codes_are_counted_and_then_even_the_right_one_waits(office, begun):
    who, draft = begun
    code = cases.resume_code(who, draft.token)
    with clock.use(clock.FixedClock(clock.now())) as moving:
        for _ in range(PER_ADDRESS):
            with pytest.raises(cases.WrongCode):
                cases.resume_draft(visitor(office), "2222-2222-2222-2222", HERE)
        with pytest.raises(cases.TooManyCodes) as refused:
            cases.resume_draft(visitor(office), code, HERE)
        assert refused.value.wait == WINDOW
        # Somebody elsewhere is not kept waiting, and nobody for longer than the window.
        assert cases.resume_draft(visitor(office), code, "198.51.100.1").token == draft.token
        moving.advance(WINDOW)
        assert cases.resume_draft(visitor(office), code, HERE).token == draft.token
    assert rows(office, ResumeAttempt) == []


def test_addresses_of_one_household_are_one(office, begun):
    for number in range(PER_ADDRESS):
        with pytest.raises(cases.WrongCode):
            cases.resume_draft(visitor(office), "no", f"2001:db8:1:2::{number}")
    with pytest.raises(cases.TooManyCodes):
        cases.resume_draft(visitor(office), "no", "2001:db8:1:2:ffff::9")
    assert all(b"2001" not in bytes(row.source) for row in rows(office, ResumeAttempt))


def test_an_authority_as_a_whole_is_throttled_too(office, begun, monkeypatch):
    monkeypatch.setattr("amtlich.contexts.cases.resume.PER_AUTHORITY", 3)
    for number in range(3):
        with pytest.raises(cases.WrongCode):
            cases.resume_draft(visitor(office), "no", f"198.51.100.{number}")
    with pytest.raises(cases.TooManyCodes):
        cases.resume_draft(visitor(office), "no", "198.51.100.200")


def test_guesses_at_the_same_moment_are_counted_one_by_one(office, begun):
    from django.db import connections

    outcomes = []

    def guess():
        try:
            cases.resume_draft(visitor(office), "no", HERE)
        except cases.WrongCode:
            outcomes.append("wrong")
        except cases.TooManyCodes:
            outcomes.append("wait")
        finally:
            connections.close_all()

    threads = [Thread(target=guess) for _ in range(PER_ADDRESS + 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["wait"] * 4 + ["wrong"] * PER_ADDRESS


def test_whoever_logs_in_takes_the_draft_along_to_every_device(office, begun, residents):
    who, draft = begun
    code = cases.resume_code(who, draft.token)
    lena = actor_for(office, residents["lena"], session_holder_id=who.holder_id)
    cases.save_step(lena, draft.token, "umfang", PAGE, draft.revision)
    elsewhere = replace(lena, session_holder_id=None)
    assert cases.draft(elsewhere, draft.token).has_code is False
    with pytest.raises(cases.WrongCode):
        cases.resume_draft(visitor(office), code, HERE)
    with pytest.raises(cases.NoSuchDraft):
        cases.draft(who, draft.token)


def test_every_change_gives_the_draft_its_full_time_again(office, begun):
    who, draft = begun
    with clock.use(clock.FixedClock(clock.now() + timedelta(days=5))):
        later = cases.save_step(who, draft.token, "umfang", PAGE, draft.revision).draft
    assert timedelta(days=4) < later.expires_at - draft.expires_at < timedelta(days=8)


@pytest.mark.parametrize("end", ["deleted", "expired"])
def test_only_who_had_a_draft_is_told_that_it_is_gone(office, begun, end):
    who, draft = begun
    if end == "deleted":
        cases.delete_draft(who, draft.token)
    else:
        with tenant(office.id):
            Draft.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(cases.DraftGone) as gone:
        cases.draft(who, draft.token)
    assert (gone.value.why, gone.value.service) == (end, SERVICE)
    for actor, token in ((visitor(office), draft.token), (who, "a" * 26), (who, "\x00")):
        with pytest.raises(cases.NoSuchDraft) as missing:
            cases.draft(actor, token)
        assert not isinstance(missing.value, cases.DraftGone)
    assert cases.my_drafts(who) == ()
    assert cases.open_draft(who, SERVICE) is None


def test_deleting_and_beginning_anew_leave_nothing_of_what_was_typed(office, begun):
    who, draft = begun
    cases.park(visitor(office), draft.token, "umfang", PAGE)
    assert cases.start_draft(who, SERVICE, restart=True).token != draft.token
    old = next(row for row in rows(office, Draft) if row.token == draft.token)
    assert (old.data, old.parked, old.earlier, old.resume_hash) == ({}, None, None, None)
    with pytest.raises(cases.DraftGone):
        cases.save_step(who, draft.token, "umfang", PAGE, draft.revision)


def test_the_sweep_empties_what_has_expired_and_tells_for_a_while(office, begun):
    who, draft = begun
    privacy.run_upkeep()
    assert cases.draft(who, draft.token).data == draft.data
    with clock.use(clock.FixedClock(draft.expires_at + timedelta(minutes=1))) as moving:
        privacy.run_upkeep()
        (row,) = rows(office, Draft)
        assert row.data == {}
        with pytest.raises(cases.DraftGone) as gone:
            cases.draft(who, draft.token)
        assert (gone.value.why, gone.value.at) == ("expired", draft.expires_at)
        moving.advance(timedelta(days=29))
        privacy.run_upkeep()
        assert len(rows(office, Draft)) == 1
        moving.advance(timedelta(days=2))
        privacy.run_upkeep()
        assert rows(office, Draft) == []


def test_what_is_sent_after_the_session_ended_waits_for_the_owner_and_changes_nothing(office, begun):
    who, draft = begun
    typed = {"umfang": ["erweitert"], "zweck": ["Miete", "x" * 100_000], "fremd": ["nein"]}
    cases.park(visitor(office), draft.token, "umfang", typed)
    seen = cases.draft(who, draft.token)
    assert (seen.data, seen.revision) == (draft.data, draft.revision)
    assert seen.parked is not None
    assert seen.parked.step == "umfang"
    assert seen.parked.raw == {"umfang": ("erweitert",), "zweck": ("Miete", "x" * 100_000)}
    saved = cases.save_step(who, draft.token, "umfang", PAGE, draft.revision)
    assert saved.draft.parked is None


def test_what_no_person_types_is_not_parked_at_all(office, begun):
    who, draft = begun
    cases.park(visitor(office), draft.token, "umfang", {"zweck": ["x" * 1_000_000]})
    assert cases.draft(who, draft.token).parked is None


def test_parking_is_silent_about_what_is_there(office, begun):
    for token, step in (("a" * 26, "umfang"), ("\x00", "umfang"), (begun[1].token, "gibt-es-nicht")):
        assert cases.park(visitor(office), token, step, PAGE) is None
    assert cases.draft(*(begun[0], begun[1].token)).parked is None


def test_a_submitted_draft_takes_nothing_more_and_its_code_ends(office, residents):
    lena = actor_for(office, residents["lena"])
    draft = cases.start_draft(lena, SERVICE)
    with tenant(office.id):
        Draft.objects.update(data=statements(residents["lena"]))
    code = cases.resume_code(lena, draft.token)
    receipt = cases.submit_draft(lena, draft.token, draft.revision)
    cases.park(visitor(office), draft.token, "umfang", PAGE)
    with pytest.raises(cases.WrongCode):
        cases.resume_draft(visitor(office), code, HERE)
    with pytest.raises(cases.AlreadySubmitted):
        cases.delete_draft(lena, draft.token)
    with pytest.raises(cases.AlreadySubmitted):
        cases.resume_code(lena, draft.token)
    with clock.use(clock.FixedClock(draft.expires_at + timedelta(days=1))):
        seen = cases.draft(lena, draft.token)
        assert (seen.submitted_case, seen.parked) == (receipt.case_token, None)
