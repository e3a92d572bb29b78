# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What shall be issued, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amtlich.contexts.catalog.api import Package
from amtlich.contexts.proofs.revocation_reasons import RevocationReason
from amtlich.kernel.person import Address


@dataclass(frozen=True, slots=True)
class Evidence:
    """A register's answer as a document shows it."""

    record: Mapping[str, Any]
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the notice of an adverse decision says (§§ 37, 39 VwVfG). ``heard``: how the hearing ended.

    ``waived_by``: the exception of § 28 VwVfG that was recorded, by its key.
    """

    decided_by: str
    reasons: str
    norms: tuple[str, ...]
    received_at: datetime
    heard: str
    waived_by: str = ""
    name: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """All that the documents of one decision are made from; nothing else flows into them."""

    authority_id: UUID
    case_id: UUID
    file_number: str
    outcome: str
    decided_at: datetime
    package: Package
    statements: Mapping[str, Any]
    evidence: Mapping[str, Evidence]
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Revoked:
    """That a document no longer holds: since when and why. Who said so is the authority's business."""

    at: datetime
    reason: RevocationReason


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A document that exists. ``revoked`` is None while it holds."""

    id: UUID
    notice: str
    title: str
    language: str
    filename: str
    media_type: str
    size: int
    pages: int | None
    sha256: str
    sealed: bool
    check_code: str
    issued_at: datetime
    revoked: Revoked | None = None
