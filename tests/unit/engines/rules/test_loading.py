# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading DMN files: what is accepted, and how a bad or hostile file is refused."""

from __future__ import annotations

import pytest
from tests.unit.engines.rules.tables import (
    definitions,
    input_data,
    item,
    literal,
    needs_decision,
    needs_input,
    table,
    table_model,
)

from amtlich.engines.rules import RulesError, load_model


def refused(source: bytes) -> RulesError:
    with pytest.raises(RulesError) as caught:
        load_model(source, "paket/decision.dmn")
    assert caught.value.file == "paket/decision.dmn"
    assert caught.value.message
    assert caught.value.message_de
    return caught.value


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_dmn_1_2_to_1_5_are_accepted(namespace: str) -> None:
    model = load_model(definitions(literal("d", "1 + 1"), namespace))
    assert model.evaluate("d", {}).outcome == 2


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (b"", "not well-formed"),
        (definitions("<a>"), "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b'<?xml version="1.0" encoding="latin-99"?><a/>', "not well-formed"),
        (b'{"kein": "XML"}', "not well-formed"),
        (b"<definitions/>", "expected <definitions> of DMN"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document type"),
        (definitions("<a>" * 100 + "</a>" * 100), "levels deep"),
        (b" " * 5_000_001, "at most 5000000"),
    ],
)
def test_hostile_and_broken_files_are_refused(source: bytes, part: str) -> None:
    assert part in refused(source).message


def test_an_error_in_a_cell_names_rule_line_and_column_behind_entities_and_umlauts() -> None:
    source = definitions(
        input_data("Größe", "number")
        + f'\n<decision id="d" name="d">{needs_input("Größe")}\n'
        + '<decisionTable id="t"><input><inputExpression><text>Größe</text></inputExpression></input>'
        + '<output name="o"/>\n'
        + '<rule id="r7"><inputEntry><text>&lt;= 10, &gt; ü</text></inputEntry>'
        + "<outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"
    )
    error = refused(source)
    line = source.decode().split("\n")[error.line - 1]
    assert line[error.column - 1] == "ü"
    assert error.element == "rule r7"
    assert "the name ü is not known" in error.message


def test_an_error_on_a_later_line_of_a_cell_is_found_there() -> None:
    source = definitions(
        '<decision id="d" name="d"><literalExpression><text>1 +\r\n   2 +\r\n  *\r\n</text>'
        "</literalExpression></decision>"
    )
    error = refused(source)
    assert (error.line, error.column) == (5, 3)


@pytest.mark.parametrize(
    ("body", "part"),
    [
        (literal("d", "x"), "the name x is not known"),
        (literal("d", "1", needs_input("fehlt")), "#i_fehlt points to nothing"),
        (literal("a", "1", needs_decision("b")) + literal("b", "1", needs_decision("a")), "a → b → a"),
        (literal("a", "1") + literal("a", "2"), "used twice"),
        (input_data("x", "tFehlt"), "tFehlt is neither"),
        (item("tA", "tA", "1"), "circle"),
        ('<decision id="d"/>', "lacks the attribute name"),
        ('<decision name="d"><literalExpression/></decision>', "lacks <text>"),
        ('<import namespace="x" name="y" importType="z"/>', "import of anything but DMN"),
        (
            literal("d", "1").replace(
                "<literalExpression>", '<literalExpression expressionLanguage="javascript">'
            ),
            "javascript",
        ),
    ],
)
def test_faults_of_the_graph_are_refused(body: str, part: str) -> None:
    error = refused(definitions(body))
    assert part in error.message
    assert error.line == 3


@pytest.mark.parametrize(
    ("xml", "part"),
    [
        (table([("1", "")], [(["1"], ["2"])], hit="BEST"), "unknown hit policy BEST"),
        (table([("1", "")], [(["1", "2"], ["2"])]), "2 conditions, the table has 1"),
        (table([("1", "")], [(["1"], ["2", "3"])]), "2 results, the table has 1"),
        (table([("1", "")], [(["1"], [""])]), "a value or expression"),
        (table([("1", "")], [], hit="PRIORITY"), "<outputValues>"),
        (table([("1", "")], [], outputs=[("a", "", ""), ("a", "", "")]), "used twice"),
        (table([("1", "")], [], outputs=[("a", "", ""), ("", "", "")]), "column 2 has no name"),
        (table([("1", "")], [], outputs=[]), "lacks <output>"),
        (
            table([("1", "")], [], hit="COLLECT", aggregation="SUM", outputs=[("a", "", ""), ("b", "", "")]),
            "exactly one output",
        ),
        (table([("1", "")], [(["1"], ["2"]), (["2"], ["2"])]).replace('"r2"', '"r1"'), "r1 is used twice"),
    ],
)
def test_faults_of_a_table_are_refused(xml: str, part: str) -> None:
    assert part in refused(definitions(f'<decision id="d" name="d">{xml}</decision>')).message


def test_an_empty_condition_counts_as_irrelevant() -> None:
    assert table_model([("n", "number")], [([""], ["1"])]).evaluate("entscheidung", {"n": 5}).outcome == 1


def test_diagrams_and_extensions_are_passed_over() -> None:
    body = '<extensionElements><x:y xmlns:x="urn:x"><x:decision/></x:y></extensionElements>' + literal(
        "d", "1"
    )
    assert load_model(definitions(body)).evaluate("d", {}).outcome == 1


def test_inputs_tell_their_type_and_allowed_values() -> None:
    model = load_model(definitions(item("tForm", "string", '"a", "b"') + input_data("Form", "tForm")))
    form = model.inputs["Form"]
    assert (form.type_ref, form.allowed, form.type.kind) == ("tForm", ("a", "b"), "string")
