# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A draft and a newer version of its service: taken over where the fields agree, else shown first.

What was sent counts under the version that was shown; so a draft changes its version only here, and
never while it is being sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amtlich.contexts.cases.draft_view import DraftView, own, view_of
from amtlich.contexts.cases.errors import StaleDraft
from amtlich.contexts.cases.models import Draft
from amtlich.contexts.catalog.api import Package, UnknownService, current, package
from amtlich.engines.forms import Answer, Change, succeed, unanswered
from amtlich.kernel import clock
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Renewal:
    """A draft after the look for a newer form. With ``changes`` nothing has been taken over yet."""

    draft: DraftView
    changes: tuple[Change, ...] = ()


def renew(actor: Actor, view: DraftView) -> Renewal:
    """Bring the draft to the version that is offered now if every answer fits, else say which do not."""
    newer = _newer(actor, view)
    if newer is None:
        return Renewal(view)
    carried = succeed(package(view.service, view.version).form, view.data, newer.form)
    if carried.changes:
        return Renewal(view, carried.changes)
    return Renewal(_move(actor, view, newer, carried.data, None))


def confirm_renewal(actor: Actor, view: DraftView, revision: int) -> DraftView:
    """The person has seen what changes: take over what fits, keep the rest beside the new questions.

    Raises ``StaleDraft`` if the draft was changed since ``revision``, or there is nothing newer.
    """
    newer = _newer(actor, view)
    if newer is None or revision != view.revision:
        raise StaleDraft
    old = package(view.service, view.version)
    carried = succeed(old.form, view.data, newer.form)
    return _move(actor, view, newer, carried.data, {"version": old.version, "data": dict(view.data)})


def earlier_answers(view: DraftView) -> dict[str, Answer]:
    """Old answers beside the questions that still wait for a new one, by field."""
    if view.earlier is None:
        return {}
    old = package(view.service, view.earlier.version).form
    return unanswered(old, view.earlier.data, package(view.service, view.version).form, view.data)


def _newer(actor: Actor, view: DraftView) -> Package | None:
    if view.submitted_case is not None:
        return None
    try:
        offered = current(actor.authority_id, view.service)
    except UnknownService:
        return None  # no longer offered online: what was begun can still be finished
    return offered if offered.version != view.version else None


def _move(
    actor: Actor,
    view: DraftView,
    newer: Package,
    data: Mapping[str, Any],
    earlier: Mapping[str, Any] | None,
) -> DraftView:
    with tenant(actor.authority_id):
        found = own(actor, view.token)
        # An answer that waits since an earlier change of version waits on.
        kept = earlier or found.earlier
        changed = Draft.objects.filter(pk=found.pk, revision=view.revision, case_id=None).update(
            package_version=newer.version,
            data=data,
            earlier=kept,
            revision=view.revision + 1,
            updated_at=clock.now(),
        )
        if not changed:
            raise StaleDraft
        found.refresh_from_db()
        return view_of(found)
