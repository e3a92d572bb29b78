# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From text to words that can be compared: case, umlauts, ß, composed or not, hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_TEXT = 400
MAX_WORD = 48

_WORD = re.compile(r"[^\W_]+")
# Signs inside a word that only help to read it: soft hyphen, mediopunkt, zero-width signs, word joiner.
_INSIDE = dict.fromkeys(map(ord, "\u00ad\u00b7\u2027\u30fb\u200b\u200c\u200d\u2060\ufeff"))
_KEY_WORDS = re.compile(r"\b(?:urn|de|fim|leika|leistung|(?:leistungs)?schl(?:ü|ue)ssel|id|nr)\b")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as it stands there, and folded."""

    text: str
    folded: str


def fold(text: str) -> str:
    """Lower case without accents and umlaut dots, ß as ss. Equal for NFC and NFD (FC-05)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    # Once more: a compatibility form (ﬁ, Ｈ) may hide a capital or an ß.
    return bare.casefold().replace("ß", "ss")


def words(text: str) -> Iterator[Word]:
    """The words of a text. Hyphens part words; apostrophes and the signs of Leichte Sprache do not."""
    shown = unicodedata.normalize("NFKC", text.translate(_INSIDE)).translate(_INSIDE).translate(_APOSTROPHES)
    for found in _WORD.finditer(shown):
        folded = fold(found.group())[:MAX_WORD]
        if folded:
            yield Word(found.group()[:MAX_WORD], folded)


def spellings(folded: str) -> tuple[str, ...]:
    """The word, and what it is if ae, oe, ue were typed for umlauts: muell, mull."""
    umlauts = re.sub(r"(?<![aeq])ue", "u", folded.replace("ae", "a").replace("oe", "o"))
    return (folded,) if umlauts == folded else (folded, umlauts)


def digits(text: str) -> str:
    """The digits of an official key, typed with blanks, dots or a prefix; empty if words stand there too."""
    shown = unicodedata.normalize("NFKC", text).casefold()
    shown = re.sub(
        r"\b(?:urn|de|fim|leika|leistung|schl(?:ü|ue)ssel|leistungsschl(?:ü|ue)ssel|id|nr)\b", " ", shown
    )
    bare = re.sub(r"[\s.:/_-]+", "", shown)
    return bare if re.fullmatch(r"[0-9]{4,20}", bare) else ""
