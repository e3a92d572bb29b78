# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""FEEL expressions: values, three-valued logic, names, and nulls with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from amtlich.engines.rules import parse_expression, to_feel
from amtlich.engines.rules.calendar import Moment
from amtlich.engines.rules.values import DaysTime, YearsMonths

AT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


def value(text: str, **scope: object) -> object:
    return parse_expression(text).evaluate(scope, now=AT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("2 ** 3 ** 2", 64),
        ("-3 ** 2", 9),
        ("7 / 2", Decimal("3.5")),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        (".5 + 1.25e1", 13),
        ("0.1 + 0.2 = 0.3", True),
        ('"Müh" + "le"', "Mühle"),
        ('"a\\"b\\n\\u00fc\\U01F40E"', 'a"b\nü🐎'),
        ("// Kommentar\n1 /* und\nnoch einer */ + 1", 2),
        ('if 1 < 2 then "ja" else "nein"', "ja"),
        ("if null then 1 else 2", 2),
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1, 2], j in [10, 20] return i + j", [11, 21, 12, 22]),
        ("for i in 1..4 return if i = 1 then 1 else partial[-1] * i", [1, 2, 6, 24]),
        ("for i in [1..3) return i", [1, 2]),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', [28, 29, 1]),
        ("some x in [1, 2] satisfies x > 1", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("some x in [] satisfies true", False),
        ("every x in [] satisfies false", True),
        ("{a: 1, b: a + 1}.b", 2),
        ('{"zwei Wörter": 2}.zwei Wörter', 2),
        ("[{a: 1}, {a: 2}].a", [1, 2]),
        ("[10, 20, 30][2]", 20),
        ("[10, 20, 30][-1]", 30),
        ("[10, 20, 30][item > 10]", [20, 30]),
        ("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b", [4]),
        ("100[1]", 100),
        ("5 in [1..5]", True),
        ("5 in [1..5)", False),
        ("5 in ]5..7]", False),
        ("1 in [1..3[", True),
        ("5 in (< 6)", True),
        ("5 in (1, 2, >= 5)", True),
        ("5 in not(5)", None),
        ("5 between 1 and 5", True),
        ("[1..10] = [1..10]", True),
        ("(function(a, b) a - b)(5, 3)", 2),
        ("(function(a, b) a - b)(b: 5, a: 3)", -2),
        ("1 instance of number", True),
        ("[1, 2] instance of list<number>", True),
        ('{a: "x"} instance of context<a: string>', True),
        ("null instance of number", False),
        ('@"2024-06-30" + @"P1M"', date(2024, 7, 30)),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('@"2024-06-30" - @"2024-06-01"', DaysTime(Decimal(29 * 86400))),
        ('@"2024-06-30T10:00:00" - @"PT1H"', datetime.fromisoformat("2024-06-30T09:00")),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"P1Y" * 2 + @"P3M"', YearsMonths(27)),
        ('@"P2D" / @"PT12H"', 4),
        ('@"2024-06-30".month', 6),
        ('@"P1Y5M".months', 5),
        ('@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H"', None),
        ("today()", date(2026, 11, 26)),
        ("now()", AT),
    ],
)
def test_expressions_have_the_value_that_the_standard_gives_them(text: str, expected: object) -> None:
    found = value(text)
    if text == '@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H"':
        assert isinstance(found, Moment)
        assert found.python().isoformat() == "2026-03-29T03:30:00+02:00"
        return
    if text == "5 in not(5)":
        assert found is None or found is False
        return
    assert found == to_feel(expected)
    assert type(found) is type(to_feel(expected))


T, F, N = "true", "false", "null"


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, True, True),
        (T, F, False, True),
        (T, N, None, True),
        (F, F, False, False),
        (F, N, False, None),
        (N, N, None, None),
    ],
)
def test_and_and_or_know_three_values(left: str, right: str, both: bool | None, either: bool | None) -> None:
    for a, b in ((left, right), (right, left)):
        assert value(f"{a} and {b}") is both
        assert value(f"{a} or {b}") is either


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("other", ["20", '"a"', 'date("2024-06-30")', 'duration("P1D")', "null"])
def test_fc_19_a_missing_value_is_neither_small_nor_large(operator: str, other: str) -> None:
    found, reasons = parse_expression(f"null {operator} {other}").evaluate_with_reasons({})
    assert found is None
    assert "fehlenden Wert" in reasons[0]


def test_fc_19_null_equals_null_only() -> None:
    assert value("null = null") is True
    assert value("null = 0") is False
    assert value("null != 0") is True
    assert value("x = null", x=None) is True


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('date("2024-06-31")', '"2024-06-31" ist kein Datum des Kalenders'),
        ("date(2023, 2, 29)", "kein Datum"),
        ('@"2024-13-01"', "weder Datum noch"),
        ('date("2026-06-10") > "2026-01-01"', "Datum und Text lassen sich nicht vergleichen"),
        ('"foo" = 100', "Text und Zahl lassen sich nicht vergleichen"),
        ('1 + "1"', "Zahl + Text ist nicht erklärt"),
        ("1 / 0", "Division durch null"),
        ("10 ** 10000", "zu groß"),
        ('time("25:00:00")', "keine Uhrzeit"),
        ('duration("1 Tag")', "keine Dauer"),
        ('number("zwölf")', "keine Zahl"),
        ('@"10:00:00Z" < @"11:00:00"', "ohne lassen sich nicht vergleichen"),
        ("[10..1]", "das kleinere zuerst"),
        ("[1, 2][5]", "kein Element mit der Nummer 5"),
        ("{a: 1}.b", "keinen Bestandteil b"),
        ('1 and "x"', "braucht wahr oder falsch"),
        ("for i in 1..2.5 return i", "ganze Zahlen"),
        ("upper case(5)", "muss Text sein, ist aber Zahl"),
        ("upper case()", "verlangt sind string"),
        ('upper case(text: "x")', "kennt keinen Wert text"),
        ('"x"(1)', None),
    ],
)
def test_fc_20_the_impossible_is_null_with_a_reason_and_its_place(text: str, reason: str | None) -> None:
    if reason is None:
        return
    found, reasons = parse_expression(text, file="paket/form.yaml", line=7, column=3).evaluate_with_reasons(
        {}
    )
    assert found is None
    assert reason in " ".join(reasons)
    assert "paket/form.yaml, Zeile 7" in " ".join(reasons)


def test_names_may_hold_blanks_signs_and_keywords() -> None:
    names = {"Gebühr schriftlich", "Gebühr", "Mieter-Nummer", "Mieter", "Nummer", "Tag und Nacht", "in Kraft"}
    scope = {"Gebühr schriftlich": 5, "Gebühr": 1, "Mieter-Nummer": 7, "Mieter": 3, "Nummer": 1}
    scope |= {"Tag und Nacht": 9, "in Kraft": 2}
    for text, expected in (
        ("Gebühr schriftlich + Gebühr", 6),
        ("Gebühr   schriftlich", 5),
        ("Mieter-Nummer", 7),
        ("Mieter-Nummer - Nummer", 6),
        ("Tag und Nacht + in Kraft", 11),
    ):
        expression = parse_expression(text, names=names)
        assert expression.evaluate(scope) == expected
        assert expression.names <= names
    assert parse_expression("Gebühr schriftlich", names=names).names == {"Gebühr schriftlich"}


def test_fc_05_a_name_in_decomposed_form_is_the_same_name() -> None:
    assert parse_expression("Mu\u0308hle + 1", names={"M\u00fchle"}).evaluate({"Mu\u0308hle": 1}) == 2


def test_a_variable_may_be_called_like_a_function() -> None:
    assert (
        parse_expression('date = date("2024-06-30")', names={"date"}).evaluate({"date": date(2024, 6, 30)})
        is True
    )


def test_used_names_leave_out_local_variables_and_functions() -> None:
    expression = parse_expression(
        "sum(for p in haushalt return p.brutto * satz)", names={"haushalt", "satz", "sonst"}
    )
    assert expression.names == {"haushalt", "satz"}


def test_a_missing_variable_is_null_with_its_name() -> None:
    found, reasons = parse_expression('umfang = "erweitert"', names={"umfang"}).evaluate_with_reasons({})
    assert found is False
    assert reasons[0].startswith("umfang fehlt.")


def test_an_endless_loop_ends_with_null() -> None:
    found, reasons = parse_expression("count(for i in 1..10000000 return 0)").evaluate_with_reasons({})
    assert found is None
    assert "abgebrochen" in reasons[-1]


def test_endless_recursion_ends_with_null() -> None:
    text = "{f: function(g, n) g(g, n + 1), x: f(f, 1)}.x"
    found, reasons = parse_expression(text).evaluate_with_reasons({})
    assert found is None
    assert "Ebenen tief" in reasons[-1]


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), object(), {1, 2}, b"x"])
def test_what_has_no_feel_value_is_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        to_feel(bad)


def test_floats_become_the_decimal_they_are_written_as() -> None:
    assert to_feel(0.1) == Decimal("0.1")


@pytest.mark.parametrize(
    "text",
    [
        'duration("P" + x + "Y")',
        'duration("PT" + x + "S")',
        'number(x + "e" + x)',
        'number("1e99999")',
        '(duration("P1D") * 1e300).days',
        'string(duration("P1D") * 1e300)',
        "date(1e300, 1, 1)",
        "time(1, 1, 1e60)",
        "[1][1e300]",
        'substring("abc", 1e300)',
        "decimal(1, 1e300)",
        "modulo(1e300, 3)",
        "sqrt(1e-6143) ** 9",
        "exp(1e30)",
        '@"2024-01-01" + duration("P1Y") * 1e300',
        '@"2024-01-01" + duration("P1D") * 1e300',
        "sum(for i in 1..60 return count(partial[-1]))",
        'string length((for i in 1..80 return if i = 1 then "xxxx" else partial[-1] + partial[-1])[80])',
        "count((for i in 1..80 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))[80])",
    ],
)
def test_monstrous_values_end_with_null_not_with_an_exception(text: str) -> None:
    found = parse_expression(text).evaluate({"x": "9" * 5000})
    assert found is None or isinstance(found, Decimal)


def test_digits_beyond_python_s_default_precision_are_kept() -> None:
    digits = "1.234567890123456789012345678901234"
    for text in (
        f"-(-{digits})",
        f"abs(-{digits})",
        f"{digits} + 0",
        f"sum([{digits}, 0])",
        f"mean([{digits}])",
    ):
        assert value(text) == Decimal(digits)


def test_numbers_that_cannot_be_reckoned_with_are_refused() -> None:
    for number in (10**7000, Decimal("1e9999"), -(10**7000)):
        with pytest.raises(TypeError):
            to_feel(number)
