# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Showing what the register holds before anything is sent (§ 5 EGovG: preview and choice)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from amtlich.contexts.cases import drafts
from amtlich.contexts.cases.statement import resident_query
from amtlich.contexts.catalog.api import package
from amtlich.contexts.registers import api as registers
from amtlich.platform.accounts import Actor


@dataclass(frozen=True, slots=True)
class Preview:
    """The register's record, or nothing. Why there is nothing is never told: all reasons look alike."""

    record: registers.ResidentRecord | None
    fetched_at: datetime | None


NOTHING = Preview(None, None)
# A page does not wait for a slow register: the job fetches the data anyway.
PATIENCE_SECONDS = 2.0


def preview(actor: Actor, token: str) -> Preview:
    """What the register holds on the person of this draft, journalled before it is shown.

    Shown only if the log-in is sure enough and vouches for the very person that the form names,
    exactly one record matches and nothing blocks it. Raises ``NoSuchDraft``.
    """
    draft = drafts.draft(actor, token)
    of = package(draft.service, draft.version)
    cleaned = of.form.clean(draft.data)
    statements = cleaned.data
    if draft.submitted_case or actor.level < of.min_level or cleaned.errors or not of.evidence:
        return NOTHING
    if not of.form.agrees_with(statements, actor.identity):
        return NOTHING
    spec = of.evidence[0]
    answer = registers.fetch_resident(
        actor.authority_id,
        resident_query(of, spec, statements),
        actor=actor,
        case_id=None,
        purpose=f"{spec.purpose} (Vorschau vor dem Absenden)",
        legal_basis=spec.legal_basis_for(statements),
        fields=spec.fields_for(statements),
        query_id=str(uuid4()),
        subject_holder_id=actor.holder_id,
        patience=PATIENCE_SECONDS,
    )
    if isinstance(answer, registers.Found):
        return Preview(answer.record, answer.fetched_at)
    return NOTHING
