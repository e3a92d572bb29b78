# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Decision tables: hit policies, aggregations, defaults, traces, and what a null does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.unit.engines.rules.tables import item, table_model

from amtlich.engines.rules import Evaluation, Model, NearMiss

OVERLAPPING = [
    (["> 1"], ["10"]),
    (["> 2"], ["30"]),
    (["> 3"], ["20"]),
]


def decide(model: Model, **inputs: object) -> Evaluation:
    return model.evaluate("entscheidung", inputs)


@pytest.mark.parametrize(
    ("hit", "aggregation", "number", "outcome", "fired"),
    [
        ("UNIQUE", "", 2, 10, ("r1",)),
        ("UNIQUE", "", 3, None, ()),
        ("UNIQUE", "", 1, None, ()),
        ("ANY", "", 2, 10, ("r1",)),
        ("ANY", "", 3, None, ()),
        ("FIRST", "", 4, 10, ("r1",)),
        ("PRIORITY", "", 4, 30, ("r2",)),
        ("PRIORITY", "", 2, 10, ("r1",)),
        ("RULE ORDER", "", 4, [10, 30, 20], ("r1", "r2", "r3")),
        ("OUTPUT ORDER", "", 4, [30, 20, 10], ("r2", "r3", "r1")),
        ("COLLECT", "", 4, [10, 30, 20], ("r1", "r2", "r3")),
        ("COLLECT", "SUM", 4, 60, ("r1", "r2", "r3")),
        ("COLLECT", "MIN", 4, 10, ("r1", "r2", "r3")),
        ("COLLECT", "MAX", 4, 30, ("r1", "r2", "r3")),
        ("COLLECT", "COUNT", 4, 3, ("r1", "r2", "r3")),
        ("COLLECT", "COUNT", 2, 1, ("r1",)),
        ("COLLECT", "SUM", 0, None, ()),
    ],
)
def test_hit_policies(
    hit: str, aggregation: str, number: int, outcome: object, fired: tuple[str, ...]
) -> None:
    outputs = [("ergebnis", "30, 20, 10", "")]
    model = table_model([("n", "number")], OVERLAPPING, hit=hit, aggregation=aggregation, outputs=outputs)
    found = decide(model, n=number)
    assert found.outcome == outcome
    assert found.steps[-1].fired == fired


def test_any_takes_rules_that_agree() -> None:
    model = table_model([("n", "number")], [(["> 1"], ['"x"']), (["> 2"], ['"x"'])], hit="ANY")
    found = decide(model, n=3)
    assert (found.outcome, found.steps[-1].fired) == ("x", ("r1", "r2"))


def test_unique_never_chooses_between_two_rules() -> None:
    model = table_model([("n", "number")], OVERLAPPING)
    found = decide(model, n=3)
    assert found.outcome is None
    assert "Mehrere Regeln treffen zu (r1, r2)" in found.null_reasons[0]


def test_priority_over_several_outputs_looks_at_the_first_column_first() -> None:
    outputs = [("a", '"hoch", "tief"', ""), ("b", "1, 2", "")]
    rules = [(["-"], ['"tief"', "1"]), (["-"], ['"hoch"', "2"]), (["-"], ['"hoch"', "1"])]
    model = table_model([("n", "number")], rules, hit="PRIORITY", outputs=outputs)
    assert decide(model, n=0).outcome == {"a": "hoch", "b": 1}
    model = table_model([("n", "number")], rules, hit="OUTPUT ORDER", outputs=outputs)
    assert [row["b"] for row in decide(model, n=0).outcome] == [1, 2, 1]  # type: ignore[attr-defined]


def test_several_outputs_and_annotations() -> None:
    model = table_model(
        [("n", "number")],
        [(["1"], ['"ausstellen"', "0"]), (["not(1)"], ['"person"', "null"])],
        outputs=[("ergebnis", "", ""), ("gebuehr", "", "")],
        annotations=["Norm", "Text"],
        notes=[["BMG § 18", "ausgestellt"], ["BMG § 10", "keiner"]],
    )
    assert decide(model, n=1).outcome == {"ergebnis": "ausstellen", "gebuehr": 0}
    table = model.decisions["entscheidung"].table
    assert table is not None
    assert dict(table.rule("r2").annotations) == {"Norm": "BMG § 10", "Text": "keiner"}


def test_default_output_is_taken_where_no_rule_applies() -> None:
    model = table_model([("n", "number")], [(["1"], ['"a"'])], outputs=[("ergebnis", "", '"sonst"')])
    assert decide(model, n=2).outcome == "sonst"
    assert decide(model).outcome == "sonst"


def test_near_misses_name_the_one_cell_that_fails() -> None:
    model = table_model(
        [("alter", "number"), ("wohnt hier", "boolean")],
        [([">= 18", "true"], ['"ja"']), (["< 18", "-"], ['"nein"']), ([">= 65", "false"], ['"anders"'])],
    )
    step = model.evaluate("entscheidung", {"alter": 17, "wohnt hier": True}).steps[-1]
    assert step.fired == ("r2",)
    assert step.near_misses == (NearMiss("r1", "alter", ">= 18"),)


def test_fc_19_null_matches_neither_side_of_a_boundary() -> None:
    model = table_model([("n", "number")], [(["< 10"], ['"klein"']), ([">= 10"], ['"gross"'])])
    found = decide(model, n=None)
    assert found.outcome is None
    assert found.steps[-1].fired == ()
    assert "n fehlt." in found.null_reasons


@pytest.mark.parametrize(
    ("cell", "matches"),
    [
        ("-", True),
        ("null", True),
        ("not(null)", False),
        ("< 10", False),
        (">= 10", False),
        ("= 10", False),
        ("!= 10", True),
        ("10", False),
        ("not(10)", True),
        ("not(< 10)", False),
        ("[1..5]", False),
        ("not([1..5])", False),
        ("10, null", True),
        ("? > 20", False),
        ("? = null", True),
        ("? > 20 or ? = null", True),
        ("not(? > 20)", False),
    ],
)
def test_fc_19_cells_and_a_missing_value(cell: str, matches: bool) -> None:
    model = table_model([("n", "number")], [([cell], ['"trifft"'])])
    assert (decide(model, n=None).outcome == "trifft") is matches


@pytest.mark.parametrize("cell", ["null", "not(5)", "!= 5", "> 5", "<= 5", "? = null"])
@pytest.mark.parametrize("value", ["keine Zahl", True, {"a": 1}, [1, 2]])
def test_fc_20_no_rule_fires_on_a_value_of_the_wrong_kind(cell: str, value: object) -> None:
    model = table_model([("n", "number")], [([cell], ['"abgelehnt"'])])
    found = decide(model, n=value)
    assert found.outcome is None
    assert found.steps[-1].fired == ()
    assert any("erwartet ist Zahl" in reason for reason in found.null_reasons)


def test_fc_20_an_impossible_date_fires_no_rule_but_other_columns_still_count() -> None:
    model = table_model(
        [("geboren", "date"), ("form", "string")],
        [
            (["null", '"a"'], ['"fehlt"']),
            (['< date("2000-01-01")', '"a"'], ['"alt"']),
            (["-", '"b"'], ['"b"']),
        ],
    )
    assert decide(model, geboren="2024-06-31", form="a").outcome is None
    assert decide(model, geboren="1999-12-31", form="a").outcome == "alt"
    assert decide(model, geboren=None, form="a").outcome == "fehlt"
    assert decide(model, geboren="2024-06-31", form="b").outcome == "b"


def test_fc_20_a_cell_with_an_impossible_date_matches_nothing_not_even_null() -> None:
    model = table_model([("tag", "date")], [(['date("2024-06-31")'], ['"x"'])])
    assert decide(model, tag=None).outcome is None
    assert decide(model, tag="2024-06-30").outcome is None


def test_values_outside_the_allowed_ones_fire_no_rule() -> None:
    types = item("tForm", "string", '"elektronisch", "schriftlich"')
    model = table_model(
        [("form", "tForm")], [(['not("schriftlich")'], ['"x"']), (["null"], ['"n"'])], types=types
    )
    found = decide(model, form="mündlich")
    assert found.outcome is None
    assert 'form hat den Wert "mündlich"; er gehört nicht zu den erlaubten Werten.' in found.null_reasons
    assert decide(model, form="elektronisch").outcome == "x"


@pytest.mark.parametrize(
    ("cell", "hits", "misses"),
    [
        ("[18..65)", [18, 64], [17, 65]),
        ("]18..65]", [19, 65], [18, 66]),
        ("(18..65[", [19, 64], [18, 65]),
        ("< 18", [17, Decimal("17.99")], [18]),
        ("1, 3, > 7", [1, 3, 8], [2, 7]),
        ("not(1, 3)", [2], [1, 3]),
        ("? * 2 > 10", [6], [5]),
        ("odd(?)", [3], [4]),
        ("[1, 2, 3]", [2], [4]),
        ("-5", [-5], [5]),
        ("", [0, 1], []),
    ],
)
def test_cells_hold_at_their_boundaries(cell: str, hits: list[object], misses: list[object]) -> None:
    model = table_model([("n", "number")], [([cell], ['"x"'])])
    assert all(decide(model, n=number).outcome == "x" for number in hits)
    assert all(decide(model, n=number).outcome is None for number in misses)


def test_a_cell_may_compare_with_another_input() -> None:
    model = table_model([("einkommen", "number"), ("grenze", "number")], [(["<= grenze", "-"], ['"ja"'])])
    assert decide(model, einkommen=5, grenze=5).outcome == "ja"
    assert decide(model, einkommen=6, grenze=5).outcome is None
    assert decide(model, einkommen=5, grenze=None).outcome is None
