# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Puts the people of a demonstration town into the built-in register."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from uuid import UUID

from django.db import connection

from amtlich.contexts.registers.demo.people import Settled, invent, settle
from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.demo.streets import MUSTERSTADT, TOWNS
from amtlich.contexts.registers.errors import RegistersError
from amtlich.kernel.errors import BadInput
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import authority

_BATCH = 2000
# COPY FROM is refused by PostgreSQL where row-level security is in force, also for rows of one's own;
# arrays in one statement come close to its speed.
_INSERT = """
    INSERT INTO registers_resident
        (id, authority_id, record, status, blocked, match_family, match_given, match_birth, match_place)
    SELECT gen_random_uuid(), %s, record, status, blocked, family, given, birth, place
    FROM unnest(%s::jsonb[], %s::text[], %s::boolean[], %s::text[], %s::text[], %s::text[], %s::text[])
        AS town (record, status, blocked, family, given, birth, place)
"""


def populate_demo(authority_id: UUID, residents: int = 20_000, seed: int = 1) -> int:
    """Fill the authority's built-in register with ``residents`` people, the hard ones among them.

    An authority whose slug is that of a demonstration town gets that town's people, any other those of
    Musterstadt. Does nothing if the register has residents already. Returns how many it has afterwards.
    Raises ``RegistersError`` in production, where made-up people have no place in a register.
    """
    if config().mode == "production":
        raise RegistersError(
            "Made-up residents are refused in production mode. "
            "Start a demonstration in a home folder of its own."
        )
    town = TOWNS.get(authority(authority_id).slug, MUSTERSTADT)
    named = [settle(one.record, one.status, blocked=one.blocked) for one in demo_residents(town.slug)]
    if residents < len(named):
        raise BadInput(f"populate_demo: {town.name} needs at least {len(named)} residents, not {residents}")
    with tenant(authority_id), connection.cursor() as cursor:
        # Two processes that start at once must not settle the town twice.
        one_at_a_time(f"registers.demo:{authority_id}")
        cursor.execute("SELECT count(*) FROM registers_resident")
        (present,) = cursor.fetchone()
        if present:
            return int(present)
        taken = frozenset(one.keys for one in named)
        crowd = invent(town, residents - len(named), seed, taken)
        for batch in _batches(chain(named, crowd)):
            cursor.execute(_INSERT, [authority_id, *_columns(batch)])
    return residents


def _batches(people: Iterable[Settled]) -> Iterator[list[Settled]]:
    rest = iter(people)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _columns(people: list[Settled]) -> list[list[str] | list[bool]]:
    return [
        [json.dumps(one.record.to_json(), ensure_ascii=False) for one in people],
        [str(one.status) for one in people],
        [one.blocked for one in people],
        [one.keys.family for one in people],
        [one.keys.given for one in people],
        [one.keys.birth for one in people],
        [one.keys.place for one in people],
    ]
