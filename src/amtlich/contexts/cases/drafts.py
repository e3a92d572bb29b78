# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Drafts: what is typed is kept on every step and never overwritten by a stale tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from amtlich.contexts.cases.errors import AlreadySubmitted, KeyReused, NoSuchDraft, StaleDraft
from amtlich.contexts.cases.models import Case, Draft
from amtlich.contexts.cases.submission import Receipt, receipt_of, receive
from amtlich.contexts.catalog.api import Package, package
from amtlich.engines.forms import FieldError
from amtlich.kernel import clock
from amtlich.kernel.ids import is_token
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its owner sees it. ``submitted_case`` is the case's address once it was sent."""

    token: str
    service: str
    version: str
    data: Mapping[str, Any]
    revision: int
    updated_at: datetime
    expires_at: datetime
    submitted_case: str | None


@dataclass(frozen=True, slots=True)
class StepResult:
    """A page of the form after saving: with errors nothing wrong was stored, ``raw`` is what was typed."""

    draft: DraftView
    errors: tuple[FieldError, ...]
    raw: Mapping[str, tuple[str, ...]]


def start(actor: Actor, current: Package, *, restart: bool) -> DraftView:
    """The open draft of this service, or a new one filled from the log-in; ``restart`` begins anew."""
    assert actor.holder_id is not None, "start needs a holder: accounts.login.ensure_holder(request)"
    now = clock.now()
    with tenant(actor.authority_id):
        _one_at_a_time(actor, current.slug)
        found = _open(actor, current.slug)
        if found is not None and not restart:
            return _view(found)
        if found is not None:
            found.delete()
        made = Draft.objects.create(
            authority_id=actor.authority_id,
            holder_id=actor.holder_id,
            service=current.slug,
            package_version=current.version,
            data=current.form.prefill(actor.identity) if actor.identity else {},
            created_at=now,
            updated_at=now,
            expires_at=current.retention.draft.after(now),
        )
        return _view(made)


def _one_at_a_time(actor: Actor, slug: str) -> None:
    """Hold the door until this transaction ends: a double click must not begin two drafts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft {actor.holder_id} {slug}"]
        )


def open_draft(actor: Actor, slug: str) -> DraftView | None:
    """The draft of this service that waits to be continued, if there is one."""
    with tenant(actor.authority_id):
        found = _open(actor, slug)
        return _view(found) if found else None


def my_drafts(actor: Actor, limit: int = 50) -> tuple[DraftView, ...]:
    """All drafts of the actor that wait to be continued, the last changed first."""
    if not actor.holders:
        return ()
    with tenant(actor.authority_id):
        found = Draft.objects.filter(
            holder_id__in=actor.holders, case_id=None, expires_at__gt=clock.now()
        ).order_by("-updated_at")
        return tuple(_view(row) for row in found[:limit])


def _open(actor: Actor, slug: str) -> Draft | None:
    return (
        Draft.objects.filter(
            holder_id__in=actor.holders, service=slug, case_id=None, expires_at__gt=clock.now()
        )
        .order_by("-updated_at")
        .first()
    )


def _own(actor: Actor, token: str) -> Draft:
    """The draft at this address; assumes an open ``tenant()``."""
    found = Draft.objects.filter(token=token).first() if is_token(token) else None
    if found is None or found.holder_id not in actor.holders or found.expires_at <= clock.now():
        raise NoSuchDraft
    return found


def draft(actor: Actor, token: str) -> DraftView:
    """The draft at this address; raises ``NoSuchDraft``."""
    with tenant(actor.authority_id):
        return _view(_own(actor, token))


def save_step(
    actor: Actor, token: str, step_id: str, raw: Mapping[str, Sequence[str]], revision: int
) -> StepResult:
    """Store what is valid on this page and say what is not.

    Raises ``StaleDraft`` if the draft moved on since ``revision``, ``AlreadySubmitted`` after sending,
    ``NoSuchDraft``, and the form's error for a step that it does not have.
    """
    before = draft(actor, token)
    form = package(before.service, before.version).form
    with tenant(actor.authority_id):
        found = _own(actor, token)
        if found.case_id is not None:
            raise AlreadySubmitted(Case.objects.get(pk=found.case_id).token)
        parsed = form.parse_step(step_id, raw, found.data)
        now = clock.now()
        changed = Draft.objects.filter(pk=found.pk, revision=revision, case_id=None).update(
            data=parsed.data, revision=revision + 1, updated_at=now
        )
        if not changed:
            raise StaleDraft
        found.data, found.revision, found.updated_at = parsed.data, revision + 1, now
        return StepResult(_view(found), parsed.errors, parsed.raw)


def submit(actor: Actor, token: str, revision: int | None) -> Receipt:
    """Send the draft. Sending again (double click, back button) gives the same receipt.

    Raises ``StaleDraft`` if the draft is not, or no longer, the one of ``revision``: what is sent must be
    what the person has checked.
    """
    found, sent = _draft_and_receipt(actor, token)
    if sent is not None:
        return sent
    if revision is not None and revision != found.revision:
        raise StaleDraft
    frozen = package(found.service, found.package_version)
    try:
        return receive(actor, frozen, found.data, f"draft:{token}", found)
    except (StaleDraft, KeyReused):
        # Somebody else of the same person was faster: sent it, then that counts, or only changed it.
        _, sent = _draft_and_receipt(actor, token)
        if sent is None:
            raise
        return sent


def _draft_and_receipt(actor: Actor, token: str) -> tuple[Draft, Receipt | None]:
    """The draft, and what was received if it has been sent."""
    with tenant(actor.authority_id):
        found = _own(actor, token)
        if found.case_id is None:
            return found, None
        return found, receipt_of(Case.objects.get(pk=found.case_id), repeated=True)


def _view(row: Draft) -> DraftView:
    submitted = None
    if row.case_id is not None:
        submitted = Case.objects.values_list("token", flat=True).get(pk=row.case_id)
    return DraftView(
        token=row.token,
        service=row.service,
        version=row.package_version,
        data=row.data,
        revision=row.revision,
        updated_at=row.updated_at,
        expires_at=row.expires_at,
        submitted_case=submitted,
    )
