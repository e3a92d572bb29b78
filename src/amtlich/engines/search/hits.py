# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What was found, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class How(Enum):
    """How a word of the question met a word of a document, from the surest to the vaguest."""

    KEY = "key"
    EXACT = "exact"
    INFLECTED = "inflected"  # Hunde, Hund
    COMPOUND = "compound"  # Wohnsitzanmeldung: Wohnsitz + anmelden
    PART = "part"  # Bescheinigung: Meldebescheinigung
    BEGINNING = "beginning"  # Geburtsur: Geburtsurkunde
    TYPO = "typo"  # Hunt: Hund


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """``word`` as it was typed, ``term`` as it stands in the document."""

    word: str
    term: str
    how: How


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers. Scores compare within one answer only."""

    id: str
    score: float
    matches: tuple[Match, ...]

    @property
    def guessed(self) -> bool:
        """No word of the question was found as it stands, in another form, or as a key."""
        return not any(match.how in (How.KEY, How.EXACT, How.INFLECTED) for match in self.matches)
