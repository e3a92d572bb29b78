# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Dates, ids, clocks and commitments."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.kernel import clock, ids, words
from amtlich.kernel.commitment import canonical_json, commit, new_salt
from amtlich.kernel.ids import (
    is_token,
    letters_of_no_code,
    new_check_code,
    new_reference,
    new_token,
    normalise_check_code,
)
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.trust import TrustLevel


@pytest.mark.parametrize(
    ("register", "iso"), [("00.00.1950", "1950"), ("00.05.1950", "1950-05"), ("14.03.1994", "1994-03-14")]
)
def test_fc04_incomplete_birth_dates_are_kept(register, iso):
    value = PartialDate.parse_register(register)
    assert value.iso() == iso
    assert value.register_form() == register
    assert PartialDate.parse_iso(iso) == value


def test_fc04_sixty_five_or_older_is_certain_only_when_it_is():
    born = PartialDate(1950)
    assert born.at_least_years_on(65, date(2015, 7, 1)) is None
    assert born.at_least_years_on(65, date(2016, 1, 1)) is True
    assert born.at_least_years_on(65, date(2014, 12, 31)) is False


def test_fc04_the_last_month_of_all_is_a_month_too():
    assert PartialDate(9999, 12).at_least_years_on(0, date(9999, 12, 31)) is True
    assert PartialDate(9999).at_least_years_on(0, date(2026, 1, 1)) is False


def test_a_leap_day_child_comes_of_age_on_the_first_of_march():
    born = PartialDate(2008, 2, 29)
    assert born.at_least_years_on(18, date(2026, 2, 28)) is False
    assert born.at_least_years_on(18, date(2026, 3, 1)) is True


@pytest.mark.parametrize("bad", ["31.02.1988", "05.00.1950", "1.1.1950", "٠١.٠١.1950"])
def test_impossible_register_dates_are_refused(bad):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse_register(bad)


def test_check_codes_survive_how_people_type_them():
    code = new_check_code()
    assert normalise_check_code(code.lower().replace("-", " ")) == code
    assert normalise_check_code("0000-0000-0000") is None
    assert normalise_check_code(code + "7") is None


def test_tokens_have_their_shape():
    assert is_token(new_token())
    assert not is_token("../etc/passwd")
    assert new_reference("MB").startswith("MB-")


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4))
def test_canonical_json_ignores_the_order_of_keys(payload):
    backwards = dict(reversed(list(payload.items())))
    assert canonical_json(payload) == canonical_json(backwards)


def test_a_commitment_hides_behind_its_salt():
    assert commit({"a": 1}, new_salt()) != commit({"a": 1}, new_salt())


def test_the_clock_can_be_set_and_comes_back():
    fixed = clock.FixedClock(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    with clock.use(fixed):
        assert clock.today() == date(2027, 1, 1)
        fixed.advance(timedelta(days=1))
        assert clock.now().day == 1
    assert clock.now() != fixed.now()


def test_words_for_people():
    moment = datetime(2026, 11, 25, 9, 14, 6, tzinfo=UTC)
    assert words.datetime_de(moment) == "25. November 2026, 10:14 Uhr"
    assert words.exact_time_de(moment) == "10:14:06 Uhr"
    assert words.duration_de(4) == "4 Sekunden"
    assert words.duration_de(90_000) == "1 Tag"
    # Rounded up into the next unit, never to the end of its own.
    assert [words.duration_de(s) for s in (0, 59.4, 59.6, 3_599, 86_399)] == [
        "1 Sekunde", "59 Sekunden", "1 Minute", "1 Stunde", "1 Tag",
    ]  # fmt: skip
    assert words.file_size_de(999_999) == "1,0 MB"
    assert words.join_de(["A", "B", "C"]) == "A, B und C"
    assert words.file_size_de(1_230_000) == "1,2 MB"
    assert TrustLevel.from_word("substantial").word_de == "substanziell"


def test_resume_codes_are_read_as_people_type_them() -> None:
    code = ids.new_resume_code()
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", code)
    assert set(code) <= {*ids.CODE_ALPHABET, "-"}
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '–')} "):
        assert ids.normalise_resume_code(typed) == code
    for wrong in ("", code[:-1], code + "A", code.replace(code[0], "0"), "٣" * 16, ids.new_check_code()):
        assert ids.normalise_resume_code(wrong) is None
    assert len({ids.new_resume_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("typed", "strange"), [("7XK4-M2QD-T9RP", []), ("o0Q4-lm2d", ["0", "L", "O"]), ("1-I-u", ["1", "I", "U"])]
)
def test_letters_that_no_code_holds_are_named(typed: str, strange: list[str]) -> None:
    assert letters_of_no_code(typed) == strange
