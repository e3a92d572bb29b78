# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Texts that are no FEEL: refused at the exact place, with what was expected, in bounded time."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amtlich.engines.rules import RulesError, parse_expression


def refused(text: str, names: set[str] | None = None) -> RulesError:
    with pytest.raises(RulesError) as caught:
        parse_expression(text, names=names or set(), file="f.yaml", line=10, column=5)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("1 +", 10, 8, "a value or expression"),
        ("1 + * 2", 10, 9, "found '*'"),
        ("(1 + 2", 10, 11, "expected )"),
        ("[1, 2", 10, 10, "expected"),
        ("if true then 1", 10, 19, "expected else"),
        ("for i 1..2 return i", 10, 12, "expected in"),
        ("{a 1}", 10, 9, "expected :"),
        ("1 2", 10, 7, "operator"),
        ('"offen', 10, 5, "not closed"),
        ("1 /* offen", 10, 7, "*/"),
        ("a # b", 10, 7, "'#'"),
        ("1 +\n  unbekannt", 11, 3, "unbekannt"),
        ("f(x: 1, 2)", 10, 5, "not known"),
        ('substring(string: "a", 2)', 10, 28, "name"),
        ("1 instance of zahl", 10, 19, "zahl"),
        ("{a: 1, a: 2}", 10, 12, "used twice"),
        ("1 + 1e99999", 10, 9, "too large"),
        ("", 10, 5, "the end of the expression"),
    ],
)
def test_an_error_names_line_column_and_what_was_expected(
    text: str, line: int, column: int, part: str
) -> None:
    error = refused(text)
    assert (error.file, error.line, error.column) == ("f.yaml", line, column)
    assert part in error.message
    assert str(error).startswith(f"f.yaml:{line}:{column}: ")
    assert f"Zeile {line}, Spalte {column}" in error.sentence_de()


def test_a_misspelt_name_gets_a_suggestion() -> None:
    error = refused("Gebuehr + 1", {"Gebühr", "Treffer"})
    assert "did you mean Gebühr?" in error.message
    assert "Meinten Sie Gebühr?" in error.message_de


def test_an_unknown_name_lists_the_known_ones() -> None:
    assert "Form, Treffer" in refused("xyz", {"Treffer", "Form"}).message


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "-" * 5000 + "1",
        "1" + "+1" * 5000,
        "not(" * 3000 + "true" + ")" * 3000,
        "1 in (" * 60 + "1",
        "[1..2[" * 3000,
        "x.y" * 3000,
        "a" + "[1]" * 3000,
        "if true then " * 3000,
        "{a:" * 3000,
        "x" * 200_000,
    ],
)
def test_hostile_nesting_is_refused_at_once(text: str) -> None:
    with pytest.raises(RulesError):
        parse_expression(text)


SIGNS = (*"()[]{},:.-<=?@ü'", "..", "/*", "//", "\\", "\u0308", "\U0001f40e", '"a"', "1", "x")
WORDS = ("not", "in", "if", "then", "else", "for", "return", "some", "satisfies", "and", "between", "null")
TYPES = ("function", "instance", "of", "list", "date", "time")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(SIGNS + WORDS + TYPES),
        max_size=25,
    )
)
def test_any_text_is_parsed_or_refused_and_then_runs_without_exception(pieces: list[str]) -> None:
    try:
        expression = parse_expression(" ".join(pieces))
    except RulesError:
        return
    expression.evaluate({"x": 1})


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_characters_are_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(RulesError):
        parse_expression(text).evaluate({})
