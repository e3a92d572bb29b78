# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""By when whoever a case waits for should have acted. It follows from the state alone."""

from __future__ import annotations

from datetime import date

from amtlich.contexts.cases.deadlines import working_days_after
from amtlich.engines.procedure import State, WaitingOn
from amtlich.kernel.clock import BERLIN

#: The house's own goal, not a period of law: a person acts within so many working days.
OFFICE_DAYS = 3


def day_of(state: State) -> date | None:
    """The last day for an answer, or the office's own goal; None while no person's time runs."""
    if state.waiting_on is WaitingOn.APPLICANT and state.request is not None:
        return state.request.until
    if state.waiting_on is WaitingOn.OFFICE and state.waiting_since is not None:
        return working_days_after(state.waiting_since.astimezone(BERLIN).date(), OFFICE_DAYS)
    return None
