# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the proofs context: documents that prove something, and checking that they do.

Every function opens its own ``tenant()``. Who may read a document is decided where the case is:
``cases.api`` asks its policy first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from amtlich.contexts.proofs import issue as _issue
from amtlich.contexts.proofs import notices, queries
from amtlich.contexts.proofs import revocation as _revocation
from amtlich.contexts.proofs import verification as _verification
from amtlich.contexts.proofs.copies import CopyGroup, CopyRow, CopySheet, print_copy
from amtlich.contexts.proofs.errors import (
    CannotBePrinted,
    NoPdf,
    NoSuchDocument,
    ProofsError,
    RevocationRefused,
    TooManyChecks,
)
from amtlich.contexts.proofs.orders import Evidence, IssuedDocument, Order, Refusal, Revoked
from amtlich.contexts.proofs.revocation import DocumentStatus
from amtlich.contexts.proofs.revocation_reasons import WORDS as REVOCATION_WORDS
from amtlich.contexts.proofs.revocation_reasons import RevocationReason
from amtlich.contexts.proofs.verification import LARGEST_FILE, CheckState, Finding, Verification
from amtlich.kernel.errors import BadInput
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import authority

__all__ = [
    "LARGEST_FILE",
    "REVOCATION_WORDS",
    "CannotBePrinted",
    "CheckState",
    "CopyGroup",
    "CopyRow",
    "CopySheet",
    "DocumentFile",
    "DocumentStatus",
    "Evidence",
    "Finding",
    "IssuedDocument",
    "NoPdf",
    "NoSuchDocument",
    "Order",
    "ProofsError",
    "Refusal",
    "RevocationReason",
    "RevocationRefused",
    "Revoked",
    "TooManyChecks",
    "Verification",
    "check_remedy",
    "digests_of_cases",
    "document_file",
    "document_status",
    "documents_of_case",
    "issue",
    "print_copy",
    "rehearse_refusal",
    "revoke",
    "verify",
    "verify_file",
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


def check_remedy(authority_id: UUID) -> None:
    """Raises ``BadInput`` if the authority has no remedy notice: then nothing can be refused in its name."""
    try:
        notices.remedy_of(authority(authority_id))
    except ProofsError as missing:
        raise BadInput(str(missing)) from None


def rehearse_refusal(order: Order) -> None:
    """Whether the notice of this refusal can be set, before it is decided. Raises ``CannotBePrinted``."""
    _issue.rehearse_refusal(order)


def digests_of_cases(authority_id: UUID, case_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """By case, the SHA-256 in hexadecimal of each document that is in the book, by its id."""
    with tenant(authority_id):
        found: dict[UUID, dict[str, str]] = {}
        for case_id, key, sha256 in queries.digests(case_ids):
            found.setdefault(case_id, {})[str(key)] = sha256
    return found


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
    return _verification.verify_code(authority_id, code)


def verify_file(authority_id: UUID, content: bytes) -> Verification:
    """What this authority knows of a file, of which nothing is kept; see ``proofs.verification``."""
    return _verification.verify_file(authority_id, content)


def revoke(authority_id: UUID, code: str, reason: RevocationReason, by: str) -> DocumentStatus:
    """Revoke a document, once; see ``proofs.revocation``."""
    return _revocation.revoke(authority_id, code, reason, by)


def document_status(authority_id: UUID, code: str) -> DocumentStatus:
    """What the authority's own people see of the document with this code; raises ``NoSuchDocument``."""
    return _revocation.status(authority_id, code)
