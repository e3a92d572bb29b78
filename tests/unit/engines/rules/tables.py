# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""DMN files for tests, written from short Python values."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from amtlich.engines.rules import Model, load_model

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(body: str, namespace: str = NAMESPACE) -> bytes:
    """A DMN file with this content."""
    opening = f'<definitions xmlns="{namespace}" name="test">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{body}\n</definitions>'.encode()


def input_data(name: str, type_ref: str = "") -> str:
    reference = f' typeRef="{escape(type_ref)}"' if type_ref else ""
    return f'<inputData id="i_{name}" name="{name}"><variable name="{name}"{reference}/></inputData>'


def item(name: str, base: str, allowed: str) -> str:
    """A type with allowed values."""
    return (
        f'<itemDefinition name="{name}"><typeRef>{base}</typeRef>'
        f"<allowedValues><text>{escape(allowed)}</text></allowedValues></itemDefinition>"
    )


def literal(name: str, text: str, requires: str = "", type_ref: str = "") -> str:
    """A decision that is one expression."""
    reference = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<decision id="d_{name}" name="{name}"><variable name="{name}"{reference}/>{requires}'
        f"<literalExpression><text>{escape(text)}</text></literalExpression></decision>"
    )


def needs_input(*names: str) -> str:
    return "".join(
        f'<informationRequirement><requiredInput href="#i_{name}"/></informationRequirement>'
        for name in names
    )


def needs_decision(*names: str) -> str:
    return "".join(
        f'<informationRequirement><requiredDecision href="#d_{name}"/></informationRequirement>'
        for name in names
    )


def needs_function(*names: str) -> str:
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#b_{name}"/></knowledgeRequirement>'
        for name in names
    )


def table(
    inputs: Sequence[tuple[str, str]],
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    hit: str = "UNIQUE",
    outputs: Sequence[tuple[str, str, str]] = (("ergebnis", "", ""),),
    aggregation: str = "",
    annotations: Sequence[str] = (),
    notes: Sequence[Sequence[str]] = (),
) -> str:
    """A decision table. Outputs: (name, outputValues, default); rules: (condition cells, result cells)."""
    aggregate = f' aggregation="{aggregation}"' if aggregation else ""
    lines = [f'<decisionTable id="t" hitPolicy="{hit}"{aggregate}>']
    for expression, type_ref in inputs:
        reference = f' typeRef="{type_ref}"' if type_ref else ""
        lines.append(
            f"<input><inputExpression{reference}><text>{escape(expression)}</text></inputExpression></input>"
        )
    for name, values, default in outputs:
        allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
        otherwise = (
            f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
        )
        lines.append(f'<output name="{name}">{allowed}{otherwise}</output>')
    lines.extend(f'<annotation name="{name}"/>' for name in annotations)
    for number, (conditions, results) in enumerate(rules, 1):
        cells = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in conditions)
        cells += "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in results)
        if notes:
            cells += "".join(
                f"<annotationEntry><text>{escape(note)}</text></annotationEntry>"
                for note in notes[number - 1]
            )
        lines.append(f'<rule id="r{number}">{cells}</rule>')
    return "\n".join([*lines, "</decisionTable>"])


def table_model(
    inputs: Sequence[tuple[str, str]],
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    types: str = "",
    hit: str = "UNIQUE",
    outputs: Sequence[tuple[str, str, str]] = (("ergebnis", "", ""),),
    aggregation: str = "",
    annotations: Sequence[str] = (),
    notes: Sequence[Sequence[str]] = (),
) -> Model:
    """A model with one table, called `entscheidung`, over input data of the same names and types."""
    requires = needs_input(*(name for name, _ in inputs))
    body = table(
        inputs, rules, hit=hit, outputs=outputs, aggregation=aggregation, annotations=annotations, notes=notes
    )
    data = "\n".join(input_data(name, type_ref) for name, type_ref in inputs)
    decision = (
        f'<decision id="d" name="entscheidung"><variable name="entscheidung"/>{requires}\n{body}</decision>'
    )
    return load_model(definitions(f"{types}\n{data}\n{decision}"))
