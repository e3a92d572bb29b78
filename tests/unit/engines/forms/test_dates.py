# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engines.forms.forms_for_tests import form, posted, prop

from amtlich.engines.forms import dates
from amtlich.kernel import clock

PARTIAL = dates.DateRules(partial=True, past=True, today=date(2026, 11, 25))
WHOLE = dates.DateRules(partial=False, past=False, today=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("14", "3", "1994"), "1994-03-14"),
        (("", "5", "1950"), "1950-05"),
        (("", "", "1950"), "1950"),
        (("00", "00", "1950"), "1950"),
        (("0", "5", "1950"), "1950-05"),
        (("14.", "März", "1994"), "1994-03-14"),
        ((" 14 ", "mär", " 1994 "), "1994-03-14"),
        (("29", "2", "2024"), "2024-02-29"),
    ],
)
def test_fc04_day_and_month_may_be_unknown(typed: tuple[str, str, str], stored: str) -> None:
    found = dates.read_parts(*typed, PARTIAL)
    assert found is not None
    assert found.iso() == stored


def test_three_empty_parts_are_no_date() -> None:
    assert dates.read_parts("", " ", "", PARTIAL) is None


@pytest.mark.parametrize(
    ("typed", "sentence", "parts"),
    [
        (("31", "2", "1988"), "Den 31. Februar gibt es nicht. Prüfen Sie Tag und Monat.", ("tag", "monat")),
        (("29", "2", "2023"), "Den 29. Februar 2023 gibt es nicht", ("tag", "monat", "jahr")),
        (("31", "4", "2000"), "Den 31. April gibt es nicht", ("tag", "monat")),
        (("32", "1", "2000"), "Der Tag ist eine Zahl von 1 bis 31", ("tag",)),
        (("1", "13", "2000"), "Der Monat ist eine Zahl von 1 bis 12", ("monat",)),
        (("1", "", "2000"), "Zum Tag fehlt der Monat", ("monat",)),
        (("1", "1", ""), "Das Jahr fehlt", ("jahr",)),
        (("1", "1", "88"), "vier Ziffern", ("jahr",)),
        (("1", "1", "1588"), "liegt zu weit zurück", ("jahr",)),
        (("1", "1", "2027"), "liegt in der Zukunft", ("jahr",)),
        (("x", "1", "2000"), "Der Tag muss eine Zahl sein", ("tag",)),
        (("1", "Brumaire", "2000"), "Der Monat muss eine Zahl sein", ("monat",)),
        (("١٢", "1", "2000"), "Der Tag muss eine Zahl sein", ("tag",)),
        (("1", "1", "١٩٨٨"), "vier Ziffern", ("jahr",)),
        (("-1", "1", "2000"), "Der Tag muss eine Zahl sein", ("tag",)),
    ],
)
def test_an_impossible_date_is_refused_with_the_next_step(
    typed: tuple[str, str, str], sentence: str, parts: tuple[str, ...]
) -> None:
    with pytest.raises(dates.DateRefused) as refused:
        dates.read_parts(*typed, PARTIAL)
    assert sentence in str(refused.value)
    assert refused.value.parts == parts


def test_a_whole_date_is_demanded_where_the_form_says_so() -> None:
    for typed, part in ((("", "5", "1950"), "tag"), (("", "", "1950"), "monat")):
        with pytest.raises(dates.DateRefused) as refused:
            dates.read_parts(*typed, WHOLE)
        assert refused.value.parts == (part,)


def test_today_is_past_and_tomorrow_is_not() -> None:
    one = form({"tag_x": prop("date")})
    with clock.use(clock.FixedClock(datetime(2026, 11, 25, 12, tzinfo=UTC))) as fixed:
        raw = posted(tag_x__tag="26", tag_x__monat="11", tag_x__jahr="2026")
        assert one.parse_step("schritt-1", raw, {}).errors[0].part == "jahr"
        assert isinstance(fixed, clock.FixedClock)
        fixed.advance(timedelta(days=1))
        assert one.parse_step("schritt-1", raw, {}).data == {"tag_x": "2026-11-26"}


def test_the_mock_sentence_names_the_field_and_keeps_what_was_typed() -> None:
    one = form({"geburtsdatum": prop("date")})
    raw = posted(geburtsdatum__tag="31", geburtsdatum__monat="2", geburtsdatum__jahr="1988")
    parsed = one.parse_step("schritt-1", raw, {"geburtsdatum": "1980-01-01"})
    (error,) = parsed.errors
    assert (error.field, error.part, error.parts) == ("geburtsdatum", "tag", ("tag", "monat"))
    assert error.message_de == "Den 31. Februar gibt es nicht. Prüfen Sie Tag und Monat."
    assert parsed.data == {}
    assert parsed.raw["geburtsdatum-tag"] == ("31",)


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2026, 11, 25)))
def test_every_real_date_comes_back_as_it_was_typed(day: date) -> None:
    found = dates.read_parts(str(day.day), str(day.month), str(day.year), PARTIAL)
    assert found is not None
    assert found.iso() == day.isoformat()
    assert dates.read_iso(found.iso(), PARTIAL) == found


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=6))
def test_whatever_is_typed_gives_a_date_or_a_sentence(day: str, month: str, year: str) -> None:
    found = refused = None
    try:
        found = dates.read_parts(day, month, year, PARTIAL)
    except dates.DateRefused as error:
        refused = error
    if refused is not None:
        assert str(refused).endswith(".")
        assert refused.parts
    elif day.strip() or month.strip() or year.strip():
        assert found is not None
