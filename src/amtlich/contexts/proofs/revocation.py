# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Revoking a document: it stays in the book, and everybody who checks it reads that it no longer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from amtlich.contexts.proofs import queries
from amtlich.contexts.proofs.errors import NoSuchDocument, RevocationRefused
from amtlich.contexts.proofs.models import Document, Revocation
from amtlich.contexts.proofs.revocation_reasons import RevocationReason
from amtlich.kernel import clock
from amtlich.kernel.ids import normalise_check_code
from amtlich.platform.tenancy import tenant

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document as the authority's own people see it. It names nobody but who revoked it."""

    authority_id: UUID
    code: str
    title: str
    issued_at: datetime
    pages: int | None
    sha256: str
    revoked_at: datetime | None = None
    reason: RevocationReason | None = None
    revoked_by: str = ""


def revoke(authority_id: UUID, code: str, reason: RevocationReason, by: str) -> DocumentStatus:
    """Revoke the document with this code; a second call changes nothing and tells the first one.

    ``by`` is the person who answers for it. Raises ``NoSuchDocument`` and ``RevocationRefused``.
    """
    person = " ".join(by.split())
    if not person or len(person) > _LONGEST_NAME or not person.isprintable():
        raise RevocationRefused("Nennen Sie, wer widerruft: Vorname und Name, höchstens 120 Zeichen.")
    try:
        with tenant(authority_id):
            document = _sealed(code)
            if queries.revoked(document) is None:
                Revocation.objects.create(
                    authority_id=authority_id,
                    document=document,
                    at=clock.now(),
                    reason=reason.value,
                    by=person,
                )
    except IntegrityError:
        pass  # somebody else was faster with the same document; theirs is told below
    return status(authority_id, code)


def status(authority_id: UUID, code: str) -> DocumentStatus:
    """The document with this code; raises ``NoSuchDocument``."""
    with tenant(authority_id):
        document = _sealed(code)
    found: Revocation | None = getattr(document, "revocation", None)
    return DocumentStatus(
        authority_id=authority_id,
        code=document.check_code,
        title=document.title,
        issued_at=document.issued_at,
        pages=document.pages,
        sha256=document.sha256,
        revoked_at=found.at if found else None,
        reason=RevocationReason(found.reason) if found else None,
        revoked_by=found.by if found else "",
    )


def _sealed(code: str) -> Document:
    canonical = normalise_check_code(code)
    found = queries.sealed_with_code(canonical) if canonical else None
    if found is None:
        raise NoSuchDocument(code)
    return found
