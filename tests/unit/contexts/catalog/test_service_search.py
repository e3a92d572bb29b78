# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""People find the service that they mean: real questions as they are typed, on the real catalogue."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.contexts.catalog.questions import (
    IN_EASY_GERMAN,
    IN_ENGLISH,
    QUESTIONS,
    WITHOUT_ANSWER,
)

from amtlich.contexts.catalog.bundle import from_folder
from amtlich.contexts.catalog.directory import from_content
from amtlich.contexts.catalog.directory_source import read_directory
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.service_search import Hit, Offer, build_offer
from amtlich.contexts.catalog.source import read_source

Questions = tuple[tuple[str, str], ...]

SERVICES = Path(__file__).parents[4] / "services"


def package() -> Package:
    source, findings = read_source(from_folder(SERVICES / "meldebescheinigung"))
    assert source is not None, findings
    return build_package(source, Path())


@pytest.fixture(scope="module")
def offer() -> Offer:
    report, content = read_directory(SERVICES / "verzeichnis" / "musterstadt")
    assert content is not None, report
    return build_offer(from_content(content), [package()])


def test_at_least_nine_of_ten_questions_find_their_service_first(offer: Offer) -> None:
    assert len(set(QUESTIONS)) >= 60
    assert len(offer.entries) >= 40
    asked = {question for question, _ in QUESTIONS}
    assert asked >= {"Wohnsitz", "anmeldebestätigung", "Ausweis weg", "parken anwohner"}
    _most_find_their_service_first(offer, QUESTIONS, "de")


@pytest.mark.parametrize("language", ["leicht", "en"])
def test_german_is_found_whatever_the_language_of_the_page(offer: Offer, language: str) -> None:
    _most_find_their_service_first(offer, QUESTIONS, language)


def test_english_and_easy_german_are_found_on_their_pages(offer: Offer) -> None:
    _most_find_their_service_first(offer, IN_ENGLISH, "en")
    _most_find_their_service_first(offer, IN_EASY_GERMAN, "leicht")


def _most_find_their_service_first(offer: Offer, questions: Questions, language: str) -> None:
    missed = list(_missed(offer, questions, language))
    found = len(questions) - len(missed)
    sys.stdout.write("\n".join([f"{found} of {len(questions)} find their service first.", *missed, ""]))
    assert len(missed) <= len(questions) // 10, "\n".join(missed)


def _missed(offer: Offer, questions: Questions, language: str) -> Iterator[str]:
    for question, meant in questions:
        hits = offer.search(question, 3, language)
        if not hits or hits[0].entry.slug != meant:
            yield f"{question!r}: meant {meant}, found {[_shown(hit) for hit in hits]}"


def _shown(hit: Hit) -> str:
    return f"{hit.entry.slug} ({', '.join(f'{m.word}~{m.term}: {m.how.value}' for m in hit.matches)})"


def test_every_question_has_its_service_among_the_first_three(offer: Offer) -> None:
    for question, meant in QUESTIONS:
        assert meant in [hit.entry.slug for hit in offer.search(question, 3)], question


def test_every_service_is_found_by_its_own_names(offer: Offer) -> None:
    for entry in offer.entries:
        for name in entry.name.values():
            assert offer.search(name, 1)[0].entry == entry, name


def test_every_everyday_word_leads_to_its_service(offer: Offer) -> None:
    for entry in offer.entries:
        for word in entry.words:
            assert entry in [hit.entry for hit in offer.search(word, 5)], (entry.slug, word)


@pytest.mark.parametrize("question", WITHOUT_ANSWER)
def test_where_there_is_no_service_there_is_no_hit(offer: Offer, question: str) -> None:
    assert [_shown(hit) for hit in offer.search(question, 3)] == []


def test_a_package_stands_for_the_entry_of_the_same_name_and_keeps_its_words(offer: Offer) -> None:
    _, content = read_directory(SERVICES / "verzeichnis" / "musterstadt")
    assert content is not None
    content["situations"][0]["services"][0]["id"] = "meldebescheinigung"
    both = build_offer(from_content(content), [package()])
    entry = both.by_slug["meldebescheinigung"]
    assert entry.online
    assert entry.name["de"] == "Meldebescheinigung"
    assert entry.without_form is None
    assert {"Anmeldebestätigung", "Zuzug"} <= set(entry.words)
    assert both.search("Zuzug", 1)[0].entry == entry


def test_services_without_a_directory_are_found_by_package_alone() -> None:
    alone = build_offer(None, [package()])
    assert [hit.entry.slug for hit in alone.search("anmeldebestätigung", 5)] == ["meldebescheinigung"]
    assert [name["de"] for name in alone.categories] == ["Wohnen und Umzug"]
    assert alone.search("hund anmelden", 5) == ()


def test_life_situations_keep_the_order_of_the_directory_and_packages_join_theirs(offer: Offer) -> None:
    names = [name["de"] for name in offer.categories]
    assert names[:2] == ["Wohnen und Umzug", "Ausweise und Dokumente"]
    assert len(names) == len(set(names))
    assert {entry.category["de"] for entry in offer.entries} == set(names)


def test_the_list_stands_in_german_order(offer: Offer) -> None:
    names = [entry.name["de"] for entry in offer.entries]
    assert (
        names.index("Hund anmelden") < names.index("Kita-Platz anmelden") < names.index("Wohngeld beantragen")
    )
    assert names.index("Schaden oder Schmutz melden") < names.index("Sperrmüll abholen lassen")
