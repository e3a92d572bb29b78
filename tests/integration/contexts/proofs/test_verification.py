# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Checking a file: what was issued is known by its bytes, everything else is told apart and explained."""

import threading
from dataclasses import replace
from uuid import UUID

import pytest
from tests.doubles import hostile_pdfs

from amtlich.contexts.cases import api as cases
from amtlich.contexts.proofs import api as proofs
from amtlich.contexts.proofs.api import CheckState, Finding
from amtlich.engines.documents.inspection import Inspection

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_the_very_bytes_are_valid_and_nobody_is_named(office, issued):
    found = proofs.verify_file(office.id, issued.pdf)
    assert (found.state, found.finding) == (CheckState.VALID, Finding.BYTES)
    assert (found.title, found.code, found.pages) == ("Meldebescheinigung", issued.code, 1)
    assert "Brückner" not in repr(found)


def test_a_known_file_is_never_read(office, issued, monkeypatch):
    monkeypatch.setattr(proofs._verification.reading_room, "inspect", _refuse_to_read)
    assert proofs.verify_file(office.id, issued.pdf).state is CheckState.VALID
    assert proofs.verify_file(office.id, hostile_pdfs.appended_to(issued.pdf)).state is CheckState.CHANGED


def _refuse_to_read(pdf):
    raise AssertionError("read although its bytes are known")


def test_one_flipped_byte_breaks_the_seal(office, issued):
    spot = issued.pdf.index(b"/MediaBox") + 12
    changed = issued.pdf[:spot] + b"9" + issued.pdf[spot + 1 :]
    assert changed != issued.pdf
    found = proofs.verify_file(office.id, changed)
    assert (found.state, found.finding) == (CheckState.CHANGED, Finding.SEAL_BROKEN)
    assert found.issued_at == issued.sealed.issued_at
    assert found.sha256 == ""


def test_an_appended_update_is_told_as_such_with_the_time_of_the_original(office, issued):
    found = proofs.verify_file(office.id, hostile_pdfs.appended_to(issued.pdf))
    assert (found.state, found.finding) == (CheckState.CHANGED, Finding.APPENDED)
    assert (found.code, found.issued_at) == (issued.code, issued.sealed.issued_at)


def test_the_same_pages_saved_by_another_program_are_no_original(office, issued):
    found = proofs.verify_file(office.id, hostile_pdfs.saved_again(issued.pdf))
    assert (found.state, found.finding, found.code) == (CheckState.CHANGED, Finding.COPY, issued.code)


def test_our_seal_on_what_is_not_in_the_book_is_not_valid(office, sealed_letter):
    """Sealed with the authority's own key, but never issued: the book is what counts."""
    found = proofs.verify_file(office.id, sealed_letter(office))
    assert (found.state, found.finding) == (CheckState.UNKNOWN, Finding.NOT_IN_BOOK)


def test_a_seal_of_somebody_else_fits_but_is_not_ours(office, other_town, sealed_letter):
    found = proofs.verify_file(office.id, sealed_letter(other_town))
    assert (found.state, found.finding) == (CheckState.UNKNOWN, Finding.SEAL_OF_OTHERS)


def test_a_foreign_seal_over_our_code_is_a_copy(office, other_town, issued, sealed_letter):
    """Who prints our code on a page of their own and seals it gains nothing by it."""
    forged = sealed_letter(other_town, f"Prüfcode {issued.code}")
    found = proofs.verify_file(office.id, forged)
    assert (found.state, found.finding, found.code) == (CheckState.CHANGED, Finding.COPY, issued.code)


def test_another_authority_does_not_know_the_document(office, other_town, issued):
    found = proofs.verify_file(other_town.id, issued.pdf)
    assert (found.state, found.finding) == (CheckState.UNKNOWN, Finding.SEAL_OF_OTHERS)
    assert proofs.verify(other_town.id, issued.code).state is CheckState.UNKNOWN


def test_companion_sheets_are_ours_but_prove_nothing(office, issued):
    sheet = next(item for item in issued.done.case.documents if item.notice == "begleitblatt-leicht")
    content = cases.document(issued.done.actor, issued.done.case.token, UUID(str(sheet.id))).content
    found = proofs.verify_file(office.id, content)
    assert (found.state, found.sealed) == (CheckState.VALID, False)


def test_a_password_is_told_apart(office, issued):
    found = proofs.verify_file(office.id, hostile_pdfs.encrypted(issued.pdf))
    assert (found.state, found.finding) == (CheckState.UNKNOWN, Finding.ENCRYPTED)


@pytest.mark.parametrize(
    "make",
    ["bomb", "bomb_of_bombs", "deep", "endless_pages", "endless_tables", "endless_fields"],
)
def test_hostile_files_are_answered(office, make):
    found = proofs.verify_file(office.id, getattr(hostile_pdfs, make)())
    assert found.state is CheckState.UNKNOWN
    assert found.finding in (Finding.UNREADABLE, Finding.NO_TRACE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "leer"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), "keine PDF-Datei"),
        (b"PK\x03\x04" + bytes(5000), "keine PDF-Datei"),
        (b"%PDF-1.7" + bytes(proofs.LARGEST_FILE), "größer als 5 MB"),
    ],
)
def test_what_is_no_pdf_is_refused_with_a_sentence(office, content, told):
    with pytest.raises(proofs.NoPdf, match=told):
        proofs.verify_file(office.id, content)


def test_a_reader_that_is_killed_has_said_what_it_knew(office, issued, monkeypatch):
    """The findings come line by line: half a line is dropped, the lines before it count."""
    from amtlich.contexts.proofs.adapters import reading_room
    from amtlich.engines.documents.inspection import assembled

    assert assembled(b'{"encrypted": false}\n{"se') == Inspection(complete=False)
    broken_off = replace(Inspection(), complete=False)
    monkeypatch.setattr(reading_room, "inspect", lambda pdf: broken_off)
    found = proofs.verify_file(office.id, hostile_pdfs.deep())
    assert (found.state, found.finding) == (CheckState.UNKNOWN, Finding.UNREADABLE)


def test_a_reader_that_sleeps_is_killed(monkeypatch):
    from amtlich.contexts.proofs.adapters import reading_room

    monkeypatch.setattr(reading_room, "_COMMAND", (reading_room.sys.executable, "-c", _SLEEPS))
    monkeypatch.setattr(reading_room, "WALL_SECONDS", 0.5)
    assert reading_room.inspect(b"%PDF-") == Inspection(encrypted=True, complete=False)


_SLEEPS = "import time; print('{\"encrypted\": true}', flush=True); time.sleep(600)"


def test_a_full_house_refuses_at_once(monkeypatch):
    from amtlich.contexts.proofs.adapters import reading_room

    inside, go_on = threading.Semaphore(0), threading.Event()

    def read(pdf):
        inside.release()
        go_on.wait(30)
        return b""

    monkeypatch.setattr(reading_room, "_read", read)
    readers = [threading.Thread(target=reading_room.inspect, args=(b"",)) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        inside.acquire(timeout=30)
        inside.acquire(timeout=30)
        while reading_room._inside._value:  # all four have come in
            pass
        with pytest.raises(proofs.TooManyChecks):
            reading_room.inspect(b"")
    finally:
        go_on.set()
        for reader in readers:
            reader.join()
    assert reading_room.inspect(b"") == Inspection(complete=False)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{blanks}"])
def test_codes_are_read_as_people_type_them(office, issued, typed):
    code = issued.code
    text = typed.format(
        code, lower=code.lower(), bare=code.replace("-", ""), blanks=" ".join(code.replace("-", ""))
    )
    assert proofs.verify(office.id, text).state is CheckState.VALID
