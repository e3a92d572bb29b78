# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The index finds what is meant, says why, and is not moved by anything that people can type."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amtlich.engines.search import Document, DuplicateDocument, How, Index, Match

DOCUMENTS = (
    Document("hund", "Hund anmelden", words=("Hundesteuer", "Hundemarke"), key="99102013104000"),
    Document("hund-ab", "Hund abmelden", words=("Hund gestorben",)),
    Document(
        "wohnsitz",
        "Wohnsitz anmelden",
        other_names=("Neue Wohnung anmelden", "Registering your home"),
        words=("Zuzug", "neue Adresse"),
        summary=("Melden Sie Ihre neue Wohnung innerhalb von zwei Wochen an.",),
        key="99115005104000",
    ),
    Document("melden", "Meldebescheinigung", words=("Anmeldebestätigung",)),
    Document("ausweis", "Personalausweis beantragen", words=("Perso", "Ausweis abgelaufen")),
    Document("weg", "Ausweis oder Pass verloren", words=("Ausweis weg", "Perso weg")),
    Document("müll", "Sperrmüll abholen lassen", words=("alte Möbel",)),
    Document("mühle", "Mühle besichtigen"),
    Document("geburt", "Geburtsurkunde bestellen", words=("Urkunde",)),
)
INDEX = Index(DOCUMENTS)


def first(question: str) -> str | None:
    hits = INDEX.search(question)
    return hits[0].id if hits else None


def how(question: str) -> set[How]:
    return {match.how for match in INDEX.search(question)[0].matches}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hund anmelden", "hund"),
        ("anmelden hund", "hund"),
        ("HUNDE ANMELDUNG", "hund"),
        ("ich melde meinen Hund an", "hund"),
        ("Hund abgemeldet", "hund-ab"),
        ("Wohnsitzanmeldung", "wohnsitz"),
        ("wohnsitzanmeldunk", "wohnsitz"),
        ("Bescheinigung", "melden"),
        ("anmeldebestaetigung", "melden"),
        ("anmelde bestätigung", "melden"),
        ("ausweis weg", "weg"),
        ("Ausweisverlust verloren", "weg"),
        ("mein Ausweis ist abgelaufen", "ausweis"),
        ("sperr müll", "müll"),
        ("Sperrmuell", "müll"),
        ("SPERRMULL", "müll"),
        ("geburtsur", "geburt"),
        ("Gebuhrtsurkunde", "geburt"),
        ("registering home", "wohnsitz"),
    ],
)
def test_what_is_meant_comes_first(question: str, meant: str) -> None:
    assert first(question) == meant


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", "wie wo was", "Quarkbällchen", "😀", "中文", "ab", "\x00"]
)
def test_nothing_is_better_than_noise(question: str) -> None:
    assert INDEX.search(question) == ()


def test_each_hit_says_which_word_met_which_and_how() -> None:
    hit = INDEX.search("Meine hunt anmeldung")[0]
    assert hit.matches == (
        Match("hunt", "Hund", How.TYPO),
        Match("anmeldung", "anmelden", How.INFLECTED),
    )
    assert not hit.guessed
    assert how("wohnsitz") == {How.EXACT}
    assert how("Wohnsitzanmeldung") == {How.COMPOUND}
    assert how("bescheinigungen") == {How.PART}
    assert INDEX.search("bescheinigungen")[0].guessed
    assert how("geburtsur") == {How.BEGINNING}


def test_composed_and_decomposed_letters_find_both() -> None:
    composed = INDEX.search("Mühle")
    assert composed == INDEX.search(unicodedata.normalize("NFD", "Mühle"))[:1]
    assert [hit.id for hit in composed] == ["mühle"]
    decomposed = Index([Document("m", unicodedata.normalize("NFD", "Mühle"))])
    assert [hit.id for hit in decomposed.search("Mühle")] == ["m"]


@pytest.mark.parametrize(
    "key", ["99115005104000", "99 115 005", "LeiKa 99115", "urn:de:fim:leika:leistung:99115005104000"]
)
def test_the_official_key_finds_its_service_whole_or_begun(key: str) -> None:
    hits = INDEX.search(key)
    assert [hit.id for hit in hits] == ["wohnsitz"]
    assert hits[0].matches[0].how is How.KEY
    assert hits[0].matches[0].term == "99115005104000"


def test_a_beginning_that_several_keys_share_lists_them_in_german_order() -> None:
    index = Index(
        [
            Document("b", "Öl", key="99115000000001"),
            Document("a", "Nagel", key="99115000000002"),
            Document("c", "Pilz", key="99115000000003"),
        ]
    )
    assert [hit.id for hit in index.search("99115")] == ["a", "b", "c"]
    assert index.search("99116") == ()


def test_names_weigh_more_than_everyday_words_and_those_more_than_summaries() -> None:
    summary = Document("summary", "Drittes", summary=("Alles über Grabpflege und Friedhof steht hier.",))
    words = Document("words", "Zweites", words=("Grabpflege auf dem Friedhof im Jahr",))
    name = Document("name", "Grabpflege auf dem Friedhof im Jahr")
    assert [hit.id for hit in Index([words, name]).search("grabpflege")] == ["name", "words"]
    assert Index([summary, words]).search("grabpflege")[0].id == "words"
    assert [hit.id for hit in Index([summary]).search("grabpflege")] == ["summary"]


def test_a_question_that_is_a_whole_name_comes_before_longer_names() -> None:
    index = Index(
        [Document("long", "Auto anmelden nach einem Unfall im Ausland"), Document("short", "Auto anmelden")]
    )
    assert index.search("auto anmelden")[0].id == "short"


def test_equal_hits_stand_in_german_order() -> None:
    names = ["Zander-Tag", "Öl-Tag", "Adler-Tag", "Ähre-Tag", "Pilz-Tag", "Nagel-Tag"]
    index = Index([Document(name, name) for name in names])
    assert [hit.id for hit in index.search("Tag")] == [
        "Adler-Tag",
        "Ähre-Tag",
        "Nagel-Tag",
        "Öl-Tag",
        "Pilz-Tag",
        "Zander-Tag",
    ]


def test_the_limit_holds() -> None:
    assert len(INDEX.search("anmelden", limit=1)) == 1
    assert INDEX.search("anmelden", limit=0) == ()


def test_an_empty_index_answers_nothing() -> None:
    assert Index([]).search("hund") == ()
    assert Index([Document("leer", "")]).search("hund") == ()


def test_an_id_that_is_there_twice_is_refused() -> None:
    with pytest.raises(DuplicateDocument, match="'hund'"):
        Index([Document("hund", "Hund"), Document("hund", "Anderer Hund")])


PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["hund", "Anmeldung", "wohnsitzanmeldung", "99115", "ausweis", "weg", "Geburtsurk", "müll", "an"]
    ),
)


@given(st.lists(PIECES, max_size=30).map(" ".join), st.integers(-1, 20))
@settings(max_examples=300)
def test_any_text_gets_an_answer_and_always_the_same(text: str, limit: int) -> None:
    hits = INDEX.search(text, limit)
    assert len(hits) <= max(limit, 0)
    assert hits == Index(DOCUMENTS).search(text, limit)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.matches for hit in hits)


@given(st.text(max_size=100))
@settings(max_examples=200)
def test_composition_never_changes_an_answer(text: str) -> None:
    composed = [hit.id for hit in INDEX.search(unicodedata.normalize("NFC", text))]
    assert composed == [hit.id for hit in INDEX.search(unicodedata.normalize("NFD", text))]


@given(st.permutations(["ausweis", "abgelaufen", "perso"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert first(" ".join(words)) == "ausweis"


def test_the_order_of_documents_does_not_matter() -> None:
    shuffled = list(DOCUMENTS)
    random.Random(4).shuffle(shuffled)
    other = Index(shuffled)
    for question in ("anmelden", "ausweis", "hund", "wohnsitzanmeldung", "perso"):
        assert [hit.id for hit in other.search(question)] == [hit.id for hit in INDEX.search(question)]


def test_a_megabyte_is_read_only_as_far_as_a_question_goes() -> None:
    assert INDEX.search("hund " + "x" * 1_000_000)[0].id == "hund"
    assert INDEX.search("x" * 1_000_000) == ()
    assert INDEX.search("wohnsitzanmeldung" * 50_000) is not None
