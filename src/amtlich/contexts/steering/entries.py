# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The values that feedback is made of, and what may stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amtlich.contexts.steering.errors import FeedbackRefused
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.text import TextRefused, clean_text

LONGEST_TEXT = 1000
_ERRORS = ("400", "401", "403", "404", "405", "408", "409", "410", "413", "429", "500", "503")

#: Where feedback can come from. A closed set: what else comes is "seite".
OCCASIONS = frozenset(
    {
        "seite",  # any page, by the footer
        "ende-des-antrags",  # the receipt
        "entschieden",  # a case with its decision
        "zurueckgezogen",  # a case that was withdrawn
        "pruefung",  # the result of checking a document
        "leichte-sprache",
        *(f"fehler-{status}" for status in _ERRORS),
    }
)
_MAIL = re.compile(r"[^\s@<>\"(),:;]+@[^\s@<>\"(),:;.]+(\.[^\s@<>\"(),:;.]+)+")


class Answer(StrEnum):
    """Did it work?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """One entry, for the operator."""

    at: datetime
    kind: str
    occasion: str
    answer: str
    route: str
    language: str
    text: str
    email: str


def occasion_of(text: str) -> str:
    """The occasion with this name; an unknown one counts as feedback on any page."""
    return text if text in OCCASIONS else "seite"


def answer_of(text: str) -> Answer:
    """Raises ``FeedbackRefused`` for anything but the three answers."""
    try:
        return Answer(text)
    except ValueError:
        raise FeedbackRefused("answer", Sentence("Wählen Sie eine der drei Antworten aus.")) from None


def text_of(text: str, *, needed: bool = False) -> str:
    """The text as it is stored. Raises ``FeedbackRefused``."""
    try:
        cleaned = clean_text(text, LONGEST_TEXT, multiline=True)
    except TextRefused as refused:
        raise FeedbackRefused("text", refused.message) from None
    if needed and not cleaned:
        raise FeedbackRefused("text", Sentence("Beschreiben Sie kurz, was nicht geht."))
    return cleaned


def email_of(text: str) -> str:
    """The address as it is stored; empty is fine. Raises ``FeedbackRefused``."""
    wrong = FeedbackRefused(
        "email", Sentence("Prüfen Sie die E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@beispiel.de")
    )
    try:
        cleaned = clean_text(text, 254)
    except TextRefused:
        raise wrong from None
    if cleaned and not _MAIL.fullmatch(cleaned):
        raise wrong
    return cleaned
