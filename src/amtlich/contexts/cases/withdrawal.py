# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Withdrawing an application: its effect is immediate and final; a new one can be made at any time."""

from __future__ import annotations

from amtlich.contexts.cases import happenings
from amtlich.contexts.cases.access import in_turn
from amtlich.contexts.cases.errors import MovedOn
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import record, state_of
from amtlich.contexts.cases.texts import REASON_CHARACTERS, cleaned
from amtlich.engines.procedure import EventType, ForbiddenTransition, Phase, State
from amtlich.platform.accounts import Actor


def standing(state: State) -> str:
    """What the page that asks for confirmation knew: a withdrawal counts for what was seen."""
    return f"{state.request.seq}-{state.request.status}" if state.request else "0"


def withdraw(actor: Actor, token: str, reason: str = "", seen: str | None = None) -> bool:
    """Withdraw the application; True if it was withdrawn before. ``reason`` may be empty.

    ``seen`` is the ``standing`` of the page (None: whatever it is). Raises ``NoSuchCase``, ``TextWrong``,
    and ``MovedOn`` if the case is decided, or if somebody answered since the page was made.
    """
    (text,) = cleaned([reason], longest=REASON_CHARACTERS, missing=None)

    def act(case: Case) -> bool:
        state = state_of(case)
        if state.phase is Phase.WITHDRAWN:
            return True
        if seen is not None and seen != standing(state):
            raise MovedOn(happenings.instead(state))
        try:
            record(case, EventType.WITHDRAWN, {"reason": text}, actor)
        except ForbiddenTransition:
            raise MovedOn(happenings.instead(state)) from None
        return False

    return in_turn(actor, token, Action.WITHDRAW, act)


def possible(state: State) -> bool:
    """Whether the application can still be withdrawn."""
    return state.phase in (Phase.RECEIVED, Phase.UNDER_REVIEW, Phase.READY_TO_DECIDE)
