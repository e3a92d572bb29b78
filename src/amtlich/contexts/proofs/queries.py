# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading issued documents. All functions assume an open ``tenant()``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from amtlich.contexts.proofs.models import Content, Document
from amtlich.contexts.proofs.orders import Revoked
from amtlich.contexts.proofs.revocation_reasons import RevocationReason


def sealed_with_code(code: str) -> Document | None:
    """The sealed document that carries this code."""
    return Document.objects.select_related("revocation").filter(check_code=code, sealed=True).first()


def with_digest(digests: Collection[str]) -> Document | None:
    """The document with one of these SHA-256 sums, a sealed one first."""
    found = Document.objects.select_related("revocation").filter(sha256__in=digests)
    return found.order_by("-sealed", "issued_at").first()


def revoked(document: Document) -> Revoked | None:
    """The document's revocation, if there is one; expects it to have been selected."""
    found = getattr(document, "revocation", None)
    return Revoked(found.at, RevocationReason(found.reason)) if found else None


def content(case_id: UUID, document_id: UUID) -> tuple[Document, bytes] | None:
    """A document of this case with its bytes, or None: foreign, missing and erased look alike."""
    found = (
        Content.objects.select_related("document").filter(pk=document_id, document__case_id=case_id).first()
    )
    return (found.document, bytes(found.content)) if found else None


def of_case(case_id: UUID, ids: Collection[UUID]) -> list[Document]:
    """The documents of the case with these ids that can still be fetched, the sealed one first."""
    kept = Document.objects.select_related("revocation").filter(
        case_id=case_id, pk__in=ids, content__isnull=False
    )
    return list(kept.order_by("-sealed", "language", "notice"))


def digests(case_ids: Collection[UUID]) -> Iterable[tuple[UUID, UUID, str]]:
    """Case, document and SHA-256 of all documents in the book of these cases, erased or not."""
    return list(Document.objects.filter(case_id__in=case_ids).values_list("case_id", "pk", "sha256"))
