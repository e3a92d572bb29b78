# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A draft as its owner sees it, and who its owner is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amtlich.contexts.cases.draft_errors import DraftGone
from amtlich.contexts.cases.errors import NoSuchDraft
from amtlich.contexts.cases.models import Case, Draft
from amtlich.kernel import clock
from amtlich.kernel.ids import is_token
from amtlich.platform.accounts import Actor


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered to an older version of the form and could not be taken over."""

    version: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parked:
    """What was sent for a page when the session had ended: nothing of it is saved yet."""

    step: str
    raw: Mapping[str, tuple[str, ...]]
    at: datetime


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
    has_code: bool
    earlier: Earlier | None
    parked: Parked | None


def own(actor: Actor, token: str) -> Draft:
    """The actor's draft at this address, usable; assumes an open ``tenant()``.

    Raises ``DraftGone`` for what was the actor's own, ``NoSuchDraft`` for everything else.
    """
    found = Draft.objects.filter(token=token).first() if is_token(token) else None
    if found is None or found.holder_id not in actor.holders:
        raise NoSuchDraft
    if found.case_id is not None:
        return found  # sent: its receipt can be read as long as the case is there
    if found.deleted_at is not None and found.deleted_at < found.expires_at:
        raise DraftGone("deleted", found.service, found.deleted_at)
    if found.expires_at <= clock.now():
        raise DraftGone("expired", found.service, found.expires_at)
    return found


def view_of(row: Draft) -> DraftView:
    """The view of a stored draft; assumes an open ``tenant()``."""
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
        has_code=row.resume_hash is not None,
        earlier=Earlier(row.earlier["version"], row.earlier["data"]) if row.earlier else None,
        parked=_parked(row.parked),
    )


def _parked(stored: Mapping[str, Any] | None) -> Parked | None:
    if not stored:
        return None
    raw = {name: tuple(values) for name, values in stored["raw"].items()}
    return Parked(stored["step"], raw, datetime.fromisoformat(stored["at"]))
