# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the proofs context: documents that prove something, and checking that they do.

Every function opens its own ``tenant()``. Who may read a document is decided where the case is:
``cases.api`` asks its policy first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from amtlich.contexts.proofs import issue as _issue
from amtlich.contexts.proofs import queries
from amtlich.contexts.proofs.errors import CannotBePrinted, ProofsError
from amtlich.contexts.proofs.orders import Evidence, IssuedDocument, Order
from amtlich.contexts.proofs.queries import CheckState, Verification
from amtlich.kernel.ids import normalise_check_code
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import authority

__all__ = [
    "CannotBePrinted",
    "CheckState",
    "DocumentFile",
    "Evidence",
    "IssuedDocument",
    "Order",
    "ProofsError",
    "Verification",
    "document_file",
    "documents_of_case",
    "issue",
    "verify",
]


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document's bytes and what they are."""

    content: bytes
    filename: str
    media_type: str
    sha256: str


def issue(order: Order) -> tuple[IssuedDocument, ...]:
    """Issue the documents of a decision, once; see ``proofs.issue``."""
    return _issue.issue(order)


def documents_of_case(authority_id: UUID, case_id: UUID, ids: Collection[UUID]) -> tuple[IssuedDocument, ...]:
    """What the case's events say was issued and has not been erased, the sealed document first."""
    with tenant(authority_id):
        return tuple(_issue.view(row) for row in queries.of_case(case_id, ids))


def document_file(authority_id: UUID, case_id: UUID, document_id: UUID) -> DocumentFile | None:
    """The file, or None if this case has no such document (any more)."""
    with tenant(authority_id):
        found = queries.content(case_id, document_id)
    if found is None:
        return None
    document, content = found
    return DocumentFile(content, document.filename, document.media_type, document.sha256)


def verify(authority_id: UUID, code: str) -> Verification:
    """What this authority knows of a typed check code."""
    canonical = normalise_check_code(code)
    if canonical is None:
        return Verification(CheckState.UNKNOWN, code.strip()[:40])
    with tenant(authority_id):
        found = queries.sealed_with_code(canonical)
    if found is None:
        return Verification(CheckState.UNKNOWN, canonical)
    return Verification(
        CheckState.VALID,
        canonical,
        title=found.title,
        authority_name=authority(authority_id).name,
        issued_at=found.issued_at,
        pages=found.pages,
        sha256=found.sha256,
    )
