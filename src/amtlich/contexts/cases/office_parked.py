# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Jobs that failed five times and were put aside: what they were for, and what somebody can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amtlich.contexts.cases import steps
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import may_see_parked
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.kernel.errors import NotFound
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

_NONE = str(UUID(int=0))
_WORDS: Mapping[str, str] = {
    ADVANCE: "einen Vorgang weiterbringen",
    "cases.lapse": "das Ende einer Frist beachten",
    "mail.send": "eine E-Mail senden",
}


@dataclass(frozen=True, slots=True)
class ParkedJobView:
    """One job that stands still. ``token`` and ``file_number`` are empty if it is for no case."""

    job: int
    what: str
    reason: str
    tries: int
    parked_at: datetime
    token: str
    file_number: str
    can_hand_over: bool


def parked_jobs(actor: Actor) -> tuple[ParkedJobView, ...]:
    """The jobs of the actor's authority that stand still, the oldest first. Names no person.

    Raises ``NotFound`` for who may not see them.
    """
    found = _parked(actor)
    ids = [UUID(one.ids["case_id"]) for one in found if "case_id" in one.ids]
    with tenant(actor.authority_id):
        rows = Case.objects.in_bulk(ids)
    return tuple(_view(one, rows.get(UUID(one.ids.get("case_id", _NONE)))) for one in found)


def try_again(actor: Actor, job: int) -> bool:
    """Put the job back into the queue with its tries forgotten; False if it no longer stands still."""
    return any(one.job_id == job for one in _parked(actor)) and jobs.retry_parked(job)


def hand_over(actor: Actor, job: int) -> bool:
    """Give its case to a person, if the program still has it; False if there is nothing to hand over."""
    for one in _parked(actor):
        if one.job_id == job and one.task == ADVANCE:
            steps.hand_over_parked(actor.authority_id, UUID(one.ids["case_id"]))
            return True
    return False


def _parked(actor: Actor) -> list[jobs.ParkedJob]:
    if not may_see_parked(actor):
        raise NotFound
    return [one for one in jobs.parked() if one.ids.get("authority_id") == str(actor.authority_id)]


def _view(one: jobs.ParkedJob, case: Case | None) -> ParkedJobView:
    return ParkedJobView(
        job=one.job_id,
        what=_WORDS.get(one.task, one.task),
        reason=one.reason,
        tries=one.tries,
        parked_at=one.parked_at,
        token=case.token if case else "",
        file_number=(case.file_number or case.reference) if case else "",
        can_hand_over=one.task == ADVANCE and case is not None and steps.is_the_programs_turn(case),
    )
