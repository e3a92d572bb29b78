# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the notice of a refusal says, from the case and the words of who decided."""

from __future__ import annotations

from collections.abc import Sequence

from amtlich.contexts.cases import facts
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.statement import resident_query
from amtlich.contexts.catalog.api import Package
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import EventType
from amtlich.platform.events import log


def refusal_of(
    case: Case, of: Package, *, decided_by: str, reasons: str, norms: Sequence[str]
) -> proofs.Refusal:
    """The notice's content. In an open ``tenant()``. Raises ``FactsErased``."""
    (spec, *_) = of.evidence or (None,)
    query = resident_query(of, spec, facts.gather(case).statements) if spec else None
    return proofs.Refusal(
        decided_by=decided_by,
        reasons=reasons,
        norms=tuple(norms),
        received_at=case.received_at,
        heard=case.heard,
        waived_by=_ground_of_waiver(case) if case.heard == "waived" else "",
        name=" ".join((*query.given, query.family)) if query else "",
        address=query.address if query else None,
    )


def _ground_of_waiver(case: Case) -> str:
    """Under which number of § 28 VwVfG nobody was heard: the last that was recorded."""
    waived = [event for event in log.read(case.pk) if event.type == EventType.HEARING_WAIVED]
    return str(facts.payload_of(waived[-1])["ground"])
