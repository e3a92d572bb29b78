# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an evaluation leaves behind: which rules applied, which nearly did, and why something is null."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that failed in exactly one cell: what would have to be different. `input` is the column's
    expression.
    """

    rule: str
    input: str
    cell: str


@dataclass(frozen=True, slots=True)
class Step:
    """One decision (or one table run inside it): `table_id` is "" where the decision has no table."""

    decision: str
    table_id: str
    fired: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    null_reasons: tuple[str, ...] = ()
    value: object = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome (a FEEL value, a context where there are several outputs) and the steps to it."""

    outcome: object
    steps: tuple[Step, ...]

    @property
    def null_reasons(self) -> tuple[str, ...]:
        """The reasons of all steps, each once."""
        return tuple(dict.fromkeys(reason for step in self.steps for reason in step.null_reasons))
