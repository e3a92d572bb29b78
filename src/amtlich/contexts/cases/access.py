# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Finding the case somebody may do something with, and doing it although others do something, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from amtlich.contexts.cases.errors import NoSuchCase
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action, may
from amtlich.kernel.ids import is_token
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

Result = TypeVar("Result")
# Each round means that somebody else moved the case in the same moment; a program in full run takes five.
_ROUNDS = 12


def own(actor: Actor, token: str, action: Action) -> Case:
    """The case at this address if the actor may do this, else ``NoSuchCase``. In an open ``tenant()``."""
    found = Case.objects.filter(token=token).first() if is_token(token) else None
    if found is None or not may(actor, action, found):
        raise NoSuchCase
    return found


def in_turn(actor: Actor, token: str, action: Action, act: Callable[[Case], Result]) -> Result:
    """Do ``act`` with the case in one transaction; who was overtaken looks again and then does or refuses.

    ``act`` must decide by the case it is given, because it may be called several times.
    """
    for _ in range(_ROUNDS - 1):
        try:
            with tenant(actor.authority_id):
                return act(own(actor, token, action))
        except log.WrongVersion:
            continue
    with tenant(actor.authority_id):
        return act(own(actor, token, action))
