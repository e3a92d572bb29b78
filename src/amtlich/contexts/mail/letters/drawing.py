# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A mail as it travels: plain text and HTML side by side, seven-bit clean, one Message-ID for all copies."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import jinja2
from markupsafe import Markup

from amtlich.contexts.mail.letters.sentences import CONTACT, NO_ANSWER, Part, Text
from amtlich.kernel import clock
from amtlich.kernel.sentence import Language, Sentence, Words

_HERE = Path(__file__).parent
_WIDTH = 76
# 7bit: no server on the way needs 8BITMIME, and no signature breaks when one re-encodes.
_POLICY = policy.SMTP.clone(cte_type="7bit")


class Office(Protocol):
    """What a mail says about its sender."""

    name: str
    office: str
    street: str
    city: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom; addresses are ASCII, ``answer_to`` may be empty."""

    id: UUID
    sender: str
    recipient: str
    answer_to: str = ""


@cache
def words() -> Words:
    """The language forms of what mails say."""
    file = _HERE / "words.toml"
    return Words.read([(file.name, file.read_text(encoding="utf-8"))])


def draw(text: Text, envelope: Envelope, office: Office, language: Language) -> EmailMessage:
    """The whole mail. Its date is now; its Message-ID is that of any other copy of it."""
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = Address(office.name, addr_spec=envelope.sender)
    letter["To"] = Address(addr_spec=envelope.recipient)
    if envelope.answer_to:
        letter["Reply-To"] = Address(office.name, addr_spec=envelope.answer_to)
    letter["Subject"] = words().say(text.subject, language)
    letter["Date"] = clock.now().astimezone(clock.BERLIN)
    letter["Message-ID"] = f"<{envelope.id}@{envelope.sender.rpartition('@')[2]}>"
    # RFC 3834: nobody's holiday notice answers; the second line says the same to Exchange.
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    shown = _shown(text, office, language, bool(envelope.answer_to))
    letter.set_content(_template("letter.txt").render(shown), cte="quoted-printable")
    letter.add_alternative(_template("letter.html").render(shown), subtype="html", cte="quoted-printable")
    letter["Content-Language"] = shown["html_language"]
    letter.set_boundary(f"amtlich-{envelope.id.hex}")
    return letter


def _shown(text: Text, office: Office, language: Language, answered: bool) -> dict[str, Any]:
    return {
        "authority": office,
        "language": language,
        "html_language": "en" if language == "en" else "de",
        "german": Markup(' lang="de"') if language == "en" else "",
        "heading": words().say(text.subject, language),
        "parts": _parts(text.parts, language),
        "footer": _parts(text.footer, language),
        "contact": _lines(CONTACT, language),
        "no_answer": "" if answered else words().say(NO_ANSWER, language),
    }


def _parts(parts: Iterable[Part], language: Language) -> list[Mapping[str, Any]]:
    return [
        {"lines": _lines(part.sentence, language), "link": part.link, "code": part.code} for part in parts
    ]


def _lines(sentence: Sentence, language: Language) -> list[str]:
    return words().say(sentence, language).split("\n")


def _fold(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fold"] = _fold
    return environment.get_template(name)
