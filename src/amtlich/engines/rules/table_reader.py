# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""decisionTable elements to tables; every fault in their form is refused here, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.document import Element
from amtlich.engines.rules.hits import Aggregator
from amtlich.engines.rules.messages import Word
from amtlich.engines.rules.parser import Parser
from amtlich.engines.rules.scope import Scope, canonical, type_of
from amtlich.engines.rules.table import DecisionTable, HitPolicy, InputClause, OutputClause, Rule
from amtlich.engines.rules.type_reader import TypeReader, cell, constrained
from amtlich.engines.rules.types import ANY, Type

_POLICIES: Final[Mapping[str, HitPolicy]] = {policy.value: policy for policy in HitPolicy}
_INPUTS: Final = Word("conditions", "Bedingungen")
_OUTPUTS: Final = Word("results", "Ergebnisse")
_ANNOTATIONS: Final = Word("annotations", "Anmerkungen")


class TableReader:
    """Reads one table in the scope of its decision."""

    def __init__(self, element: Element, scope: Scope, types: TypeReader) -> None:
        self.element = element
        self.scope = scope
        self.types = types

    def read(self) -> DecisionTable:
        element = self.element
        policy = self._policy()
        inputs = tuple(self._input(clause) for clause in element.all("input"))
        outputs = self._outputs(policy)
        annotations = [
            annotation.get("name") or f"annotation {index}"
            for index, annotation in enumerate(element.all("annotation"), 1)
        ]
        ids: set[str] = set()
        rules: list[Rule] = []
        for number, row in enumerate(element.all("rule"), 1):
            rule = self._rule(row, row.get("id") or f"rule {number}", inputs, outputs, annotations)
            if rule.id in ids:
                raise row.error("duplicate_id", id=rule.id)
            ids.add(rule.id)
            rules.append(rule)
        return DecisionTable(
            0,
            element.get("id") or element.label,
            policy,
            self._aggregator(policy, outputs),
            inputs,
            outputs,
            tuple(rules),
            element.place,
        )

    def _policy(self) -> HitPolicy:
        name = self.element.get("hitPolicy") or "UNIQUE"
        if name not in _POLICIES:
            raise self.element.error("bad_hit_policy", name=name, expected=", ".join(_POLICIES))
        return _POLICIES[name]

    def _aggregator(self, policy: HitPolicy, outputs: tuple[OutputClause, ...]) -> Aggregator | None:
        name = self.element.get("aggregation")
        if name is None or policy is not HitPolicy.COLLECT:
            return None
        try:
            aggregator = Aggregator(name)
        except ValueError:
            expected = ", ".join(one.value for one in Aggregator)
            raise self.element.error("bad_hit_policy", name=name, expected=expected) from None
        if len(outputs) != 1:
            raise self.element.error("one_output", name=name)
        return aggregator

    def _input(self, clause: Element) -> InputClause:
        element = clause.needed_child("inputExpression")
        expression = self._expression(element.needed_child("text"))
        wanted = self.types.reference(element)
        declared = type_of(expression, self.scope)
        if wanted is ANY:
            wanted = declared
        elif declared.constraint is not None and wanted.constraint is None and declared.kind == wanted.kind:
            # The column repeats the plain kind of a variable whose own type says which values it can have.
            wanted = declared
        values = clause.child("inputValues")
        if values is not None:
            wanted = constrained(wanted, cell(values, self.types, wanted))
        return InputClause(canonical(expression.source.text), expression, wanted, clause.place)

    def _outputs(self, policy: HitPolicy) -> tuple[OutputClause, ...]:
        clauses = list(self.element.all("output"))
        if not clauses:
            raise self.element.error("missing_child", tag="decisionTable", child="output")
        found: list[OutputClause] = []
        for index, clause in enumerate(clauses, 1):
            name = canonical(clause.get("name") or "")
            if not name and len(clauses) > 1:
                raise clause.error("output_name", index=index)
            if any(name == other.name for other in found):
                raise clause.error("duplicate_name", name=name)
            found.append(self._output(clause, name or self.element.get("outputLabel") or "output"))
        ranked = policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
        if ranked and not any(output.order for output in found):
            raise self.element.error("needs_values", name=policy.value)
        return tuple(found)

    def _output(self, clause: Element, name: str) -> OutputClause:
        wanted = self.types.reference(clause)
        values = clause.child("outputValues")
        if values is not None:
            wanted = constrained(wanted, cell(values, self.types, wanted))
        default = clause.child("defaultOutputEntry")
        expression = None if default is None else self._expression(default.needed_child("text"))
        return OutputClause(name, wanted, constants(wanted), expression, clause.place)

    def _rule(
        self,
        row: Element,
        rule_id: str,
        inputs: tuple[InputClause, ...],
        outputs: tuple[OutputClause, ...],
        names: list[str],
    ) -> Rule:
        conditions, results = list(row.all("inputEntry")), list(row.all("outputEntry"))
        texts = [annotation.child("text") for annotation in row.all("annotationEntry")]
        for found, expected, what in (
            (len(conditions), len(inputs), _INPUTS),
            (len(results), len(outputs), _OUTPUTS),
            (min(len(texts), len(names)), len(texts), _ANNOTATIONS),
        ):
            if found != expected:
                raise row.error("cell_count", rule=rule_id, found=found, what=what, expected=expected)
        annotations = {
            name: text.text.strip() for name, text in zip(names, texts, strict=False) if text is not None
        }
        return Rule(
            rule_id,
            tuple(self._cell(entry, clause) for entry, clause in zip(conditions, inputs, strict=True)),
            tuple(self._expression(entry.needed_child("text")) for entry in results),
            annotations,
            row.place,
        )

    def _cell(self, entry: Element, clause: InputClause) -> s.Text:
        scope = Scope({"?": clause.type}, self.scope)
        return Parser(entry.needed_child("text").source(), scope, self.types).whole_tests()

    def _expression(self, text: Element) -> s.Text:
        return Parser(text.source(), self.scope, self.types).whole_expression()


def constants(wanted: Type) -> tuple[object, ...]:
    """The values of a constraint that lists constants, in its order."""
    body = wanted.constraint.body if wanted.constraint is not None else None
    if not isinstance(body, s.Cell) or body.negated:
        return ()
    return tuple(
        test.expression.value
        for test in body.tests
        if isinstance(test, s.ValueTest) and isinstance(test.expression, s.Literal)
    )
