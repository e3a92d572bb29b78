# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Receiving an application (§ 22 VwVfG): one transaction with case, first event and job.

A receipt is a promise: it exists only when this transaction is durable, and the same key with the
same statements gives the same receipt, however often it comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from amtlich.contexts.cases import list_entries
from amtlich.contexts.cases.errors import InvalidSubmission, KeyReused, StaleDraft
from amtlich.contexts.cases.models import Case, Draft, Submission
from amtlich.contexts.cases.projection import record
from amtlich.contexts.catalog.api import Package
from amtlich.engines.procedure import EventType
from amtlich.kernel.commitment import canonical_json
from amtlich.kernel.ids import new_reference
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

ADVANCE = "cases.advance"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The confirmation of receipt. ``repeated``: the same submission had arrived before."""

    case_token: str
    reference: str
    service: str
    received_at: datetime
    repeated: bool


def receive(
    actor: Actor, package: Package, data: Mapping[str, Any], key: str, draft: Draft | None
) -> Receipt:
    """Accept the application, or give back the receipt it already has.

    Raises ``InvalidSubmission`` with an error per field, ``KeyReused`` for the same key with other
    statements, ``StaleDraft`` if the draft was changed or sent since it was read. Opens its own
    transactions. ``actor`` must have a holder.
    """
    # First of all: only what is valid has a canonical form that can be compared.
    cleaned = package.form.clean(data)
    if cleaned.errors:
        raise InvalidSubmission(cleaned.errors)
    statements = cleaned.data
    body = body_hash(package.slug, package.version, statements)
    try:
        with tenant(actor.authority_id):
            return _accept(actor, package, statements, key, body, draft)
    except IntegrityError:
        # The key is taken: sent twice, a double click, or a client that never saw our answer.
        earlier = _earlier(actor, key, body)
        if earlier is None:
            raise
        return earlier


def version_received(actor: Actor, slug: str, key: str) -> str | None:
    """The package version under which this service was applied for with this key, if it was."""
    with tenant(actor.authority_id):
        known = Submission.objects.filter(holder_id__in=actor.holders, key=key)
        cases = Case.objects.filter(pk__in=known.values("case_id"), service=slug)
        return cases.values_list("package_version", flat=True).first()


def body_hash(slug: str, version: str, statements: Mapping[str, Any]) -> bytes:
    """What was sent, as 32 bytes: the same statements to the same version give the same."""
    said = {"service": slug, "version": version, "data": statements}
    return hashlib.sha256(canonical_json(said)).digest()


def _earlier(actor: Actor, key: str, body: bytes) -> Receipt | None:
    assert actor.holder_id is not None
    with tenant(actor.authority_id):
        found = Submission.objects.filter(holder_id=actor.holder_id, key=key).first()
        if found is None:
            return None
        if bytes(found.body_hash) != body:
            raise KeyReused
        return receipt_of(Case.objects.get(pk=found.case_id), repeated=True)


def _accept(
    actor: Actor,
    package: Package,
    statements: Mapping[str, Any],
    key: str,
    body: bytes,
    draft: Draft | None,
) -> Receipt:
    assert actor.holder_id is not None
    case = Case(
        authority_id=actor.authority_id,
        holder_id=actor.holder_id,
        reference=new_reference(package.reference_prefix),
        service=package.slug,
        package_version=package.version,
        lifecycle=package.lifecycle,
        seq=0,
        head=log.GENESIS,
    )
    Submission.objects.create(
        authority_id=actor.authority_id, holder_id=actor.holder_id, key=key, body_hash=body, case_id=case.pk
    )
    record(
        case,
        EventType.SUBMITTED,
        {
            "package_digest": package.digest,
            "data": dict(statements),
            "level": actor.level.name.lower(),
            "means": actor.means,
            # Null where nobody vouches: the rules send that to a person, never to somebody else's data.
            "agrees_with_login": package.form.agrees_with(statements, actor.identity),
        },
        actor,
    )
    list_entries.enter(case, package, statements)
    if draft is not None:
        # Only the draft as it was read: what another window saved since then must not vanish unsent.
        as_read = Draft.objects.filter(pk=draft.pk, revision=draft.revision, case_id=None)
        if not as_read.update(case_id=case.pk, data={}, earlier=None, parked=None, resume_hash=None):
            raise StaleDraft
    jobs.defer(ADVANCE, lock=str(case.pk), authority_id=str(case.authority_id), case_id=str(case.pk))
    return receipt_of(case, repeated=False)


def receipt_of(case: Case, *, repeated: bool) -> Receipt:
    """The receipt of a case that exists."""
    return Receipt(case.token, case.reference, case.service, case.received_at, repeated)
