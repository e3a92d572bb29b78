# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Text from outside: cleaned or refused at the door, compared and sorted as Germans expect.

Stored text is always in Unicode normal form C (FC-05). What no document could print is refused
here, by the name of the character (FC-21), so that nothing fails later, before the seal.
"""

from __future__ import annotations

import re
import unicodedata

from amtlich.kernel.sentence import Sentence

# Pasted along unseen and without meaning in a form: byte order mark, zero-width space, joiner, soft hyphen.
_DROPPED = str.maketrans("", "", "\ufeff\u200b\u2060\u00ad")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")

# Combining marks that occur in the letter sequences of DIN 91379.
_NAME_MARKS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0310\u0312\u0313\u0315\u031b"
    "\u0323\u0324\u0325\u0326\u0327\u0328\u032e\u0331\u035f"
)
# Signs of DIN 91379 that names hold besides letters (groups N1 to N4 as far as persons are named).
_NAME_SIGNS = frozenset(" '-.,/`´·’‘()ʹʺʻʼʾʿˈˌʰ")

HOUSE_NUMBER_HELP = Sentence("Schreiben Sie die Hausnummer zum Beispiel so: 12, 12 a, 3-5 oder 5 1/2.")
_HOUSE_NUMBER = re.compile(
    r"[0-9]{1,4}(?:/[0-9]{1,4})?(?: [0-9]/[0-9])?(?: ?[a-zA-Z])?(?: (?:bis|ter))?"
    r"(?: ?- ?[0-9]{1,4}(?: ?[a-zA-Z])?)?"
)
_POSTCODE = re.compile(r"[0-9]{5}")


class TextRefused(ValueError):
    """The text holds something that cannot be accepted. ``message`` says what, and what to do."""

    def __init__(self, message: str, character: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.character = character


def named(character: str) -> str:
    """How a message names a character: itself where it can be seen, and its code point."""
    code = f"U+{ord(character):04X}"
    visible = unicodedata.category(character)[0] not in "CZM"
    return f"„{character}“ ({code})" if visible else code


def _check_character(character: str, multiline: bool) -> None:
    if multiline and character in "\n\t":
        return
    category = unicodedata.category(character)
    sign = named(character)
    if category == "Cc":
        raise TextRefused(
            Sentence("Das Zeichen {sign} ist ein Steuerzeichen. Bitte löschen Sie es.", sign=sign), character
        )
    if character in _BIDI:
        raise TextRefused(
            Sentence(
                "Das Zeichen {sign} steuert die Schreibrichtung und ist hier nicht erlaubt. "
                "Bitte löschen Sie es.",
                sign=sign,
            ),
            character,
        )
    if category in ("Cs", "Co", "Cn"):
        raise TextRefused(
            Sentence("Das Zeichen {sign} gibt es in keiner Schrift. Bitte löschen Sie es.", sign=sign),
            character,
        )
    if category in ("Cf", "Zl", "Zp"):
        raise TextRefused(
            Sentence(
                "Das Zeichen {sign} ist unsichtbar und hier nicht erlaubt. Bitte löschen Sie es.", sign=sign
            ),
            character,
        )


def clean_text(text: str, max_length: int, *, multiline: bool = False) -> str:
    """The text in NFC, trimmed, blanks collapsed; ``""`` if nothing is left.

    The length is counted in characters after normalising. Raises ``TextRefused`` for control
    characters, direction marks, private use, unassigned code points and lone surrogates, and for
    text that is too long.
    """
    # A megabyte is refused before any work is done on it.
    if len(text) > max_length * 4 + 64:
        raise TextRefused(_too_long(max_length))
    text = text.translate(_DROPPED)
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in text:
        _check_character(character, multiline or character == "\t")
    text = unicodedata.normalize("NFC", text)
    lines = text.split("\n") if multiline else [text]
    text = "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()
    if len(text) > max_length:
        raise TextRefused(_too_long(max_length))
    return text


def _too_long(max_length: int) -> Sentence:
    return Sentence("Das ist zu lang. Möglich sind {count} Zeichen.", count=max_length)


def _is_name_letter(character: str) -> bool:
    if character in _NAME_SIGNS or character in _NAME_MARKS:
        return True
    code = ord(character)
    latin = code < 0x250 or code in (0x0259, 0x0292) or 0x1E00 <= code <= 0x1EFF
    return latin and unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo")


def clean_name(text: str, max_length: int = 80) -> str:
    """A person's name: as ``clean_text``, and only letters and signs of DIN 91379.

    Raises ``TextRefused`` naming the first other character: a digit, an emoji, a CJK letter.
    """
    text = clean_text(text, max_length)
    for character in text:
        if not _is_name_letter(character):
            raise TextRefused(
                Sentence(
                    "Das Zeichen {sign} kommt in Namen deutscher Register nicht vor. "
                    "Schreiben Sie den Namen so wie im Ausweis.",
                    sign=named(character),
                ),
                character,
            )
    return text


def clean_house_number(text: str) -> str:
    """A German house number as typed: 12 a, 232a, 3-5, 5/1, 5 1/2, 18 bis, 1/2 (FC-02)."""
    text = clean_text(text, 20)
    if not _HOUSE_NUMBER.fullmatch(text):
        raise TextRefused(HOUSE_NUMBER_HELP)
    return text


def clean_postcode(text: str) -> str:
    """Five ASCII digits. Arabic-Indic digits are digits too, but no post office reads them."""
    text = clean_text(text, 20).replace(" ", "")
    if not _POSTCODE.fullmatch(text):
        raise TextRefused(Sentence("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 12345."))
    return text


def match_key(text: str) -> str:
    """Equal for texts that mean the same name: composed or decomposed, any case, any blanks.

    Case folding makes ß equal to ss, as passports in capitals do.
    """
    folded = unicodedata.normalize("NFC", text.translate(_DROPPED)).casefold()
    folded = folded.replace("’", "'").replace("ʼ", "'").replace("´", "'").replace("`", "'")
    return unicodedata.normalize("NFC", " ".join(folded.split()))


def sort_key(text: str) -> str:
    """German order (DIN 5007-1): ä as a, ß as ss; the text itself breaks ties (FC-14)."""
    base = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(c for c in base if not unicodedata.combining(c))
    return f"{' '.join(letters.split())}\x01{unicodedata.normalize('NFC', text)}"
