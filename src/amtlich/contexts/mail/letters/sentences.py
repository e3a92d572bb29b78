# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What each mail says. No name, no service, nothing that was stated: reference and authority only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amtlich.kernel.sentence import Sentence


class Kind(StrEnum):
    """On which occasions a mail is sent."""

    RECEIVED = "received"
    ANSWER_NEEDED = "answer_needed"
    DECIDED = "decided"
    CONFIRM = "confirm"
    TEST = "test"


ABOUT_A_CASE = (Kind.RECEIVED, Kind.ANSWER_NEEDED, Kind.DECIDED)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph; or a link with its words; or a code to type."""

    sentence: Sentence
    link: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What may stand in a mail."""

    reference: str = ""
    case_address: str = ""
    settings_address: str = ""
    confirm_address: str = ""
    code: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A mail in words: the subject is also its heading."""

    subject: Sentence
    parts: tuple[Part, ...]
    footer: tuple[Part, ...] = ()


def text(kind: Kind, facts: Facts) -> Text:
    """The words of this kind of mail."""
    return _TEXTS[kind](facts)


def _about_case(subject: Sentence, first: Sentence, facts: Facts) -> Text:
    return Text(
        subject,
        (
            Part(first),
            Part(Sentence("Ihr Zeichen: {reference}", reference=facts.reference)),
            Part(Sentence("Vorgang ansehen"), link=facts.case_address),
            Part(
                Sentence(
                    "Der Link meldet Sie nicht an. Haben Sie den Antrag ohne Anmeldung gestellt? Dann öffnen "
                    "Sie den Link in dem Browser, in dem Sie ihn gestellt haben."
                )
            ),
            Part(Sentence("Diese E-Mail ist nur ein Hinweis. Was gilt, steht bei Ihrem Vorgang.")),
        ),
        (
            Part(Sentence("Sie bekommen diese E-Mail, weil Sie es auf unserer Internetseite so wollten.")),
            Part(Sentence("Adresse ändern oder löschen"), link=facts.settings_address),
        ),
    )


def _received(facts: Facts) -> Text:
    return _about_case(Sentence("Ihr Antrag ist angekommen"), Sentence("Sie müssen jetzt nichts tun."), facts)


def _answer_needed(facts: Facts) -> Text:
    first = Sentence("Wir brauchen noch etwas von Ihnen. Was fehlt und bis wann, steht bei Ihrem Vorgang.")
    return _about_case(Sentence("Ihre Antwort ist nötig"), first, facts)


def _decided(facts: Facts) -> Text:
    first = Sentence("Wie wir entschieden haben, steht bei Ihrem Vorgang. Dort liegen auch Ihre Dokumente.")
    return _about_case(Sentence("Ihr Antrag ist entschieden"), first, facts)


def _confirm(facts: Facts) -> Text:
    return Text(
        Sentence("Bestätigen Sie Ihre E-Mail-Adresse"),
        (
            Part(Sentence("Jemand möchte, dass wir an diese Adresse schreiben. Waren Sie das?")),
            Part(
                Sentence(
                    "Dann öffnen Sie diesen Link. Nehmen Sie den Browser, in dem Sie die Adresse "
                    "eingegeben haben."
                )
            ),
            Part(Sentence("Adresse bestätigen"), link=facts.confirm_address),
            Part(Sentence("Oder geben Sie dort diesen Code ein:"), code=facts.code),
            Part(Sentence("Link und Code gelten bis {until}.", until=facts.expires_at)),
            Part(
                Sentence("Waren Sie das nicht? Dann tun Sie nichts. Wir schreiben Ihnen dann nicht wieder.")
            ),
        ),
    )


def _test(facts: Facts) -> Text:
    return Text(
        Sentence("Test der E-Mail"),
        (Part(Sentence("Diese E-Mail prüft, ob unser Versand geht. Sie müssen nichts tun.")),),
    )


_TEXTS: Mapping[Kind, Callable[[Facts], Text]] = {
    Kind.RECEIVED: _received,
    Kind.ANSWER_NEEDED: _answer_needed,
    Kind.DECIDED: _decided,
    Kind.CONFIRM: _confirm,
    Kind.TEST: _test,
}

CONTACT = Sentence("Fragen? Rufen Sie uns an.")
NO_ANSWER = Sentence("Auf diese E-Mail können Sie nicht antworten.")
