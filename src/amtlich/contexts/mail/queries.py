# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Looking at the outbox: for the person whose case it is, and for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amtlich.contexts.mail.addresses import masked
from amtlich.contexts.mail.delivery import FAILED, State
from amtlich.contexts.mail.models import Message
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail about a case that did not arrive; ``address`` is masked."""

    kind: str
    at: datetime
    address: str
    ours: bool  # our fault, so the address may well be right


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as operators see it; ``address`` is masked."""

    id: UUID
    kind: str
    state: State
    reference: str
    address: str
    tries: int
    next_at: datetime | None
    reason: str
    created_at: datetime
    changed_at: datetime


def failures_for_case(authority_id: UUID, case_id: UUID) -> tuple[Failure, ...]:
    """Mails about this case that did not arrive, oldest first; those only after which none went well."""
    with tenant(authority_id):
        about = Message.objects.filter(case_id=case_id).order_by("changed_at", "id")
        failed = about.filter(state__in=FAILED)
        went_well = about.filter(state__in=(State.SENT, State.DELIVERED)).last()
        if went_well is not None:
            failed = failed.filter(changed_at__gt=went_well.changed_at)
        return tuple(
            Failure(
                each.kind,
                each.changed_at,
                masked(each.address) if each.address else "",
                each.state == State.TECHNICAL_FAILURE,
            )
            for each in failed
        )


def outbox(authority_id: UUID, *, failed: bool, limit: int) -> tuple[Mail, ...]:
    """The newest mails of an authority, or only the failed ones."""
    with tenant(authority_id):
        rows = Message.objects.order_by("-created_at", "id")
        if failed:
            rows = rows.filter(state__in=FAILED)
        return tuple(_mail(each) for each in rows[:limit])


def authority_of_mail(message_id: UUID) -> UUID | None:
    """Whose mail this is, over all authorities: for operators, who type only a number."""
    found = Message.objects.using("system").filter(pk=message_id).values_list("authority_id", flat=True)
    return found.first()


def _mail(row: Message) -> Mail:
    return Mail(
        id=row.pk,
        kind=row.kind,
        state=State(row.state),
        reference=row.reference,
        address=masked(row.address) if row.address else "",
        tries=row.tries,
        next_at=row.next_at,
        reason=row.reason,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
