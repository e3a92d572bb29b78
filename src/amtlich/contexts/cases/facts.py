# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""All that is known when a case is decided, gathered from its events. Assumes an open ``tenant()``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amtlich.contexts.cases.models import Case
from amtlich.engines.procedure import EventType, EvidenceStatus
from amtlich.kernel.errors import AmtlichError
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.events import log


class FactsErased(AmtlichError):
    """The payload of an event that is needed has been erased; the case can no longer be decided."""


_ANSWERS = frozenset({EventType.EVIDENCE_RECEIVED, EventType.EVIDENCE_CHOSEN})


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """What a register answered. ``record`` only where exactly one was found and may be given out."""

    status: EvidenceStatus
    count: int
    query_id: str
    fetched_at: datetime
    record: Mapping[str, Any] | None

    @property
    def blocked(self) -> bool:
        return self.status is EvidenceStatus.BLOCKED


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a case: statements of the applicant, answers of registers."""

    received_at: datetime
    level: TrustLevel
    agrees_with_login: bool | None
    statements: Mapping[str, Any]
    evidence: Mapping[str, EvidenceFact]


def gather(case: Case) -> Facts:
    """Read the facts from the case's own events; raises ``FactsErased``."""
    events = log.read(case.pk)
    submitted = payload_of(events[0])
    return Facts(
        received_at=case.received_at,
        level=TrustLevel.from_word(submitted["level"]),
        agrees_with_login=submitted["agrees_with_login"],
        statements=submitted["data"],
        evidence={
            said["evidence"]: EvidenceFact(
                status=EvidenceStatus(said["status"]),
                count=said["count"],
                query_id=said["query_id"],
                fetched_at=datetime.fromisoformat(said["fetched_at"]),
                record=said.get("record"),
            )
            # The later answer counts: a register that was asked again, or the record that a person chose.
            for said in (payload_of(event) for event in events if event.type in _ANSWERS)
        },
    )


def payload_of(event: log.StoredEvent) -> Mapping[str, Any]:
    """What the event says; raises ``FactsErased``."""
    if event.payload is None:
        raise FactsErased(f"event {event.id}: its payload has been erased")
    return event.payload


def times_asked(case: Case, evidence: str) -> int:
    """How often the register has answered about this evidence."""
    answers = [event for event in log.read(case.pk) if event.type == EventType.EVIDENCE_RECEIVED]
    return sum(payload_of(event)["evidence"] == evidence for event in answers)
