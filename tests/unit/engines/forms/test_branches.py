# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""FC-01: an abandoned branch leaves no trace."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engines.forms.forms_for_tests import form, posted, prop

# art = a shows datum, a datum after 2000 shows grund; art = b shows the group anschrift, and in it ort only
# for the street "x".
FORM = form(
    {
        "art": prop("choice"),
        "datum": prop("date"),
        "grund": prop("text"),
        "anschrift": {
            "type": "object",
            "additionalProperties": False,
            "required": [],
            "properties": {"strasse": prop("text"), "ort": prop("text")},
        },
    },
    required=["art"],
    rules=[
        {"show": "datum", "require": "datum", "when": 'art = "a"'},
        {"show": "grund", "require": "grund", "when": 'datum > date("2000-01-01")'},
        {"show": "anschrift", "when": 'art = "b"'},
        {"require": "anschrift-strasse", "when": 'art = "b"'},
        {"show": "anschrift-ort", "when": 'anschrift.strasse = "x"'},
    ],
    steps=[["art", "datum"], ["grund"], ["anschrift"]],
)

A = {"art": "a", "datum": "2010-05-05", "grund": "weil"}


def ids(step: str, data: dict[str, Any]) -> list[str]:
    return [field.id for field in FORM.visible(step, data)]


def test_fc01_changing_the_choice_removes_what_only_the_first_one_asked() -> None:
    changed = {**A, "art": "b", "anschrift": {"strasse": "Weg"}}
    assert FORM.prune(changed) == {"art": "b", "anschrift": {"strasse": "Weg"}}
    assert FORM.validate(changed) == ()
    assert [answer.field for answer in FORM.answers(changed)] == ["art", "anschrift-strasse"]


def test_fc01_an_invalid_value_of_the_first_choice_is_no_error_any_more() -> None:
    raw = posted(art="a", datum__tag="31", datum__monat="2", datum__jahr="1988")
    assert [error.field for error in FORM.parse_step("schritt-1", raw, {}).errors] == ["datum"]
    changed = FORM.parse_step("schritt-1", {**raw, "art": ["b"]}, {})
    assert changed.errors == ()
    assert changed.data == {"art": "b"}


def test_fc01_rules_see_a_hidden_answer_as_missing() -> None:
    # grund hangs on datum, and datum on art: with art = b the old date must not show grund.
    hidden = {"art": "b", "datum": "2010-05-05", "grund": "weil"}
    assert ids("schritt-2", hidden) == []
    assert FORM.facts(hidden)["datum"] is None


def test_fc01_a_hidden_group_leaves_no_trace_either_valid_or_not() -> None:
    for inner in ({"strasse": "Weg", "ort": "Ort"}, {"strasse": 5}, "kein Objekt", {"fremd": 1}):
        data = {**A, "anschrift": inner}
        assert FORM.prune(data) == A or inner == {"fremd": 1}
        if inner != {"fremd": 1}:
            assert FORM.validate(data) == ()


def test_inside_a_group_a_later_field_may_hang_on_an_earlier_one() -> None:
    assert ids("schritt-3", {"art": "b"}) == ["anschrift-strasse"]
    assert ids("schritt-3", {"art": "b", "anschrift": {"strasse": "x"}}) == [
        "anschrift-strasse",
        "anschrift-ort",
    ]
    parsed = FORM.parse_step("schritt-3", posted(anschrift__strasse="y", anschrift__ort="O"), {"art": "b"})
    assert parsed.data == {"art": "b", "anschrift": {"strasse": "y"}}


def test_an_incomplete_date_decides_nothing() -> None:
    assert ids("schritt-2", {"art": "a", "datum": "2010"}) == []
    assert ids("schritt-2", {"art": "a", "datum": "2010-05-05"}) == ["grund"]


def test_a_required_field_counts_only_where_it_is_shown() -> None:
    assert [error.field for error in FORM.validate({"art": "a"})] == ["datum"]
    assert [error.field for error in FORM.validate({"art": "b"})] == ["anschrift-strasse"]
    assert [field.required for field in FORM.visible("schritt-1", {"art": "a"})] == [True, True]


def test_a_page_has_the_fields_that_its_own_answers_decide() -> None:
    assert [field.id for field in FORM.on_page("schritt-1", {})] == ["art", "datum"]
    assert ids("schritt-1", {}) == ["art"]


def test_steps_without_a_question_are_skipped() -> None:
    assert [step.id for step in FORM.open_steps({"art": "b"})] == ["schritt-1", "schritt-3"]
    assert FORM.next_step("schritt-1", {"art": "b"}) == "schritt-3"
    assert FORM.previous_step("schritt-3", {"art": "b"}) == "schritt-1"
    assert FORM.next_step("schritt-1", {"art": "a", "datum": "1990-01-01"}) is None
    assert FORM.first_open_step({}) == "schritt-1"
    assert FORM.first_open_step({"art": "b"}) == "schritt-3"
    assert FORM.first_open_step(A) is None


def test_nothing_that_is_given_is_changed() -> None:
    data = {"art": "b", "anschrift": {"strasse": "x", "ort": "O"}, "datum": "x"}
    before = repr(data)
    FORM.prune(data), FORM.clean(data), FORM.parse_step("schritt-3", posted(anschrift__strasse="z"), data)
    assert repr(data) == before


values = st.sampled_from(["a", "b", "x", "2010-05-05", "1990", "", None, 7])
drafts = st.fixed_dictionaries(
    {},
    optional={
        "art": values,
        "datum": values,
        "grund": values,
        "anschrift": st.fixed_dictionaries({}, optional={"strasse": values, "ort": values}) | values,
    },
)


@given(drafts)
def test_fc01_pruning_once_is_enough_and_hides_nothing_that_is_shown(data: dict[str, Any]) -> None:
    pruned = FORM.prune(data)
    assert FORM.prune(pruned) == pruned
    for step in FORM.steps:
        assert FORM.visible(step.id, data) == FORM.visible(step.id, pruned)
    assert FORM.validate(data) == FORM.validate(pruned)
    assert FORM.answers(data) == FORM.answers(pruned)
