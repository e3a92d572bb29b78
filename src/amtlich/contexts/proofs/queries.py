# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading issued documents and checking codes. All functions assume an open ``tenant()``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from amtlich.contexts.proofs.models import Content, Document


class CheckState(StrEnum):
    """What is known of a check code."""

    VALID = "valid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to a check code. It names no person: the paper in the hand does."""

    state: CheckState
    code: str
    title: str = ""
    authority_name: str = ""
    issued_at: datetime | None = None
    pages: int | None = None
    sha256: str = ""


def sealed_with_code(code: str) -> Document | None:
    """The sealed document that carries this code."""
    return Document.objects.filter(check_code=code, sealed=True).first()


def content(case_id: UUID, document_id: UUID) -> tuple[Document, bytes] | None:
    """A document of this case with its bytes, or None: foreign, missing and erased look alike."""
    found = (
        Content.objects.select_related("document").filter(pk=document_id, document__case_id=case_id).first()
    )
    return (found.document, bytes(found.content)) if found else None


def of_case(case_id: UUID, ids: Collection[UUID]) -> list[Document]:
    """The documents of the case with these ids that can still be fetched, the sealed one first."""
    kept = Document.objects.filter(case_id=case_id, pk__in=ids, content__isnull=False)
    return list(kept.order_by("-sealed", "language", "notice"))
