# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The check page: what is typed and what is uploaded, answered with a sentence and kept nowhere."""

import logging
import re
import tempfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.doubles import hostile_pdfs
from tests.integration.contexts.proofs.conftest import issued, sealed_letter

from amtlich.contexts.proofs import api as proofs

__all__ = ["issued", "sealed_letter"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

_NAME = "Bescheinigung-Bruckner.pdf"


def said(answer) -> str:
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", " ", main[0])).split())


def send(browser, content, *, field="datei", query="", name=_NAME):
    """As a browser without any cookie: no session, no token."""
    return browser.client.post(f"/pruefen/{query}", {field: SimpleUploadedFile(name, content)})


@pytest.fixture
def stranger(office):
    from tests.integration.faces.portal.conftest import Browser

    return Browser()


def test_the_original_is_valid_without_a_name_a_cookie_or_a_token(stranger, issued):
    answer = send(stranger, issued.pdf)
    assert answer.status_code == 200
    assert "Gültig: Das Dokument ist echt" in said(answer)
    assert "nicht gespeichert" in said(answer)
    assert "Brückner" not in answer.text
    assert _NAME not in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (hostile_pdfs.appended_to, "Später hat jemand etwas angefügt"),
        (hostile_pdfs.saved_again, "Unser Siegel fehlt"),
        (hostile_pdfs.encrypted, "mit einem Passwort geschützt"),
        (lambda pdf: hostile_pdfs.one_page(hostile_pdfs.stream(b"")), "kein Siegel und keinen Prüfcode"),
        (lambda pdf: hostile_pdfs.deep(), "Das können Sie tun"),
    ],
)
def test_everything_else_is_explained_with_what_to_do(stranger, issued, make, told):
    answer = send(stranger, make(issued.pdf))
    assert answer.status_code == 200
    assert told in said(answer)
    assert "Das können Sie tun:" in said(answer)


def test_a_seal_of_somebody_else_is_told_as_such(stranger, other_town, sealed_letter):
    assert "Das Siegel ist gültig, aber nicht von uns" in said(send(stranger, sealed_letter(other_town)))


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("de", "Widerrufen: Es war echt, gilt aber nicht mehr"),
        ("leicht", "Das Dokument gilt nicht mehr"),
        ("en", "Revoked: it was genuine, but is no longer valid"),
    ],
)
def test_a_revoked_document_says_when_and_why_in_every_form(stranger, office, issued, form, told):
    proofs.revoke(office.id, issued.code, proofs.RevocationReason.REPLACED, "Derya Kaya")
    reason = {
        "de": "Es gibt ein neues Dokument.",
        "leicht": "Es gibt ein neues",
        "en": "There is a new document.",
    }
    for answer in (
        stranger.get(f"/pruefen/{issued.code}?sprache={form}"),
        send(stranger, issued.pdf, query=f"?sprache={form}"),
    ):
        assert told in said(answer)
        assert reason[form] in said(answer)
        assert "Kaya" not in answer.text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Die Datei ist leer"),
        (b"\xff\xd8\xff\xe0" + bytes(900), "keine PDF-Datei"),
        (b"%PDF-1.7" + bytes(proofs.LARGEST_FILE), "größer als 5 MB"),
    ],
)
def test_what_cannot_be_checked_is_refused_beside_the_field(stranger, content, told):
    answer = send(stranger, content)
    assert answer.status_code == 422
    assert told in said(answer)
    assert "<title>Fehler: " in answer.text
    assert re.search(r'<input[^>]* id="datei"[^>]* aria-invalid="true"', answer.text)


def test_two_files_a_wrong_field_and_no_file(stranger, issued):
    one, two = (SimpleUploadedFile(name, issued.pdf) for name in ("a.pdf", "b.pdf"))
    both = stranger.client.post("/pruefen/", {"datei": [one, two]})
    assert (both.status_code, "Das waren 2 Dateien" in said(both)) == (422, True)
    for sent in ({"code": "x"}, {}, {"datei": "kein Upload"}):
        answer = stranger.client.post("/pruefen/", sent)
        assert (answer.status_code, "Wählen Sie zuerst" in said(answer)) == (422, True)
    answer = send(stranger, issued.pdf, field="upload")
    assert (answer.status_code, "Wählen Sie zuerst" in said(answer)) == (422, True)
    answer = stranger.client.post("/pruefen/", b"%PDF-1.7", content_type="application/pdf")
    assert (answer.status_code, "Wählen Sie zuerst" in said(answer)) == (422, True)


def test_nothing_of_a_file_is_on_disk_or_in_the_log(stranger, issued, monkeypatch, caplog):
    def refuse(*given, **named):
        raise AssertionError("a temporary file")

    for maker in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, maker, refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)
    big = hostile_pdfs.appended_to(issued.pdf) + b"%" * 3_000_000
    with caplog.at_level(logging.DEBUG):
        assert send(stranger, big).status_code == 200
    assert _NAME not in caplog.text
    assert issued.code not in caplog.text


def test_a_full_house_is_told_as_503(stranger, monkeypatch):
    def full(pdf):
        raise proofs.TooManyChecks

    monkeypatch.setattr(proofs._verification.reading_room, "inspect", full)
    answer = send(stranger, hostile_pdfs.deep())
    assert answer.status_code == 503
    assert "Gerade prüfen viele eine Datei" in said(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("o0K4-M2QD-T9RP", "Sie haben „0 O“ eingegeben"),
        ("7XK4", "kein vollständiger Prüfcode"),
        ("", "Geben Sie den Prüfcode ein"),
        ("x" * 5000, "kein vollständiger Prüfcode"),
    ],
)
def test_a_typed_code_that_is_none_is_explained(stranger, typed, told):
    answer = stranger.client.get("/pruefen/", {"code": typed})
    assert answer.status_code == 422
    assert told in said(answer)


def test_blanks_and_small_letters_are_read(stranger, issued):
    typed = f" {issued.code.lower().replace('-', ' ')} "
    answer = stranger.client.get("/pruefen/", {"code": typed})
    assert answer["Location"] == f"/pruefen/{issued.code}"
    assert "Gültig" in said(stranger.get(answer["Location"]))
