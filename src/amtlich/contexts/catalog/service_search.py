# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Finding services: what an authority offers online and what its directory lists, in one index.

An index belongs to what it was built from (digest of the directory, digests of the packages), so a process
may keep it for ever, and one that is new is built with the first question after a publication. Functions
expect an open ``tenant()`` where they read what the authority has.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amtlich.contexts.catalog import queries
from amtlich.contexts.catalog.directory import (
    Directory,
    DirectoryEntry,
    from_content,
    in_german_order,
    of_package,
)
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.packages import package_of
from amtlich.engines.forms import LANGUAGES
from amtlich.engines.search import Document, Index, Match

_KEPT = 64

_State = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A service that answers a question. ``matches``: which word met which word of the service, and how.

    ``guessed``: no word was found as it stands, only by similarity or as part of another.
    """

    entry: DirectoryEntry
    score: float
    matches: tuple[Match, ...]
    guessed: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """All services of an authority, ready to be listed and searched."""

    entries: tuple[DirectoryEntry, ...]
    categories: tuple[Mapping[str, str], ...]
    by_slug: Mapping[str, DirectoryEntry]
    replaced: Mapping[str, str]
    indexes: Mapping[str, Index]

    def search(self, text: str, limit: int, language: str = "de") -> tuple[Hit, ...]:
        return tuple(
            Hit(self.by_slug[hit.id], hit.score, hit.matches, hit.guessed)
            for hit in self.indexes[language].search(text, limit)
        )


_offers: OrderedDict[_State, Offer] = OrderedDict()
_lock = threading.Lock()


def current_offer() -> Offer:
    """The offer of the authority whose ``tenant()`` is open."""
    listed = queries.newest_directory_digest()
    state = (listed or "", tuple(queries.offered_digests()))
    with _lock:
        found = _offers.get(state)
        if found is not None:
            _offers.move_to_end(state)
            return found
    # Outside the lock: two threads may both build it, and build the same.
    directory = from_content(queries.directory_content(listed)) if listed else None
    built = build_offer(directory, [package_of(digest) for digest in state[1]])
    with _lock:
        _offers[state] = built
        while len(_offers) > _KEPT:
            _offers.popitem(last=False)
    return built


def forget() -> None:
    """Drop what is kept in memory, for tests that stand for another process."""
    with _lock:
        _offers.clear()


def build_offer(directory: Directory | None, packages: Iterable[Package]) -> Offer:
    """Everything in one list; a package takes the place of the entry of the same name."""
    by_slug = {entry.slug: entry for entry in directory.entries} if directory else {}
    for package in packages:
        by_slug[package.slug] = of_package(package, by_slug.get(package.slug))
    entries = in_german_order(list(by_slug.values()))
    return Offer(
        entries=entries,
        categories=_categories(directory, entries),
        by_slug=by_slug,
        replaced=directory.replaced if directory else {},
        indexes={language: Index(_document(entry, language) for entry in entries) for language in LANGUAGES},
    )


def _categories(
    directory: Directory | None, entries: tuple[DirectoryEntry, ...]
) -> tuple[Mapping[str, str], ...]:
    """Those of the directory in its order, then those that only packages name."""
    names = {name["de"]: name for name in (directory.categories if directory else ())}
    for entry in entries:
        names.setdefault(entry.category["de"], entry.category)
    return tuple(names.values())


def _document(entry: DirectoryEntry, language: str) -> Document:
    """All texts of an entry; the name in the language of the page is the name."""
    return Document(
        id=entry.slug,
        name=entry.name[language],
        other_names=tuple(entry.name[other] for other in LANGUAGES if other != language),
        words=entry.words,
        summary=tuple(entry.summary[each] for each in LANGUAGES),
        key=entry.leika,
    )
