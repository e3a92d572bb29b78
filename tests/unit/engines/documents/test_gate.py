# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import re

import pytest

from amtlich.engines.documents import gate
from amtlich.engines.documents.gate import FaultKind
from amtlich.engines.documents.render import Renderer
from amtlich.engines.documents.seal import Sealer, SealKey, make_seal_key

from . import samples
from .conftest import AT


@pytest.fixture(scope="module")
def pdf(renderer: Renderer, sealer: Sealer) -> bytes:
    made = renderer.render("bescheinigung.typ", samples.certificate())
    return sealer.seal(made, reason="Meldebescheinigung", field_label="Siegel", at=AT)


def faults(
    pdf: bytes, *texts: str, certificate: bytes | None = None, **files: bytes
) -> list[tuple[str, str]]:
    attachments = {name.replace("_", "."): content for name, content in files.items()}
    found = gate.check(pdf, texts=texts, certificate_pem=certificate, attachments=attachments)
    return [(fault.kind.value, fault.message) for fault in found]


def test_a_good_document_has_no_fault(pdf: bytes, seal_key: SealKey) -> None:
    assert faults(pdf, *samples.texts(samples.certificate()), certificate=seal_key.certificate_pem) == []


def test_the_seal_of_another_authority_is_a_fault(pdf: bytes) -> None:
    other = make_seal_key("Gemeinde Kleinstadt")
    ((kind, message),) = faults(pdf, certificate=other.certificate_pem)
    assert kind == FaultKind.SEAL
    assert "Stadt Musterstadt, elektronisches Siegel (fortgeschritten)" in message


def test_a_missing_seal_is_a_fault(renderer: Renderer, seal_key: SealKey) -> None:
    bare = renderer.render("bescheinigung.typ", samples.certificate())
    ((kind, message),) = faults(bare, certificate=seal_key.certificate_pem)
    assert kind == FaultKind.SEAL
    assert message.startswith("Das Siegel fehlt")


def test_a_flipped_byte_is_a_fault(pdf: bytes, seal_key: SealKey) -> None:
    spot = pdf.index(b"stream\n") + 20
    changed = pdf[:spot] + bytes([pdf[spot] ^ 1]) + pdf[spot + 1 :]
    kinds = {kind for kind, _ in faults(changed, certificate=seal_key.certificate_pem)}
    assert FaultKind.SEAL in kinds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brückner", True), ("Lena Marie", True), ("Lena  Marie", True), ("Bru\u0308ckner", True),
        ("Seestraße 12 a", True), ("§ 18 Absatz 1 Bundesmeldegesetz", True), ("", True),
        ("Bruckner", False), ("Linden", False), ("weg 12", False), ("rückner", False), ("Lindenweg 1", False),
        ("Len", False), ("Marie Lena", False), ("13.02.1989", False), ("LenaMarie", False),
    ],
)  # fmt: skip
def test_texts_are_compared_letter_by_letter_and_as_whole_words(pdf: bytes, text: str, found: bool) -> None:
    assert (faults(pdf, text) == []) is found


def test_a_missing_text_is_quoted(pdf: bytes) -> None:
    assert faults(pdf, "Brüggner") == [
        (FaultKind.TEXT, "„Brüggner“ steht nicht Zeichen für Zeichen im Text des PDF.")
    ]


def test_letters_drawn_by_two_glyphs_come_back_twice_and_are_a_fault(renderer: Renderer) -> None:
    # q with caron is no letter of DIN 91379: the fonts have no glyph of its own for it.
    made = renderer.render("bescheinigung.typ", samples.certificate({**samples.LENA, "family": "q\u030cara"}))
    ((kind, _),) = faults(made, "q\u030cara")
    assert kind == FaultKind.TEXT


def test_an_attachment_that_differs_or_is_missing_is_a_fault(pdf: bytes) -> None:
    content = samples.certificate()["attachment"]["content"].encode()
    assert faults(pdf, meldebescheinigung_json=content) == []
    for wrong in ({"meldebescheinigung_json": content + b" "}, {"bescheid_json": content}):
        ((kind, message),) = faults(pdf, **wrong)
        assert kind == FaultKind.ATTACHMENT
        assert "gleicht nicht den Daten des Vorgangs" in message


def test_a_document_that_breaks_a_profile_is_refused_with_the_rule(renderer: Renderer) -> None:
    bare = renderer.render("bescheinigung.typ", samples.certificate())
    mark = b"/MarkInfo<</Marked true/Suspects false>>"
    broken = bare.replace(mark, b" " * len(mark))
    messages = [message for kind, message in faults(broken) if kind == FaultKind.PROFILE]
    assert any(re.search(r"PDF/UA-1 nicht \([A-Z0-9-]+: ", message) for message in messages)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7\n", b"\x00" * 5000, b"<html>"])
def test_what_is_no_pdf_has_faults_and_raises_nothing(rubbish: bytes, seal_key: SealKey) -> None:
    kinds = [kind for kind, _ in faults(rubbish, "Lena", certificate=seal_key.certificate_pem)]
    assert kinds.count(FaultKind.PROFILE) == 2
    assert FaultKind.SEAL in kinds
    assert FaultKind.TEXT in kinds
