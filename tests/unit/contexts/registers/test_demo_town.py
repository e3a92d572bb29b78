# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The invented towns: the same people each time, plausible, and the hard ones as they should be."""

import unicodedata
from collections import Counter

import pytest

from amtlich.contexts.registers.demo.people import REFERENCE_DAY, invent, settle
from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.demo.streets import KLEINSTADT, MUSTERSTADT
from amtlich.kernel.text import clean_house_number, clean_name
from amtlich.kernel.trust import TrustLevel

TOWN = list(invent(MUSTERSTADT, 3000, 1, frozenset()))
HARD = {one.key: one for one in demo_residents()}
EVERYBODY = [*demo_residents(), *demo_residents("kleinstadt")]


def test_the_same_seed_gives_the_same_town():
    assert list(invent(MUSTERSTADT, 500, 1, frozenset())) == TOWN[:500]


def test_another_seed_and_another_town_give_other_people():
    assert list(invent(MUSTERSTADT, 50, 2, frozenset())) != TOWN[:50]
    assert next(invent(KLEINSTADT, 50, 1, frozenset())).record.family != TOWN[0].record.family


def test_no_two_invented_people_agree_in_all_four_statements():
    assert len({one.keys for one in TOWN}) == len(TOWN)


def test_nobody_takes_the_place_of_a_named_resident():
    taken = frozenset(one.keys for one in TOWN[:20])
    assert not taken & {one.keys for one in invent(MUSTERSTADT, 500, 1, taken)}


def test_names_and_numbers_are_such_as_a_form_accepts():
    for person in TOWN:
        record = person.record
        assert clean_name(record.family) == record.family
        assert clean_name(" ".join(record.given)) == " ".join(record.given)
        for address in record.addresses:
            assert address.kind == "no_fixed" or clean_house_number(address.house_number)


def test_the_town_is_a_crowd_as_towns_are():
    status = Counter(one.status for one in TOWN)
    assert status["current"] > 0.9 * len(TOWN)
    assert status["dead"]
    assert status["moved_away"]
    assert any(one.blocked for one in TOWN)
    assert 0.005 < sum(one.record.doctorate is not None for one in TOWN) / len(TOWN) < 0.03
    assert all(1900 < one.record.birth.year <= REFERENCE_DAY.year for one in TOWN)


def test_usual_names_are_among_the_given_names():
    assert all(set(one.record.usual_name) <= set(one.record.given) for one in TOWN)


def test_every_named_resident_can_be_settled_and_has_a_key_of_their_own():
    for one in EVERYBODY:
        settle(one.record, one.status, blocked=one.blocked)
    assert len({one.key for one in EVERYBODY}) == len(EVERYBODY)


@pytest.mark.parametrize("one", EVERYBODY, ids=lambda one: one.key)
def test_named_residents_can_state_themselves_in_a_form(one):
    assert clean_name(one.query.family) == one.record.family
    assert clean_name(" ".join(one.query.given)) == " ".join(one.record.given)
    if not one.query.address.no_fixed_abode:
        clean_house_number(one.query.address.house_number)


def test_fc05_letters_that_come_apart_are_stored_together():
    assert HARD["muehlhaus"].record.family == "M\u00fchlhaus"
    assert len(HARD["muehle"].record.family) == 5
    assert len(HARD["muehle"].query.family) == 6
    for one in EVERYBODY:
        for text in (one.record.family, *one.record.given):
            assert unicodedata.is_normalized("NFC", text)


def test_the_longest_names_have_eighty_characters():
    assert len(HARD["lang"].record.family) == 80
    assert len(" ".join(HARD["lang"].record.given)) == 80


def test_there_are_personas_for_each_way_a_case_can_go():
    personas = [one for one in EVERYBODY if one.persona]
    assert {one.outcome for one in personas} == {"found", "none", "several", "blocked"}
    assert {one.level for one in personas} == {TrustLevel.LOW, TrustLevel.SUBSTANTIAL, TrustLevel.HIGH}
    assert all(one.about_de.endswith(".") for one in personas)
