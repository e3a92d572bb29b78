# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a person of the office decides: granted, refused after a hearing, given back; and who comes second."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from pypdf import PdfReader
from tests.integration.contexts.cases.test_faults import run_due

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import steps
from amtlich.contexts.cases.models import Case, DecisionRecord
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.privacy.api import accesses_for_case
from amtlich.contexts.proofs import api as proofs
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.integrity import run as integrity
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
REASONS = (
    "Wir haben Sie mit diesen Angaben nicht gefunden. Ohne sichere Zuordnung geben wir keine Daten heraus."
)
NORM = "BMG § 18 Abs. 1"
REMEDY = "Gegen diesen Bescheid können Sie innerhalb eines Monats Klage erheben."


@pytest.fixture
def at():
    fixed = clock.FixedClock(datetime.now(UTC))
    with clock.use(fixed):
        yield fixed


@pytest.fixture
def kaya(office):
    office.imprint = {**office.imprint, "remedy": REMEDY}
    office.save(using="owner")
    return Actor("staff", office.id, display_name="Derya Kaya", roles=frozenset({"caseworker"}))


@pytest.fixture
def petrovic(office):
    return Actor("staff", office.id, display_name="Jens Petrović", roles=frozenset({"lead"}))


@pytest.fixture
def ambiguous(apply_as, residents):
    """Two residents agree in all four statements."""
    return apply_as(residents["ali-1"])


def seen(actor, sent) -> cases.OfficeCase:
    return cases.office_case(actor, sent.receipt.case_token)


def row_of(office, sent) -> Case:
    with tenant(office.id):
        return Case.objects.get(token=sent.receipt.case_token)


def text_of(actor, token) -> str:
    notice = next(one for one in cases.case(actor, token).documents if one.sealed)
    content = cases.document(actor, token, notice.id).content
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def is_sound(office, sent) -> bool:
    row = row_of(office, sent)
    with tenant(office.id):
        same = replayed(row) == state_of(row)
    return same and integrity.verify(office.id) == 0


def test_the_office_sees_why_it_came_here_and_who_may_be_meant(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    assert case.why_here
    assert case.candidates is not None
    closest = [one for one in case.candidates if one.differences == 0]
    assert len(closest) == 2
    assert all(not row.differs for row in closest[0].rows if row.differs is not None)
    assert closest[0].key != closest[1].key
    assert case.can.grant
    assert case.can.ask
    assert not case.can.refuse
    assert "§ 28" in case.can.why_not_refuse
    assert case.statements
    assert case.proposal is not None
    assert case.proposal.outcome == "person"


def test_every_view_is_in_the_journal_before_it_is_shown(office, kaya, ambiguous):
    case_id = row_of(office, ambiguous).pk
    before = len(accesses_for_case(office.id, case_id))
    seen(kaya, ambiguous)
    after = accesses_for_case(office.id, case_id)
    assert {(one.who, one.source) for one in after[before:]} == {
        ("Derya Kaya", "Vorgang"), ("Derya Kaya", "Melderegister")
    }  # fmt: skip


def test_a_person_chooses_who_is_meant_and_the_certificate_is_issued(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    (chosen, _) = [one for one in case.candidates if one.differences == 0]
    with pytest.raises(BadInput, match="Wählen Sie die Person"):
        cases.grant(kaya, case.token, version=case.version)
    with pytest.raises(BadInput, match="warum es diese Person ist"):
        cases.grant(kaya, case.token, version=case.version, candidate=chosen.key)
    cases.grant(kaya, case.token, version=case.version, candidate=chosen.key, ground="Ausweis gesehen.")
    jobs.run_pending()
    done = cases.case(ambiguous.actor, case.token)
    assert done.phase == "closed"
    assert not done.refused
    assert not done.decision.automatic
    pdf = next(one for one in done.documents if one.sealed)
    assert proofs.verify(office.id, pdf.check_code).state is proofs.CheckState.VALID
    with tenant(office.id):
        record = DecisionRecord.objects.select_related("decisionpayload").get(mode="human")
    assert record.decisionpayload.payload["human"] == {
        "who": "Derya Kaya", "deviates_from_proposal": True, "ground": "Ausweis gesehen."
    }  # fmt: skip
    assert is_sound(office, ambiguous)


def test_a_record_that_has_changed_since_it_was_seen_is_not_issued(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    with pytest.raises(BadInput, match="im Register geändert"):
        cases.grant(kaya, case.token, version=case.version, candidate="0" * 16, ground="Ausweis gesehen.")
    assert row_of(office, ambiguous).decided_at is None


def test_nothing_is_refused_without_a_hearing_or_the_reason_for_none(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    with pytest.raises(BadInput, match="§ 28"):
        cases.refuse(kaya, case.token, version=case.version, reasons=REASONS, norms=[NORM])
    with pytest.raises(BadInput):
        cases.waive_hearing(kaya, case.token, version=case.version, ground="weil", text="Darum.")
    with pytest.raises(BadInput):
        cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text=" ")
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    again = seen(kaya, ambiguous)
    assert again.can.refuse
    for wrong in ({"reasons": "Nein."}, {"norms": []}, {"norms": ["Art. 1 GG"]}):
        given = {"reasons": REASONS, "norms": [NORM], **wrong}
        with pytest.raises(BadInput):
            cases.refuse(kaya, case.token, version=again.version, **given)


def test_a_refusal_is_a_sealed_notice_with_reasons_name_and_remedy(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    version = seen(kaya, ambiguous).version
    cases.refuse(kaya, case.token, version=version, reasons=REASONS, norms=[NORM])
    jobs.run_pending()
    done = cases.case(ambiguous.actor, case.token)
    assert done.refused
    assert done.sentence == "Wir haben Ihren Antrag abgelehnt."
    (notice,) = done.documents
    assert (notice.notice, notice.sealed) == ("bescheid", True)
    assert proofs.verify(office.id, notice.check_code).state is proofs.CheckState.VALID
    text = " ".join(text_of(ambiguous.actor, case.token).split())
    for told in (
        "Wir lehnen Ihren Antrag ab.",
        REASONS,
        "Entschieden hat Derya Kaya.",
        REMEDY,
        NORM,
        done.file_number,
    ):
        assert told in text, told
    assert "§ 28 Absatz 2 Nummer 3 VwVfG" in text
    assert done.decision.norms == (NORM,)
    assert is_sound(office, ambiguous)


def test_a_hearing_is_answered_and_then_a_person_decides(office, kaya, ambiguous, at):
    case = seen(kaya, ambiguous)
    until = cases.open_hearing(kaya, case.token, version=case.version, text=REASONS, days=14)
    citizens = cases.case(ambiguous.actor, case.token)
    assert citizens.request.hearing
    assert "Wir wollen Ihren Antrag ablehnen" in citizens.sentence
    assert seen(kaya, ambiguous).can.refuse is False
    cases.answer(ambiguous.actor, case.token, citizens.request.seq, ["Ich wohne doch dort."])
    heard = seen(kaya, ambiguous)
    assert (heard.heard, heard.can.refuse) == ("answered", True)
    assert until >= clock.today() + timedelta(days=14)
    cases.refuse(kaya, case.token, version=heard.version, reasons=REASONS, norms=[NORM])
    run_due()
    text = " ".join(text_of(ambiguous.actor, case.token).split())
    assert "Ihre Antwort haben wir berücksichtigt" in text


def test_a_hearing_that_nobody_answers_lapses_and_refuses_nothing_by_itself(office, kaya, ambiguous, at):
    case = seen(kaya, ambiguous)
    cases.open_hearing(kaya, case.token, version=case.version, text=REASONS, days=14)
    at.advance(timedelta(days=20))
    run_due()
    lapsed = seen(kaya, ambiguous)
    assert (lapsed.heard, lapsed.outcome) == ("lapsed", "")
    assert lapsed.can.refuse


def test_without_a_remedy_notice_nothing_is_refused(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    office.imprint = {}
    office.save(using="owner")
    with pytest.raises(BadInput, match="remedy"):
        cases.refuse(kaya, case.token, version=case.version + 1, reasons=REASONS, norms=[NORM])
    assert row_of(office, ambiguous).decided_at is None


def test_fc13_of_two_who_decide_the_second_is_told_who_decided_when(office, kaya, petrovic, ambiguous):
    first, second = seen(kaya, ambiguous), seen(petrovic, ambiguous)
    assert first.version == second.version
    (chosen, _) = [one for one in first.candidates if one.differences == 0]
    cases.grant(kaya, first.token, version=first.version, candidate=chosen.key, ground="Ausweis gesehen.")
    for late in (
        lambda: cases.waive_hearing(
            petrovic, first.token, version=second.version, ground="angaben", text="So."
        ),
        lambda: cases.grant(
            petrovic, first.token, version=second.version, candidate=chosen.key, ground="Auch."
        ),
        lambda: cases.open_hearing(petrovic, first.token, version=second.version, text=REASONS),
        lambda: cases.give_back(petrovic, first.token, version=second.version),
    ):
        with pytest.raises(cases.Overtaken, match="Derya Kaya hat schon entschieden"):
            late()
    jobs.run_pending()
    assert sum(one.sealed for one in cases.case(ambiguous.actor, first.token).documents) == 1


def test_both_saw_each_other(office, kaya, petrovic, ambiguous):
    seen(kaya, ambiguous)
    told = {one.who for one in seen(petrovic, ambiguous).accesses}
    assert {"Derya Kaya", "Jens Petrović"} <= told


def test_a_message_that_came_since_is_read_before_it_is_decided(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.send_message(ambiguous.actor, case.token, "Ich bin umgezogen!", "key-1")
    with pytest.raises(cases.Overtaken, match="eine neue Nachricht"):
        cases.give_back(kaya, case.token, version=case.version)


def test_what_is_given_back_asks_the_register_anew(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    with connections["owner"].cursor() as cursor:  # the register has been put right meanwhile
        cursor.execute("ALTER TABLE registers_resident NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "DELETE FROM registers_resident WHERE ctid = (SELECT max(ctid) FROM registers_resident "
            "WHERE authority_id = %s AND match_family = 'demir' AND match_given = 'ali')",
            [office.id],
        )
        cursor.execute("ALTER TABLE registers_resident FORCE ROW LEVEL SECURITY")
    cases.give_back(kaya, case.token, version=case.version)
    jobs.run_pending()
    assert cases.case(ambiguous.actor, case.token).phase == "closed"
    assert is_sound(office, ambiguous)


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"auditor"}), frozenset({"publisher"})])
def test_who_has_not_the_role_decides_nothing(office, kaya, ambiguous, roles):
    other = Actor("staff", office.id, display_name="Rita Revision", roles=roles)
    case = seen(kaya, ambiguous)
    for act in (
        lambda: cases.give_back(other, case.token, version=case.version),
        lambda: cases.waive_hearing(other, case.token, version=case.version, ground="angaben", text="So."),
        lambda: cases.refuse(other, case.token, version=case.version, reasons=REASONS, norms=[NORM]),
    ):
        with pytest.raises(cases.NoSuchCase):
            act()
    if "auditor" in roles:
        assert not seen(other, ambiguous).can.grant
    else:
        with pytest.raises(cases.NoSuchCase):
            seen(other, ambiguous)


def test_a_foreign_authority_sees_no_case(office, other_town, ambiguous):
    stranger = Actor("staff", other_town.id, display_name="Fremd", roles=frozenset({"lead"}))
    with pytest.raises(cases.NoSuchCase):
        seen(stranger, ambiguous)


def test_what_stands_still_is_shown_to_the_lead_tried_again_or_given_to_a_person(
    office, kaya, petrovic, apply_as, residents, monkeypatch
):
    def fail(case, of):
        raise RuntimeError("kaputt")

    with monkeypatch.context() as broken:
        broken.setattr(steps, "_register", fail)
        sent = apply_as(residents["lena"], work=False)
        for _ in range(6):
            run_due()
    (one,) = cases.parked_jobs(petrovic)
    assert (one.token, one.tries, one.what) == (sent.receipt.case_token, 5, "einen Vorgang weiterbringen")
    assert "kaputt" not in one.reason  # what an exception says may quote data
    with pytest.raises(NotFound):
        cases.parked_jobs(kaya)
    assert cases.try_again(petrovic, one.job + 1) is False
    assert one.can_hand_over is False  # it lies with a person already
    case = seen(petrovic, sent)
    assert "noch einmal versuchen" in case.why_here
    cases.give_back(petrovic, case.token, version=case.version)
    assert cases.try_again(petrovic, one.job) is True
    run_due()
    assert cases.case(sent.actor, sent.receipt.case_token).phase == "closed"
    assert cases.parked_jobs(petrovic) == ()


def test_fc13_of_two_who_press_at_once_one_decides_and_one_notice_leaves(office, kaya, petrovic, ambiguous):
    case = seen(kaya, ambiguous)
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    case = seen(kaya, ambiguous)
    (chosen, _) = [one for one in case.candidates if one.differences == 0]
    start = Barrier(2)

    def refuse():
        start.wait()
        cases.refuse(kaya, case.token, version=case.version, reasons=REASONS, norms=[NORM])

    def grant():
        start.wait()
        cases.grant(
            petrovic, case.token, version=case.version, candidate=chosen.key, ground="Ausweis gesehen."
        )

    def outcome(act):
        try:
            act()
        except cases.Overtaken as late:
            return str(late)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(outcome, (refuse, grant)))
    assert told[0] == ""
    assert "hat schon entschieden" in told[1]
    jobs.run_pending()
    done = cases.case(ambiguous.actor, case.token)
    assert sum(one.sealed for one in done.documents) == 1
    assert done.refused is ("Derya Kaya" in told[1])
    assert is_sound(office, ambiguous)


def test_nobody_decides_while_the_person_may_still_answer(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    (chosen, _) = [one for one in case.candidates if one.differences == 0]
    cases.open_hearing(kaya, case.token, version=case.version, text=REASONS)
    now = seen(kaya, ambiguous)
    for early in (
        lambda: cases.grant(kaya, case.token, version=now.version, candidate=chosen.key, ground="Doch."),
        lambda: cases.waive_hearing(
            kaya, case.token, version=now.version, ground="angaben", text="Geht schneller."
        ),
        lambda: cases.give_back(kaya, case.token, version=now.version),
    ):
        with pytest.raises(cases.Overtaken, match="wartet auf eine Antwort"):
            early()
    assert row_of(office, ambiguous).seq == now.version
    cases.withdraw(ambiguous.actor, case.token)
    with pytest.raises(cases.Overtaken, match="zurückgezogen"):
        cases.give_back(kaya, case.token, version=now.version)


def test_who_asks_or_hears_has_read_what_came_last(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.send_message(ambiguous.actor, case.token, "Ich bin umgezogen!", "key-1")
    for act in (
        lambda: cases.open_hearing(kaya, case.token, version=case.version, text=REASONS),
        lambda: cases.ask(kaya, case.token, ["Wo wohnen Sie?"], 14, version=case.version),
    ):
        with pytest.raises(cases.Overtaken, match="eine neue Nachricht"):
            act()
    assert seen(kaya, ambiguous).request is None


def test_reasons_that_no_font_can_print_are_refused_before_anything_is_decided(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    version = case.version + 1
    with pytest.raises(BadInput, match="nicht gedruckt werden"):
        cases.refuse(kaya, case.token, version=version, reasons=f"{REASONS} \U0001f642", norms=[NORM])
    assert row_of(office, ambiguous).decided_at is None
    cases.refuse(kaya, case.token, version=version, reasons=REASONS, norms=[NORM])


@pytest.mark.parametrize(("key", "note"), [("karsten", "weggezogen"), ("hildegard", "verstorben")])
def test_nobody_is_certified_who_no_longer_lives_here(office, kaya, apply_as, residents, key, note):
    sent = apply_as(residents[key])
    case = seen(kaya, sent)
    (gone,) = [one for one in case.candidates if one.differences == 0]
    assert any(note in said for said in gone.notes)
    with pytest.raises(BadInput, match="nicht mehr hier"):
        cases.grant(kaya, case.token, version=case.version, candidate=gone.key, ground="Ausweis gesehen.")
    assert row_of(office, sent).decided_at is None


def test_who_was_heard_before_the_register_was_asked_anew_is_heard_again(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    cases.waive_hearing(kaya, case.token, version=case.version, ground="angaben", text="Wie beantragt.")
    cases.give_back(kaya, case.token, version=case.version + 1)
    jobs.run_pending()
    again = seen(kaya, ambiguous)
    assert (again.heard, again.can.refuse) == ("", False)
    assert "Derya Kaya" in {one.actor for one in again.timeline}
    assert is_sound(office, ambiguous)


def test_an_answer_by_post_is_entered_and_closes_the_hearing(office, kaya, ambiguous):
    case = seen(kaya, ambiguous)
    with pytest.raises(cases.Overtaken, match="Das geht gerade nicht"):
        cases.enter_answer(kaya, case.token, version=case.version, text="Ja.", channel="post")
    cases.open_hearing(kaya, case.token, version=case.version, text=REASONS)
    asked = seen(kaya, ambiguous)
    assert asked.can.enter_answer
    for wrong in ({"channel": "taube"}, {"text": " "}):
        given = {"text": "Ich wohne dort.", "channel": "post", **wrong}
        with pytest.raises(BadInput):
            cases.enter_answer(kaya, case.token, version=asked.version, **given)
    cases.enter_answer(kaya, case.token, version=asked.version, text="Ich wohne dort.", channel="post")
    now = seen(kaya, ambiguous)
    assert (now.heard, now.can.refuse, now.can.enter_answer) == ("answered", True, False)
    told = cases.case(ambiguous.actor, case.token)
    assert (told.talk[0].mine, told.talk[0].texts, told.talk[0].who) == (True, ("Ich wohne dort.",), "Sie")
    assert told.timeline[0].title == "Das Amt hat Ihre Antwort eingetragen."
    assert told.timeline[0].actor == "Derya Kaya"
    with pytest.raises(cases.MovedOn):
        cases.answer(ambiguous.actor, case.token, asked.request.seq, ["Doch anders."])
    assert is_sound(office, ambiguous)
