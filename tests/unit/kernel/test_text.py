# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What people type: kept, cleaned or refused with a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.kernel.text import (
    TextRefused,
    clean_house_number,
    clean_name,
    clean_postcode,
    clean_text,
    match_key,
    sort_key,
)


@pytest.mark.parametrize("number", ["12", "12 a", "232a", "3-5", "5/1", "5 1/2", "18 bis", "1/2"])
def test_fc02_house_numbers_are_kept_as_typed(number):
    assert clean_house_number(number) == number


@pytest.mark.parametrize("number", ["a", "-", "", "12 abc", "١٢"])
def test_fc02_what_is_no_house_number_is_refused_with_an_example(number):
    with pytest.raises(TextRefused, match="zum Beispiel"):
        clean_house_number(number)


def test_fc05_composed_and_decomposed_names_are_equal_and_stored_composed():
    composed, decomposed = "M\u00fchle", "Mu\u0308hle"
    assert clean_name(decomposed) == composed
    assert len(clean_name(decomposed)) == 5
    assert match_key(composed) == match_key(decomposed)


def test_length_counts_after_normalising():
    assert clean_name("u\u0308" * 80) == "ü" * 80


@pytest.mark.parametrize("bad", ["A\x00", "A\x07", "\u202eanna", "A\ue000", "A\ud800", "A\u2028B"])
def test_invisible_and_unprintable_characters_are_refused_by_code_point(bad):
    with pytest.raises(TextRefused, match="U\\+"):
        clean_text(bad, 80)


@pytest.mark.parametrize("bad", ["Anna 😀", "李", "Anna2", "Анна"])
def test_fc21_letters_no_register_holds_are_refused_naming_them(bad):
    with pytest.raises(TextRefused, match="U\\+"):
        clean_name(bad)


def test_fc21_a_pasted_byte_order_mark_is_dropped():
    assert clean_name("\ufeffAnna") == "Anna"


@pytest.mark.parametrize(
    "name", ["J\u030c\u00e1nis", "K\u035fhan", "O’Neill", "d'Arc", "von der Heide", "Þór", "Ə"]
)
def test_names_of_din_91379_are_accepted(name):
    assert clean_name(name) == unicodedata.normalize("NFC", name)


def test_a_megabyte_in_a_field_is_refused_before_it_costs_anything():
    with pytest.raises(TextRefused, match="zu lang"):
        clean_text("a" * 1_000_000, 200)


@pytest.mark.parametrize("bad", ["١٢٣٤٥", "1234", "123456", "1234a"])
def test_postcodes_are_five_ascii_digits(bad):
    with pytest.raises(TextRefused, match="fünf Ziffern"):
        clean_postcode(bad)


def test_fc14_german_order():
    names = ["Zander", "Öl", "Pilz", "Nagel", "Ähre", "Adler"]
    assert sorted(names, key=sort_key) == ["Adler", "Ähre", "Nagel", "Öl", "Pilz", "Zander"]


@given(st.text(max_size=60))
def test_cleaning_is_idempotent_or_refuses(text):
    try:
        once = clean_text(text, 200)
    except TextRefused:
        return
    assert clean_text(once, 200) == once
    assert match_key(once) == match_key(unicodedata.normalize("NFD", once))
