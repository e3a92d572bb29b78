# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The built-in resident register: a table of this database, one town per authority."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import cast
from uuid import UUID

from django.db.models import Q

from amtlich.contexts.registers.matching import Candidate, Status, judge, query_keys
from amtlich.contexts.registers.models import Resident
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import (
    Ambiguous,
    Answer,
    Blocked,
    Found,
    NearMatch,
    NoMatch,
    ResidentRecord,
)
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

# Two statements that agree are enough to be shown: who moved, married, or was written down otherwise. The
# same house alone, or the same names alone, would be half the town.
_CLOSE = (("family", "birth"), ("given", "birth"), ("birth", "place"), ("family", "place"))
_MOST_NEAR = 20


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

    def near(self, question: LookUp) -> tuple[NearMatch, ...]:
        keys = query_keys(question.query)
        parts = {"family": keys.family, "given": keys.given, "birth": keys.birth, "place": keys.place}
        pairs = [Q(**{f"match_{one}": parts[one], f"match_{two}": parts[two]}) for one, two in _CLOSE]
        with tenant(self._authority_id):
            rows = list(Resident.objects.filter(reduce(or_, pairs)).order_by("pk")[:_MOST_NEAR])
        found = [
            NearMatch(
                str(row.pk),
                ResidentRecord.from_json(row.record),
                row.status,
                row.blocked,
                frozenset(part for part, key in parts.items() if getattr(row, f"match_{part}") == key),
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda one: (-len(one.agrees), one.status != "current")))

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
