# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who may do what with a case: the one function that pages, API, files and live channel ask."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol
from uuid import UUID

from amtlich.platform.accounts import Actor


class Action(StrEnum):
    """What somebody may want to do with a case."""

    VIEW = "view"
    FOLLOW = "follow"
    DOWNLOAD = "download"
    ADVANCE = "advance"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    WRITE = "write"
    ASK = "ask"
    DECIDE = "decide"
    REPORT_DELIVERY = "report_delivery"


class Owned(Protocol):
    """What the decision rests on: whose case it is, and at which authority it lies."""

    @property
    def authority_id(self) -> UUID: ...
    @property
    def holder_id(self) -> UUID: ...


_OF_THE_HOLDER = frozenset(
    {Action.VIEW, Action.FOLLOW, Action.DOWNLOAD, Action.ANSWER, Action.WITHDRAW, Action.WRITE}
)
# Reading is journalled where it happens.
_OF_READERS = frozenset({Action.VIEW, Action.DOWNLOAD})
_OF_CASEWORKERS = _OF_READERS | {Action.ASK, Action.DECIDE, Action.WRITE, Action.REPORT_DELIVERY}
_OF_STAFF = {
    "caseworker": _OF_CASEWORKERS,
    "lead": _OF_CASEWORKERS,
    "auditor": _OF_READERS,
}


def may_see_parked(actor: Actor) -> bool:
    """Whether the actor may see what stands still at their authority, and set it going again."""
    return actor.kind == "staff" and "lead" in actor.roles


def may(actor: Actor, action: Action, case: Owned) -> bool:
    """Whether the actor may do this. Another authority's case is nobody's, whoever asks."""
    if actor.authority_id != case.authority_id:
        return False
    if actor.kind == "system":
        return True
    if actor.kind == "staff":
        return any(action in _OF_STAFF.get(role, ()) for role in actor.roles)
    return action in _OF_THE_HOLDER and case.holder_id in actor.holders
