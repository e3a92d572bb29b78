# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Background jobs: sending a mail, and forgetting what is no longer needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from amtlich.contexts.mail import outbox
from amtlich.contexts.mail.models import Confirmation, Message
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import enabled_authorities

TIDY = "mail.tidy"
#: A confirmation is of use for hours; the address of a mail as long as somebody may ask about it.
CONFIRMATIONS_KEPT = timedelta(days=1)
ADDRESSES_KEPT = timedelta(days=90)


def send(*, authority_id: str, message_id: str) -> None:
    """Send one mail, if it is due and nobody has sent it yet."""
    outbox.send(UUID(authority_id), UUID(message_id))


def parked(ids: Mapping[str, str], reason: str) -> None:
    """Sending failed again and again by a fault of ours."""
    outbox.parked(UUID(ids["authority_id"]), UUID(ids["message_id"]), reason)


def tidy() -> None:
    """Forget old confirmations, and where old mails went."""
    now = clock.now()
    for authority in enabled_authorities():
        with tenant(authority.pk):
            Confirmation.objects.filter(asked_at__lt=now - CONFIRMATIONS_KEPT).delete()
            outbox.blank_addresses(Message.objects.filter(changed_at__lt=now - ADDRESSES_KEPT))


def register() -> None:
    """Make the tasks known to the workers."""
    jobs.task(name=outbox.SEND)(send)
    jobs.on_parked(outbox.SEND, parked)
    jobs.periodic("17 2 * * *", name=TIDY)(tidy)
