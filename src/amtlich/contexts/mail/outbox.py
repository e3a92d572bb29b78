# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Mails on their way: written down with their cause, sent by a job, each ending told once.

The job claims a mail with a number (``fence``), sends it outside of any transaction, and reports under
that number. A worker that comes back late finds another number and changes nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from amtlich.contexts.mail import delivery, way_out
from amtlich.contexts.mail.delivery import FAILED, WAITING, State
from amtlich.contexts.mail.errors import NobodyToWriteTo, NoSuchMail
from amtlich.contexts.mail.letters.sentences import Kind
from amtlich.contexts.mail.models import Confirmation, Message, Recipient
from amtlich.contexts.mail.ports import Answer, Outage, Verdict
from amtlich.contexts.mail.writing import write
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

log = logging.getLogger(__name__)
SEND = "mail.send"
SWEEP = "mail.sweep"
_MOST_SWEPT = 500
_NOT_YET = 60.0
_OUTCOMES = {
    Verdict.ACCEPTED: State.SENT,
    Verdict.LATER: State.TEMPORARY_FAILURE,
    Verdict.REFUSED: State.PERMANENT_FAILURE,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail that this run may send; ``fence`` proves it later."""

    message: Message
    fence: int


def add(message: Message) -> bool:
    """Put a mail into the open transaction, with its job. False if its key is known already."""
    message.created_at = message.changed_at = clock.now()
    _, created = Message.objects.get_or_create(
        authority_id=message.authority_id, key=message.key, defaults=_values(message)
    )
    if created:
        _enqueue(message)
    return created


def tell(
    authority_id: UUID, holder_id: UUID, kind: Kind, case_id: UUID, case_token: str, reference: str, key: str
) -> bool:
    """Write a mail to the holder's confirmed address, if there is one."""
    with tenant(authority_id):
        known = Recipient.objects.filter(holder_id=holder_id).first()
        if known is None:
            return False
        return add(
            Message(
                authority_id=authority_id,
                key=key,
                kind=kind,
                holder_id=holder_id,
                case_id=case_id,
                case_token=case_token,
                reference=reference,
                address=known.address,
                language=known.language,
            )
        )


def send(authority_id: UUID, message_id: UUID) -> None:
    """The job: send what is due. May run twice. Raises ``jobs.Postpone`` while the way out is shut."""
    transport = way_out.transport()
    if transport is None:
        if not _waits(authority_id, message_id):
            return
        raise jobs.Postpone(_NOT_YET, "Es ist kein Mailserver eingestellt.")
    claim = _claim(authority_id, message_id)
    if claim is None:
        return
    letter, sender, recipient = write(claim.message)
    try:
        answer = transport.send(letter, sender, recipient)
    except Outage as shut:
        _report(authority_id, claim, State.CREATED, Answer(Verdict.LATER, 0, shut.reason))
        raise jobs.Postpone(shut.seconds, shut.reason) from None
    _report(authority_id, claim, _OUTCOMES[answer.verdict], answer)


def report(authority_id: UUID, message_id: UUID, state: State, reason: str = "") -> State:
    """What somebody learned later: delivered, or come back. Returns the state that holds now.

    Raises ``NoSuchMail``.
    """
    with tenant(authority_id):
        message = _locked(message_id)
        if message is None:
            raise NoSuchMail(f"Eine E-Mail mit der Nummer {message_id} gibt es nicht.")
        _move(message, state, reason=reason)
        return State(message.state)


def retry(authority_id: UUID, message_id: UUID) -> bool:
    """Send a failed mail again, to the address that holds now. False if it did not fail.

    Raises ``NoSuchMail``, ``NobodyToWriteTo``.
    """
    with tenant(authority_id):
        message = _locked(message_id)
        if message is None:
            raise NoSuchMail(f"Eine E-Mail mit der Nummer {message_id} gibt es nicht.")
        if message.state not in FAILED:
            return False
        holders = [message.holder_id] if message.holder_id else []
        known = Recipient.objects.filter(holder_id__in=holders).first()
        if known is not None:
            message.address = known.address
        if not message.address:
            raise NobodyToWriteTo(
                "Die Person hat ihre Adresse gelöscht; diese E-Mail geht an niemanden mehr."
            )
        # A new beginning, by a person's hand: the one move that the states do not make by themselves.
        message.state, message.tries, message.next_at = State.CREATED, 0, None
        message.fence += 1
        message.reason, message.reply_code, message.changed_at = "", 0, clock.now()
        message.save()
        _enqueue(message)
        return True


def sweep() -> int:
    """Mails that wait and that no job will send get one again; returns how many. Outside ``tenant()``."""
    old = clock.now() - timedelta(minutes=1)
    waiting = Message.objects.using("system").filter(state__in=WAITING, changed_at__lt=old)
    rows = list(waiting.order_by("changed_at")[:_MOST_SWEPT])
    idle = jobs.unattended(SEND, [_lock(row) for row in rows])
    forgotten = [row for row in rows if _lock(row) in idle]
    for row in forgotten:
        with tenant(row.authority_id):
            _enqueue(row, row.next_at)
        log.error("mail %s waited without a job; it has one again", row.pk)
    return len(forgotten)


def parked(authority_id: UUID, message_id: UUID, reason: str) -> None:
    """The job failed too often: a fault of ours, and an operator must look."""
    with tenant(authority_id):
        message = _locked(message_id)
        if message is not None:
            _move(message, State.TECHNICAL_FAILURE, reason=reason)


def cancel(messages: QuerySet[Message]) -> None:
    """Nobody wants these any more. Inside an open ``tenant()``."""
    for message in messages.filter(state__in=delivery.WAITING).select_for_update():
        _move(message, State.CANCELLED)


def blank_addresses(messages: QuerySet[Message]) -> None:
    """Keep that these were sent, but not where to. Inside an open ``tenant()``."""
    messages.exclude(state__in=delivery.WAITING).exclude(address="").update(address="")


def _claim(authority_id: UUID, message_id: UUID) -> Claim | None:
    with tenant(authority_id):
        message = _locked(message_id)
        if message is None or State(message.state) not in delivery.WAITING:
            return None
        now = clock.now()
        if message.next_at is not None and message.next_at > now:
            wait = (message.next_at - now).total_seconds()
            raise jobs.Postpone(min(wait, _NOT_YET), "Diese E-Mail ist noch nicht wieder an der Reihe.")
        if _pointless(message):
            _move(message, State.CANCELLED)
            return None
        # Claimed by a run that died: it may have been sent. Twice is better than never.
        message.state = State.SENDING
        message.fence += 1
        message.changed_at = now
        message.save(update_fields=["state", "fence", "changed_at"])
        return Claim(message, message.fence)


def _waits(authority_id: UUID, message_id: UUID) -> bool:
    with tenant(authority_id):
        return Message.objects.filter(pk=message_id, state__in=delivery.WAITING).exists()


def _pointless(message: Message) -> bool:
    """A confirmation that nobody could use any more."""
    if message.confirmation_id is None:
        return False
    asked = Confirmation.objects.filter(pk=message.confirmation_id).first()
    return asked is None or asked.replaced or asked.expires_at <= clock.now()


def _report(authority_id: UUID, claim: Claim, state: State, answer: Answer) -> None:
    with tenant(authority_id):
        message = _locked(claim.message.pk)
        if message is None or message.fence != claim.fence:
            return
        next_at = None
        if state is State.TEMPORARY_FAILURE:
            message.tries += 1
            next_at = delivery.next_try(clock.now(), message.tries)
            state = state if next_at else State.PERMANENT_FAILURE
        _move(message, state, reason=answer.reason, code=answer.code, next_at=next_at)
        if next_at is not None and message.state == State.TEMPORARY_FAILURE:
            _enqueue(message, next_at)


def _move(
    message: Message, state: State, *, reason: str = "", code: int = 0, next_at: datetime | None = None
) -> None:
    """The one place where a state changes, apart from a claim and a retry by hand."""
    moved = delivery.after(State(message.state), state)
    if moved is not state:
        return
    message.state, message.next_at = moved, next_at
    message.reason, message.reply_code = reason[:300], code
    message.changed_at = clock.now()
    message.save()


def _locked(message_id: UUID) -> Message | None:
    return Message.objects.select_for_update().filter(pk=message_id).first()


def _lock(message: Message) -> str:
    return f"mail:{message.pk}"


def _enqueue(message: Message, run_at: datetime | None = None) -> None:
    # A lock of its own: one mail that waits holds up no other.
    jobs.defer(
        SEND,
        lock=_lock(message),
        run_at=run_at,
        authority_id=message.authority_id,
        message_id=message.pk,
    )


def _values(message: Message) -> dict[str, object]:
    names = [field.attname for field in Message._meta.concrete_fields]
    return {name: getattr(message, name) for name in names if name not in ("authority_id", "key")}
