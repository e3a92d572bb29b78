# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engines.forms.forms_for_tests import definition, form, posted, prop, text

from amtlich.engines.forms import Form

FORM = form(
    {
        "name": prop("name"),
        "strasse": prop("text"),
        "nummer": prop("text", maxLength=20, **{"x-format": "house_number"}),
        "plz": prop("text", maxLength=5, **{"x-format": "postcode"}),
        "lang": prop("longtext"),
        "wahl": prop("choice"),
        "farben": prop("choices", maxItems=2),
        "haken": prop("checkbox"),
    }
)
STEP = "schritt-1"


def read(**values: Any) -> tuple[dict[str, Any], dict[str, str]]:
    parsed = FORM.parse_step(STEP, posted(**values), {})
    return parsed.data, {error.field: error.message_de for error in parsed.errors}


def test_clean_values_are_stored() -> None:
    data, errors = read(
        name="  Lena   Marie ",
        strasse="Lindenweg",
        nummer="12 a",
        plz="12345",
        wahl="a",
        farben=["blau", "rot"],
        haken="on",
    )
    assert not errors
    assert data == {
        "name": "Lena Marie",
        "strasse": "Lindenweg",
        "nummer": "12 a",
        "plz": "12345",
        "wahl": "a",
        "farben": ["rot", "blau"],
        "haken": True,
    }


@pytest.mark.parametrize("number", ["12 a", "232a", "3-5", "5/1", "5 1/2", "18 bis", "1/2"])
def test_fc02_german_house_numbers_are_kept_as_typed(number: str) -> None:
    assert read(nummer=number) == ({"haken": False, "nummer": number}, {})


@pytest.mark.parametrize("number", ["a", "-"])
def test_fc02_what_is_no_house_number_is_refused_with_a_sentence(number: str) -> None:
    data, errors = read(nummer=number)
    assert "nummer" not in data
    assert "12 a" in errors["nummer"]


@pytest.mark.parametrize("postcode", ["١٢٣٤٥", "1234", "123456", "12a45", "１２３４５"])
def test_a_postcode_has_five_ascii_digits(postcode: str) -> None:
    data, errors = read(plz=postcode)
    assert "plz" not in data
    assert "fünf Ziffern" in errors["plz"]


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [
        ("name", "Lena\x00", "U+0000"),
        ("name", "Lena 😀", "U+1F600"),
        ("name", "\u202eaneL", "U+202E"),
        ("name", "李", "U+674E"),
        ("name", "\ue000", "U+E000"),
        ("strasse", "Weg \x1b[0m", "U+001B"),
        ("strasse", "Weg 😀", "U+1F600"),
        ("strasse", "李", "U+674E"),
        ("strasse", "Weg ١٢", "U+0661"),
        ("strasse", "\u200fWeg", "U+200F"),
        ("lang", "Zeile\x07", "U+0007"),
    ],
)
def test_fc21_what_cannot_be_printed_is_refused_naming_the_character(
    field: str, typed: str, named: str
) -> None:
    data, errors = read(**{field: typed})
    assert field not in data
    assert named in errors[field]


def test_a_pasted_byte_order_mark_is_cleaned_away() -> None:
    assert read(name="\ufeffLena")[0]["name"] == "Lena"


def test_fc05_text_is_stored_in_composed_form_and_counted_after_normalising() -> None:
    decomposed = unicodedata.normalize("NFD", "Mühle")
    assert len(decomposed) == 6
    assert read(name=decomposed)[0]["name"] == "Mühle"
    assert read(name=unicodedata.normalize("NFD", "ü" * 80))[0]["name"] == "ü" * 80
    assert "80 Zeichen" in read(name="ü" * 81)[1]["name"]


def test_a_megabyte_in_a_field_is_refused_and_not_kept() -> None:
    parsed = FORM.parse_step(STEP, posted(name="a" * 1_000_000, strasse="b" * 1_000_000), {})
    assert {error.field for error in parsed.errors} == {"name", "strasse"}
    assert "zu lang" in parsed.errors[0].message_de
    assert max(len(value) for values in parsed.raw.values() for value in values) <= 20_000


def test_a_line_break_stays_in_a_long_text_only() -> None:
    assert read(lang="eins\r\nzwei")[0]["lang"] == "eins\nzwei"
    assert "strasse" in read(strasse="eins\r\nzwei")[1]


def test_choices_that_were_not_offered_are_refused() -> None:
    _, errors = read(wahl="c", farben=["rot", "schwarz"])
    assert set(errors) == {"wahl", "farben"}
    assert "höchstens 2" in read(farben=["rot", "blau", "grün"])[1]["farben"]


def test_names_of_other_fields_and_repeated_values_do_no_harm() -> None:
    parsed = FORM.parse_step(STEP, {"fremd": ["x"], "strasse": ["eins", "zwei"], "name": []}, {})
    assert parsed.data["strasse"] == "zwei"
    assert "fremd" not in parsed.raw


def test_wrong_types_from_the_api_are_refused_field_by_field() -> None:
    errors = FORM.validate(
        {"name": 5, "wahl": ["a"], "farben": "rot", "haken": "ja", "plz": None, "lang": {"a": 1}}
    )
    assert {error.field for error in errors} == {"name", "wahl", "farben", "haken", "lang"}


def test_an_unknown_name_from_the_api_is_refused() -> None:
    (error,) = FORM.validate({"sonst": 1})
    assert error.field == "sonst"
    assert "gibt es in diesem Formular nicht" in error.message_de


def test_clean_normalises_what_the_api_sent() -> None:
    assert FORM.clean({"name": " Mu\u0308hle ", "farben": ["blau", "blau"]}).data == {
        "name": "Mühle",
        "farben": ["blau"],
        "haken": False,
    }


def test_the_packages_own_words_replace_the_general_sentence() -> None:

    content = definition({"name": prop("name")}, required=["name"])
    assert "Füllen Sie" in Form.from_package(content).validate({})[0].message_de
    content["fields"]["name"]["errors"] = {"required": text("Wie heißen Sie?")}
    (error,) = Form.from_package(content).validate({})
    assert error.message() == "Wie heißen Sie?"
    assert error.message("en") == "Wie heißen Sie? (en)"


def test_what_only_the_schema_knows_is_found_at_last() -> None:
    one = form({"kennzeichen": prop("text", pattern="^[A-Z]{1,3}-[0-9]{1,4}$")})
    assert one.validate({"kennzeichen": "NW-123"}) == ()
    (error,) = one.validate({"kennzeichen": "x"})
    assert error.field == "kennzeichen"


@given(
    st.dictionaries(st.sampled_from([n for f in FORM.fields for n in f.posted_names]), st.lists(st.text()))
)
def test_whatever_is_posted_gives_clean_data_or_sentences(raw: dict[str, list[str]]) -> None:
    parsed = FORM.parse_step(STEP, raw, {})
    assert all(error.message_de.endswith(".") for error in parsed.errors)
    again = FORM.clean(parsed.data)
    assert again.ok
    assert again.data == parsed.data


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([field.id for field in FORM.fields]) | st.text(), json_values))
def test_whatever_the_api_sends_gives_clean_data_or_sentences(data: dict[str, Any]) -> None:
    cleaned = FORM.clean(data)
    assert all(error.message_de.endswith(".") for error in cleaned.errors)
    if cleaned.ok:
        assert FORM.clean(cleaned.data) == cleaned
    FORM.answers(data)
    FORM.first_open_step(data)
