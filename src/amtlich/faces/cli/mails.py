# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich mail`: what lies in the outbox, what failed, and sending it again. Addresses are shown masked."""

import argparse
from collections.abc import Iterator
from uuid import UUID

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.errors import BadInput, NotFound

_STATES = {
    "created": "wartet",
    "sending": "wird gesendet",
    "temporary_failure": "wird wiederholt",
    "sent": "gesendet",
    "delivered": "zugestellt",
    "permanent_failure": "unzustellbar",
    "technical_failure": "Fehler bei uns",
    "cancelled": "zurückgezogen",
}
_KINDS = {
    "received": "angekommen",
    "answer_needed": "Antwort nötig",
    "decided": "entschieden",
    "confirm": "Bestätigung",
}
_MOST = 500


def list_all(chosen: argparse.Namespace) -> int:
    """One line per mail, newest first, with its reason where there is one."""
    set_up_with_database()
    from amtlich.contexts.mail import api as mail

    count = 0
    for slug, authority_id in _authorities(chosen.authority):
        for one in mail.outbox(authority_id, failed=chosen.failed, limit=_MOST):
            count += 1
            what = f"{_KINDS.get(one.kind, one.kind)} {one.reference}".strip()
            when = f"{one.changed_at.astimezone(BERLIN):%d.%m.%Y %H:%M}"
            say(f"{one.id}  {when}  {_STATES[one.state]:<15} {slug:<16} {what:<28} {one.address}")
            if one.next_at is not None:
                say(f"    nächster Versuch: {one.next_at.astimezone(BERLIN):%d.%m.%Y %H:%M}")
            if one.reason:
                say(f"    {one.reason}")
    if count == 0:
        say("Keine E-Mail ist gescheitert." if chosen.failed else "Der Postausgang ist leer.")
    return 0


def retry(chosen: argparse.Namespace) -> int:
    """Put a failed mail into the outbox again."""
    number = _number(chosen.number)
    set_up_with_database()
    from amtlich.contexts.mail import api as mail

    if not mail.retry(number):
        raise BadInput("Diese E-Mail ist nicht gescheitert; es gibt nichts zu wiederholen.")
    say("Die E-Mail geht noch einmal hinaus, an die Adresse, die jetzt gilt.")
    return 0


def returned(chosen: argparse.Namespace) -> int:
    """Note that a mail came back after a mail server had taken it."""
    number = _number(chosen.number)
    set_up_with_database()
    from amtlich.contexts.mail import api as mail

    state = mail.report(number, "permanent_failure", "Als unzustellbar zurückgekommen.")
    if state is not mail.State.PERMANENT_FAILURE:
        raise BadInput(f"Diese E-Mail steht auf „{_STATES[state]}“; das ändert ein Rückläufer nicht.")
    say("Vermerkt. Beim Vorgang steht jetzt, dass die E-Mail nicht ankam.")
    return 0


def test(chosen: argparse.Namespace) -> int:
    """Send one mail now and say what the mail server answered."""
    set_up_with_database()
    from amtlich.contexts.mail import api as mail

    slug, authority_id = next(_authorities(chosen.authority))
    taken, reason = mail.send_test(authority_id, chosen.address)
    if not taken:
        say(f"✗ Die E-Mail ging nicht hinaus: {reason}")
        return 1
    folder = mail.demo_folder()
    where = f"liegt in {folder}" if folder else "ist dem Mailserver übergeben"
    say(f"✓ Die E-Mail von „{slug}“ {where}. Sehen Sie nach, ob sie ankommt und nicht als Spam gilt.")
    return 0


def _authorities(slug: str | None) -> Iterator[tuple[str, UUID]]:
    from amtlich.platform.tenancy.registry import all_authorities

    known = [one for one in all_authorities() if slug in (None, one.slug)]
    if not known:
        raise NotFound(f"Die Behörde „{slug}“ gibt es hier nicht: amtlich authority list")
    return ((one.slug, one.pk) for one in known)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("Das ist keine Nummer einer E-Mail. Sie steht vorn in: amtlich mail list") from None
