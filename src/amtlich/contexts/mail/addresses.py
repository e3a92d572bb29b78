# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""E-mail addresses: checked when they are typed, one sentence per fault.

Stricter than RFC 5322 on purpose: what is refused here is a typing error in nearly all cases, and a line
break never gets as far as a header. Domains may hold umlauts (IDNA 2008); before the @ stands ASCII.
"""

from __future__ import annotations

import re

import idna

from amtlich.contexts.mail.errors import AddressRefused
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.text import TextRefused, clean_text

MAX_LENGTH = 254  # RFC 5321 with its erratum: a path of 256 with its angle brackets
_LONGEST_MAILBOX = 64
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")


def clean_address(text: str) -> str:
    """The address as it is shown: the mailbox as typed, the domain in small letters with umlauts.

    Raises ``AddressRefused``.
    """
    text = text.strip().removeprefix("mailto:")
    try:
        text = clean_text(text, 4 * MAX_LENGTH)
    except TextRefused as refused:
        if refused.character is None:
            raise _too_long() from None
        raise AddressRefused(
            Sentence("In der Adresse steht ein Zeichen, das es dort nicht gibt. Tippen Sie die Adresse neu.")
        ) from None
    if not text:
        raise AddressRefused(Sentence("Geben Sie Ihre E-Mail-Adresse ein."))
    if re.search(r"\s", text):
        raise AddressRefused(Sentence("In einer E-Mail-Adresse steht kein Leerzeichen. Löschen Sie es."))
    if text.count("@") != 1:
        missing = Sentence("In der Adresse fehlt das Zeichen @.")
        twice = Sentence("In der Adresse steht das Zeichen @ mehr als einmal.")
        raise AddressRefused(twice if "@" in text else missing)
    mailbox, domain = text.split("@")
    _check_mailbox(mailbox)
    address = f"{mailbox}@{_clean_domain(domain)}"
    if len(as_ascii(address)) > MAX_LENGTH:
        raise _too_long()
    return address


def as_ascii(address: str) -> str:
    """The address as it travels: the domain in the letters of the DNS."""
    mailbox, _, domain = address.rpartition("@")
    return f"{mailbox}@{idna.encode(domain).decode('ascii')}"


def masked(address: str) -> str:
    """Enough to recognise one's own address, too little to write to it: l…@example.org."""
    mailbox, _, domain = address.rpartition("@")
    return f"{mailbox[:1]}…@{domain}"


def _check_mailbox(mailbox: str) -> None:
    if not mailbox:
        raise AddressRefused(Sentence("Vor dem @ fehlt der Name des Postfachs."))
    if len(mailbox) > _LONGEST_MAILBOX:
        raise AddressRefused(Sentence("Vor dem @ dürfen höchstens 64 Zeichen stehen."))
    if not _MAILBOX.fullmatch(mailbox):
        raise AddressRefused(
            Sentence("Vor dem @ dürfen nur Buchstaben von A bis Z, Ziffern und Zeichen wie . - _ + stehen.")
        )
    if mailbox.startswith(".") or mailbox.endswith(".") or ".." in mailbox:
        raise AddressRefused(Sentence("Vor dem @ steht ein Punkt zu viel."))


def _clean_domain(domain: str) -> str:
    if not domain:
        raise AddressRefused(Sentence("Nach dem @ fehlt der Name des Anbieters, zum Beispiel example.org."))
    try:
        shown = idna.decode(idna.encode(domain, uts46=True, std3_rules=True), uts46=True)
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused(
            Sentence("Nach dem @ steht kein möglicher Name. Prüfen Sie Punkte und Schreibweise.")
        ) from None
    ending = shown.rpartition(".")[2]
    if "." not in shown or not ending or ending.isdigit():
        raise AddressRefused(Sentence("Nach dem @ fehlt die Endung, zum Beispiel .de."))
    return shown


def _too_long() -> AddressRefused:
    return AddressRefused(Sentence("Diese Adresse ist zu lang. Möglich sind 254 Zeichen."))
