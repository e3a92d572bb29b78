# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The port behind which every resident register stands, built in or foreign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from amtlich.contexts.registers.records import Answer, NearMatch, ResidentQuery


@dataclass(frozen=True, slots=True)
class LookUp:
    """One question to a register. The same ``query_id`` is the same question, however often it is sent.

    ``patience``: seconds that the asker can wait, if less than the register's own bound.
    """

    query: ResidentQuery
    fields: tuple[str, ...]
    purpose: str
    legal_basis: str
    query_id: str
    patience: float | None = None


class ResidentRegister(Protocol):
    """Answers a question about one resident.

    Never raises for a register that is slow, down or talks nonsense: that is ``Unavailable``. A record in
    the answer agrees with the query in all four statements; it may hold more than the fields asked for,
    the door of this context cuts them off.
    """

    def look_up(self, question: LookUp) -> Answer: ...

    def near(self, question: LookUp) -> tuple[NearMatch, ...] | None:
        """Who agrees in at least two of the four statements, the closest first; for a person who decides.

        None if the register cannot tell (an outside one answers for one person only).
        """
