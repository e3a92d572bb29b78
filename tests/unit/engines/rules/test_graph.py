# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Decisions that depend on inputs, on each other and on shared functions; data brought to declared types."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.unit.engines.rules.tables import (
    definitions,
    input_data,
    item,
    literal,
    needs_decision,
    needs_function,
    needs_input,
    table,
)

from amtlich.engines.rules import RulesError, from_feel, load_model, to_feel
from amtlich.engines.rules.calendar import Day
from amtlich.kernel import clock

PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="geboren am"><typeRef>date</typeRef></itemComponent>'
    '<itemComponent name="brutto"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tHaushalt" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
)
INCOME = definitions(
    PERSON
    + input_data("haushalt", "tHaushalt")
    + input_data("grenze", "number")
    + literal("einkommen", "sum(haushalt.brutto)", needs_input("haushalt"), "number")
    + f'<decision id="d_e" name="entscheidung">{needs_decision("einkommen")}{needs_input("grenze")}'
    + table([("einkommen - grenze", "number")], [(["<= 0"], ['"ja"']), (["> 0"], ['"nein"'])])
    + "</decision>"
)


def test_decisions_are_evaluated_in_their_order_and_traced() -> None:
    model = load_model(INCOME)
    found = model.evaluate("entscheidung", {"haushalt": [{"brutto": 10}, {"brutto": 5.5}], "grenze": 15})
    assert found.outcome == "nein"
    assert [(step.decision, step.table_id, step.fired) for step in found.steps] == [
        ("einkommen", "", ()),
        ("entscheidung", "t", ("r2",)),
    ]
    assert found.steps[0].value == Decimal("15.5")
    assert found.steps[1].near_misses[0].input == "einkommen - grenze"
    assert model.needed_inputs("entscheidung") == ("grenze", "haushalt")


def test_what_is_missing_is_named() -> None:
    found = load_model(INCOME).evaluate("entscheidung", {"haushalt": [{"brutto": 10}]})
    assert found.outcome is None
    assert "grenze fehlt." in found.null_reasons


def test_a_wrong_component_is_named_with_its_place_in_the_data() -> None:
    found = load_model(INCOME).evaluate("entscheidung", {"haushalt": [{"brutto": "viel"}], "grenze": 1})
    assert found.outcome is None
    assert "haushalt[1].brutto: erwartet ist Zahl, angegeben ist Text." in found.null_reasons


def test_components_of_declared_types_are_checked_when_loading() -> None:
    body = PERSON + input_data("haushalt", "tHaushalt")
    load_model(
        definitions(body + literal("d", "haushalt[geboren am = null].brutto", needs_input("haushalt")))
    )
    for text in ("haushalt.bruto", "haushalt[bruto > 1]", "for p in haushalt return p.bruto"):
        with pytest.raises(RulesError, match="bruto") as caught:
            load_model(definitions(body + literal("d", text, needs_input("haushalt"))))
        assert "did you mean brutto?" in caught.value.message


@pytest.mark.parametrize(
    ("type_ref", "given", "expected"),
    [
        ("date", "2024-06-30", date(2024, 6, 30)),
        ("date", "2024-06-31", None),
        ("date", date(2024, 6, 30), date(2024, 6, 30)),
        ("string", "2024-06-30", "2024-06-30"),
        ("", "2024-06-30", "2024-06-30"),
        ("number", 5, Decimal(5)),
        ("number", "5", None),
        ("number", True, None),
        ("boolean", "true", None),
        ("boolean", False, False),
        ("number", [5], Decimal(5)),
        ("dateTime", "2024-06-30T10:00:00Z", datetime(2024, 6, 30, 10, tzinfo=UTC)),
        ("feel:number", 1, Decimal(1)),
    ],
)
def test_inputs_are_brought_to_their_declared_type(type_ref: str, given: object, expected: object) -> None:
    model = load_model(definitions(input_data("x", type_ref) + literal("d", "x", needs_input("x"))))
    found = model.evaluate("d", {"x": given})
    assert found.outcome == to_feel(expected)
    assert type(found.outcome) is type(to_feel(expected))
    assert bool(found.null_reasons) == (expected is None)


def test_the_value_of_a_decision_is_brought_to_its_type() -> None:
    model = load_model(definitions(literal("d", '"x"', type_ref="number")))
    found = model.evaluate("d", {})
    assert found.outcome is None
    assert "d: erwartet ist Zahl, angegeben ist Text." in found.null_reasons


def test_fc_20_a_failed_decision_is_no_missing_value_for_the_next() -> None:
    body = input_data("tag", "string") + literal("frist", "date(tag)", needs_input("tag"))
    body += f'<decision id="d" name="d">{needs_decision("frist")}'
    body += table([("frist", "date")], [(["null"], ['"fehlt"']), (["not(null)"], ['"da"'])]) + "</decision>"
    model = load_model(definitions(body))
    assert model.evaluate("d", {"tag": "2024-06-30"}).outcome == "da"
    assert model.evaluate("d", {"tag": None}).outcome == "fehlt"
    found = model.evaluate("d", {"tag": "2024-06-31"})
    assert found.outcome is None
    assert any("kein Datum des Kalenders" in reason for reason in found.null_reasons)


KNOWLEDGE = (
    '<businessKnowledgeModel id="b_satz" name="satz"><variable name="satz"/><encapsulatedLogic>'
    '<formalParameter name="betrag" typeRef="number"/><formalParameter name="prozent" typeRef="number"/>'
    "<literalExpression><text>decimal(betrag * prozent / 100, 2)</text></literalExpression>"
    "</encapsulatedLogic></businessKnowledgeModel>"
)


def test_decisions_share_functions_by_position_and_by_name() -> None:
    body = KNOWLEDGE + literal(
        "d", "satz(200, 12.5) + satz(prozent: 10, betrag: 100)", needs_function("satz")
    )
    assert load_model(definitions(body)).evaluate("d", {}).outcome == 35


def test_a_function_is_called_from_a_boxed_invocation_too() -> None:
    body = KNOWLEDGE + (
        f'<decision id="d" name="d">{needs_function("satz")}<invocation>'
        "<literalExpression><text>satz</text></literalExpression>"
        '<binding><parameter name="prozent"/><literalExpression><text>50</text></literalExpression>'
        '</binding><binding><parameter name="betrag"/>'
        "<literalExpression><text>8</text></literalExpression></binding>"
        "</invocation></decision>"
    )
    assert load_model(definitions(body)).evaluate("d", {}).outcome == 4


def test_boxed_contexts_build_up_and_end_with_their_result() -> None:
    body = (
        '<decision id="d" name="d"><context><contextEntry><variable name="Basis" typeRef="number"/>'
        "<literalExpression><text>2</text></literalExpression></contextEntry><contextEntry>"
        "<literalExpression><text>Basis * 3</text></literalExpression></contextEntry></context></decision>"
    )
    assert load_model(definitions(body)).evaluate("d", {}).outcome == 6


def test_time_comes_from_the_kernel_or_is_given() -> None:
    model = load_model(definitions(literal("d", "today()")))
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert model.evaluate("d", {}, now=late).outcome == Day(2026, 11, 26)
    with clock.use(clock.FixedClock(late)):
        assert model.evaluate("d", {}).outcome == Day(2026, 11, 26)


def test_an_unknown_decision_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(RulesError, match="entscheidung"):
        load_model(INCOME).evaluate("nichts", {})


def test_a_decision_may_be_named_by_its_id() -> None:
    assert load_model(definitions(literal("a", "1"))).evaluate("d_a", {}).outcome == 1


def test_a_decision_without_logic_takes_its_value_from_outside() -> None:
    body = '<decision id="d_urteil" name="urteil"><variable name="urteil" typeRef="string"/></decision>'
    model = load_model(definitions(body + literal("d", 'urteil = "ja"', needs_decision("urteil"))))
    assert model.evaluate("d", {"urteil": "ja"}).outcome is True


def test_allowed_values_of_a_list_hold_for_each_item() -> None:
    types = item("tForm", "string", '"a", "b"').replace('name="tForm"', 'name="tForm" isCollection="true"')
    model = load_model(definitions(types + input_data("x", "tForm") + literal("d", "x", needs_input("x"))))
    assert model.evaluate("d", {"x": ["a", "b"]}).outcome == ["a", "b"]
    assert model.evaluate("d", {"x": ["a", "z"]}).outcome is None


def test_values_survive_the_way_to_json_and_back() -> None:
    data = {"a": [1, "2024-06-30", None, True], "b": {"c": Decimal("1.50")}}
    assert from_feel(to_feel(data)) == data
    assert from_feel(date(2024, 6, 30)) == "2024-06-30"
    assert from_feel(datetime(2024, 6, 30, 10, tzinfo=UTC)) == "2024-06-30T10:00:00Z"


def test_evaluating_twice_gives_the_same() -> None:
    model = load_model(INCOME)
    inputs = {"haushalt": [{"brutto": 10}], "grenze": 15}
    assert model.evaluate("entscheidung", inputs) == model.evaluate("entscheidung", inputs)
