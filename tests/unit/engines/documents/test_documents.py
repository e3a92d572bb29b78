# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whole documents of all hard residents: rendered, sealed, and judged by others."""

import re
from pathlib import Path

import pypdf
import pytest

from amtlich.engines.documents import fonts, gate
from amtlich.engines.documents.render import Renderer
from amtlich.engines.documents.seal import Sealer, SealKey

from . import samples
from .conftest import AT
from .pdf_tools import layer, pages, pdfsig, pdftotext, without_blanks

COMPANIONS = ("begleitblatt-leicht.typ", "companion-en.typ")


def sealed(renderer: Renderer, sealer: Sealer, data: samples.Data) -> bytes:
    pdf = renderer.render("bescheinigung.typ", data)
    return sealer.seal(pdf, reason="Meldebescheinigung MB-2026-04127", field_label="Siegel", at=AT)


@pytest.mark.parametrize("name", samples.RESIDENTS)
def test_certificate_of_every_hard_resident_passes_all_checks(
    name: str, renderer: Renderer, sealer: Sealer, seal_key: SealKey, tmp_path: Path
) -> None:
    data = samples.certificate(samples.RESIDENTS[name])
    pdf = sealed(renderer, sealer, data)
    attachment = {data["attachment"]["name"]: data["attachment"]["content"].encode()}
    faults = gate.check(
        pdf, texts=samples.texts(data), certificate_pem=seal_key.certificate_pem, attachments=attachment
    )
    assert faults == ()
    assert "Signature is Valid" in pdfsig(pdf, tmp_path)
    assert pages(pdf) == 1
    for text in samples.texts(data):
        assert without_blanks(text) in without_blanks(pdftotext(pdf, tmp_path)), text


@pytest.mark.parametrize("name", samples.RESIDENTS)
@pytest.mark.parametrize("template", COMPANIONS)
def test_companion_sheets_pass_both_profiles_and_name_nobody(
    template: str, name: str, renderer: Renderer
) -> None:
    data = samples.certificate(samples.RESIDENTS[name])
    pdf = renderer.render(template, data)
    known = [samples.CODE, data["check"]["url"], "0123 4567-0"]
    assert gate.check(pdf, texts=known, certificate_pem=None) == ()
    assert without_blanks(data["record"]["family"]) not in without_blanks(layer(pdf))


def test_english_sheet_is_english_for_a_screen_reader_and_explains_what_this_certificate_holds(
    renderer: Renderer, tmp_path: Path
) -> None:
    pdf = renderer.render("companion-en.typ", samples.certificate(samples.RESIDENTS["extended data"]))
    (tmp_path / "sheet.pdf").write_bytes(pdf)
    reader = pypdf.PdfReader(tmp_path / "sheet.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "Your registration certificate"
    text = layer(pdf)
    assert "Place of birth" in text
    assert "Doctorate" not in text
    assert "Page 1 of 1" in text


def test_fc_03_a_single_name_stands_once_and_nothing_stands_for_the_missing_one(renderer: Renderer) -> None:
    for name in ("one name only, no given names", "one name only, empty given names"):
        data = samples.certificate(samples.RESIDENTS[name])
        text = layer(renderer.render("bescheinigung.typ", data))
        assert text.count(data["record"]["family"]) == 1
        assert not re.search(r"None|null|none|Vornamen|  |(^|\s)-(\s|$)", text)
        assert "Das Melderegister enthält nur diesen einen Namen." in text


def test_fc_04_a_partial_birth_date_is_printed_as_the_register_holds_it(renderer: Renderer) -> None:
    for name, born in (
        ("unknown day and month of birth", "00.00.1950"),
        ("unknown day of birth", "00.05.1950"),
    ):
        text = layer(renderer.render("bescheinigung.typ", samples.certificate(samples.RESIDENTS[name])))
        assert f"Geburtsdatum {born}" in text
        assert "01.01." not in text
        assert "nicht bekannt" in text


def test_usual_name_is_named_in_words_also_when_it_is_not_the_first(renderer: Renderer) -> None:
    record = samples.RESIDENTS["name of 80 letters, particle, five addresses"]
    text = layer(renderer.render("bescheinigung.typ", samples.certificate(record)))
    assert "Rufname: Friederike-Charlotte" in text


def test_fc_05_decomposed_letters_are_printed_composed(renderer: Renderer) -> None:
    text = layer(
        renderer.render("bescheinigung.typ", samples.certificate(samples.RESIDENTS["decomposed letters"]))
    )
    assert "M\u00fchle 4" in text
    assert "Zo\u00eb" in text


def test_extended_data_are_rows_of_their_own(renderer: Renderer) -> None:
    text = layer(
        renderer.render("bescheinigung.typ", samples.certificate(samples.RESIDENTS["extended data"]))
    )
    assert "Geburtsort Kiel" in text
    assert re.search(r"Staatsangehörigkeit deutsch[,\s]+polnisch", text)


def test_a_register_record_of_many_addresses_runs_on_to_a_second_page(
    renderer: Renderer, sealer: Sealer, seal_key: SealKey
) -> None:
    many = [{"kind": "secondary", "lines": [f"Weg {n}", f"{10000 + n} Ort"]} for n in range(40)]
    data = samples.certificate({**samples.LENA, "addresses": many})
    pdf = sealed(renderer, sealer, data)
    assert gate.check(pdf, texts=samples.texts(data), certificate_pem=seal_key.certificate_pem) == ()
    assert pages(pdf) == 3


ALL_SEQUENCES = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "Zeichen", date: datetime(year: 2026, month: 11, day: 25))
#set text(font: "Amtlich Sans", fallback: false, lang: "de", size: 12pt)
#for weight in (400, 600) { for s in d.sequences { par(text(weight: weight, "x" + s + "y" + s)) } }
"""


def test_fc_21_every_letter_sequence_of_din_91379_comes_back_in_both_weights(
    tmp_path: Path, font_folder: Path
) -> None:
    (tmp_path / "zeichen.typ").write_text(ALL_SEQUENCES, encoding="utf-8")
    pdf = Renderer(tmp_path, font_folder).render("zeichen.typ", {"sequences": fonts.SEQUENCES})
    assert len(fonts.SEQUENCES) == 131
    expected = [f"x{s}y{s}" for s in fonts.SEQUENCES] * 2
    assert layer(pdf).split() == expected
    assert pdftotext(pdf, tmp_path).split() == expected
