# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Decision tables: their parts, and how they are evaluated with a trace.

A table never picks one of several results that its hit policy forbids: it gives null and says which rules
collide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from amtlich.engines.rules.compiler import Closure, Compiler, TestClosure, compile_cell, compile_text
from amtlich.engines.rules.errors import Place
from amtlich.engines.rules.hits import Aggregator, aggregated, by_priority
from amtlich.engines.rules.run import Env
from amtlich.engines.rules.syntax import Cell, Node, Text
from amtlich.engines.rules.trace import NearMiss, Step
from amtlich.engines.rules.types import Type, bring_to
from amtlich.engines.rules.values import equal


class HitPolicy(Enum):
    UNIQUE = "UNIQUE"
    ANY = "ANY"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"

    @property
    def single(self) -> bool:
        """Whether the table gives one result; the others give a list, which may well be empty."""
        return self in (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY)


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions. `label` is how people know it: the expression's text."""

    label: str
    expression: Text
    type: Type
    place: Place


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results. `order` are its allowed values, the one with the highest priority first."""

    name: str
    type: Type
    order: tuple[object, ...]
    default: Text | None
    place: Place


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. `annotations` maps the name of an annotation column to the row's text."""

    id: str
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]
    annotations: Mapping[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class DecisionTable(Node):
    id: str
    hit_policy: HitPolicy
    aggregator: Aggregator | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    place: Place
    type: Type | None = field(default=None)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    @property
    def has_default(self) -> bool:
        return any(output.default is not None for output in self.outputs)

    def compiled(self, compiler: Compiler) -> Closure:
        return _CompiledTable(self).run


class _CompiledTable:
    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self.inputs = [compile_text(clause.expression) for clause in table.inputs]
        # A cell of "-" is None: most cells are, and they need no call.
        self.cells: list[list[tuple[int, TestClosure]]] = [
            [(column, compile_cell(cell)) for column, cell in enumerate(rule.inputs) if not _irrelevant(cell)]
            for rule in table.rules
        ]
        self.outputs = [[compile_text(cell) for cell in rule.outputs] for rule in table.rules]
        self.defaults = [
            None if clause.default is None else compile_text(clause.default) for clause in table.outputs
        ]

    def run(self, env: Env) -> object:
        run = env.run
        run.step(len(self.cells))
        values, unsound = self.read_inputs(env)
        matched, near = self.match(values, unsound, env)
        fired, value = self.result(matched, env)
        rules = self.table.rules
        run.tables.append(
            Step("", self.table.id, tuple(rules[index].id for index in fired), tuple(near), (), value)
        )
        return value

    def read_inputs(self, env: Env) -> tuple[list[object], frozenset[int]]:
        """The values of the columns, and which of them are null because their data are impossible."""
        values: list[object] = []
        unsound: list[int] = []
        run = env.run
        for column, (clause, read) in enumerate(zip(self.table.inputs, self.inputs, strict=True)):
            failures = run.failures
            value = bring_to(read(env), clause.type, clause.label, run.fail)
            if value is None:
                if run.failures != failures:
                    unsound.append(column)
                else:
                    run.missing("missing_input", name=clause.label)
            values.append(value)
        return values, frozenset(unsound)

    def match(
        self, values: Sequence[object], unsound: frozenset[int], env: Env
    ) -> tuple[list[int], list[NearMiss]]:
        matched: list[int] = []
        near: list[NearMiss] = []
        for index, cells in enumerate(self.cells):
            failed: int | None = None
            for column, test in cells:
                if column not in unsound and test(values[column], env) is True:
                    continue
                if failed is not None:
                    break
                failed = column
            else:
                if failed is None:
                    matched.append(index)
                    if self.table.hit_policy is HitPolicy.FIRST:
                        break
                else:
                    rule = self.table.rules[index]
                    cell = rule.inputs[failed].source.text.strip()
                    near.append(NearMiss(rule.id, self.table.inputs[failed].label, cell))
        return matched, near

    def result(self, matched: list[int], env: Env) -> tuple[Sequence[int], object]:
        policy = self.table.hit_policy
        if not matched:
            return (), self.no_match(env)
        if policy is HitPolicy.UNIQUE and len(matched) > 1:
            env.run.fail("several_rules", rules=self.ids(matched))
            return (), None
        results = [self.output(index, env) for index in matched]
        if policy in (HitPolicy.UNIQUE, HitPolicy.FIRST):
            return matched, self.shaped(results[0])
        if policy is HitPolicy.ANY:
            if any(not _same(result, results[0]) for result in results[1:]):
                env.run.fail("different_outputs", rules=self.ids(matched))
                return (), None
            return matched, self.shaped(results[0])
        if policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER):
            orders = [clause.order for clause in self.table.outputs]
            ranked = by_priority(results, orders)
            if policy is HitPolicy.PRIORITY:
                return (matched[ranked[0]],), self.shaped(results[ranked[0]])
            return [matched[place] for place in ranked], [self.shaped(results[place]) for place in ranked]
        shaped = [self.shaped(result) for result in results]
        if self.table.aggregator is None:
            return matched, shaped
        return matched, aggregated(self.table.aggregator, shaped, env.run)

    def no_match(self, env: Env) -> object:
        if self.table.has_default:
            values = [None if default is None else default(env) for default in self.defaults]
            typed = [
                bring_to(value, clause.type, clause.name, env.run.fail)
                for clause, value in zip(self.table.outputs, values, strict=True)
            ]
            return self.shaped(typed) if self.table.hit_policy.single else [self.shaped(typed)]
        if self.table.hit_policy.single:
            env.run.fail("no_rule")
        else:
            env.run.missing("no_rule")
        return None

    def output(self, index: int, env: Env) -> list[object]:
        return [
            bring_to(cell(env), clause.type, clause.name, env.run.fail)
            for clause, cell in zip(self.table.outputs, self.outputs[index], strict=True)
        ]

    def shaped(self, values: Sequence[object]) -> object:
        """One output is its value, several are a context."""
        if len(self.table.outputs) == 1:
            return values[0]
        return {clause.name: value for clause, value in zip(self.table.outputs, values, strict=True)}

    def ids(self, matched: Sequence[int]) -> str:
        return ", ".join(self.table.rules[index].id for index in matched)


def _irrelevant(cell: Text) -> bool:
    return isinstance(cell.body, Cell) and cell.body.irrelevant


def _same(left: Sequence[object], right: Sequence[object]) -> bool:
    return all(equal(a, b) is True for a, b in zip(left, right, strict=True))
