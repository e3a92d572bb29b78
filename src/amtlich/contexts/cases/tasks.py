# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The background job of a case. It may run twice: every step looks where the case stands first."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from amtlich.contexts.cases import requests, steps, sweeper
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.platform import jobs


def advance(*, authority_id: str, case_id: str) -> None:
    """Move the case as far as it goes without a person."""
    steps.advance(UUID(authority_id), UUID(case_id))


def parked(ids: Mapping[str, str], reason: str) -> None:
    """The job failed too often and is kept: the case goes to a person, with nothing lost."""
    steps.hand_over_parked(UUID(ids["authority_id"]), UUID(ids["case_id"]))


def lapse(*, authority_id: str, case_id: str, request: str) -> None:
    """The last day for an answer is over."""
    requests.lapse(UUID(authority_id), UUID(case_id), int(request))


def sweep() -> None:
    """Give forgotten cases their jobs again."""
    sweeper.sweep()


def register() -> None:
    """Make the tasks known to the workers."""
    jobs.task(name=ADVANCE)(advance)
    jobs.task(name=requests.LAPSE)(lapse)
    jobs.periodic("* * * * *", name=sweeper.SWEEP)(sweep)
    jobs.on_parked(ADVANCE, parked)
