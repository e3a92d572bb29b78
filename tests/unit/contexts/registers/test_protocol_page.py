# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The page for integrators says what the code does."""

import json
import re
from pathlib import Path

from amtlich.contexts.registers.adapters import wire
from amtlich.contexts.registers.adapters.http import LOOKUP_PATH, Limits
from amtlich.contexts.registers.adapters.wire import question_json, read_answer
from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import BASIC_FIELDS, FIELDS, ResidentRecord
from amtlich.platform.outside import breaker

PAGE = (Path(__file__).parents[4] / "docs/schnittstellen/register-http.md").read_text(encoding="utf-8")
QUERY_ID = "0b0e3a52-6f5e-4d1c-9a51-0b8d7c3b8f6d"
LENA = next(one for one in demo_residents() if one.key == "lena")


def blocks(kind):
    return re.findall(rf"```json {kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_request_on_the_page_is_the_request_that_is_sent():
    question = LookUp(
        LENA.query, BASIC_FIELDS, "Meldebescheinigung ausstellen", "BMG § 18 Absatz 1", QUERY_ID
    )
    (shown,) = blocks("request")
    assert json.loads(shown) == json.loads(question_json(question))


def test_the_answers_on_the_page_are_answers_that_are_accepted():
    answers = [read_answer(shown.encode(), QUERY_ID) for shown in blocks("answer")]
    assert [one.outcome for one in answers] == ["one", "none", "several", "blocked"]
    assert answers[0].record == LENA.record.only(BASIC_FIELDS)


def test_every_key_and_every_bound_is_on_the_page():
    for word in (*FIELDS, LOOKUP_PATH, wire.QUERY_SCHEMA, wire.ANSWER_SCHEMA, *_address_words()):
        assert word in PAGE
    limits = Limits()
    assert f"{limits.max_bytes // 1024} KiB" in PAGE
    assert f"| connecting | {limits.connect:.0f} s |" in PAGE
    assert f"| silence while reading | {limits.read:.0f} s |" in PAGE
    assert f"| one question with all its tries | {limits.whole:.0f} s;" in PAGE
    assert f"| tries | {limits.tries}, with pauses of about {limits.first_pause} and" in PAGE
    assert (
        f"| after {breaker.THRESHOLD} faults in a row | nobody asks for {breaker.FIRST_PAUSE:.0f} s" in PAGE
    )
    assert f"up to {breaker.LAST_PAUSE:.0f} s" in PAGE
    assert f"at most {wire.MAX_TEXT} characters, lists at most {wire.MAX_LIST} entries" in PAGE


def _address_words():
    return {
        address["art"]
        for one in demo_residents()
        for address in ResidentRecord(addresses=one.record.addresses).to_json()["anschriften"]
    }
