# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Decision services, models that import others, and models whose faults are tolerated."""

from decimal import Decimal

import pytest
from tests.unit.engines.rules.tables import definitions, input_data, literal, needs_decision, needs_input

from amtlich.engines.rules import RulesError, load_model

FEES = definitions(
    '<itemDefinition name="tAlter"><typeRef>number</typeRef></itemDefinition>'
    + input_data("alter", "tAlter")
    + literal("gebühr", "if alter < 18 then 0 else 10", needs_input("alter"), "number")
    + '<businessKnowledgeModel id="b_doppelt" name="doppelt so viel"><variable name="doppelt so viel"/>'
    '<encapsulatedLogic><formalParameter name="betrag" typeRef="number"/>'
    "<literalExpression><text>2 * betrag</text></literalExpression></encapsulatedLogic>"
    "</businessKnowledgeModel>"
).replace(b'name="test"', b'name="gebuehren" namespace="urn:gebuehren"')
IMPORT = (
    '<import namespace="urn:gebuehren" name="Satzung" '
    'importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
)


def service(name: str, outputs: str, decisions: str = "", data: str = "") -> str:
    def links(tag: str, prefix: str, names: str) -> str:
        return "".join(f'<{tag} href="#{prefix}_{each}"/>' for each in names.split())

    return (
        f'<decisionService id="s_{name}" name="{name}"><variable name="{name}"/>'
        + links("outputDecision", "d", outputs)
        + links("inputDecision", "d", decisions)
        + links("inputData", "i", data)
        + "</decisionService>"
    )


def calls(name: str) -> str:
    return f'<knowledgeRequirement><requiredKnowledge href="#s_{name}"/></knowledgeRequirement>'


SUM = (
    input_data("grund", "number")
    + literal("zuschlag", "5", type_ref="number")
    + literal("summe", "grund + zuschlag", needs_input("grund") + needs_decision("zuschlag"), "number")
)


def test_a_service_is_called_with_data_before_decisions_and_they_stand_for_what_they_name() -> None:
    model = load_model(
        definitions(
            SUM
            + service("rechnung", "summe", "zuschlag", "grund")
            + literal("d", "rechnung(100, 20)", calls("rechnung"))
            + literal("benannt", "rechnung(zuschlag: 1, grund: 2)", calls("rechnung"))
        )
    )
    assert model.evaluate("d", {"grund": 7}).outcome == Decimal(120)
    assert model.evaluate("benannt", {"grund": 7}).outcome == Decimal(3)
    assert model.evaluate("summe", {"grund": 7}).outcome == Decimal(12)


def test_a_service_is_evaluated_by_its_name_and_gives_all_its_outputs() -> None:
    model = load_model(definitions(SUM + service("beides", "summe zuschlag", data="grund")))
    found = model.evaluate("beides", {"grund": "7"})
    assert found.outcome is None or found.outcome == {"summe": None, "zuschlag": Decimal(5)}
    assert model.evaluate("beides", {"grund": 7}).outcome == {"summe": Decimal(12), "zuschlag": Decimal(5)}


def test_a_wrong_argument_of_a_service_is_null_with_its_reason() -> None:
    model = load_model(
        definitions(
            SUM
            + service("rechnung", "summe", data="grund")
            + literal("d", 'rechnung("x")', calls("rechnung"))
        )
    )
    found = model.evaluate("d", {})
    assert found.outcome is None
    assert any("grund" in reason for reason in found.null_reasons)


def test_a_service_that_calls_itself_is_refused() -> None:
    with pytest.raises(RulesError, match=r"d → s → d|s → d → s"):
        load_model(definitions(service("s", "d") + literal("d", "s()", calls("s"))))


def test_what_is_imported_stands_below_the_name_of_the_import() -> None:
    required = (
        '<informationRequirement><requiredDecision href="urn:gebuehren#d_gebühr"/></informationRequirement>'
        '<knowledgeRequirement><requiredKnowledge href="urn:gebuehren#b_doppelt"/></knowledgeRequirement>'
    )
    body = IMPORT + literal("d", "Satzung.doppelt so viel(Satzung.gebühr)", required)
    model = load_model(definitions(body), others={"gebuehren.dmn": FEES})
    assert model.evaluate("d", {"alter": 30}).outcome == Decimal(20)
    assert model.evaluate("d", {"Satzung.alter": 3}).outcome == Decimal(0)
    assert model.needed_inputs("d") == ("Satzung.alter",)
    assert [step.decision for step in model.evaluate("d", {"alter": 30}).steps] == ["gebühr", "d"]


def test_types_are_imported_too() -> None:
    body = IMPORT + input_data("x", "Satzung.tAlter") + literal("d", "x + 1", needs_input("x"))
    model = load_model(definitions(body), others={"gebuehren.dmn": FEES})
    assert model.evaluate("d", {"x": 1}).outcome == Decimal(2)
    assert model.evaluate("d", {"x": "eins"}).outcome is None


def test_an_import_that_is_not_at_hand_is_refused_with_its_name() -> None:
    with pytest.raises(RulesError, match="urn:gebuehren"):
        load_model(definitions(IMPORT))


def test_models_that_import_each_other_are_refused() -> None:
    other = definitions(IMPORT.replace("urn:gebuehren", "urn:ich")).replace(
        b'name="test"', b'name="b" namespace="urn:gebuehren"'
    )
    mine = definitions(IMPORT).replace(b'name="test"', b'name="a" namespace="urn:ich"')
    with pytest.raises(RulesError, match="urn:ich → urn:gebuehren → urn:ich"):
        load_model(mine, others={"b.dmn": other})


def test_a_tolerated_fault_makes_null_of_its_decision_and_says_why() -> None:
    body = (
        literal("gut", "1")
        + literal("schlecht", "1 +")
        + literal("danach", "schlecht", needs_decision("schlecht"))
    )
    with pytest.raises(RulesError):
        load_model(definitions(body))
    model = load_model(definitions(body), tolerant=True)
    assert list(model.faults) == ["schlecht"]
    assert model.evaluate("gut", {}).outcome == Decimal(1)
    found = model.evaluate("danach", {})
    assert found.outcome is None
    assert "Zeile" in found.null_reasons[0]
    assert model.evaluate("schlecht", {}).outcome is None
