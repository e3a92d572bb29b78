# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which purges there are. Filled while the apps start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from amtlich.kernel.errors import AmtlichError

#: Stands for what belongs to no authority: sessions, jobs.
INSTALLATION = UUID(int=0)


class UpkeepError(AmtlichError):
    """Purges and retention rules do not fit together."""


class Purge(Protocol):
    """One kind of thing that is deleted when its time is over.

    ``before`` is the present moment less the period of the rule: what began to wait then or earlier is due.
    """

    @property
    def name(self) -> str:
        """Its name in the rules, ``owner.what``."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it keeps from growing for ever."""

    @property
    def alias(self) -> str:
        """The database entry of the role that may delete: ``default``, or ``retention`` for payloads."""

    @property
    def only_previewed(self) -> bool:
        """Whether ``purge`` does not exist yet: what is due can be counted, a person has to act."""

    def due(self, before: datetime) -> Mapping[UUID, int]:
        """How many there are, for each authority that has some. Reads as role *system*; changes nothing."""

    def purge(self, authority_id: UUID, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` of one authority, in the open transaction of ``alias``; returns how many.

        It must look at the condition again: what is no longer due by now stays.
        """


_purges: dict[str, Purge] = {}


def register(purge: Purge) -> None:
    """Make it known, once, while the owner's app starts."""
    known = _purges.get(purge.name)
    if known is not None and known != purge:
        raise UpkeepError(f"purge {purge.name!r} is registered twice: give one another name")
    _purges[purge.name] = purge


def find(name: str) -> Purge:
    """The purge of that name. Raises ``UpkeepError``."""
    try:
        return _purges[name]
    except KeyError:
        raise UpkeepError(
            f"no purge {name!r} is registered (known: {', '.join(sorted(_purges)) or 'none'})"
        ) from None


def all_purges() -> list[Purge]:
    return list(_purges.values())
