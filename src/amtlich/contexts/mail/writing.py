# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a row of the outbox to a mail: what may be said about it, and the addresses in it."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

from amtlich.contexts.mail import way_out
from amtlich.contexts.mail.addresses import as_ascii
from amtlich.contexts.mail.codes import code_as_printed, link_token
from amtlich.contexts.mail.letters.drawing import Envelope, draw
from amtlich.contexts.mail.letters.sentences import Facts, Kind, text
from amtlich.contexts.mail.models import Confirmation, Message
from amtlich.kernel.ids import new_id
from amtlich.kernel.sentence import LANGUAGES, Language
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import authority

SETTINGS_PATH = "/benachrichtigung/"


def write(message: Message) -> tuple[EmailMessage, str, str]:
    """The mail, its sender and its recipient, both in ASCII. Outside of ``tenant()``."""
    office = authority(message.authority_id)
    facts = _facts(message, way_out.portal_of(office))
    return _drawn(message.pk, Kind(message.kind), facts, office, message.address, message.language)


def write_test(authority_id: UUID, address: str) -> tuple[EmailMessage, str, str]:
    """A mail that only shows that sending works."""
    return _drawn(new_id(), Kind.TEST, Facts(), authority(authority_id), address, "de")


def _drawn(
    mail_id: UUID, kind: Kind, facts: Facts, office: Authority, address: str, language: str
) -> tuple[EmailMessage, str, str]:
    sender, recipient = way_out.sender(office), as_ascii(address)
    envelope = Envelope(mail_id, sender, recipient, way_out.answers_go_to(office))
    form: Language = next((each for each in LANGUAGES if each == language), "de")
    return draw(text(kind, facts), envelope, office, form), sender, recipient


def _facts(message: Message, portal: str) -> Facts:
    settings_address = f"{portal}{SETTINGS_PATH}"
    if message.confirmation_id is None:
        return Facts(
            reference=message.reference,
            case_address=f"{portal}/vorgaenge/{message.case_token}/",
            settings_address=settings_address,
        )
    with tenant(message.authority_id):
        asked = Confirmation.objects.get(pk=message.confirmation_id)
    token = link_token(asked.pk)
    return Facts(
        settings_address=settings_address,
        confirm_address=f"{settings_address}bestaetigen/{token}/",
        code=code_as_printed(asked.pk),
        expires_at=asked.expires_at,
    )
