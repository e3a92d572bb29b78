# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A draft outlives a new version of its form: what agrees is carried over, the rest is shown."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engines.forms.forms_for_tests import form, prop

from amtlich.engines.forms import Form, succeed, unanswered
from amtlich.engines.forms.values import get, is_empty

OLD = form(
    {
        "name": prop("name"),
        "art": prop("choice"),
        "farben": prop("choices"),
        "seit": prop("date"),
        "grund": prop("text"),
        "haken": prop("checkbox"),
    },
    rules=[{"show": "grund", "when": 'art = "a"'}],
)
DATA = {"name": "Lena", "art": "a", "farben": ["rot", "blau"], "seit": "1950-05", "grund": "weil"}


def test_the_same_form_takes_everything() -> None:
    carried = succeed(OLD, DATA, OLD)
    assert (carried.data, carried.changes) == (DATA, ())


def test_what_the_newer_form_refuses_or_asks_otherwise_is_shown_with_both_questions() -> None:
    new = form(
        {
            "name": prop("longtext"),  # another kind of question
            "art": prop("choice", enum=["b", "c"]),  # the answer is no longer offered
            "farben": prop("choices", items={"enum": ["grün", "blau", "rot"]}),  # only listed otherwise
            "seit": prop("date", **{"x-partial": False}),  # a day is needed now
            "ort": prop("text"),  # new
        }
    )
    carried = succeed(OLD, DATA, new)
    assert carried.data == {"farben": ["blau", "rot"]}
    shown = {change.before.field: change.now.id if change.now else None for change in carried.changes}
    assert shown == {"name": "name", "art": "art", "seit": "seit", "grund": None}
    assert {change.before.display["de"] for change in carried.changes} == {
        "Lena",
        "Wert a",
        "Mai 1950",
        "weil",
    }


def test_an_answer_that_is_asked_only_under_a_condition_is_kept_only_if_it_holds() -> None:
    properties = {"art": prop("choice"), "grund": prop("text")}
    new = form(properties, rules=[{"show": "grund", "when": 'art = "b"'}])
    carried = succeed(OLD, {"art": "a", "grund": "weil"}, new)
    assert carried.data == {"art": "a"}
    assert [(change.before.field, change.now and change.now.id) for change in carried.changes] == [
        # The page that asks for the kind shows the reason too, since the kind decides about it.
        ("grund", "grund")
    ]


def test_what_was_hidden_is_no_answer() -> None:
    """FC-01: a reason that the old choice no longer called for does not come back."""
    new = form({"art": prop("choice"), "grund": prop("text")})
    carried = succeed(OLD, {"art": "b", "grund": "weil"}, new)
    assert (carried.data, carried.changes) == ({"art": "b"}, ())


def test_old_answers_stand_beside_open_questions_until_they_are_answered() -> None:
    new = form({"name": prop("longtext"), "art": prop("choice")})
    assert set(unanswered(OLD, DATA, new, {"art": "a"})) == {"name"}
    assert unanswered(OLD, DATA, new, {"art": "a", "name": "Lena"}) == {}


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Lena", "Émile", "x" * 80]),
    "text": st.sampled_from(["Weg", "5 1/2", "y" * 80]),
    "longtext": st.sampled_from(["Weg", "eins\nzwei"]),
    "date": st.sampled_from(["1950", "1950-05", "1994-03-14"]),
    "choice": st.sampled_from(["a", "b"]),
    "choices": st.lists(st.sampled_from(["rot", "blau", "grün"]), min_size=1, unique=True),
    "checkbox": st.booleans(),
}
_KINDS = st.dictionaries(st.sampled_from("stuvwxyz"), st.sampled_from(sorted(_VALUES)), min_size=1)


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Form, dict[str, Any], Form]:
    """A form with answers, and another that may share questions, change their kind, limits or conditions."""
    before, after = draw(_KINDS), draw(_KINDS)
    for name in draw(st.sets(st.sampled_from(sorted(before)))):
        after[name] = before[name]

    def made(kinds: dict[str, str]) -> Form:
        limits = {"maxLength": draw(st.sampled_from([2, 80]))}
        properties = {
            name: prop(kind, **(limits if kind in ("text", "name") else {})) for name, kind in kinds.items()
        }
        choices = [name for name, kind in kinds.items() if kind == "choice"]
        others = [name for name in kinds if name not in choices[:1]]
        rules = []
        if choices and others and draw(st.booleans()):
            rules.append({"show": draw(st.sampled_from(others)), "when": f'{choices[0]} = "a"'})
        return form(properties, rules=rules)

    old, new = made(before), made(after)
    answers = {name: draw(_VALUES[kind]) for name, kind in before.items() if draw(st.booleans())}
    return old, old.prune(answers), new


@given(two_versions())
def test_no_answer_is_lost_and_none_is_made_up(versions: tuple[Form, dict[str, Any], Form]) -> None:
    old, data, new = versions
    carried = succeed(old, data, new)
    listed = {change.before.field for change in carried.changes}
    taken = {field.id for field in new.fields if not is_empty(get(carried.data, field.path))}
    assert taken.isdisjoint(listed)
    assert {answer.field for answer in old.answers(data)} <= taken | listed
    for name in taken:
        was, now = data[name], carried.data[name]
        assert sorted(was) == sorted(now) if isinstance(was, list) else was == now
    wrong = {error.field for error in new.validate(carried.data)}
    assert wrong.isdisjoint(taken), "what is taken over is valid in the newer form"
    assert new.prune(carried.data) == carried.data
    again = succeed(new, carried.data, new)
    assert (again.data, again.changes) == (carried.data, ())
