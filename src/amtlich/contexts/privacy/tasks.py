# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Upkeep each hour, in whatever worker comes first."""

from __future__ import annotations

import logging

from amtlich.contexts.privacy import upkeep_run
from amtlich.contexts.privacy.errors import ClockWentBack
from amtlich.platform import jobs

log = logging.getLogger(__name__)
UPKEEP = "privacy.upkeep"


def run_upkeep() -> None:
    """Delete what is due. Raises ``UpkeepFailed`` at the end if a rule could not be followed."""
    try:
        outcome = upkeep_run.run()
    except ClockWentBack as refusal:
        # No fault that a further try would mend.
        log.warning("upkeep deletes nothing: %s", refusal)
        return
    if outcome.busy:
        log.info("upkeep is at work elsewhere")
        return
    log.info("upkeep: %s rows%s", outcome.total, "" if outcome.complete else ", goes on in an hour")
    if outcome.failed:
        raise upkeep_run.UpkeepFailed(f"retention rules that failed: {', '.join(outcome.failed)}")


def register() -> None:
    """Make the task known to the workers."""
    jobs.periodic("7 * * * *", name=UPKEEP, time_limit=upkeep_run.PATIENCE + 300)(run_upkeep)
