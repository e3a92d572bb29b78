# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the pages of the directory draw: groups, letters, reasons, and what was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amtlich.contexts.catalog import api as catalog
from amtlich.faces.portal import directory_shapes as shapes
from amtlich.faces.portal import language


def entry(name: str, category: str = "Alltag") -> catalog.DirectoryEntry:
    def say(text: str) -> dict[str, str]:
        return {"de": text, "leicht": text, "en": text}

    return catalog.DirectoryEntry(
        slug=name.casefold(),
        name=say(name),
        summary=say("Worum es geht."),
        category=say(category),
        words=(),
        leika=None,
        office=None,
        papers={},
        related=(),
        without_form=None,
        online=True,
    )


def test_letters_stand_in_german_order_and_umlauts_with_their_vowel() -> None:
    entries = tuple(map(entry, ["Adler", "Ähre", "Nagel", "Öl", "ordnung", "Zander"]))
    groups = shapes.by_letter(entries)
    assert [(group.title, len(group.entries)) for group in groups] == [("A", 2), ("N", 1), ("O", 2), ("Z", 1)]


def test_life_situations_keep_their_order_and_hold_each_service_once() -> None:
    entries = (entry("Hund", "Tiere"), entry("Katze", "Tiere"), entry("Umzug", "Wohnen"))
    groups = shapes.by_situation(entries, ({"de": "Wohnen"}, {"de": "Tiere"}))
    assert [(group.anchor, group.title, len(group.entries)) for group in groups] == [
        ("lebenslage-1", "Wohnen", 1),
        ("lebenslage-2", "Tiere", 2),
    ]


def test_lists_stand_in_the_order_of_the_names_that_are_shown() -> None:
    def named(german: str, english: str) -> catalog.DirectoryEntry:
        return replace(entry(german), name={"de": german, "leicht": german, "en": english})

    entries = (named("Ausweis", "Identity card"), named("Hund", "Dog"))
    assert [group.title for group in shapes.by_letter(entries)] == ["A", "H"]
    with language.use("en"):
        assert [(group.title, group.entries[0].slug) for group in shapes.by_letter(entries)] == [
            ("D", "hund"),
            ("I", "ausweis"),
        ]


def test_a_life_situation_has_one_address_in_all_forms() -> None:
    category = {"de": "Häuser & Straßen", "leicht": "Häuser", "en": "Houses"}
    assert shapes.situation_address(category) == "/leistungen/?lebenslage=haeuser-strassen"


def test_a_hit_says_why_only_where_its_name_does_not_show_it() -> None:
    def hit(*terms: str) -> catalog.Hit:
        matches = tuple(catalog.Match("x", term, catalog.How.EXACT) for term in terms)
        return catalog.Hit(entry("Hund anmelden"), 1.0, matches, False)

    whys = [
        line.why
        for line in shapes.hit_lines((hit("Hund"), hit("Hundesteuer"), hit("hund", "Marke", "Welpe")))
    ]
    assert whys == ["", "Gefunden über: „Hundesteuer“", "Gefunden über: „Marke“ und „Welpe“"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Hund   anmelden ", "Hund anmelden"),
        ("Hund\x00\n\tanmelden", "Hund anmelden"),
        ("\u202ednuH\u202c", "dnuH"),
        ("", ""),
        (" \ufeff ", ""),
        ("x" * 5000, "x" * shapes.LONGEST_QUESTION),
    ],
)
def test_what_was_typed_is_repeated_without_what_cannot_be_seen(typed: str, shown: str) -> None:
    assert shapes.question(typed) == shown
