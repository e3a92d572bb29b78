# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Words meet as people expect them to, in every form and spelling."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amtlich.engines.search.distance import allowed_mistakes, distance
from amtlich.engines.search.folding import MAX_WORD, digits, fold, spellings, words
from amtlich.engines.search.stemming import stem
from amtlich.engines.search.stopwords import STOP_WORDS


def root(word: str) -> str:
    return stem(fold(word))


@pytest.mark.parametrize(
    "forms",
    [
        "Hund Hunde Hunden Hundes",
        "Ausweis Ausweise Ausweisen Ausweises",
        "Pass Pässe Pässen Passes",
        "Wohnung Wohnungen wohnen",
        "Anmeldung Anmeldungen anmelden angemeldet anzumelden",
        "Meldung melden gemeldet",
        "Umzug Umzugs Umzuges",
        "umziehen umzuziehen",
        "Ablauf ablaufen abgelaufen",
        "heiraten geheiratet Heirat",
        "Steuer Steuern",
        "Hundesteuer Hundesteuern",
        "Kita Kitas",
        "Auto Autos",
        "Bewohner Bewohnerin Bewohnerinnen",
        "Bescheinigung Bescheinigungen bescheinigen",
        "Urkunde Urkunden",
        "Baum Bäume Bäumen",
        "Gewerbe gewerblich",
        "Mülltonne Mülltonnen",
        "Straße Strassen Straßen",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({root(form) for form in forms.split()}) == 1, {form: root(form) for form in forms.split()}


@pytest.mark.parametrize(
    "pair",
    [
        "anmelden abmelden",
        "anmelden ummelden",
        "Pass Passau",
        "kündigen Kunde",
        "Steuer steil",
        "Hund hundert",
    ],
)
def test_other_words_have_other_stems(pair: str) -> None:
    left, right = pair.split()
    assert root(left) != root(right)


def test_a_compound_ends_in_the_stem_of_its_head() -> None:
    for compound, head in [("Hundesteuer", "Steuer"), ("Meldebescheinigung", "Bescheinigungen")]:
        assert root(compound).endswith(root(head))


def test_short_words_and_words_with_digits_stay() -> None:
    assert [root(word) for word in ("Kfz", "WBS", "ID", "eid", "24h", "B2B5e")] == [
        "kfz",
        "wbs",
        "id",
        "eid",
        "24h",
        "b2b5e",
    ]


def test_umlauts_sharp_s_capitals_and_composition_do_not_matter() -> None:
    assert fold("Straße") == fold("STRASSE") == fold("strasse") == fold("STRAẞE")
    assert fold("Mühle") == fold(unicodedata.normalize("NFD", "Mühle")) == fold("muhle")


def test_typed_vowel_pairs_stand_for_umlauts_where_they_can() -> None:
    assert "mull" in spellings("muell")
    assert "fuhrerschein" in spellings("fuehrerschein")
    assert all(spellings(word) == (word,) for word in ("steuer", "bauen", "quelle", "hund"))


def test_signs_that_help_to_read_are_no_gaps_and_hyphens_are() -> None:
    assert [word.folded for word in words("Melde·bescheinigung Kfz-Zulassung Wohn\u00adgeld geht's")] == [
        "meldebescheinigung",
        "kfz",
        "zulassung",
        "wohngeld",
        "gehts",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("99115005104000", "99115005104000"),
        ("99 115 005 104", "99115005104"),
        ("LeiKa-Schlüssel: 99115005", "99115005"),
        ("urn:de:fim:leika:leistung:99115005104000", "99115005104000"),
        ("９９１１５", "99115"),
        ("99.115", "99115"),
        ("115", ""),
        ("Hund 99115", ""),
        ("٩٩١١٥", ""),
        ("", ""),
    ],
)
def test_official_keys_are_read_in_every_shape(text: str, found: str) -> None:
    assert digits(text) == found


@pytest.mark.parametrize(
    ("left", "right", "mistakes"),
    [
        ("hund", "hund", 0),
        ("hunt", "hund", 1),
        ("hnud", "hund", 1),
        ("hund", "hun", 1),
        ("hund", "hundt", 1),
        ("fuhrerschien", "fuhrerschein", 1),
        ("gebuhrtsurkunte", "geburtsurkunde", 2),
        ("hund", "katze", 3),
        ("", "ab", 2),
    ],
)
def test_mistakes_are_counted_up_to_the_limit(left: str, right: str, mistakes: int) -> None:
    assert distance(left, right, 2) == distance(right, left, 2) == mistakes


WORDS = st.text(alphabet="abcdeu", max_size=9)


@given(WORDS, WORDS, st.integers(0, 3))
def test_the_limit_never_changes_a_distance_within_it(left: str, right: str, limit: int) -> None:
    assert distance(left, right, limit) == min(distance(left, right, 20), limit + 1)


@given(WORDS, st.integers(0, 8), st.sampled_from("abxyz"))
def test_one_slip_is_one_mistake(word: str, place: int, letter: str) -> None:
    place = min(place, len(word))
    assert distance(word, word[:place] + letter + word[place:], 2) == 1
    assert distance(word, word[:place] + letter + word[place + 1 :], 2) <= 1
    if len(word) - place >= 2:
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        assert distance(word, swapped, 2) <= 1


def test_short_words_allow_no_mistake() -> None:
    assert [allowed_mistakes(length) for length in (0, 3, 4, 7, 8, 30)] == [0, 0, 1, 1, 2, 2]


@given(st.text(max_size=120))
@settings(max_examples=300)
def test_folding_and_stemming_take_any_text(text: str) -> None:
    composed = [word.folded for word in words(unicodedata.normalize("NFC", text))]
    assert composed == [word.folded for word in words(unicodedata.normalize("NFD", text))]
    for word in composed:
        assert 0 < len(word) <= MAX_WORD
        assert stem(word)
        assert spellings(word)[0] == word


@given(st.text(alphabet="abdegiklmnorstuz", min_size=4, max_size=20))
def test_a_stem_is_never_shorter_than_three_letters(word: str) -> None:
    assert len(stem(word)) >= 3


def test_stop_words_are_folded() -> None:
    assert all(fold(word) == word for word in STOP_WORDS)
