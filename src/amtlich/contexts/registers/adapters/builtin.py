# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The built-in resident register: a table of this database, one town per authority."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from amtlich.contexts.registers.matching import Candidate, Status, judge, query_keys
from amtlich.contexts.registers.models import Resident
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import Ambiguous, Answer, Blocked, Found, NoMatch, ResidentRecord
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant


class BuiltinRegister:
    """``ResidentRegister`` over the rows of one authority."""

    def __init__(self, authority_id: UUID) -> None:
        self._authority_id = authority_id

    def look_up(self, question: LookUp) -> Answer:
        verdict = judge(self._candidates(question))
        at, query_id = clock.now(), question.query_id
        if verdict.record is not None:
            return Found(verdict.record, at, query_id)
        if verdict.blocked:
            return Blocked(query_id, at)
        if verdict.count:
            return Ambiguous(verdict.count, query_id, at)
        return NoMatch(query_id, at)

    def _candidates(self, question: LookUp) -> list[Candidate]:
        keys = query_keys(question.query)
        with tenant(self._authority_id):
            rows = list(
                Resident.objects.filter(
                    match_family=keys.family,
                    match_birth=keys.birth,
                    match_given=keys.given,
                    match_place=keys.place,
                )
            )
        return [
            Candidate(ResidentRecord.from_json(row.record), cast("Status", row.status), row.blocked)
            for row in rows
        ]
