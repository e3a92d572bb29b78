# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whose address it is: asked with a link and a code, answered in the browser that asked (FC-30).

Scanners of mail providers open links and even send forms. So a GET changes nothing, and neither link nor
code is of use without what only the asking session knows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare

from amtlich.contexts.mail import outbox, way_out
from amtlich.contexts.mail.addresses import as_ascii, clean_address
from amtlich.contexts.mail.codes import code_of, link_token, normalise_code
from amtlich.contexts.mail.delivery import FAILED, WAITING, State
from amtlich.contexts.mail.errors import (
    CodeRefused,
    LinkExpired,
    NotOffered,
    OtherBrowser,
    TooManyMails,
    UnknownLink,
)
from amtlich.contexts.mail.letters.sentences import Kind
from amtlich.contexts.mail.models import Confirmation, Message, Recipient
from amtlich.kernel import clock
from amtlich.kernel.ids import is_token
from amtlich.kernel.sentence import Language, Sentence
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.tenancy import tenant

LIFETIME = timedelta(hours=4)
MOST_WRONG_CODES = 5
_HOUR = timedelta(hours=1)
#: Confirmations in an hour: to one address, for one holder, and of a whole authority.
PER_ADDRESS, PER_HOLDER, PER_AUTHORITY = 3, 5, 300


@dataclass(frozen=True, slots=True)
class Pending:
    """An address that waits to be confirmed in this browser. ``usable``: the code may still be typed."""

    address: str
    expires_at: datetime
    usable: bool
    refused: bool  # the mail server of the other side does not want our mail


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a person's address. ``unreachable``: the last mail to it did not arrive."""

    address: str = ""
    language: Language = "de"
    unreachable: bool = False
    pending: Pending | None = None


def status(authority_id: UUID, holder_id: UUID, browser: str) -> Status:
    """The confirmed address of a holder, and what waits to be confirmed in this browser."""
    with tenant(authority_id):
        known = Recipient.objects.filter(holder_id=holder_id).first()
        waiting = _open(browser) if browser else None
        return Status(
            address=known.address if known else "",
            language=_language(known.language) if known else "de",
            unreachable=_failed_last(known.address) if known else False,
            pending=_pending(waiting) if waiting else None,
        )


def ask(authority_id: UUID, holder_id: UUID, typed: str, language: Language, browser: str) -> Pending:
    """Send a confirmation to the typed address; a newer one takes the place of an older one.

    Raises ``AddressRefused``, ``TooManyMails``, ``NotOffered``.
    """
    if not way_out.offered():
        raise NotOffered("Von hier gehen keine E-Mails hinaus.")
    address = clean_address(typed)
    with tenant(authority_id):
        _check_throttle(authority_id, holder_id, address)
        now = clock.now()
        _replace_open(browser)
        asked = Confirmation(
            authority_id=authority_id,
            holder_id=holder_id,
            browser=_hash(browser),
            address=address,
            language=language,
            asked_at=now,
            expires_at=now + LIFETIME,
        )
        asked.link = _hash(link_token(asked.pk))
        asked.save(force_insert=True)
        outbox.add(
            Message(
                authority_id=authority_id,
                key=f"confirm:{asked.pk}",
                kind=Kind.CONFIRM,
                confirmation_id=asked.pk,
                address=address,
                language=language,
            )
        )
        return _pending(asked)


def adopt(authority_id: UUID, visitor: UUID, account: UUID) -> None:
    """What a visitor began has gone over to an account: its mails go where the visitor wanted them,
    unless the account has an address of its own."""
    with tenant(authority_id):
        known = Recipient.objects.filter(holder_id=visitor).first()
        if known is not None:
            Recipient.objects.get_or_create(
                authority_id=authority_id,
                holder_id=account,
                defaults={
                    "address": known.address,
                    "language": known.language,
                    "confirmed_at": known.confirmed_at,
                },
            )


def look(authority_id: UUID, token: str, browser: str) -> str:
    """The address behind a link, if this browser asked for it. Changes nothing.

    Raises ``UnknownLink``, ``OtherBrowser``, ``LinkExpired``.
    """
    with tenant(authority_id):
        return _behind(token, browser).address


def confirm_by_link(authority_id: UUID, holder_id: UUID | None, token: str, browser: str) -> str:
    """The button behind the link; pressing it twice is harmless. Returns the address.

    It counts for who asked, and for who acts now: a visitor may have logged in meanwhile.

    Raises ``UnknownLink``, ``OtherBrowser``, ``LinkExpired``.
    """
    with tenant(authority_id):
        asked = _behind(token, browser)
        _accept(asked, holder_id)
        return asked.address


def confirm_by_code(authority_id: UUID, holder_id: UUID | None, browser: str, typed: str) -> str:
    """The code of the mail, typed in the browser that asked. Returns the address.

    Raises ``CodeRefused``: wrong, expired, or tried too often.
    """
    refusal: Sentence | None = None
    with tenant(authority_id):
        asked = _open(browser, lock=True)
        if asked is None or not _usable(asked):
            refusal = Sentence("Dieser Code gilt nicht mehr. Lassen Sie sich eine neue E-Mail schicken.")
        elif not constant_time_compare(normalise_code(typed), code_of(asked.pk)):
            asked.wrong_codes += 1
            asked.save(update_fields=["wrong_codes"])
            refusal = _wrong(typed, MOST_WRONG_CODES - asked.wrong_codes)
        else:
            _accept(asked, holder_id)
    # Raised outside: the wrong try must be counted.
    if refusal is not None:
        raise CodeRefused(refusal)
    assert asked is not None
    return asked.address


def forget(authority_id: UUID, holder_id: UUID, browser: str) -> None:
    """Delete the address and what waits; mails that have not gone yet stay here."""
    with tenant(authority_id):
        if browser:
            _replace_open(browser)
        Recipient.objects.filter(holder_id=holder_id).delete()
        theirs = Message.objects.filter(holder_id=holder_id)
        outbox.cancel(theirs)
        outbox.blank_addresses(theirs)


def speak(authority_id: UUID, holder_id: UUID, language: Language) -> None:
    """Mails to this holder use this language form from now on."""
    with tenant(authority_id):
        Recipient.objects.filter(holder_id=holder_id).update(language=language)


def _wrong(typed: str, left: int) -> Sentence:
    if not typed.strip():
        return Sentence("Geben Sie den Code aus der E-Mail ein.")
    if left <= 0:
        return Sentence("Das war zu oft der falsche Code. Lassen Sie sich eine neue E-Mail schicken.")
    return Sentence(
        "Dieser Code stimmt nicht. Prüfen Sie, ob Zeichen fehlen. Versuche übrig: {left}.", left=left
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _language(stored: str) -> Language:
    return "leicht" if stored == "leicht" else "en" if stored == "en" else "de"


def _open(browser: str, *, lock: bool = False) -> Confirmation | None:
    rows = Confirmation.objects.select_for_update() if lock else Confirmation.objects.all()
    return (
        rows.filter(browser=_hash(browser), confirmed_at=None, replaced=False).order_by("-asked_at").first()
    )


def _usable(asked: Confirmation) -> bool:
    return asked.expires_at > clock.now() and asked.wrong_codes < MOST_WRONG_CODES


def _pending(asked: Confirmation) -> Pending:
    mail = Message.objects.filter(key=f"confirm:{asked.pk}").first()
    refused = mail is not None and mail.state in FAILED
    return Pending(asked.address, asked.expires_at, _usable(asked), refused)


def _behind(token: str, browser: str) -> Confirmation:
    asked = None
    if is_token(token):
        asked = Confirmation.objects.select_for_update().filter(link=_hash(token)).first()
    if asked is None:
        raise UnknownLink("Diesen Link kennen wir nicht.")
    if not browser or not constant_time_compare(asked.browser, _hash(browser)):
        raise OtherBrowser("Dieser Link gehört zu einem anderen Browser.")
    if asked.confirmed_at is None and (asked.replaced or asked.expires_at <= clock.now()):
        raise LinkExpired("Dieser Link gilt nicht mehr.")
    return asked


def _accept(asked: Confirmation, confirmer: UUID | None) -> None:
    if asked.confirmed_at is not None:
        return
    asked.confirmed_at = clock.now()
    asked.save(update_fields=["confirmed_at"])
    holders = {asked.holder_id, confirmer or asked.holder_id}
    for holder in holders:
        Recipient.objects.update_or_create(
            authority_id=asked.authority_id,
            holder_id=holder,
            defaults={
                "address": asked.address,
                "language": asked.language,
                "confirmed_at": asked.confirmed_at,
            },
        )
    # What still waits goes to the new address.
    Message.objects.filter(holder_id__in=holders, state__in=WAITING).update(address=asked.address)


def _replace_open(browser: str) -> None:
    waiting = Confirmation.objects.filter(browser=_hash(browser), confirmed_at=None, replaced=False)
    keys = [f"confirm:{each}" for each in waiting.values_list("pk", flat=True)]
    waiting.update(replaced=True)
    outbox.cancel(Message.objects.filter(key__in=keys))


def _failed_last(address: str) -> bool:
    last = (
        Message.objects.filter(address=address).exclude(state=State.CANCELLED).order_by("-created_at").first()
    )
    return last is not None and last.state in FAILED


def _check_throttle(authority_id: UUID, holder_id: UUID, address: str) -> None:
    # One after the other, or ten at the same moment would all count the same few.
    one_at_a_time(f"mail.ask:{authority_id}")
    recent = Confirmation.objects.filter(asked_at__gt=clock.now() - _HOUR)
    asked = list(recent.values_list("address", "holder_id"))
    same = as_ascii(address).casefold()
    to_address = sum(as_ascii(each).casefold() == same for each, _ in asked)
    for_holder = sum(owner == holder_id for _, owner in asked)
    if to_address >= PER_ADDRESS or for_holder >= PER_HOLDER or len(asked) >= PER_AUTHORITY:
        raise TooManyMails
