# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The built-in functions of FEEL."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.engines.rules import parse_expression, to_feel
from amtlich.engines.rules.boundaries import quiet_run
from amtlich.engines.rules.calendar import Day
from amtlich.engines.rules.compiler import Compiler
from amtlich.engines.rules.fixed_tests import with_short_cut
from amtlich.engines.rules.parser import Parser
from amtlich.engines.rules.run import Env
from amtlich.engines.rules.scope import BASE, Scope
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.syntax import Cell, CompareTest, ValueTest
from amtlich.engines.rules.values import DaysTime, YearsMonths

CASES: list[tuple[str, object]] = [
    # texts
    ('substring("Bürgeramt", 3)', "rgeramt"),
    ('substring("Bürgeramt", -3, 2)', "am"),
    ('substring("abc", 0)', None),
    ('substring("abc", 9)', None),
    ('string length("🐎ä")', 2),
    ('upper case("straße")', "STRASSE"),
    ('lower case("ÄÖ")', "äö"),
    ('substring before("a-b", "-")', "a"),
    ('substring before("a-b", "x")', ""),
    ('substring after("a-b", "-")', "b"),
    ('contains("Amt", "m")', True),
    ('starts with("Amt", "A")', True),
    ('ends with("Amt", "A")', False),
    ('matches("12345", "^[0-9]{5}$")', True),
    ('matches("12345\\n", "^[0-9]{5}$")', False),
    ('matches("abc", "B", "i")', True),
    ('matches("a", "(")', None),
    ('replace("a1b2", "[0-9]", "#")', "a#b#"),
    ('replace("ab", "(a)(b)", "$2$1")', "ba"),
    ('replace("a", "x*", "y")', None),
    ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    ('string join(["a", "b"])', "ab"),
    ("string(1.50)", "1.5"),
    ('string(date("2024-06-30"))', "2024-06-30"),
    ('string([1, "a"])', '[1, "a"]'),
    ("string(null)", None),
    # numbers
    ("decimal(2.5, 0)", 2),
    ("decimal(3.5, 0)", 4),
    ("decimal(1/3, 2)", Decimal("0.33")),
    ("floor(-1.5)", -2),
    ("ceiling(1.2)", 2),
    ("round up(1.121, 2)", Decimal("1.13")),
    ("round down(-1.129, 2)", Decimal("-1.12")),
    ("round half up(2.5, 0)", 3),
    ("round half down(2.5, 0)", 2),
    ("abs(-3)", 3),
    ('abs(duration("-P3D"))', DaysTime(Decimal(3 * 86400))),
    ("modulo(12, 5)", 2),
    ("modulo(-12, 5)", 3),
    ("modulo(12, -5)", -3),
    ("modulo(1, 0)", None),
    ("sqrt(16)", 4),
    ("sqrt(-1)", None),
    ("odd(3)", True),
    ("even(3)", False),
    ('number("1.000,5", ".", ",")', Decimal("1000.5")),
    ('number("1 000", " ", ".")', 1000),
    ('number("1,000", ",", ",")', None),
    # lists
    ("count([])", 0),
    ("count(5)", 1),
    ("min(3, 1, 2)", 1),
    ("max([3, 1, 2])", 3),
    ('min("b", "a")', "a"),
    ("min([])", None),
    ('max(1, "a")', None),
    ("sum([1, 2.5])", Decimal("3.5")),
    ("sum([1, null])", None),
    ("sum([])", None),
    ("mean(1, 2, 3)", 2),
    ("median(1, 2, 4, 3)", Decimal("2.5")),
    ("product([2, 3])", 6),
    ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
    ("mode([6, 3, 9, 6, 3])", [3, 6]),
    ("all([true, null, false])", False),
    ("any([false, null])", None),
    ("list contains([1, null], null)", True),
    ("sublist([1, 2, 3], 2)", [2, 3]),
    ("sublist([1, 2, 3], -2, 1)", [2]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("concatenate([1], [2, 3])", [1, 2, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 1, null])", [1, None]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2], 1)", [2]),
    ("reverse([1, 2])", [2, 1]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("flatten([[1, [2]], 3])", [1, 2, 3]),
    ("list replace([1, 2], 1, 5)", [5, 2]),
    ("list replace([1, 2, 3], function(item, new) item > 1, 0)", [1, 0, 0]),
    ("sort([3, 1, 2], function(x, y) x < y)", [1, 2, 3]),
    ("not(true)", False),
    ("not(null)", None),
    # contexts
    ('get value({a: 1}, "a")', 1),
    ("get entries({a: 1})[1].key", "a"),
    ('context([{key: "a", value: 1}])', {"a": 1}),
    ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', {"a": {"b": 2}}),
    ("context merge([{a: 1}, {a: 2}])", {"a": 2}),
    # dates
    ('date("2024-02-29")', date(2024, 2, 29)),
    ("date(2024, 2, 30)", None),
    ('date(date and time("2024-06-30T10:00:00"))', date(2024, 6, 30)),
    ('time("10:00:00")', time(10)),
    ("time(10, 30, 0)", time(10, 30)),
    ('time("24:00:00")', None),
    ('duration("P1Y2M")', YearsMonths(14)),
    ('duration("P1DT2H")', DaysTime(Decimal(93600))),
    ('duration("P1Y2D")', None),
    ('years and months duration(date("2000-02-29"), date("2018-02-28"))', YearsMonths(215)),
    ('years and months duration(date("2000-02-29"), date("2018-03-01"))', YearsMonths(216)),
    ('day of week(date("2026-11-25"))', "Wednesday"),
    ('month of year(date("2026-11-25"))', "November"),
    ('day of year(date("2024-12-31"))', 366),
    ('week of year(date("2026-11-25"))', 48),
    ('date("2024-06-30") instance of date', True),
    ('date and time(date("2024-06-30"), time("10:00:00")) = @"2024-06-30T10:00:00"', True),
    ('is(@"10:00:00Z", @"11:00:00+01:00")', False),
    ('@"10:00:00Z" = @"11:00:00+01:00"', True),
    # ranges
    ("before(1, 2)", True),
    ("before([1..5), [5..9])", True),
    ("after(6, [1..5])", True),
    ("meets([1..5], [5..9])", True),
    ("overlaps([1..5], [4..9])", True),
    ("during(3, [1..5])", True),
    ("includes([1..5], [2..3])", True),
    ("starts([1..3], [1..5])", True),
    ("finishes(5, [1..5])", True),
    ("coincides([1..5], [1..5])", True),
    ('range("[1..5)") = [1..5)', True),
    ('before(1, "a")', None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_functions_have_the_result_that_the_standard_gives_them(text: str, expected: object) -> None:
    found, reasons = parse_expression(text).evaluate_with_reasons({})
    assert found == to_feel(expected)
    assert type(found) is type(to_feel(expected))
    if expected is None and "null" not in text:
        assert reasons


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)


@given(numbers, numbers)
def test_arithmetic_is_exact_in_decimals(a: Decimal, b: Decimal) -> None:
    scope = {"a": a, "b": b}
    expected = {"a + b": a + b, "a - b": a - b, "a * b": a * b, "a < b": a < b, "a = b": a == b}
    for text, result in expected.items():
        assert parse_expression(text, names=scope).evaluate(scope) == result


@given(st.dates(min_value=date(1, 1, 2), max_value=date(9998, 12, 1)), st.integers(-1000, 1000))
def test_days_added_are_days_apart(day: date, count: int) -> None:
    try:
        later = date.fromordinal(day.toordinal() + count)
    except ValueError:
        return
    scope = {"tag": day, "n": count}
    found = parse_expression('tag + duration("P1D") * n', names=scope).evaluate(scope)
    assert found == to_feel(later)
    assert (
        parse_expression("(spaeter - tag).days", names={"spaeter", "tag"}).evaluate(
            {"spaeter": later, "tag": day}
        )
        == count
    )


OPERANDS = ("0", "-1", "2.5", '"a"', '"b"', "true", "false", "null", "[1..3]", '("a".."c"]', "]0..2[")
VALUES = (Decimal(0), Decimal(-1), Decimal("2.5"), "a", "b", "", True, False, None, Day(2024, 1, 1), [])


@given(
    st.sampled_from(["", "<", "<=", ">", ">=", "=", "!="]), st.sampled_from(OPERANDS), st.sampled_from(VALUES)
)
def test_short_cuts_answer_as_the_general_test_does(operator: str, operand: str, value: object) -> None:
    parser = Parser(Source.plain(operator + operand), Scope({}, BASE))
    cell = parser.whole_tests().body
    assert isinstance(cell, Cell)
    node, compiler = cell.tests[0], Compiler(parser.source)
    if isinstance(node, CompareTest):
        general = compiler._compare_test(node)
    else:
        assert isinstance(node, ValueTest)
        general = compiler._value_test(node)
    quick = with_short_cut(node, general)
    assert quick(value, Env({}, quiet_run())) is general(value, Env({}, quiet_run()))
