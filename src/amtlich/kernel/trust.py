# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How sure a log-in makes us of who somebody is (eIDAS, Art. 8; OZG § 3)."""

from __future__ import annotations

from enum import IntEnum


class TrustLevel(IntEnum):
    """Ordered, so that ``level >= needed`` reads as it should."""

    NONE = 0
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3

    @property
    def word_de(self) -> str:
        """The word that packages and people use."""
        return ("keines", "niedrig", "substanziell", "hoch")[self]

    @classmethod
    def from_word(cls, word: str) -> TrustLevel:
        """Read the English word of a package: none, low, substantial, high."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"trust level must be none, low, substantial or high, not {word!r}") from None
