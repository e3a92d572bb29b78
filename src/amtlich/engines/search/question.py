# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A question, taken apart: for every word that counts, what it may mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from amtlich.engines.search.folding import MAX_TEXT, Word, spellings, words
from amtlich.engines.search.hits import How
from amtlich.engines.search.stemming import SEPARABLE, stem
from amtlich.engines.search.stopwords import STOP_WORDS
from amtlich.engines.search.vocabulary import Candidate, Vocabulary

MAX_WORDS = 16
_KNOWN = (How.EXACT, How.INFLECTED)
# A word that nobody here knows weighs a little less than the rarest one that is known: people tell stories.
_UNKNOWN = 0.9
# Verbs and papers of every service: they help to choose, but an answer needs more than them.
_OF_EVERY_SERVICE = frozenset(
    map(stem, ("antrag", "beantragen", "bestellen", "erklaren", "formular", "termin", "anzeigen", "kosten"))
)
_LITTLE = 0.4


@dataclass(slots=True)
class Asked:
    """One word of the question. ``parts``: the word as a compound, each part with its share of the word."""

    word: Word
    candidates: dict[str, Candidate] = field(default_factory=dict)
    parts: list[tuple[float, dict[str, Candidate]]] = field(default_factory=list)
    weight: float = 0.0

    @property
    def known(self) -> bool:
        return any(one.how in _KNOWN for one in self.candidates.values())

    def offer(self, candidate: Candidate) -> None:
        _keep(self.candidates, candidate)


def read(text: str, vocabulary: Vocabulary, documents: int) -> list[Asked]:
    """The words of a question that count, at most 16; what stands behind 400 signs is not read."""
    seen = list(words(text[:MAX_TEXT]))
    told: dict[str, Word] = {}
    for word in seen:
        if word.folded not in STOP_WORDS:
            told.setdefault(word.folded, word)
    asked = [Asked(word) for word in list(told.values())[:MAX_WORDS]]
    _verbs_that_stand_apart(asked, seen, vocabulary)
    _words_that_belong_together(asked, vocabulary)
    for one in asked:
        _look_up(one, vocabulary)
        one.weight = _weight(one, documents)
    return asked


def _look_up(one: Asked, vocabulary: Vocabulary) -> None:
    forms = spellings(one.word.folded)
    for form in forms:
        found = vocabulary.exact(form)
        if found:
            one.offer(found)
    for form in forms:
        for candidate in vocabulary.containing(form):
            one.offer(candidate)
        parts = vocabulary.split(form)
        if parts and not one.parts:
            one.parts = [(share, _meanings(part, vocabulary)) for part, share in _shares(parts)]
    if one.known or one.parts:
        return
    for form in forms:
        for candidate in vocabulary.mistyped(form):
            one.offer(candidate)
    if not one.candidates:
        _look_up_torn(one, forms[-1], vocabulary)


def _look_up_torn(one: Asked, form: str, vocabulary: Vocabulary) -> None:
    """A compound of which one part is mistyped, or is no word here."""
    torn = vocabulary.split_at_mistake(form)
    if torn is not None:
        sound, meant = torn
        guessed: dict[str, Candidate] = {}
        for candidate in meant:
            _keep(guessed, candidate)
        one.parts = [(0.5, _meanings(sound, vocabulary)), (0.5, guessed)]
        return
    part = vocabulary.longest_part(form)
    if part is not None:
        one.parts = [(len(part) / len(form), _meanings(stem(part), vocabulary))]


def _meanings(root: str, vocabulary: Vocabulary) -> dict[str, Candidate]:
    """What the part of a compound stands for: the word itself, and compounds that hold it."""
    found: dict[str, Candidate] = {}
    _keep(found, Candidate(vocabulary.terms[root], 0.9, How.COMPOUND))
    for candidate in vocabulary.containing(root):
        _keep(found, Candidate(candidate.term, candidate.quality * 0.9, How.COMPOUND))
    return found


def _shares(parts: Sequence[str]) -> Iterator[tuple[str, float]]:
    letters = sum(map(len, parts))
    for part in parts:
        yield part, len(part) / letters


def _keep(candidates: dict[str, Candidate], candidate: Candidate) -> None:
    known = candidates.get(candidate.term.stem)
    if known is None or candidate.quality > known.quality:
        candidates[candidate.term.stem] = candidate


def _verbs_that_stand_apart(asked: list[Asked], seen: Sequence[Word], vocabulary: Vocabulary) -> None:
    """Ich melde meinen Hund an: anmelden."""
    prefixes = {word.folded for word in seen} & SEPARABLE
    for one in asked:
        for prefix in sorted(prefixes):
            found = vocabulary.exact(prefix + one.word.folded)
            if found and prefix != one.word.folded:
                one.offer(Candidate(found.term, 0.95, How.INFLECTED))


def _words_that_belong_together(asked: list[Asked], vocabulary: Vocabulary) -> None:
    """Sperr müll: Sperrmüll."""
    for left, right in pairwise(asked):
        for joined in spellings(left.word.folded + right.word.folded):
            found = vocabulary.exact(joined)
            if found:
                for one in (left, right):
                    one.offer(Candidate(found.term, 0.9, How.COMPOUND))


def _weight(one: Asked, documents: int) -> float:
    """Rare words tell more. A compound tells as much as its rarest part."""
    groups = [list(one.candidates.values())] + [list(part.values()) for _, part in one.parts]
    rarest = 0.0
    for group in groups:
        if group:
            top = max(candidate.quality for candidate in group)
            best = [candidate.term for candidate in group if candidate.quality == top]
            seen = len(set().union(*(term.places.keys() for term in best)))
            rarest = max(rarest, rarity(seen, documents))
    weight = rarest or _UNKNOWN * rarity(1, documents)
    return weight * _LITTLE if stem(one.word.folded) in _OF_EVERY_SERVICE else weight


def rarity(seen: int, documents: int) -> float:
    """The inverse document frequency, positive also for a word that stands everywhere."""
    return math.log(1 + documents / max(seen, 1))
