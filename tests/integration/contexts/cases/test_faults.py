# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What goes wrong around a case: nothing is lost, the citizen is told, it goes on by itself."""

import errno
from types import SimpleNamespace

import pytest
from django.db import connections
from tests.doubles.applicants import pdf_of
from tests.doubles.register_server import FakeRegister, Mode, demo_entries

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import steps
from amtlich.contexts.cases.models import Case
from amtlich.contexts.proofs import issue as issuing
from amtlich.contexts.proofs.models import Document
from amtlich.contexts.registers import directory
from amtlich.engines.documents import gate
from amtlich.engines.documents.render import Renderer
from amtlich.platform import jobs, keys
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def run_due() -> None:
    """Make what waits due, and run it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    jobs.run_pending()


@pytest.fixture
def outside(office):
    """The authority asks an outside register over HTTP."""
    directory.forget_breakers()
    with FakeRegister(demo_entries()) as register:
        office.register_kind, office.register_url = "http", register.url
        office.save(using="owner")
        yield register
    directory.forget_breakers()


@pytest.mark.parametrize(
    "mode", [Mode.ERROR, Mode.GARBAGE, Mode.TRUNCATED, Mode.NOTHING, Mode.WRONG_PERSON, Mode.WRONG_QUERY]
)
def test_a_register_that_fails_makes_the_case_wait_and_go_on_by_itself(outside, residents, apply_as, mode):
    outside.mode = mode
    waiting = apply_as(residents["lena"])
    assert waiting.case.waiting_on == "register"
    assert "Wir warten auf das Melderegister" in waiting.case.sentence
    for _ in range(7):  # more than five: an outside system that is down is no try
        run_due()
    assert not jobs.parked()
    events = [event.type for event in cases.events(waiting.actor, waiting.case.token)]
    assert events.count("evidence_awaited") == 1
    outside.mode = Mode.OK
    directory.forget_breakers()
    run_due()
    case = cases.case(waiting.actor, waiting.case.token)
    assert case.step == "decided"
    assert len(case.accesses) == 1


def test_fc24_an_outside_register_is_asked_under_one_number(outside, residents, apply_as):
    outside.mode = Mode.ERROR
    waiting = apply_as(residents["lena"])
    outside.mode = Mode.OK
    directory.forget_breakers()
    run_due()
    assert cases.case(waiting.actor, waiting.case.token).step == "decided"
    assert len(outside.asked()) == 1


def test_a_poison_job_is_parked_after_five_tries_for_a_person(office, residents, apply_as, monkeypatch):
    tries = []

    def broken(*_args):
        tries.append(1)
        raise ValueError("Fehler in unserem Programm")

    monkeypatch.setattr(steps, "_register", broken)
    waiting = apply_as(residents["lena"])
    for _ in range(8):
        run_due()
    assert len(tries) == 5
    (parked,) = jobs.parked()
    assert "ValueError" in parked.reason
    case = cases.case(waiting.actor, waiting.case.token)
    assert case.waiting_on == "office"
    assert "Eine Person im Amt" in case.sentence


def test_a_disk_that_is_full_while_rendering_is_no_try_and_leaves_nothing_half_made(
    office, residents, apply_as, monkeypatch
):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Renderer, "render", full)
    waiting = apply_as(residents["lena"])
    for _ in range(7):
        run_due()
    assert not jobs.parked()
    with tenant(office.id):
        assert Document.objects.count() == 0
    monkeypatch.undo()
    run_due()
    assert cases.case(waiting.actor, waiting.case.token).step == "decided"


def test_fc21_a_record_that_no_font_can_print_goes_to_a_person_at_once(office, outside, residents, apply_as):

    def odd(record):
        return {**record, "geburtsort": "北京"}

    outside.shape = odd
    done = apply_as(residents["lena"], umfang="erweitert", zusatz=["geburtsort"])
    assert done.case.waiting_on == "office"
    assert done.case.documents == ()
    assert not jobs.parked()
    with tenant(office.id):
        handed_over = log.read(Case.objects.get(token=done.case.token).pk)[-1]
    assert "U+5317" in handed_over.payload["detail"]  # the office learns which character it is


def test_what_is_notified_stays_so_though_our_book_keeping_fails(office, residents, apply_as, monkeypatch):
    def broken(*_args):
        raise ValueError("Fehler in unserem Programm")

    monkeypatch.setattr(steps, "_close", broken)
    done = apply_as(residents["lena"])
    for _ in range(8):
        run_due()
    assert len(jobs.parked()) == 1
    case = cases.case(done.actor, done.case.token)
    assert (case.phase, case.waiting_on) == ("notified", "nobody")
    assert pdf_of(SimpleNamespace(actor=done.actor, case=case))
    monkeypatch.undo()
    steps.hand_over_parked(office.id, _id_of(office, case))  # told again: nothing to do
    assert cases.case(done.actor, done.case.token).phase == "notified"


def _id_of(office, case):
    with tenant(office.id):
        return Case.objects.get(token=case.token).pk


def test_no_name_is_in_what_the_log_says_of_a_document_that_fails(office, residents, apply_as, caplog):
    """Two faults at once: the one of the text quotes the register, so it must not reach the log."""
    faults = (
        gate.Fault(gate.FaultKind.TEXT, "„Brückner“ steht nicht Zeichen für Zeichen im Text des PDF."),
        gate.Fault(gate.FaultKind.PROFILE, "Das PDF erfüllt PDF/A-3a nicht."),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(issuing.gate, "check", lambda *_args, **_named: faults)
        waiting = apply_as(residents["lena"])
        for _ in range(6):
            run_due()
    (parked,) = jobs.parked()
    assert "PDF/A-3a" in caplog.text
    for said in (caplog.text, parked.reason, str(parked)):
        assert "Brückner" not in said
        assert "Lindenweg" not in said
    assert cases.case(waiting.actor, waiting.case.token).waiting_on == "office"


def test_a_seal_key_that_is_missing_is_said_with_what_to_do(office, residents, apply_as, monkeypatch, caplog):
    def missing(_authority):
        raise keys.NoSealKey("Der Siegelschlüssel fehlt. Spielen Sie ihn aus der Sicherung zurück.")

    monkeypatch.setattr(keys, "seal_key", missing)
    waiting = apply_as(residents["lena"])
    assert "Spielen Sie ihn aus der Sicherung zurück" in caplog.text
    assert waiting.case.documents == ()
    monkeypatch.undo()
    run_due()
    assert cases.case(waiting.actor, waiting.case.token).step == "decided"


def test_a_file_that_fails_its_check_never_leaves(office, residents, apply_as, monkeypatch):
    class Wrong:
        def __init__(self, key):
            pass

        def seal(self, pdf, **_):
            return pdf[:-200] + b"x" + pdf[-199:]

    monkeypatch.setattr(issuing, "Sealer", Wrong)
    issuing._sealer.cache_clear()
    done = apply_as(residents["lena"])
    monkeypatch.undo()
    issuing._sealer.cache_clear()
    assert done.case.documents == ()
    with tenant(office.id):
        assert Document.objects.count() == 0
    run_due()
    assert cases.case(done.actor, done.case.token).step == "decided"


def test_a_worker_that_dies_behind_the_document_makes_no_second(office, residents, apply_as, monkeypatch):
    real = steps.proofs.issue

    def dies(order):
        real(order)
        raise SystemError("killed between the document and its event")

    monkeypatch.setattr(steps.proofs, "issue", dies)
    waiting = apply_as(residents["lena"])
    with tenant(office.id):
        (code,) = Document.objects.filter(sealed=True).values_list("check_code", flat=True)
    monkeypatch.undo()
    run_due()
    done = cases.case(waiting.actor, waiting.case.token)
    assert [item.check_code for item in done.documents if item.sealed] == [code]


def test_one_flipped_byte_in_the_pdf_is_found(residents, apply_as):
    from amtlich.engines.documents import seal

    pdf = bytearray(pdf_of(apply_as(residents["lena"])))
    assert seal.verify(bytes(pdf)).intact
    pdf[len(pdf) // 2] ^= 1
    assert not seal.verify(bytes(pdf)).intact
