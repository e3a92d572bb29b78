# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which characters a text field takes: those that a sealed document can print (FC-21).

Names have their own, narrower door in ``kernel.text.clean_name``. Other text (streets, places, a
purpose) may hold digits and signs as well, but no emoji, no CJK letters, no digits of other scripts:
the document could not print them, and a case that cannot be printed would stop after it was sent.
"""

from __future__ import annotations

import unicodedata

from amtlich.kernel.sentence import Sentence
from amtlich.kernel.text import TextRefused, clean_text, named

# Signs beyond Latin-1 that occur in German prose: dashes, quotation marks, ellipsis, euro, per mille.
_SIGNS = frozenset("‐‑‒–—―‘’‚‛“”„‟•…‰′″‹›⁄€№™ʹʺʻʼʾʿˈˌ−×÷≤≥≠½¼¾⅓⅔")


def _printable(character: str) -> bool:
    code = ord(character)
    if code < 0x250 or 0x1E00 <= code <= 0x1EFF or code in (0x0259, 0x0292):
        return True
    if 0x0300 <= code <= 0x036F:
        return True
    # Greek and Cyrillic letters belong to DIN 91379 outside of names.
    if 0x0370 <= code <= 0x03FF or 0x0400 <= code <= 0x045F:
        return unicodedata.category(character).startswith("L")
    return character in _SIGNS


def clean_prose(text: str, max_length: int, *, multiline: bool = False) -> str:
    """As ``kernel.text.clean_text``, and only what can be printed; ``TextRefused`` names the rest."""
    text = clean_text(text, max_length, multiline=multiline)
    for character in text:
        if not _printable(character):
            raise TextRefused(
                Sentence(
                    "Das Zeichen {sign} können wir nicht drucken. Bitte löschen Sie es.",
                    sign=named(character),
                ),
                character,
            )
    return text
