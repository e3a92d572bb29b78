# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""When a resident is the one who was asked for."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.registers.demo.residents import decomposed, demo_residents
from amtlich.contexts.registers.matching import (
    Candidate,
    disagreements,
    house_number_key,
    judge,
    query_keys,
    record_keys,
    street_key,
)
from amtlich.contexts.registers.records import RegisteredAddress
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address

HARD = {one.key: one for one in demo_residents()}
LENA = HARD["lena"]


@pytest.mark.parametrize(
    "typed",
    [
        "Lindenstraße",
        "lindenstrasse",
        "LINDENSTRASSE",
        "Lindenstr.",
        "Lindenstr",
        "Linden-Straße",
        "Linden Str.",
    ],
)
def test_the_ways_to_write_a_street_are_one_street(typed):
    assert street_key(typed) == street_key("Lindenstraße")


@pytest.mark.parametrize(
    ("typed", "registered"),
    [
        ("Berliner Str.", "Berliner Straße"),
        ("Str. des Friedens", "Straße des Friedens"),
        ("Geschwister–Scholl–Str.", "Geschwister-Scholl-Straße"),
        ("Rathauspl.", "Rathausplatz"),
        ("Mu\u0308hlenweg", "Mühlenweg"),
    ],
)
def test_abbreviations_dashes_and_decomposed_letters_do_not_part_streets(typed, registered):
    assert street_key(typed) == street_key(registered)


@pytest.mark.parametrize(
    ("one", "other"), [("Lindenweg", "Lindenstraße"), ("Am Bach", "Bachstraße"), ("Ost", "Ostr")]
)
def test_different_streets_stay_different(one, other):
    assert street_key(one) != street_key(other)


@pytest.mark.parametrize(
    ("typed", "registered"), [("12a", "12 a"), ("12 A", "12 a"), ("3 – 5", "3-5"), ("18BIS", "18 bis")]
)
def test_fc02_blanks_and_capitals_do_not_part_house_numbers(typed, registered):
    assert house_number_key(typed) == house_number_key(registered)


def test_fc02_a_half_is_not_a_fraction_of_another_number():
    assert len({house_number_key(number) for number in ("5 1/2", "51/2", "5/1", "1/2", "5")}) == 5


@pytest.mark.parametrize("key", sorted(HARD))
def test_whoever_states_what_is_registered_agrees(key):
    assert disagreements(HARD[key].query, HARD[key].record) == ()


@pytest.mark.parametrize("key", sorted(HARD))
def test_fc05_composed_and_decomposed_statements_agree_alike(key):
    assert query_keys(decomposed(HARD[key].query)) == query_keys(HARD[key].query)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"family": "Brückner-Hansen"}, "familienname"),
        ({"given": ("Lena",)}, "vornamen"),
        ({"birth": PartialDate(1988, 2, 14)}, "geburtsdatum"),
        ({"address": Address("Lindenweg", "13", "12345", "Musterstadt")}, "anschriften"),
        ({"address": Address("Lindenweg", "12", "12346", "Musterstadt")}, "anschriften"),
        ({"address": Address(no_fixed_abode=True)}, "anschriften"),
    ],
)
def test_each_of_the_four_statements_must_agree(change, named):
    assert disagreements(replace(LENA.query, **change), LENA.record) == (named,)


def test_the_secondary_dwelling_is_not_the_address_of_a_certificate():
    stated = replace(LENA.query, address=Address("Seestraße", "12 a", "18055", "Rostock"))
    assert disagreements(stated, LENA.record) == ("anschriften",)


def test_given_names_agree_however_they_were_parted():
    assert disagreements(replace(LENA.query, given=("Lena Marie",)), LENA.record) == ()


def test_fc03_one_name_agrees_with_nothing_and_with_empty_given_names():
    one = HARD["suharto"]
    assert disagreements(replace(one.query, given=()), one.record) == ()
    assert disagreements(replace(one.query, given=("",)), one.record) == ()


@pytest.mark.parametrize("birth", [PartialDate(1957, 1, 1), PartialDate(1957, 1)])
def test_fc04_an_unknown_day_agrees_only_with_an_unknown_day(birth):
    one = HARD["fatma"]
    assert disagreements(one.query, one.record) == ()
    assert disagreements(replace(one.query, birth=birth), one.record) == ("geburtsdatum",)


def test_without_a_fixed_abode_town_and_postcode_are_not_needed():
    one = HARD["karl"]
    assert disagreements(replace(one.query, address=Address(no_fixed_abode=True)), one.record) == ()


def test_a_record_without_birth_date_or_principal_address_agrees_with_nobody():
    only_second = replace(
        LENA.record, addresses=(RegisteredAddress("secondary", "Seestraße", "1", "18055", "Rostock"),)
    )
    assert record_keys(only_second) is None
    assert disagreements(LENA.query, only_second)
    assert disagreements(LENA.query, replace(LENA.record, birth=None))


def test_nobody_in_the_town_has_the_keys_of_somebody_else_unless_so_intended():
    intended = {"ali-1", "ali-2", "anna-1", "anna-2"}
    keys = [record_keys(one.record) for one in HARD.values() if one.key not in intended]
    assert len(set(keys)) == len(keys)


LENA_IS = Candidate(LENA.record, "current", blocked=False)
LENA_BLOCKED = Candidate(LENA.record, "current", blocked=True)
LENA_DEAD = Candidate(LENA.record, "dead", blocked=False)


def test_one_current_resident_is_released():
    assert judge([LENA_IS]).record == LENA.record


def test_the_dead_and_those_who_moved_away_do_not_count():
    assert judge([LENA_DEAD]).count == 0
    assert judge([LENA_DEAD, LENA_IS]).record == LENA.record
    assert not judge([Candidate(LENA.record, "moved_away", blocked=True)]).blocked


def test_a_block_gives_no_record():
    verdict = judge([LENA_BLOCKED])
    assert verdict.blocked
    assert verdict.record is None


def test_a_block_among_several_is_not_told():
    assert judge([LENA_IS, LENA_BLOCKED]) == judge([LENA_IS, LENA_IS])


@given(st.text(max_size=30))
def test_keys_do_not_depend_on_the_normal_form(text):
    forms = {street_key(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1
