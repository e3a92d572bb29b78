# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the directory of services and a search in it to what the templates draw."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal.language import _, current, said
from amtlich.kernel.text import sort_key
from amtlich.kernel.words import join_in

LONGEST_QUESTION = 100
_MOST_WORDS = 3
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Group:
    """Services under one heading: a life situation, or a letter. ``slug`` names a life situation."""

    anchor: str
    title: str
    slug: str
    entries: tuple[catalog.DirectoryEntry, ...]


@dataclass(frozen=True, slots=True)
class HitLine:
    """One answer. ``why`` names the words that led there where its name does not show them."""

    entry: catalog.DirectoryEntry
    why: str


def question(typed: str) -> str:
    """What was typed, as a page may repeat it: without signs that cannot be seen, and not endless."""
    shown = "".join(sign if sign.isprintable() else " " for sign in typed[: LONGEST_QUESTION * 4])
    return " ".join(shown.split())[:LONGEST_QUESTION]


def by_situation(
    entries: tuple[catalog.DirectoryEntry, ...], categories: tuple[Mapping[str, str], ...]
) -> tuple[Group, ...]:
    """The services of each life situation, in the order that the authority chose."""
    shown = in_order(entries)
    return tuple(
        Group(
            f"lebenslage-{number}",
            said(category),
            situation_slug(category),
            tuple(entry for entry in shown if entry.category["de"] == category["de"]),
        )
        for number, category in enumerate(categories, start=1)
    )


def situation_slug(category: Mapping[str, str]) -> str:
    """Wohnen und Umzug: wohnen-und-umzug. Made of the German name, so that it is the same in all forms."""
    letters = category["de"].casefold().translate(_PLAIN)
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def situation_address(category: Mapping[str, str]) -> str:
    """The page of a life situation."""
    return f"/leistungen/?lebenslage={situation_slug(category)}"


def in_order(entries: tuple[catalog.DirectoryEntry, ...]) -> tuple[catalog.DirectoryEntry, ...]:
    """By the names that the page shows: an English list stands in English order."""
    return tuple(sorted(entries, key=lambda entry: (sort_key(said(entry.name)), entry.slug)))


def by_letter(entries: tuple[catalog.DirectoryEntry, ...]) -> tuple[Group, ...]:
    """The services from A to Z; Ä stands with A (FC-14)."""
    letters: dict[str, list[catalog.DirectoryEntry]] = {}
    for entry in in_order(entries):
        letters.setdefault(sort_key(said(entry.name))[:1].upper() or "#", []).append(entry)
    return tuple(Group(f"buchstabe-{letter}", letter, "", tuple(found)) for letter, found in letters.items())


def hit_lines(hits: tuple[catalog.Hit, ...]) -> tuple[HitLine, ...]:
    """The answers, each with its reason."""
    return tuple(HitLine(hit.entry, _why(hit)) for hit in hits)


def _why(hit: catalog.Hit) -> str:
    name = said(hit.entry.name).casefold()
    terms = dict.fromkeys(match.term for match in hit.matches if match.term.casefold() not in name)
    if not terms:
        return ""
    shown = [f"„{term}“" if current() != "en" else f"“{term}”" for term in list(terms)[:_MOST_WORDS]]
    return _("Gefunden über: {words}", words=join_in(shown, current()))
