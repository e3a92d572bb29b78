# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Documents as a list shows them, and the QR code that leads to their check page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from amtlich.contexts.proofs import api as proofs
from amtlich.kernel.words import file_size_de

_LANG = {"leicht": "de"}  # Leichte Sprache is German to a screen reader


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """A document to download; ``facts`` is kind, size, pages and seal in one line."""

    address: str
    title: str
    lang: str
    facts: str
    sealed: bool
    check_code: str
    qr: Markup


def document_item(token: str, document: proofs.IssuedDocument, verify_address: str) -> DocumentItem:
    """A document as the list shows it."""
    kind = {"application/pdf": "PDF", "application/json": "JSON"}.get(document.media_type, "Datei")
    facts = [kind, file_size_de(document.size)]
    if document.pages:
        facts.append("1 Seite" if document.pages == 1 else f"{document.pages} Seiten")
    if document.media_type == "application/pdf":
        facts.append("barrierefrei")
    facts.append("gesiegelt" if document.sealed else "ohne Siegel, nur zum Lesen")
    code = document.check_code
    return DocumentItem(
        address=f"/vorgaenge/{token}/dokumente/{document.id}/",
        title=document.title,
        lang=_LANG.get(document.language, document.language),
        facts=", ".join(facts),
        sealed=document.sealed,
        check_code=code,
        qr=qr(f"{verify_address}{code}") if code else Markup(),
    )


def qr(address: str) -> Markup:
    """The address as a QR code: black on white in every colour scheme, or cameras do not read it."""
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=0)[0]
    path = "".join(
        f"M{left} {top}h{width}v1h-{width}z"
        for top, line in enumerate(code.matrix)
        for left, width in _runs(line)
    )
    return Markup(
        '<svg class="am-qr" role="img" aria-label="QR-Code zur Prüfung dieses Dokuments" '
        'viewBox="-4 -4 {0} {0}"><path fill="#fff" d="M-4-4h{0}v{0}h-{0}z"/><path d="{1}"/></svg>'
    ).format(size + 8, path)


def _runs(line: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for place, dark in enumerate([*line, 0]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            runs.append((start, place - start))
            start = None
    return runs
