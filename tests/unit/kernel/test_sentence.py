# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import copy
import json
import pickle
from datetime import UTC, date, datetime

import pytest

from amtlich.kernel.sentence import MissingText, Sentence, Words, WordsRefused

LIST = """
[[text]]
de = "Bis {day}: {what}"
leicht = "Sie haben Zeit bis {day}.\\nEs geht um: {what}"
en = "By {day}: {what}"

[[text]]
de = "nichts"
leicht = "nichts"
en = "nothing"
"""
WORDS = Words.read([("some.toml", LIST)])


def test_a_sentence_is_its_german_text() -> None:
    sentence = Sentence("Bis {day}: {what}", day=date(2026, 12, 9), what=Sentence("nichts"))
    assert sentence == "Bis 9. Dezember 2026: nichts"
    assert json.dumps({"text": sentence}, ensure_ascii=False) == '{"text": "Bis 9. Dezember 2026: nichts"}'


def test_a_sentence_is_said_in_every_form_with_its_values() -> None:
    sentence = Sentence(
        "Bis {day}: {what}", day=datetime(2026, 12, 9, 9, 5, tzinfo=UTC), what=Sentence("nichts")
    )
    assert WORDS.say(sentence, "en") == "By 9 December 2026, 10:05: nothing"
    assert WORDS.say(sentence, "leicht").splitlines()[1] == "Es geht um: nichts"
    assert WORDS.say(sentence, "de") == str(sentence)


def test_values_may_be_texts_of_packages_and_lists() -> None:
    sentence = Sentence(
        "Bis {day}: {what}", day=3, what=({"de": "Pass", "leicht": "Pass", "en": "passport"}, "A")
    )
    assert sentence == "Bis 3: Pass und A"
    assert WORDS.say(sentence, "en") == "By 3: passport and A"


def test_what_was_typed_is_never_read_as_a_template() -> None:
    assert Sentence("Bis {day}: {what}", day="{what}", what="{0.__class__}") == "Bis {what}: {0.__class__}"
    assert Sentence("Eine {Klammer} ohne Wert") == "Eine {Klammer} ohne Wert"


def test_a_sentence_survives_copying_and_pickling() -> None:
    sentence = Sentence("Bis {day}: {what}", day=3, what="x")
    for again in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        assert (again, again.template, again.values) == (sentence, sentence.template, sentence.values)


def test_a_missing_text_is_an_error_and_never_german() -> None:
    with pytest.raises(MissingText, match="Guten Tag"):
        WORDS.say("Guten Tag", "en")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('[[text]]\nde = "A"\nleicht = "A"\n', "no text for 'en'"),
        ('[[text]]\nde = "A"\nleicht = " "\nen = "A"\n', "no text for 'leicht'"),
        ('[[text]]\nde = "{a}"\nleicht = "{b}"\nen = "{a}"\n', "other placeholders"),
        ("[[text]\n", "not a TOML file"),
        (LIST + '[[text]]\nde = "nichts"\nleicht = "x"\nen = "x"\n', "already stands"),
    ],
)
def test_a_faulty_list_is_refused_with_its_place(source: str, fault: str) -> None:
    with pytest.raises(WordsRefused, match=fault) as refused:
        Words.read([("some.toml", source)])
    assert "some.toml" in str(refused.value)
