# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the registers context. Every function opens its own transactions: call it outside of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from amtlich.contexts.privacy.api import AccessEntry, check_access, record_access
from amtlich.contexts.registers.demo.load import populate_demo
from amtlich.contexts.registers.demo.residents import DemoResident, demo_residents
from amtlich.contexts.registers.directory import Health, health_of, register_of
from amtlich.contexts.registers.errors import CallInsideTransaction, RegistersError, UnknownField
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import (
    BASIC_FIELDS,
    EXTENDED_FIELDS,
    FIELD_WORDS_DE,
    FIELDS,
    Ambiguous,
    Answer,
    Blocked,
    Found,
    NearMatch,
    NoMatch,
    RegisteredAddress,
    ResidentQuery,
    ResidentRecord,
    Unavailable,
)
from amtlich.kernel.errors import Forbidden
from amtlich.platform.accounts.actor import Actor, system_actor
from amtlich.platform.tenancy import current_tenant_id
from amtlich.platform.tenancy.registry import authority

__all__ = [
    "BASIC_FIELDS",
    "EXTENDED_FIELDS",
    "FIELDS",
    "FIELD_WORDS_DE",
    "Ambiguous",
    "Answer",
    "Blocked",
    "CallInsideTransaction",
    "DemoResident",
    "Found",
    "Health",
    "NearMatch",
    "NoMatch",
    "RegisteredAddress",
    "RegistersError",
    "ResidentQuery",
    "ResidentRecord",
    "Unavailable",
    "UnknownField",
    "demo_residents",
    "fetch_resident",
    "health",
    "near_matches",
    "populate_demo",
]

SOURCE_DE = "Melderegister"


def fetch_resident(
    authority_id: UUID,
    query: ResidentQuery,
    *,
    actor: Actor | None,
    case_id: UUID | None,
    purpose: str,
    legal_basis: str,
    fields: Sequence[str],
    query_id: str,
    subject_holder_id: UUID | None = None,
    patience: float | None = None,
) -> Answer:
    """Ask the authority's resident register for one person and journal the access.

    The journal entry is on disk before this returns anything but ``Unavailable``; if it cannot be written
    the error is raised and nothing is released. A found record holds the ``fields`` and no more.
    ``actor`` None is the program itself. ``subject_holder_id``: the account whose holder the data is about
    (by default that of an asking citizen). The same ``query_id`` is the same question to an outside
    register, however often it is repeated. ``patience``: seconds that somebody who looks at a page can
    wait; a job leaves it out and waits as long as the register's bound (eight seconds).

    Raises ``CallInsideTransaction`` within a ``tenant()`` or any other transaction, ``UnknownField``,
    ``Forbidden`` for an actor of another authority, ``RegistersError`` for a register that is set up wrongly,
    and ``privacy.IncompleteAccess`` without purpose or legal basis. An outside register that is slow, down
    or talks nonsense is no error but ``Unavailable``.
    """
    if current_tenant_id() is not None or transaction.get_connection().in_atomic_block:
        raise CallInsideTransaction(
            "fetch_resident() must be called outside of tenant() and of any transaction: the access journal "
            "must be durable before the data is released. End the transaction first."
        )
    _check_fields(fields)
    who = actor or system_actor(authority_id)
    if who.authority_id != authority_id:
        raise Forbidden("Die Person handelt für eine andere Behörde. Das Melderegister wurde nicht gefragt.")
    entry = AccessEntry(
        authority_id=authority_id,
        case_id=case_id,
        subject_holder_id=subject_holder_id or (who.holder_id if who.kind == "citizen" else None),
        actor_kind=who.kind,
        actor_id=who.account_id or who.holder_id,
        actor_label=who.display_name,
        source=SOURCE_DE,
        fields=tuple(fields),
        fields_de=tuple(FIELD_WORDS_DE[key] for key in fields),
        purpose=purpose,
        legal_basis=legal_basis,
        query_id=query_id,
    )
    check_access(entry)
    question = LookUp(query, tuple(fields), purpose, legal_basis, query_id, patience)
    answer = register_of(authority(authority_id)).look_up(question)
    if isinstance(answer, Unavailable):
        return answer
    record_access(replace(entry, outcome_count=_count(answer)))
    if isinstance(answer, Found):
        return replace(answer, record=answer.record.only(fields))
    return answer


def near_matches(
    authority_id: UUID,
    query: ResidentQuery,
    *,
    actor: Actor,
    case_id: UUID,
    subject_holder_id: UUID,
    purpose: str,
    legal_basis: str,
    fields: Sequence[str],
) -> tuple[NearMatch, ...] | None:
    """Who may be meant, for a person of the office who decides; journalled under their name first.

    None if the register cannot tell. Raises as ``fetch_resident``; ``Forbidden`` for anybody but staff.
    """
    if current_tenant_id() is not None or transaction.get_connection().in_atomic_block:
        raise CallInsideTransaction("near_matches() must be called outside of tenant() and any transaction.")
    _check_fields(fields)
    if actor.kind != "staff" or actor.authority_id != authority_id:
        raise Forbidden("Das darf nur sehen, wer in diesem Amt entscheidet.")
    entry = AccessEntry(
        authority_id=authority_id,
        case_id=case_id,
        subject_holder_id=subject_holder_id,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_label=actor.display_name,
        source=SOURCE_DE,
        fields=tuple(fields),
        fields_de=tuple(FIELD_WORDS_DE[key] for key in fields),
        purpose=purpose,
        legal_basis=legal_basis,
    )
    check_access(entry)
    question = LookUp(query, tuple(fields), purpose, legal_basis, query_id="")
    found = register_of(authority(authority_id)).near(question)
    if found is None:
        return None
    record_access(replace(entry, outcome_count=len(found)))
    return tuple(replace(one, record=one.record.only(fields)) for one in found)


def health(authority_id: UUID) -> Health:
    """What this process knows of the authority's register, without asking it."""
    return health_of(authority(authority_id))


def _check_fields(fields: Sequence[str]) -> None:
    if unknown := [key for key in fields if key not in FIELD_WORDS_DE]:
        raise UnknownField(
            f"resident register: unknown field(s) {', '.join(unknown)}; possible are {', '.join(FIELDS)}"
        )


def _count(answer: Found | NoMatch | Ambiguous | Blocked) -> int:
    match answer:
        case NoMatch():
            return 0
        case Ambiguous(count=count):
            return count
        case Found() | Blocked():
            return 1
