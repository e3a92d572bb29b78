# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Drafts: what is typed is kept on every step and never overwritten by a stale tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amtlich.contexts.cases.draft_view import DraftView, own, view_of
from amtlich.contexts.cases.errors import AlreadySubmitted, KeyReused, StaleDraft
from amtlich.contexts.cases.models import Case, Draft
from amtlich.contexts.cases.submission import Receipt, receipt_of, receive
from amtlich.contexts.catalog.api import Package, package
from amtlich.engines.forms import FieldError
from amtlich.kernel import clock
from amtlich.platform.accounts import Actor
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.tenancy import tenant


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
        # A double click must not begin two drafts.
        one_at_a_time(f"draft {actor.holder_id} {current.slug}")
        found = _open(actor, current.slug)
        if found is not None and not restart:
            return view_of(found)
        if found is not None:
            _empty(found, now)
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
        return view_of(made)


def open_draft(actor: Actor, slug: str) -> DraftView | None:
    """The draft of this service that waits to be continued, if there is one."""
    with tenant(actor.authority_id):
        found = _open(actor, slug)
        return view_of(found) if found else None


def my_drafts(actor: Actor, limit: int = 50) -> tuple[DraftView, ...]:
    """All drafts of the actor that wait to be continued, the last changed first."""
    if not actor.holders:
        return ()
    with tenant(actor.authority_id):
        found = Draft.objects.filter(
            holder_id__in=actor.holders, case_id=None, deleted_at=None, expires_at__gt=clock.now()
        ).order_by("-updated_at")
        return tuple(view_of(row) for row in found[:limit])


def _open(actor: Actor, slug: str) -> Draft | None:
    return (
        Draft.objects.filter(
            holder_id__in=actor.holders,
            service=slug,
            case_id=None,
            deleted_at=None,
            expires_at__gt=clock.now(),
        )
        .order_by("-updated_at")
        .first()
    )


def draft(actor: Actor, token: str) -> DraftView:
    """The draft at this address; raises ``NoSuchDraft``."""
    with tenant(actor.authority_id):
        return view_of(own(actor, token))


def save_step(
    actor: Actor, token: str, step_id: str, raw: Mapping[str, Sequence[str]], revision: int
) -> StepResult:
    """Store what is valid on this page and say what is not.

    Raises ``StaleDraft`` if the draft moved on since ``revision``, ``AlreadySubmitted`` after sending,
    ``NoSuchDraft``, and the form's error for a step that it does not have.
    """
    before = draft(actor, token)
    of = package(before.service, before.version)
    with tenant(actor.authority_id):
        found = own(actor, token)
        if found.case_id is not None:
            raise AlreadySubmitted(Case.objects.get(pk=found.case_id).token)
        if found.package_version != before.version:
            raise StaleDraft
        parsed = of.form.parse_step(step_id, raw, found.data)
        now = clock.now()
        saved: dict[str, Any] = {
            "data": parsed.data,
            "revision": revision + 1,
            "updated_at": now,
            "expires_at": of.retention.draft.after(now),
            "parked": None,
        }
        if actor.logged_in and found.holder_id != actor.account_id:
            # Begun before the log-in: from here on it is found on every device, without a code.
            saved |= {"holder_id": actor.account_id, "resume_hash": None}
        changed = Draft.objects.filter(pk=found.pk, revision=revision, case_id=None, deleted_at=None)
        if not changed.update(**saved):
            raise StaleDraft
        for name, value in saved.items():
            setattr(found, name, value)
        return StepResult(view_of(found), parsed.errors, parsed.raw)


def delete(actor: Actor, token: str) -> None:
    """Delete what was typed. Raises ``NoSuchDraft``, and ``AlreadySubmitted``: a case is not deleted so."""
    with tenant(actor.authority_id):
        found = own(actor, token)
        if found.case_id is not None:
            raise AlreadySubmitted(Case.objects.get(pk=found.case_id).token)
        _empty(found, clock.now())


def _empty(row: Draft, now: datetime) -> None:
    """Nothing of what was typed stays; the bare row tells the owner until it would have expired."""
    Draft.objects.filter(pk=row.pk, case_id=None).update(
        data={}, earlier=None, parked=None, resume_hash=None, deleted_at=now, revision=row.revision + 1
    )


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
        found = own(actor, token)
        if found.case_id is None:
            return found, None
        return found, receipt_of(Case.objects.get(pk=found.case_id), repeated=True)
