# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The index: built once from documents, then asked by any number of threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from amtlich.engines.search.documents import Document, DuplicateDocument, Field
from amtlich.engines.search.folding import MAX_TEXT, digits, words
from amtlich.engines.search.hits import Hit, How, Match
from amtlich.engines.search.question import Asked, rarity, read
from amtlich.engines.search.stopwords import STOP_WORDS
from amtlich.engines.search.vocabulary import Candidate, Vocabulary
from amtlich.kernel.text import sort_key

# Below these an answer is noise: it meets too little of the question, or far less of it than the best one.
_LEAST_COVERED = 0.3
_LEAST_OF_BEST = 0.35
# Labels are compared for the best of the first round only: the cost of a question stays bounded.
_SECOND_ROUND = 40
_LABEL_BONUS = 1.0


class Index:
    """Search over documents. The same documents and the same question give the same answer, always."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Raises ``DuplicateDocument``."""
        self._documents = tuple(documents)
        self._vocabulary = Vocabulary()
        self._labels: list[tuple[frozenset[str], ...]] = []
        known: set[str] = set()
        for number, document in enumerate(self._documents):
            if document.id in known:
                raise DuplicateDocument(document.id)
            known.add(document.id)
            self._labels.append(self._read(number, document))
        self._vocabulary.seal()
        self._order = [(sort_key(document.name), document.id) for document in self._documents]

    def __len__(self) -> int:
        return len(self._documents)

    def _read(self, number: int, document: Document) -> tuple[frozenset[str], ...]:
        """Note all words. Gives the labels: names and everyday phrases, each as the stems of its words."""
        labels: dict[frozenset[str], None] = {}
        for place, text in document.texts():
            stems = frozenset(
                self._vocabulary.add(number, place, word)
                for word in words(text)
                if word.folded not in STOP_WORDS
            )
            if stems and place is not Field.SUMMARY:
                labels[stems] = None
        return tuple(labels)

    def search(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """The documents that answer, the best first; equal ones in German order of their names.

        Never raises for any text. Only the first 400 signs and 16 words are read. A text of digits only is
        an official key, whole or its beginning.
        """
        if limit < 1:
            return ()
        key = digits(text[:MAX_TEXT])
        if key:
            by_key = self._by_key(key, text)
            if by_key:
                return by_key[:limit]
        asked = read(text, self._vocabulary, len(self._documents))
        return self._ranked(asked)[:limit]

    def _by_key(self, key: str, text: str) -> tuple[Hit, ...]:
        found = [
            (self._order[number], document.id, document.key)
            for number, document in enumerate(self._documents)
            if document.key and document.key.startswith(key)
        ]
        return tuple(
            Hit(document_id, len(key) / len(whole), (Match(text.strip(), whole, How.KEY),))
            for _, document_id, whole in sorted(found)
        )

    def _ranked(self, asked: list[Asked]) -> tuple[Hit, ...]:
        total = sum(one.weight for one in asked)
        if not total:
            return ()
        found = self._first_round(asked)
        enough = [each for each in found.values() if each.score >= _LEAST_COVERED * total]
        enough.sort(key=lambda each: (-round(each.score, 9), self._order[each.number]))
        for each in enough[:_SECOND_ROUND]:
            each.score = each.score * (0.5 + 0.5 * each.covered / total)
            each.score += _LABEL_BONUS * self._label_fit(each, total) * total
        del enough[_SECOND_ROUND:]
        enough.sort(key=lambda each: (-round(each.score, 9), self._order[each.number]))
        least = _LEAST_OF_BEST * enough[0].score if enough else 0
        return tuple(
            Hit(self._documents[each.number].id, round(each.score, 6), each.matches())
            for each in enough
            if each.score >= least
        )

    def _first_round(self, asked: list[Asked]) -> dict[int, _Found]:
        found: dict[int, _Found] = {}
        for one in asked:
            for number, meeting in _meetings(one).items():
                found.setdefault(number, _Found(number)).add(one, meeting)
        return found

    def _label_fit(self, each: _Found, total: float) -> float:
        """How well the question as a whole is one of the document's names: 1 if word for word."""
        best = 0.0
        for label in self._labels[each.number]:
            met = sum(weight for root, weight in each.met.items() if root in label)
            if not met:
                continue
            size = met_size = 0.0
            for root in label:
                weight = rarity(len(self._vocabulary.terms[root].places), len(self._documents))
                size += weight
                met_size += weight if root in each.met else 0.0
            asked_share, label_share = min(met / total, 1.0), met_size / size
            best = max(best, 2 * asked_share * label_share / (asked_share + label_share))
        return best


class _Meeting:
    """How one word of the question met one document: its value, and by which terms."""

    __slots__ = ("by", "quality", "value")

    def __init__(self, value: float, quality: float, by: list[tuple[Candidate, str, float]]) -> None:
        self.value = value
        self.quality = quality
        self.by = by


def _meetings(one: Asked) -> dict[int, _Meeting]:
    """For every document the better of: the word as a whole, and the word as a compound."""
    best = _best_places(one.candidates)
    if one.parts:
        together: dict[int, list[tuple[float, _Meeting]]] = defaultdict(list)
        for share, candidates in one.parts:
            for number, meeting in _best_places(candidates).items():
                together[number].append((share, meeting))
        for number, met in together.items():
            # Squared, as it were: half of a compound is less than half of what was meant.
            value = sum(share * meeting.value for share, meeting in met) * sum(share for share, _ in met)
            known = best.get(number)
            if known is None or value > known.value:
                quality = sum(share * meeting.quality for share, meeting in met)
                by = [(term, text, share) for share, meeting in met for term, text, _ in meeting.by]
                best[number] = _Meeting(value, quality, by)
    return best


def _best_places(candidates: dict[str, Candidate]) -> dict[int, _Meeting]:
    best: dict[int, _Meeting] = {}
    for candidate in candidates.values():
        for number, (place, text) in candidate.term.places.items():
            value = candidate.quality * place.value
            known = best.get(number)
            if known is None or value > known.value:
                best[number] = _Meeting(value, candidate.quality, [(candidate, text, 1.0)])
    return best


class _Found:
    """What is known of one document while a question is answered."""

    __slots__ = ("_matches", "covered", "met", "number", "score")

    def __init__(self, number: int) -> None:
        self.number = number
        self.score = 0.0
        self.covered = 0.0
        self.met: dict[str, float] = defaultdict(float)
        self._matches: list[Match] = []

    def add(self, one: Asked, meeting: _Meeting) -> None:
        self.score += one.weight * meeting.value
        self.covered += one.weight * meeting.quality
        for candidate, text, share in meeting.by:
            self.met[candidate.term.stem] += one.weight * candidate.quality * share
            self._matches.append(Match(one.word.text, text, candidate.how))

    def matches(self) -> tuple[Match, ...]:
        return tuple(self._matches)
