# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Running the checks. Outside of any ``tenant()``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from amtlich.kernel import clock
from amtlich.platform.integrity.models import Run
from amtlich.platform.integrity.registry import Check, Report, Tampered, all_checks
from amtlich.platform.tenancy import tenant

log = logging.getLogger(__name__)
_MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class LastRun:
    """What the last run over an authority found; ``ended_at`` is None while it runs or was cut off."""

    began_at: datetime
    ended_at: datetime | None
    rows: int
    found: int
    tampered: tuple[Tampered, ...]


def verify(authority_id: UUID, tell: Callable[[Check, Report], None] = lambda check, report: None) -> int:
    """Run all checks over one authority, remember and log what is wrong; returns how many rows are wrong.

    ``tell`` hears of each check when it is done. Reads only, but for the note about the run.
    """
    began = clock.now()
    _note(authority_id, {"began_at": began, "ended_at": None, "rows": 0, "found": 0, "tampered": []})
    rows, tampered = 0, list[Tampered]()
    for check in all_checks():
        report = Report()
        check.run(authority_id, report)
        rows += report.rows
        tampered += report.tampered
        for one in report.tampered:
            log.error("tampered: %s %s (check %s): %s", one.table, one.row, check.name, one.sentence)
        tell(check, report)
    kept = [asdict(one) for one in tampered[:_MOST_KEPT]]
    _note(authority_id, {"ended_at": clock.now(), "rows": rows, "found": len(tampered), "tampered": kept})
    return len(tampered)


def last_run(authority_id: UUID) -> LastRun | None:
    """What the last run found; None if there was none."""
    with tenant(authority_id):
        found = Run.objects.first()
    if found is None:
        return None
    tampered = tuple(Tampered(**one) for one in found.tampered)
    return LastRun(found.began_at, found.ended_at, found.rows, found.found, tampered)


def _note(authority_id: UUID, values: Mapping[str, object]) -> None:
    with tenant(authority_id):
        Run.objects.update_or_create(authority_id=authority_id, defaults=dict(values))
