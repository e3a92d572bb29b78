# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who may follow a case while its page is open."""

from __future__ import annotations

from uuid import UUID

from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action, may
from amtlich.kernel.ids import is_token
from amtlich.platform import live
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant


def case_to_follow(actor: Actor, token: str) -> UUID | None:
    """The case behind the address, if this actor may follow it."""
    if not is_token(token):
        return None
    with tenant(actor.authority_id):
        case = Case.objects.filter(token=token).first()
    return case.pk if case is not None and may(actor, Action.FOLLOW, case) else None


def register() -> None:
    """Tell the live channel whom to ask."""
    live.register(case_to_follow)
