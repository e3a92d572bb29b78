# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Findings on decision tables: gaps, forbidden overlaps, unreachable rules, what was not analysed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.engines.rules.tables import definitions, input_data, item, needs_input, table, table_model

from amtlich.engines.rules import Finding, Model, analyse, load_model
from amtlich.engines.rules.calendar import Day


def findings(model: Model, kind: str) -> list[Finding]:
    return [finding for finding in analyse(model) if finding.kind == kind]


def gaps(model: Model) -> list[dict[str, object]]:
    return [dict(finding.example or {}) for finding in findings(model, "gap")]


def one_column(type_ref: str, *cells: str, hit: str = "UNIQUE", types: str = "") -> Model:
    return table_model(
        [("x", type_ref)], [([cell], [f'"{n}"']) for n, cell in enumerate(cells)], hit=hit, types=types
    )


@pytest.mark.parametrize(
    ("type_ref", "cells"),
    [
        ("number", ["< 10", ">= 10", "null"]),
        ("number", ["< 0", "[0..10)", "[10..20]", "> 20", "null"]),
        ("number", ["not(5)", "5"]),
        ("number", ["? > 5 and ? < 7", "not(? > 5 and ? < 7)", "null"]),
        ("number", ["-"]),
        ("boolean", ["true", "false", "null"]),
        ("string", ['"a"', '"b"', 'not("a", "b")']),
        ("string", ['< "m"', '>= "m"', "null"]),
        ("date", ['< date("2025-01-01")', '>= @"2025-01-01"', "null"]),
        ("date", ['<= date("2024-12-31")', '>= date("2025-01-01")', "null"]),
        ("days and time duration", ['< duration("P3D")', '>= duration("P3D")', "null"]),
        ("years and months duration", ['<= duration("P17Y11M")', '>= duration("P18Y")', "null"]),
        (
            "time",
            ['[time("00:00:00")..time("12:00:00"))', '>= time("12:00:00")', "null", 'time("12:00:00Z")'],
        ),
    ],
)
def test_complete_tables_have_no_finding(type_ref: str, cells: list[str]) -> None:
    found = [finding for finding in analyse(one_column(type_ref, *cells)) if finding.kind != "gap"]
    assert found == []
    if type_ref != "time":
        assert gaps(one_column(type_ref, *cells)) == []


@pytest.mark.parametrize(
    ("type_ref", "cells", "example"),
    [
        ("number", ["< 10", "> 10", "null"], Decimal(10)),
        ("number", ["<= 10", ">= 10.01", "null"], None),
        ("number", ["0", "1", "> 1", "null"], None),
        ("boolean", ["true", "null"], False),
        ("date", ['< date("2024-02-29")', '> date("2024-02-29")', "null"], Day(2024, 2, 29)),
        ("date", ['<= date("2024-02-28")', '>= date("2024-03-01")', "null"], Day(2024, 2, 29)),
    ],
)
def test_a_gap_comes_with_a_value_that_no_rule_takes(
    type_ref: str, cells: list[str], example: object
) -> None:
    model = one_column(type_ref, *cells)
    found = gaps(model)
    assert found
    for case in found:
        assert model.evaluate("entscheidung", case).steps[-1].fired == ()
    if example is not None:
        assert found == [{"x": example}]


def test_fc_19_a_table_without_a_rule_for_missing_values_has_a_gap_at_null() -> None:
    assert gaps(one_column("number", "< 10", ">= 10")) == [{"x": None}]


def test_missing_values_are_shown_beside_other_gaps() -> None:
    assert gaps(one_column("boolean", "true")) == [{"x": False}, {"x": None}]


def test_allowed_values_close_a_domain() -> None:
    types = item("tForm", "string", '"elektronisch", "schriftlich"')
    assert gaps(one_column("tForm", '"elektronisch"', '"schriftlich"', "null", types=types)) == []
    assert gaps(one_column("tForm", '"elektronisch"', "null", types=types)) == [{"x": "schriftlich"}]


def test_allowed_ranges_bound_a_domain() -> None:
    types = item("tAnzahl", "number", ">= 0")
    assert gaps(one_column("tAnzahl", "[0..5]", "> 5", "null", types=types)) == []
    assert gaps(one_column("tAnzahl", "[1..5]", "> 5", "null", types=types)) == [{"x": 0}]


def test_whole_numbers_have_nothing_between_them() -> None:
    types = item("tTreffer", "number", "? >= 0 and floor(?) = ?")
    assert gaps(one_column("tTreffer", "0", "1", "> 1", "null", types=types)) == []
    assert gaps(one_column("tTreffer", "0", "1", "> 2", "null", types=types)) == [{"x": 2}]


def test_any_cell_is_analysed_over_a_finite_list() -> None:
    types = item("tArt", "string", '"Antrag", "Anzeige", "Beschwerde"')
    model = one_column("tArt", 'starts with(?, "An")', 'contains(?, "schw")', "null", types=types)
    assert analyse(model) == []


def test_a_default_output_closes_all_gaps() -> None:
    model = table_model([("x", "number")], [(["1"], ["1"])], outputs=[("o", "", "0")])
    assert analyse(model) == []


@pytest.mark.parametrize("hit", ["COLLECT", "RULE ORDER"])
def test_tables_that_give_lists_need_not_cover_everything(hit: str) -> None:
    assert analyse(one_column("number", "1", "1", "> 0", hit=hit)) == []


def test_unique_overlap_names_both_rules_place_and_example() -> None:
    model = one_column("number", "<= 10", ">= 10", "null")
    (found,) = findings(model, "overlap")
    assert found.rules == ("r1", "r2")
    assert found.example == {"x": 10}
    assert found.file == "decision.dmn"
    table_of = model.decisions["entscheidung"].table
    assert table_of is not None
    assert (found.line, found.column) == (table_of.rule("r2").place.line, table_of.rule("r2").place.column)
    assert "r1 und r2" in found.message_de
    assert "x = 10" in found.message


def test_any_forbids_only_different_outputs() -> None:
    rules = [(["> 1"], ["1 + 1"]), (["> 2"], ["2"]), (["> 3"], ["3"])]
    found = findings(table_model([("x", "number")], rules, hit="ANY"), "overlap")
    assert [finding.rules for finding in found] == [("r1", "r3"), ("r2", "r3")]


def test_first_reports_rules_that_earlier_ones_cover_together() -> None:
    model = one_column("number", "< 5", ">= 5", "[3..7]", "null", "-", hit="FIRST")
    assert [finding.rules for finding in findings(model, "unreachable")] == [("r3",), ("r5",)]


def test_priority_reports_rules_that_never_win() -> None:
    rules = [(["> 5"], ['"tief"']), (["> 3"], ['"hoch"']), (["<= 3"], ['"tief"']), (["null"], ['"tief"'])]
    outputs = [("o", '"hoch", "tief"', "")]
    model = table_model([("x", "number")], rules, hit="PRIORITY", outputs=outputs)
    assert [finding.rules for finding in findings(model, "unreachable")] == [("r1",)]


@pytest.mark.parametrize(
    "cell", ['"text"', 'date("2024-06-31")', "? < 3 and ? > 5", "not(-1, >= -1, < -1, null)"]
)
def test_a_cell_that_no_value_meets_makes_its_rule_unreachable(cell: str) -> None:
    (found,) = findings(one_column("number", "-", cell, hit="RULE ORDER"), "unreachable")
    assert found.rules == ("r2",)


def test_a_cell_with_another_input_is_reported_as_not_analysed() -> None:
    model = table_model(
        [("x", "number"), ("grenze", "number")],
        [(["<= grenze", "-"], ["1"]), (["> grenze", "-"], ["2"])],
    )
    found = findings(model, "not_analysed")
    assert [finding.rules for finding in found] == [("r1",), ("r2",)]
    assert found[0].line < found[1].line
    assert "grenze" in found[0].message
    # Whatever the limit is: no such cell holds for a missing value.
    assert [case["x"] for case in gaps(model)] == [None]


def test_columns_that_ask_the_same_are_one() -> None:
    rules = [
        ([">= 0", "< 10"], ["1"]),
        (["< 0", "-"], ["2"]),
        (["-", ">= 10"], ["3"]),
        (["null", "null"], ["4"]),
    ]
    source = definitions(
        input_data("x", "number")
        + f'<decision id="d" name="d">{needs_input("x")}'
        + table([("x", "number"), ("x", "number")], rules)
        + "</decision>"
    )
    assert analyse(load_model(source)) == []


def test_columns_over_the_same_data_are_reported() -> None:
    source = definitions(
        input_data("alter", "number")
        + f'<decision id="d" name="d">{needs_input("alter")}'
        + table([("alter", "number"), ("alter >= 18", "boolean")], [(["-", "-"], ["1"])])
        + "</decision>"
    )
    (found,) = analyse(load_model(source))
    assert found.kind == "not_analysed"
    assert "alter" in found.message_de


def test_many_gaps_are_listed_in_part_and_counted() -> None:
    cells = [([str(2 * n), f'"{n}"'], ['"x"']) for n in range(60)]
    found = findings(table_model([("x", "number"), ("y", "string")], cells), "gap")
    assert len(found) == 21
    assert "more findings" in found[-1].message


def test_a_large_table_is_analysed() -> None:
    rules = [([f"[{n}..{n + 1})", f"[{m}..{m + 1})"], ['"x"']) for n in range(15) for m in range(15)]
    model = table_model([("x", "number"), ("y", "number")], rules)
    assert findings(model, "overlap") == []
    for case in gaps(model):
        assert model.evaluate("entscheidung", case).outcome is None


def test_tables_in_shared_functions_are_analysed_too() -> None:
    body = (
        '<businessKnowledgeModel id="b" name="stufe"><encapsulatedLogic>'
        '<formalParameter name="n" typeRef="number"/>'
        + table([("n", "number")], [(["< 1"], ["1"]), ([">= 1"], ["2"])])
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    (found,) = analyse(load_model(definitions(body)))
    assert (found.kind, found.decision, found.example) == ("gap", "stufe", {"n": None})
