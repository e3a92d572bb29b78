# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A light stemmer for German words that are folded already (no umlauts, no ß).

It follows the published idea of Snowball's German stemmer (strip inflection, then derivation, only behind
the first syllable) with changes for a small vocabulary of official words: -ung goes after four letters
already (Meldung, melden), -er stays after a vowel (Steuer, also in Hundesteuer), participles with -ge- and
infinitives with -zu- meet their verb (angemeldet, anzumelden, anmelden), and plurals in -s of loan words are
known (Kitas).
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "aeiouy"
_S_BEFORE = "bdfghklmnrt"
_ST_BEFORE = "bdfghklmnt"
_PREFIX = "ab|an|auf|aus|bei|durch|ein|fest|her|hin|los|mit|nach|um|vor|weg|zuruck|zusammen|zu"

SEPARABLE = frozenset(_PREFIX.split("|"))
"""Prefixes of verbs that may stand apart: melde ... an."""

_PARTICIPLE = re.compile(rf"({_PREFIX})(?:ge|zu)([a-z]{{3,9}}?)(?:et|t|en)")
_NO_VERB = re.compile(r".*(?:ig|heit|keit|ung|schaft|nd)")
_WEAK_PARTICIPLE = re.compile(r"ge([a-z]{4,})et")
_FEMALE = re.compile(r"(.{3,}er)in(?:nen)?")
# Not -ig: bescheinigen and Bescheinigung keep it, and kündigen must not become Kunde.
_DERIVED = ("schaft", "keit", "heit", "lich", "isch", "ung", "end")
_LEAST = 4


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem; words of up to three letters and words with digits stay as they are."""
    if len(word) < _LEAST or not word.isascii() or not word.isalpha():
        return word
    word = _verb_of(word)
    female = _FEMALE.fullmatch(word)
    if female:
        word = female.group(1)
    start = _first_syllable(word)
    word = _without_case_ending(word, start)
    word = _without_degree_ending(word, start)
    return _without_derivation(word)


def _verb_of(word: str) -> str:
    """angemeldet, anzumelden: anmelden. geheiratet: heiraten."""
    participle = _PARTICIPLE.fullmatch(word)
    if participle and not _NO_VERB.fullmatch(participle.group(2)):
        return f"{participle.group(1)}{participle.group(2)}en"
    weak = _WEAK_PARTICIPLE.fullmatch(word)
    return f"{weak.group(1)}en" if weak else word


def _first_syllable(word: str) -> int:
    """Where the first consonant after a vowel ends; nothing before it is ever stripped."""
    seen_vowel = False
    for position, letter in enumerate(word):
        if letter in _VOWELS:
            seen_vowel = True
        elif seen_vowel:
            return max(position + 1, 3)
    return len(word)


def _without_case_ending(word: str, start: int) -> str:
    if word.endswith(("er", "ern")) and word.removesuffix("n")[-3] in _VOWELS:
        return word.removesuffix("n")  # Steuer, Steuern
    for ending in ("ern", "em", "er", "en", "es", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= start:
            return word[: -len(ending)]
    if word.endswith("s") and len(word) - 1 >= start:
        before = word[-2]
        if before in _S_BEFORE or (before in "aoy" and len(word) > _LEAST):
            return word[:-1]
    return word


def _without_degree_ending(word: str, start: int) -> str:
    for ending in ("est", "en", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= start:
            if ending == "er" and word[-3] in _VOWELS:
                return word
            return word[: -len(ending)]
    if word.endswith("st") and len(word) - 2 >= max(start, _LEAST) and word[-3] in _ST_BEFORE:
        return word[:-2]
    return word


def _without_derivation(word: str) -> str:
    for ending in _DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
