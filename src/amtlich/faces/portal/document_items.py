# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Documents as a list shows them, copies of what is one's own, and the QR code to the check page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from amtlich.contexts.cases import api as cases
from amtlich.contexts.proofs import api as proofs
from amtlich.faces.portal import moments
from amtlich.faces.portal.language import _, current, translated
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.words import file_size_in

_LANG = {"leicht": "de"}  # Leichte Sprache is German to a screen reader
_KINDS = {"application/pdf": "PDF", "application/json": "JSON"}
# What is ours and stands in no package; all other titles are those of the documents, in German.
_TITLES: Mapping[str, Sentence] = {"data": Sentence("Daten für andere Online-Dienste")}
# A copy is made when it is asked for, so its size is told beforehand from what it is made of: a page of
# answers is mostly its fonts, and packing leaves about three fifths.
_ANSWERS_SIZE = 30_000
_PACKED = 0.6
_REST_SIZE = 5_000


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """A document to download; ``facts`` is kind, size, pages and seal in one line.

    ``revoked`` says since when and why it no longer holds; empty while it does.
    """

    address: str
    title: Markup | str
    lang: str
    facts: str
    sealed: bool
    check_code: str
    qr: Markup
    revoked: str = ""


def document_item(token: str, document: proofs.IssuedDocument, verify_address: str) -> DocumentItem:
    """A document as the list shows it."""
    pdf = document.media_type == "application/pdf"
    facts = [_KINDS.get(document.media_type, _("Datei")), file_size_in(document.size, current())]
    if document.pages:
        one = document.pages == 1
        facts.append(_("1 Seite") if one else _("{count} Seiten", count=document.pages))
    if pdf:
        facts.append(_("barrierefrei"))
    if document.sealed:
        facts.append(_("gesiegelt"))
    else:
        facts.append(_("ohne Siegel, nur zum Lesen") if pdf else _("ohne Siegel, für Programme"))
    code = document.check_code
    return DocumentItem(
        address=f"/vorgaenge/{token}/dokumente/{document.id}/",
        title=_title(document),
        lang=_LANG.get(document.language, document.language),
        facts=", ".join(facts),
        sealed=document.sealed,
        check_code=code,
        qr=qr(f"{verify_address}{code}") if code else Markup(),
        revoked=_revoked(document.revoked) if document.revoked else "",
    )


def copies(case: cases.CaseView) -> tuple[DocumentItem, ...]:
    """What a person may take along of a case of their own, also while it is running.

    Once the period of retention is over, the statements are gone as the documents are.
    """
    address = f"/vorgaenge/{case.token}/"
    whole = _PACKED * (_ANSWERS_SIZE + sum(document.size for document in case.documents)) + _REST_SIZE
    answers = (
        _copy(
            f"{address}antworten.pdf",
            _("Kopie meiner Angaben"),
            _("PDF, etwa {size}, barrierefrei, ohne Siegel", size=_about(_ANSWERS_SIZE)),
        ),
    )
    file = _copy(
        f"{address}akte.zip",
        _("Kopie meiner Akte"),
        _("ZIP, etwa {size}: Dokumente, Angaben, Verlauf, Zugriffe", size=_about(whole)),
    )
    return (file,) if case.erased else (*answers, file)


def _copy(address: str, title: str, facts: str) -> DocumentItem:
    return DocumentItem(address, title, "de", facts, sealed=False, check_code="", qr=Markup())


def _about(size: float) -> str:
    return file_size_in(max(1, round(size / 10_000)) * 10_000, current())


def _title(document: proofs.IssuedDocument) -> Markup | str:
    if document.notice in _TITLES:
        return translated(_TITLES[document.notice])
    if current() == "en":
        return Markup('<span lang="de">{}</span>').format(document.title)
    return document.title


def _revoked(revoked: proofs.Revoked) -> str:
    reason = translated(proofs.REVOCATION_WORDS[revoked.reason])
    return _("Widerrufen am {day}: {reason}", day=moments.day(revoked.at), reason=reason)


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
        '<svg class="am-qr" role="img" aria-label="{2}" viewBox="-4 -4 {0} {0}">'
        '<path fill="#fff" d="M-4-4h{0}v{0}h-{0}z"/><path d="{1}"/></svg>'
    ).format(size + 8, path, _("QR-Code zur Prüfung dieses Dokuments"))


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
