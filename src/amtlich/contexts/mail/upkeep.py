# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What of mails and addresses is deleted in time. How long: the rules of privacy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amtlich.contexts.mail.delivery import WAITING, State
from amtlich.contexts.mail.models import Confirmation, Message, Recipient
from amtlich.kernel import clock
from amtlich.platform import upkeep

_ON_ITS_WAY = Q(state__in=WAITING)


def _give_up(rows: QuerySet[Any]) -> int:
    """A hint that comes weeks late only confuses."""
    return rows.update(state=State.CANCELLED.value, next_at=None, changed_at=clock.now())


def _blank(rows: QuerySet[Any]) -> int:
    """That it was sent stays known, not where to."""
    return rows.update(address="")


def _unused(before: datetime) -> Q:
    later = Message.objects.filter(
        authority_id=OuterRef("authority_id"), holder_id=OuterRef("holder_id"), created_at__gt=before
    )
    return Q(confirmed_at__lte=before) & ~Q(Exists(later))


def register() -> None:
    """Called once, while the app starts."""
    for purge in (
        upkeep.Rows("mail.confirmations", Confirmation, lambda before: Q(asked_at__lte=before)),
        upkeep.Rows(
            "mail.waiting", Message, lambda before: _ON_ITS_WAY & Q(created_at__lte=before), _give_up
        ),
        upkeep.Rows(
            "mail.addresses",
            Message,
            lambda before: ~_ON_ITS_WAY & ~Q(address="") & Q(changed_at__lte=before),
            _blank,
        ),
        upkeep.Rows("mail.messages", Message, lambda before: ~_ON_ITS_WAY & Q(changed_at__lte=before)),
        upkeep.Rows("mail.recipients", Recipient, _unused),
    ):
        upkeep.register(purge)
