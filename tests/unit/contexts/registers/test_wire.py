# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading an outside register's answer: well-formed, or refused without its content in the message."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.registers.adapters.wire import (
    ANSWER_SCHEMA,
    NotJson,
    question_json,
    read_answer,
    read_record,
)
from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.errors import FaultyAnswer
from amtlich.contexts.registers.ports import LookUp

HARD = {one.key: one for one in demo_residents()}
LENA = HARD["lena"].record.to_json()


def answer(**parts):
    return json.dumps({"schema": ANSWER_SCHEMA, "query_id": "q1", **parts}).encode()


@pytest.mark.parametrize("key", sorted(HARD))
def test_every_hard_resident_survives_the_wire(key):
    record = HARD[key].record
    assert read_answer(answer(outcome="one", record=record.to_json()), "q1").record == record


def test_the_other_outcomes_are_read():
    assert read_answer(answer(outcome="none"), "q1").outcome == "none"
    assert read_answer(answer(outcome="blocked"), "q1").outcome == "blocked"
    assert read_answer(answer(outcome="several", count=3), "q1").count == 3


def test_fc05_decomposed_letters_are_composed_on_arrival():
    assert read_record({**LENA, "familienname": "Bru\u0308ckner"}).family == "Br\u00fcckner"


@pytest.mark.parametrize("given_names", [[], None, [""], ["", ""]])
def test_fc03_absent_empty_and_null_given_names_are_one_thing(given_names):
    record = {key: value for key, value in LENA.items() if key != "rufname"}
    assert read_record({**record, "vornamen": given_names}).given == ()
    del record["vornamen"]
    assert read_record(record).given == ()


@pytest.mark.parametrize(
    "change",
    [
        {"familienname": ""},
        {"familienname": None},
        {"familienname": "A\x00B"},
        {"familienname": "\ue000"},
        {"familienname": "x" * 201},
        {"vornamen": "Lena"},
        {"vornamen": [1]},
        {"vornamen": ["a"] * 51},
        {"rufname": ["Anna"]},
        {"geburtsdatum": "13.02.1988"},
        {"geburtsdatum": "1988-02-30"},
        {"geburtsdatum": "١٩٨٨"},
        {"anschriften": []},
        {"anschriften": None},
        {"anschriften": [{"art": "nebenwohnung", "strasse": "A", "ort": "B"}]},
        {"anschriften": [*LENA["anschriften"], LENA["anschriften"][0]]},
        {"anschriften": [{"art": "einzige_wohnung", "ort": "B"}]},
        {"anschriften": [{"art": "ferienwohnung", "strasse": "A", "ort": "B"}]},
        {"anschriften": [{"art": "ohne_festen_wohnsitz", "strasse": "A", "ort": "B"}]},
        {"anschriften": [{"art": "einzige_wohnung", "strasse": "A", "ort": "B"}, LENA["anschriften"][1]]},
        {"einzugsdatum": "gestern"},
        {"staatsangehoerigkeit": "deutsch"},
        {"steuer_id": "12345678901"},
    ],
)
def test_a_malformed_record_is_refused_as_a_whole(change):
    with pytest.raises(FaultyAnswer):
        read_record({**LENA, **change})


@pytest.mark.parametrize(
    "body",
    [
        answer(outcome="one"),
        answer(outcome="one", record=None),
        answer(outcome="none", record=LENA),
        answer(outcome="blocked", record=LENA),
        answer(outcome="several"),
        answer(outcome="several", count=1),
        answer(outcome="several", count=True),
        answer(outcome="several", count=2.5),
        answer(outcome="perhaps"),
        answer(outcome=["none"]),
        answer(outcome="none", extra=1),
        answer(outcome="none", query_id="q2"),
        answer(outcome="none", schema="amtlich/register-answer/2"),
        b'{"schema": "a", "schema": "b"}',
        b'{"schema": NaN}',
        b"[]",
        b"null",
    ],
)
def test_an_answer_outside_the_protocol_is_refused(body):
    with pytest.raises(FaultyAnswer):
        read_answer(body, "q1")


@pytest.mark.parametrize(
    "body", [b"", b"<html>", answer(outcome="none")[:-1], b"\xff\xfe", b"[" * 100_000, b"9" * 5000]
)
def test_what_is_no_json_is_told_apart_because_it_is_worth_a_retry(body):
    with pytest.raises((NotJson, FaultyAnswer)):
        read_answer(body, "q1")


@pytest.mark.parametrize("field", ["familienname", "geburtsdatum", "einzugsdatum"])
def test_messages_hold_no_personal_data(field):
    with pytest.raises(FaultyAnswer) as refused:
        read_record({**LENA, field: "Geheim\x07"})
    assert "Geheim" not in str(refused.value)
    assert field in str(refused.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_whatever_json_comes_it_is_an_answer_or_a_refusal(value):
    with pytest.raises(FaultyAnswer):
        read_answer(json.dumps(value).encode(), "q1")


def test_the_question_carries_the_four_statements_and_the_reason_and_no_more():
    body = json.loads(
        question_json(LookUp(HARD["lena"].query, ("familienname",), "Auskunft", "BMG § 18", "q1"))
    )
    assert body == {
        "schema": "amtlich/register-query/1",
        "query_id": "q1",
        "query": {
            "familienname": "Brückner",
            "vornamen": ["Lena", "Marie"],
            "geburtsdatum": "1988-02-13",
            "anschrift": {"strasse": "Lindenweg", "hausnummer": "12", "plz": "12345", "ort": "Musterstadt"},
        },
        "fields": ["familienname"],
        "purpose": "Auskunft",
        "legal_basis": "BMG § 18",
    }


def test_the_question_says_when_there_is_no_fixed_abode():
    body = json.loads(question_json(LookUp(HARD["karl"].query, (), "", "", "q1")))
    assert body["query"]["anschrift"] == {"ohne_festen_wohnsitz": True}
