# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the mail context. Every function opens its own ``tenant()``: call it outside of one.

E-mail is a hint, never the notification itself: it says that something has happened and where to look,
and nothing about the person. Who gave no address, or where no mail server is set, simply gets none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from uuid import UUID

from amtlich.contexts.mail import outbox as _outbox
from amtlich.contexts.mail import queries as _queries
from amtlich.contexts.mail import way_out as _way_out
from amtlich.contexts.mail.adapters.folder import mails_to as _mails_to
from amtlich.contexts.mail.addresses import as_ascii as _as_ascii
from amtlich.contexts.mail.addresses import clean_address
from amtlich.contexts.mail.confirmations import (
    Pending,
    Status,
    adopt,
    ask,
    confirm_by_code,
    confirm_by_link,
    forget,
    look,
    speak,
    status,
)
from amtlich.contexts.mail.delivery import WAITING, State
from amtlich.contexts.mail.errors import (
    AddressRefused,
    CodeRefused,
    LinkExpired,
    NobodyToWriteTo,
    NoSuchMail,
    NotOffered,
    OtherBrowser,
    TooManyMails,
    UnknownLink,
)
from amtlich.contexts.mail.letters.sentences import ABOUT_A_CASE, Kind
from amtlich.contexts.mail.ports import Outage as _Outage
from amtlich.contexts.mail.ports import Verdict as _Verdict
from amtlich.contexts.mail.queries import Failure, Mail, failures_for_case
from amtlich.contexts.mail.way_out import offered
from amtlich.contexts.mail.writing import write_test as _write_test

__all__ = [
    "WAITING",
    "AddressRefused",
    "CodeRefused",
    "Failure",
    "LinkExpired",
    "Mail",
    "NoSuchMail",
    "NobodyToWriteTo",
    "NotOffered",
    "OtherBrowser",
    "Pending",
    "State",
    "Status",
    "TooManyMails",
    "UnknownLink",
    "adopt",
    "ask",
    "clean_address",
    "confirm_by_code",
    "confirm_by_link",
    "demo_folder",
    "demo_mails",
    "failures_for_case",
    "forget",
    "look",
    "offered",
    "outbox",
    "report",
    "retry",
    "send_test",
    "speak",
    "status",
    "tell",
]

Occasion = Literal["received", "answer_needed", "decided"]


def tell(
    authority_id: UUID,
    holder_id: UUID,
    *,
    kind: Occasion,
    case_id: UUID,
    case_token: str,
    reference: str,
    key: str,
) -> bool:
    """Tell the holder of a case by e-mail, once per ``key`` (unique in the authority, at most 120 signs).

    True if a mail was put into the outbox now. False, and nothing done: no confirmed address, no mail
    server, or told before under this key.
    """
    occasion = Kind(kind)
    if occasion not in ABOUT_A_CASE:
        raise ValueError(f"nobody is told of {kind!r}: one of {', '.join(ABOUT_A_CASE)}")
    if not offered():
        return False
    return _outbox.tell(authority_id, holder_id, occasion, case_id, case_token, reference, key)


def outbox(authority_id: UUID, *, failed: bool = False, limit: int = 200) -> tuple[Mail, ...]:
    """The authority's newest mails, or only those that failed, newest first."""
    return _queries.outbox(authority_id, failed=failed, limit=limit)


def retry(message_id: UUID) -> bool:
    """Send a failed mail again, by an operator's hand. False if it has not failed.

    Raises ``NoSuchMail``, and ``NobodyToWriteTo`` if the person has deleted the address.
    """
    return _outbox.retry(_authority_of(message_id), message_id)


def report(message_id: UUID, state: Literal["delivered", "permanent_failure"], reason: str = "") -> State:
    """What was learned after a mail server took the mail: it lies in the mailbox, or it came back.

    Returns the state that holds now: what was delivered stays delivered. Raises ``NoSuchMail``.
    """
    return _outbox.report(_authority_of(message_id), message_id, State(state), reason)


def send_test(authority_id: UUID, typed: str) -> tuple[bool, str]:
    """Send a mail to this address now, past the outbox: whether it was taken, and what was said.

    Raises ``AddressRefused``, ``NotOffered``.
    """
    way = _way_out.transport()
    if way is None:
        raise NotOffered("Es ist kein Mailserver eingestellt: AMTLICH_SMTP_URL und AMTLICH_MAIL_FROM.")
    letter, sender, recipient = _write_test(authority_id, clean_address(typed))
    try:
        answer = way.send(letter, sender, recipient)
    except _Outage as shut:
        return False, shut.reason
    return answer.verdict is _Verdict.ACCEPTED, answer.reason


def demo_folder() -> Path | None:
    """Where the demonstration puts its mails; None where mails really leave."""
    return _way_out.demo_folder() if _way_out.goes_to_folder() else None


def demo_mails(status: Status) -> tuple[tuple[str, str], ...]:
    """Subject and plain text of the demonstration's mails to this person's addresses, newest first."""
    folder = demo_folder()
    addresses = {status.address, status.pending.address if status.pending else ""} - {""}
    if folder is None or not addresses:
        return ()
    letters = _mails_to(folder, frozenset(_as_ascii(each) for each in addresses))
    bodies = ((str(letter["Subject"]), letter.get_body(("plain",))) for letter in letters)
    return tuple((subject, body.get_content()) for subject, body in bodies if body is not None)


def _authority_of(message_id: UUID) -> UUID:
    found = _queries.authority_of_mail(message_id)
    if found is None:
        raise NoSuchMail(f"Eine E-Mail mit der Nummer {message_id} gibt es nicht.")
    return found
