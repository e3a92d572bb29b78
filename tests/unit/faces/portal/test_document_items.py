# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Documents in a list, and the code that leads to their check page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
import segno

from amtlich.contexts.proofs.api import IssuedDocument, RevocationReason, Revoked
from amtlich.faces.portal import document_items, language
from amtlich.kernel.sentence import Language

_SEALED = IssuedDocument(
    id=UUID(int=7),
    notice="bescheinigung",
    title="Meldebescheinigung",
    language="de",
    filename="Meldebescheinigung.pdf",
    media_type="application/pdf",
    size=44_120,
    pages=1,
    sha256="0" * 64,
    sealed=True,
    check_code="7XK4-M2QD-T9RP",
    issued_at=datetime(2026, 11, 25, tzinfo=UTC),
)


def test_sealed_document_says_what_it_is_and_leads_to_its_check() -> None:
    item = document_items.document_item("abc", _SEALED, "https://amt.example/pruefen/")
    assert item.facts == "PDF, 44 kB, 1 Seite, barrierefrei, gesiegelt"
    assert item.address == f"/vorgaenge/abc/dokumente/{UUID(int=7)}/"
    assert "<svg" in item.qr


def test_companion_sheet_has_no_code_and_names_its_language() -> None:
    sheet = replace(_SEALED, sealed=False, check_code="", language="en", pages=2)
    item = document_items.document_item("abc", sheet, "https://amt.example/pruefen/")
    assert (item.lang, item.qr, item.check_code) == ("en", "", "")
    assert item.facts == "PDF, 44 kB, 2 Seiten, barrierefrei, ohne Siegel, nur zum Lesen"


def test_easy_german_is_german_to_a_screen_reader() -> None:
    sheet = replace(_SEALED, sealed=False, check_code="", language="leicht")
    assert document_items.document_item("abc", sheet, "").lang == "de"


def test_a_revoked_document_says_since_when_and_why() -> None:
    gone = replace(_SEALED, revoked=Revoked(datetime(2026, 11, 26, 9, tzinfo=UTC), RevocationReason.REPLACED))
    item = document_items.document_item("abc", gone, "")
    assert item.revoked == "Widerrufen am 26. November 2026: Es gibt ein neues Dokument."


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        ("leicht", "PDF, 44 kB, 1 Seite, auch zum Vor·lesen, mit Siegel"),
        ("en", "PDF, 44 kB, 1 page, accessible, sealed"),
    ],
)
def test_facts_speak_the_form_of_the_page(form: Language, facts: str) -> None:
    with language.use(form):
        assert document_items.document_item("abc", _SEALED, "").facts == facts


def test_foreign_parts_are_marked_on_an_english_page() -> None:
    with language.use("en"):
        item = document_items.document_item("abc", _SEALED, "")
    assert item.title == '<span lang="de">Meldebescheinigung</span>'


@pytest.mark.parametrize(
    "address", ["https://amt.example/pruefen/7XK4-M2QD-T9RP", "http://localhost:8000/pruefen/X"]
)
def test_drawn_qr_code_has_exactly_the_dark_modules(address: str) -> None:
    drawn = document_items.qr(address)
    path = re.findall(r'd="([^"]*)"', drawn)[1]
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
        for step in range(int(width))
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert dark == {(x, y) for y, line in enumerate(matrix) for x, value in enumerate(line) if value}
