# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a case holds on its person, for the copy that they may have (GDPR Art. 15 (3)).

Only whoever holds the case gets it. Looking at what is one's own is no access by others, so the journal
says nothing of it. What would tell of a block on information (§ 51 BMG) is in no copy: a register's
answer is told only once the case is decided and the documents are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amtlich.contexts.cases import facts
from amtlich.contexts.cases.access import own
from amtlich.contexts.cases.models import DecisionRecord
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.queries import CaseView, case
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Statements:
    """What was submitted, as it was frozen: the data of the form, and how sure the log-in was."""

    data: Mapping[str, Any]
    level: str
    means: str
    package_digest: str


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register answered to this case."""

    evidence: str
    fetched_at: datetime
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that it holds. ``statements`` is None once they have been erased."""

    view: CaseView
    statements: Statements | None
    answers_of_registers: tuple[RegisterAnswer, ...]
    decision_record: Mapping[str, Any] | None


def case_file(actor: Actor, token: str) -> CaseFile:
    """The file of a case of one's own; raises ``NoSuchCase`` for everybody else."""
    with tenant(actor.authority_id):
        row = own(actor, token, Action.DOWNLOAD)
        try:
            known = facts.gather(row)
            submitted = facts.payload_of(log.read(row.pk)[0])
        except facts.FactsErased:
            known, submitted = None, {}
        decided = row.notified_at is not None
        record = _record(row.decision_id) if decided and row.decision_id else None
    return CaseFile(
        view=case(actor, token),
        statements=Statements(
            known.statements, known.level.name.lower(), submitted["means"], submitted["package_digest"]
        )
        if known
        else None,
        answers_of_registers=tuple(
            RegisterAnswer(evidence, fact.fetched_at, fact.record)
            for evidence, fact in known.evidence.items()
            if fact.record is not None
        )
        if known and decided
        else (),
        decision_record=record,
    )


def _record(decision_id: str) -> Mapping[str, Any] | None:
    """The decision record as it can be read and evaluated again; None once it has been erased."""
    row = DecisionRecord.objects.select_related("decisionpayload").filter(pk=decision_id).first()
    if row is None or not hasattr(row, "decisionpayload"):
        return None
    return {
        "service": row.service,
        "package_version": row.package_version,
        "package_digest": row.package_digest,
        "engine_version": row.engine_version,
        "decision": row.decision,
        "legal_state_date": row.legal_state_date.isoformat(),
        "decided_at": row.decided_at.isoformat(),
        "mode": row.mode,
        "result": row.outcome,
        **row.decisionpayload.payload,
    }
