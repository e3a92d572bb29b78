# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From an order to documents that are fit to leave: rendered, sealed, checked, stored.

Each file is checked before it leaves: both conformities, the seal against the authority's own
certificate, and the text layer against the data.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError
from pypdf import PdfReader

from amtlich.contexts.catalog.api import NoticeSpec
from amtlich.contexts.proofs import letters, notices
from amtlich.contexts.proofs.errors import CannotBePrinted, ProofsError
from amtlich.contexts.proofs.models import Content, Document
from amtlich.contexts.proofs.orders import IssuedDocument, Order, Refusal
from amtlich.contexts.proofs.queries import revoked
from amtlich.engines.documents import fonts, gate
from amtlich.engines.documents.render import Renderer, RenderError, own_templates
from amtlich.engines.documents.seal import Sealer, SealKey
from amtlich.kernel import clock
from amtlich.kernel.ids import new_check_code
from amtlich.platform import keys
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import authority

PDF = "application/pdf"
JSON = "application/json"


def issue(order: Order) -> tuple[IssuedDocument, ...]:
    """Issue all documents of the order, once: what is stored already is given back.

    Raises ``CannotBePrinted`` if a person must look at the data, ``ProofsError`` if trying again may
    help. Nothing half-made is ever stored. Call it outside ``tenant()``.
    """
    with tenant(order.authority_id):
        existing = _stored(order)
    if existing:
        return existing
    of = authority(order.authority_id)
    made = _make_all(order, of)
    try:
        with tenant(order.authority_id):
            for document, content in made:
                document.save(force_insert=True)
                Content.objects.create(document=document, authority_id=order.authority_id, content=content)
    except IntegrityError:
        # Another worker was faster with the same order; its documents are the ones that count.
        with tenant(order.authority_id):
            existing = _stored(order)
        if not existing:
            raise
        return existing
    return tuple(view(document) for document, _ in made)


def _stored(order: Order) -> tuple[IssuedDocument, ...]:
    found = (
        Document.objects.filter(case_id=order.case_id)
        .select_related("revocation")
        .order_by("-sealed", "notice")
    )
    return tuple(view(document) for document in found)


def view(row: Document) -> IssuedDocument:
    return IssuedDocument(
        id=row.pk,
        notice=row.notice,
        title=row.title,
        language=row.language,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        pages=row.pages,
        sha256=row.sha256,
        sealed=row.sealed,
        check_code=row.check_code,
        issued_at=row.issued_at,
        revoked=revoked(row),
    )


def _make_all(order: Order, of: Authority) -> list[tuple[Document, bytes]]:
    if order.refusal is not None:
        return [_refusal(order, of, order.refusal)]
    specs = order.package.notices_for(order.outcome)
    if not specs:
        raise ProofsError(
            f"Das Paket {order.package.slug} {order.package.version} hat kein Dokument "
            f"für das Ergebnis „{order.outcome}“."
        )
    code = new_check_code()
    made = [_pdf(order, of, notice, code) for notice in specs]
    made.append(_machine_readable(order, of, code))
    return made


def rehearse_refusal(order: Order) -> None:
    """Set the notice without sealing or keeping it. Raises ``CannotBePrinted``, ``ProofsError``."""
    of = authority(order.authority_id)
    assert order.refusal is not None
    data = notices.refusal_data(order, of, order.refusal, new_check_code(), check_page(of))
    _rendered(own_templates(), "bescheid.typ", data)


def _refusal(order: Order, of: Authority, refusal: Refusal) -> tuple[Document, bytes]:
    """The notice of an adverse decision: one letter for all services, in the words of who decided."""
    code, key = new_check_code(), _seal_key(of)
    data = notices.refusal_data(order, of, refusal, code, check_page(of))
    pdf = _rendered(own_templates(), "bescheid.typ", data)
    pdf = _sealed(pdf, key, of, f"{data['meta']['title']} {order.file_number}")
    _check(pdf, "bescheid", notices.texts_to_read_back(data), key, None)
    row = _document(order, "bescheid", pdf, PDF, "bescheid.pdf", data["meta"]["title"], "de")
    row.pages = len(PdfReader(io.BytesIO(pdf)).pages)
    row.sealed, row.check_code = True, code
    return row, pdf


def _rendered(root: Path, template: str, data: Mapping[str, Any]) -> bytes:
    try:
        return _renderer(root).render(template, data)
    except RenderError as error:
        if error.character is not None:
            raise CannotBePrinted(str(error)) from error
        raise ProofsError(str(error)) from error


def _sealed(pdf: bytes, key: SealKey, of: Authority, reason: str) -> bytes:
    label = f"Elektronisches Siegel der {of.name}"
    return _sealer(key).seal(pdf, reason=reason, field_label=label, at=clock.now())


def _pdf(order: Order, of: Authority, notice: NoticeSpec, code: str) -> tuple[Document, bytes]:
    data = letters.certificate_data(order, of, notice, code, check_page(of))
    key = _seal_key(of) if notice.sealed else None
    pdf = _rendered(order.package.notice_root, notice.template, data)
    if key is not None:
        pdf = _sealed(pdf, key, of, f"{notice.title['de']} {order.file_number}")
    # The companion sheets explain; they hold no register data that would have to be read back.
    texts = letters.texts_to_read_back(data) if notice.sealed else (code,)
    _check(pdf, notice.id, texts, key, data.get("attachment"))
    row = _document(order, notice.id, pdf, PDF, f"{notice.id}.pdf", notice.title["de"], notice.lang)
    row.pages = len(PdfReader(io.BytesIO(pdf)).pages)
    if notice.sealed:
        row.sealed, row.check_code = True, code
    return row, pdf


def _check(
    pdf: bytes, notice: str, texts: tuple[str, ...], key: SealKey | None, carried: Mapping[str, Any] | None
) -> None:
    """Refuse a file that is not fit to leave."""
    faults = gate.check(
        pdf,
        texts=texts,
        certificate_pem=key.certificate_pem if key else None,
        attachments={carried["name"]: carried["content"].encode()} if carried else None,
    )
    if faults:
        told = "; ".join(fault.message for fault in faults if fault.kind != gate.FaultKind.TEXT)
        if not told:
            raise CannotBePrinted("; ".join(fault.message for fault in faults))
        # Faults of the text quote the person's data, and this message goes to the log: they stay out.
        raise ProofsError(f"Das Dokument {notice} besteht die Prüfung vor dem Versand nicht: {told}")


def _seal_key(of: Authority) -> SealKey:
    try:
        return keys.seal_key(of)
    except keys.NoSealKey as error:
        raise ProofsError(str(error)) from error


def _machine_readable(order: Order, of: Authority, code: str) -> tuple[Document, bytes]:
    """The § 18a set once more as a file of its own, the same bytes that the PDF carries."""
    content = letters.machine_readable(order, of, code).encode()
    name = f"{order.package.slug}.json"
    return _document(order, "data", content, JSON, name, "Daten für andere Online-Dienste", "de"), content


def _document(
    order: Order, notice: str, content: bytes, media_type: str, filename: str, title: str, language: str
) -> Document:
    return Document(
        authority_id=order.authority_id,
        case_id=order.case_id,
        notice=notice,
        title=title,
        language=language,
        filename=filename,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed=False,
        issued_at=clock.now(),
    )


def check_page(of: Authority) -> str:
    """The address of this authority's check page, as it is printed: the first of its host names."""
    settings = config()
    host = of.hosts[0]
    if settings.mode == "production":
        return f"https://{host}/pruefen"
    return f"http://{host}:{settings.port}/pruefen"


@lru_cache(maxsize=64)
def _renderer(root: Path) -> Renderer:
    return Renderer(root, fonts.prepare(config().fonts))


@lru_cache(maxsize=512)
def _sealer(key: SealKey) -> Sealer:
    return Sealer(key)
