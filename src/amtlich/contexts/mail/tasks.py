# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The background jobs: sending a mail, and finding one that nobody sends."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from amtlich.contexts.mail import outbox
from amtlich.platform import jobs


def send(*, authority_id: str, message_id: str) -> None:
    """Send one mail, if it is due and nobody has sent it yet."""
    outbox.send(UUID(authority_id), UUID(message_id))


def parked(ids: Mapping[str, str], reason: str) -> None:
    """Sending failed again and again by a fault of ours."""
    outbox.parked(UUID(ids["authority_id"]), UUID(ids["message_id"]), reason)


def sweep() -> None:
    """Give forgotten mails their jobs again."""
    outbox.sweep()


def register() -> None:
    """Make the tasks known to the workers."""
    jobs.task(name=outbox.SEND)(send)
    jobs.periodic("* * * * *", name=outbox.SWEEP)(sweep)
    jobs.on_parked(outbox.SEND, parked)
