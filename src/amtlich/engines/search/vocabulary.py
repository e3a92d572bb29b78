# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""All words of an index, and the ways from a typed word to them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from amtlich.engines.search.distance import allowed_mistakes, distance
from amtlich.engines.search.documents import Field
from amtlich.engines.search.folding import Word
from amtlich.engines.search.hits import How
from amtlich.engines.search.stemming import SEPARABLE, stem
from amtlich.engines.search.stopwords import STOP_WORDS

_LEAST_PART = 3
_LEAST_INSIDE = 4


@dataclass(slots=True)
class Term:
    """All forms of one word that occur in the index, and where."""

    stem: str
    surfaces: dict[str, str] = field(default_factory=dict)  # folded: as it stands
    places: dict[int, tuple[Field, str]] = field(default_factory=dict)  # document: best field, as it stands

    def add(self, document: int, place: Field, word: Word) -> None:
        self.surfaces.setdefault(word.folded, word.text)
        known = self.places.get(document)
        if known is None or place.value > known[0].value:
            self.places[document] = (place, word.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that a typed word may mean. ``quality`` from 0 to 1."""

    term: Term
    quality: float
    how: How


class Vocabulary:
    """Filled once, then sealed; after that only read, by any number of threads."""

    def __init__(self) -> None:
        self.terms: dict[str, Term] = {}
        self._sorted: list[str] = []
        self._reversed: list[str] = []
        self._compounds: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        self._by_length: dict[int, list[tuple[str, int, str]]] = defaultdict(list)

    def add(self, document: int, place: Field, word: Word) -> str:
        """Note that the word stands there. Gives its stem."""
        root = stem(word.folded)
        self.terms.setdefault(root, Term(root)).add(document, place, word)
        return root

    def seal(self) -> None:
        """Build what look-ups need. Every compound is taken apart as far as its parts are words here too."""
        self._sorted = sorted(self.terms)
        self._reversed = sorted(root[::-1] for root in self.terms)
        for root, term in self.terms.items():
            for surface in term.surfaces:
                self._by_length[len(surface)].append((surface, _letters(surface), root))
        for root, term in self.terms.items():
            parts = max((self.split(surface) for surface in sorted(term.surfaces)), key=len)
            for position, part in enumerate(parts):
                self._compounds[part].append((root, position == len(parts) - 1))

    def exact(self, folded: str) -> Candidate | None:
        """The same word, or another form of it."""
        term = self.terms.get(stem(folded))
        if term is None:
            return None
        if folded in term.surfaces:
            return Candidate(term, 1.0, How.EXACT)
        return Candidate(term, 0.95, How.INFLECTED)

    def containing(self, folded: str) -> Iterator[Candidate]:
        """Compounds that hold the word, and words that begin or end with it."""
        root = stem(folded)
        for compound, is_head in self._compounds.get(root, ()):
            yield Candidate(self.terms[compound], 0.75 if is_head else 0.65, How.PART)
        if len(root) >= _LEAST_PART:
            yield from self._beginning(root)
        if len(root) >= _LEAST_INSIDE:
            yield from self._ending(root)

    def _beginning(self, root: str) -> Iterator[Candidate]:
        for found in _range(self._sorted, root):
            if found != root:
                yield Candidate(self.terms[found], 0.4 + 0.35 * len(root) / len(found), How.BEGINNING)

    def _ending(self, root: str) -> Iterator[Candidate]:
        for turned in _range(self._reversed, root[::-1]):
            found = turned[::-1]
            front = found[: -len(root)]
            if len(front) >= _LEAST_PART:
                yield Candidate(self.terms[found], 0.65, How.PART)
            elif front in SEPARABLE:  # melden in anmelden: of the kind, though not the same
                yield Candidate(self.terms[found], 0.4, How.PART)

    def mistyped(self, folded: str) -> Iterator[Candidate]:
        """The words that lie closest, within the mistakes that the length allows."""
        limit = allowed_mistakes(len(folded))
        if not limit:
            return
        letters = _letters(folded)
        best, found = limit, dict[str, int]()
        for length in range(len(folded) - limit, len(folded) + limit + 1):
            for surface, others, root in self._by_length.get(length, ()):
                # A mistake changes at most two letters of the set: cheap, and sorts out nearly all.
                if (letters ^ others).bit_count() > 2 * best or not _same_start(folded, surface):
                    continue
                mistakes = distance(folded, surface, best)
                if mistakes <= best:
                    best = mistakes
                    found[root] = min(mistakes, found.get(root, mistakes))
        for root, mistakes in found.items():
            if mistakes == best:
                yield Candidate(self.terms[root], 0.85 - 0.15 * mistakes, How.TYPO)

    def split(self, folded: str) -> tuple[str, ...]:
        """The stems of the parts of a compound, all of them words here; empty if it cannot be taken apart.

        Linking letters (-s-, -n-, -en-, -e-, -er-) go with the ending of the part before them. Of several
        ways the one with the fewest parts counts, then the one with the longest head.
        """
        best: dict[int, tuple[str, ...]] = {len(folded): ()}
        for start in range(len(folded) - _LEAST_PART, -1, -1):
            ways = [
                (root, *best[end])
                for end in range(len(folded), start + _LEAST_PART - 1, -1)
                if end in best and (root := self._part(folded, start, end)) is not None
            ]
            if ways:
                best[start] = min(ways, key=len)
        whole = best.get(0, ())
        return whole if len(whole) > 1 else ()

    def _part(self, folded: str, start: int, end: int) -> str | None:
        piece = folded[start:end]
        if piece in STOP_WORDS or (start == 0 and end == len(folded)):
            return None
        root = stem(piece)
        if root in self.terms:
            return root
        # Ehe-schließungs-, Geburts-: the stemmer keeps an -s that no plural has.
        if end < len(folded) and piece.endswith("s") and len(piece) > _LEAST_INSIDE:
            root = stem(piece[:-1])
            return root if root in self.terms else None
        return None

    def split_at_mistake(self, folded: str) -> tuple[str, tuple[Candidate, ...]] | None:
        """A compound with a mistake in one part: the stem of the sound part, and what the rest may mean."""
        for end in range(len(folded) - _LEAST_INSIDE, _LEAST_INSIDE - 1, -1):
            front, rest = folded[:end], folded[end:]
            for sound, other in ((front, rest), (rest, front)):
                root = stem(sound)
                if len(sound) < _LEAST_INSIDE or root not in self.terms or sound in STOP_WORDS:
                    continue
                meant = tuple(self.mistyped(other))
                if meant:
                    return root, meant
        return None

    def longest_part(self, folded: str) -> str | None:
        """The longest end of the word that is a word here, or else its longest beginning."""
        for length in range(len(folded) - _LEAST_PART, _LEAST_INSIDE - 1, -1):
            for part in (folded[-length:], folded[:length]):
                if stem(part) in self.terms and part not in STOP_WORDS:
                    return part
        return None


def _range(ordered: list[str], start: str) -> Iterator[str]:
    for position in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[position].startswith(start):
            return
        yield ordered[position]


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _same_start(left: str, right: str) -> bool:
    """In short words the first letter is right, or changed places with the second."""
    return left[0] == right[0] or len(left) >= 6 or left[:2] == right[1::-1]
