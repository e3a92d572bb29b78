# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A resident record: its JSON form, and that nothing is in it that was not asked for."""

import json

import pytest

from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.records import BASIC_FIELDS, FIELD_WORDS_DE, FIELDS, ResidentRecord

HARD = {one.key: one for one in (*demo_residents(), *demo_residents("kleinstadt"))}
LENA = HARD["lena"].record


@pytest.mark.parametrize("key", sorted(HARD))
def test_every_record_survives_its_json_form(key):
    record = HARD[key].record
    assert ResidentRecord.from_json(json.loads(json.dumps(record.to_json()))) == record


@pytest.mark.parametrize("field", FIELDS)
def test_only_the_field_that_was_asked_for_is_released(field):
    assert set(LENA.only([field]).to_json()) <= {field}


def test_what_was_not_asked_for_is_empty():
    assert LENA.only([]) == ResidentRecord()
    assert LENA.only(BASIC_FIELDS).extras == {}
    assert LENA.only(["fruehere_namen"]).to_json() == {"fruehere_namen": ["Hansen"]}


def test_fc03_one_name_leaves_no_trace_of_a_second():
    text = json.dumps(HARD["suharto"].record.to_json())
    assert "vornamen" not in text
    assert "rufname" not in text
    assert "null" not in text
    assert "None" not in text
    assert HARD["suharto"].display_name == "Suharto"


@pytest.mark.parametrize(
    ("key", "iso", "register"), [("fatma", "1957", "00.00.1957"), ("amina", "1950-05", "00.05.1950")]
)
def test_fc04_incomplete_birth_dates_stay_incomplete(key, iso, register):
    record = HARD[key].record
    assert record.to_json()["geburtsdatum"] == iso
    assert record.birth.register_form() == register


def test_the_usual_name_need_not_be_the_first():
    assert HARD["mehmet"].record.given == ("Mehmet", "Can")
    assert HARD["mehmet"].record.usual_name == ("Can",)


def test_somebody_without_a_fixed_abode_has_a_town_and_no_street():
    (address,) = HARD["karl"].record.to_json()["anschriften"]
    assert address == {"art": "ohne_festen_wohnsitz", "plz": "12345", "ort": "Musterstadt"}


def test_every_field_has_a_word_for_people():
    assert set(FIELD_WORDS_DE) == set(FIELDS)
