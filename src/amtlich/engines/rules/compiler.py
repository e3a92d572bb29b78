# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Syntax tree to closures: each node becomes a Python function of the variables.

Closures cover the whole language and are the reference for every faster path that comes later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol, TypeAlias, runtime_checkable

from amtlich.engines.rules import operations, temporal
from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.builtins import BUILT_INS
from amtlich.engines.rules.fixed_tests import with_short_cut
from amtlich.engines.rules.functions import declared_function
from amtlich.engines.rules.iteration import Domain, each, filtered, project
from amtlich.engines.rules.messages import KINDS
from amtlich.engines.rules.run import Env, Spot
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.types import bring_to, conforms
from amtlich.engines.rules.values import Function, Opposite, Range, equal, kind, order, within

# Roughly how deep functions of a model can call each other before Python's stack ends.
MAX_CALLS: Final = 100

Closure: TypeAlias = Callable[[Env], object]
TestClosure: TypeAlias = Callable[[object, Env], "bool | None"]


@runtime_checkable
class Compilable(Protocol):
    """A node that other modules bring along (decision tables)."""

    def compiled(self, compiler: Compiler) -> Closure: ...


def compile_text(node: s.Text) -> Closure:
    """The closure of an expression read from its own source."""
    return Compiler(node.source).compile(node.body)


def compile_cell(node: s.Text) -> TestClosure:
    """The closure of a cell: called with the input value and the variables."""
    assert isinstance(node.body, s.Cell)
    return Compiler(node.source).tests(node.body)


class Compiler:
    """Compiles the nodes of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def compile(self, node: s.Node) -> Closure:
        if isinstance(node, Compilable):
            return node.compiled(self)
        compile_node: Callable[[Compiler, s.Node], Closure] = _COMPILE[type(node)]
        return compile_node(self, node)

    # --- values

    def literal(self, node: s.Literal) -> Closure:
        value = node.value
        return lambda env: value

    def temporal(self, node: s.Temporal) -> Closure:
        value = temporal.read_any(node.text)
        if value is not None:
            return lambda env: value

        def impossible(env: Env) -> object:
            self._spot(env, node).fail("not_temporal", text=temporal.shown(node.text))
            return None

        return impossible

    def name(self, node: s.Name) -> Closure:
        name, built_in = node.name, BUILT_INS.get(node.name)

        def read(env: Env) -> object:
            try:
                value = env.names[name]
            except KeyError:
                if built_in is None:
                    self._spot(env, node).missing("missing_input", name=name)
                return built_in
            if value is None and name in env.run.unsound:
                env.run.failures += 1
            return value

        return read

    def list_of(self, node: s.ListOf) -> Closure:
        items = [self.compile(item) for item in node.items]
        return lambda env: [item(env) for item in items]

    def context_of(self, node: s.ContextOf) -> Closure:
        entries = [(name, self.compile(value)) for name, value in node.entries]
        result = None if node.result is None else self.compile(node.result)

        def build(env: Env) -> object:
            context: dict[str, object] = {}
            inner = dict(env.names)
            inside = Env(inner, env.run)
            for name, value in entries:
                context[name] = inner[name] = value(inside)
            return context if result is None else result(inside)

        return build

    def range_of(self, node: s.RangeOf) -> Closure:
        start = None if node.start is None else self.compile(node.start)
        end = None if node.end is None else self.compile(node.end)

        def build(env: Env) -> object:
            if start is None and end is not None:
                return Range(None, end(env), False, node.end_included, "start")
            if end is None and start is not None:
                return Range(start(env), None, node.start_included, False, "end")
            if start is not None and node.start is node.end:  # (= x), read once
                value = start(env)
                return Range(value, value, True, True, "point")
            low, high = start(env) if start else None, end(env) if end else None
            if low is not None and high is not None:
                result = order(low, high)
                if result is None or result > 0:
                    self._spot(env, node).fail("range_ends")
                    return None
            return Range(low, high, node.start_included, node.end_included)

        return build

    def unequal(self, node: s.Unequal) -> Closure:
        value = self.compile(node.value)
        return lambda env: Opposite(value(env))

    # --- operators

    def negate(self, node: s.Negate) -> Closure:
        operand = self.compile(node.operand)
        return lambda env: operations.negate(operand(env), self._spot(env, node))

    def arithmetic(self, node: s.Arithmetic) -> Closure:
        operator, left, right = node.operator, self.compile(node.left), self.compile(node.right)
        return lambda env: operations.arithmetic(operator, left(env), right(env), self._spot(env, node))

    def comparison(self, node: s.Compare) -> Closure:
        operator, left, right = node.operator, self.compile(node.left), self.compile(node.right)
        return lambda env: operations.compare(operator, left(env), right(env), self._spot(env, node))

    def logic(self, node: s.Logic) -> Closure:
        operands = [self.compile(operand) for operand in node.operands]
        decisive = node.operator == "or"
        join = operations.disjunction if decisive else operations.conjunction

        def evaluate(env: Env) -> object:
            results: list[object] = []
            for operand in operands:
                value = operand(env)
                if value is decisive:
                    return value
                if value is not None and not isinstance(value, bool):
                    self._spot(env, node).fail(
                        "not_boolean", operator=node.operator, found=KINDS[kind(value)]
                    )
                results.append(value)
            return join(results)

        return evaluate

    def between(self, node: s.Between) -> Closure:
        value, low, high = self.compile(node.value), self.compile(node.low), self.compile(node.high)

        def evaluate(env: Env) -> object:
            found, spot = value(env), self._spot(env, node)
            above = operations.compare(">=", found, low(env), spot)
            below = operations.compare("<=", found, high(env), spot)
            return operations.conjunction([above, below])

        return evaluate

    def contained(self, node: s.In) -> Closure:
        value, tests = self.compile(node.value), self.tests(node.tests)
        return lambda env: tests(value(env), env)

    def instance_of(self, node: s.InstanceOf) -> Closure:
        value, wanted = self.compile(node.value), node.type
        return lambda env: conforms(value(env), wanted)

    def typed(self, node: s.Typed) -> Closure:
        value = self.compile(node.value)
        return lambda env: bring_to(value(env), node.type, node.name, env.run.fail)

    # --- access

    def path(self, node: s.Path) -> Closure:
        of, name = self.compile(node.of), node.name
        return lambda env: project(of(env), name, self._spot(env, node))

    def filter(self, node: s.Filter) -> Closure:
        of, test = self.compile(node.of), self.compile(node.test)
        fixed = isinstance(node.test, s.Literal | s.Negate) or (
            isinstance(node.test, s.Name) and node.test.name != "item"
        )
        return lambda env: filtered(of(env), test, fixed, env, self._spot(env, node))

    def call(self, node: s.Call) -> Closure:
        callee, names = self.compile(node.callee), node.names
        arguments = [self.compile(argument) for argument in node.arguments]
        built_in = BUILT_INS.get(node.callee.name) if isinstance(node.callee, s.Name) else None

        def evaluate(env: Env) -> object:
            # A variable may be called like a function ("date"): what stands before parentheses is the
            # function.
            function = callee(env)
            if not isinstance(function, Function):
                function = built_in
            spot = self._spot(env, node)
            if function is None:
                spot.fail("not_function", name=getattr(node.callee, "name", "?"))
                return None
            return function.call(spot, [argument(env) for argument in arguments], names)

        return evaluate

    # --- control

    def condition(self, node: s.If) -> Closure:
        test, then, otherwise = (
            self.compile(node.condition),
            self.compile(node.then),
            self.compile(node.otherwise),
        )

        def evaluate(env: Env) -> object:
            value = test(env)
            if value is not None and not isinstance(value, bool):
                self._spot(env, node).fail("not_boolean", operator="if", found=KINDS[kind(value)])
            return then(env) if value is True else otherwise(env)

        return evaluate

    def loop(self, node: s.For) -> Closure:
        domains, result = self._domains(node.iterations), self.compile(node.result)

        def evaluate(env: Env) -> object:
            found: list[object] = []
            inner = env.with_name("partial", found)
            complete = each(domains, inner, self._spot(env, node), lambda here: found.append(result(here)))
            return found if complete else None

        return evaluate

    def quantified(self, node: s.Quantified) -> Closure:
        domains, condition = self._domains(node.iterations), self.compile(node.condition)
        join = operations.conjunction if node.every else operations.disjunction

        def evaluate(env: Env) -> object:
            found: list[object] = []
            spot = self._spot(env, node)
            complete = each(domains, env, spot, lambda here: found.append(condition(here)))
            strange = next((one for one in found if one is not None and not isinstance(one, bool)), None)
            if strange is not None:
                spot.fail("not_boolean", operator="satisfies", found=KINDS[kind(strange)])
                return None
            return join(found) if complete else None

        return evaluate

    def _domains(self, iterations: tuple[s.Iteration, ...]) -> list[Domain]:
        return [
            Domain(one.name, self.compile(one.domain), None if one.end is None else self.compile(one.end))
            for one in iterations
        ]

    def function(self, node: s.Lambda) -> Closure:
        return declared_function(node, self.compile(node.body))

    def text(self, node: s.Text) -> Closure:
        return compile_text(node)

    # --- cells

    def tests(self, node: s.Cell) -> TestClosure:
        if node.irrelevant:
            return lambda value, env: True
        tests = [self.test(test) for test in node.tests]
        if len(tests) == 1 and not node.negated:
            return tests[0]
        negated = node.negated

        def evaluate(value: object, env: Env) -> bool | None:
            unknown = False
            for test in tests:
                result = test(value, env)
                if result is True:
                    return not negated
                unknown = unknown or result is None
            return None if unknown else negated

        return evaluate

    def test(self, node: s.Node) -> TestClosure:
        if isinstance(node, s.Cell):
            return self.tests(node)
        if isinstance(node, s.CompareTest):
            return with_short_cut(node, self._compare_test(node))
        assert isinstance(node, s.ValueTest)
        return self._input_test(node) if node.about_input else with_short_cut(node, self._value_test(node))

    def _compare_test(self, node: s.CompareTest) -> TestClosure:
        operator, against = node.operator, self.compile(node.value)

        def evaluate(value: object, env: Env) -> bool | None:
            failures = env.run.failures
            other = against(env.with_name("?", value))
            if other is None and env.run.failures != failures:
                return None
            if value is None and operator not in ("=", "!="):
                return None
            return operations.compare(operator, value, other, self._spot(env, node))

        return evaluate

    def _input_test(self, node: s.ValueTest) -> TestClosure:
        expression = self.compile(node.expression)

        def evaluate(value: object, env: Env) -> bool | None:
            result = expression(env.with_name("?", value))
            return result if isinstance(result, bool) else None

        return evaluate

    def _value_test(self, node: s.ValueTest) -> TestClosure:
        expression = self.compile(node.expression)

        def evaluate(value: object, env: Env) -> bool | None:
            failures = env.run.failures
            found = expression(env)
            if found is None and env.run.failures != failures:
                # The cell itself has no value ("31 June"): that is no statement about a missing input.
                return None
            return self._matches(value, found, env, node)

        return evaluate

    def _matches(self, value: object, found: object, env: Env, node: s.Node) -> bool | None:
        if isinstance(found, Range | Opposite):
            if isinstance(value, Range | Opposite):
                return equal(value, found)
            result = within(value, found)
        elif isinstance(found, list) and not isinstance(value, list):
            return operations.disjunction([self._quietly(value, item) for item in found])
        elif isinstance(found, list):
            return bool(equal(value, found)) or any(equal(value, item) for item in found)
        elif isinstance(found, bool) and not isinstance(value, bool) and value is not None:
            return found
        else:
            result = equal(value, found)
        if result is None and value is not None and found is not None:
            self._spot(env, node).fail("compare", left=KINDS[kind(value)], right=KINDS[kind(found)])
        return result

    def _quietly(self, value: object, item: object) -> bool | None:
        return within(value, item) if isinstance(item, Range | Opposite) else bool(equal(value, item))

    def _spot(self, env: Env, node: s.Node) -> Spot:
        return Spot(env.run, self.source, node.at)


_COMPILE: Final[Mapping[type[s.Node], Callable[..., Closure]]] = {
    s.Literal: Compiler.literal,
    s.Temporal: Compiler.temporal,
    s.Name: Compiler.name,
    s.ListOf: Compiler.list_of,
    s.ContextOf: Compiler.context_of,
    s.RangeOf: Compiler.range_of,
    s.Unequal: Compiler.unequal,
    s.Negate: Compiler.negate,
    s.Arithmetic: Compiler.arithmetic,
    s.Compare: Compiler.comparison,
    s.Logic: Compiler.logic,
    s.Between: Compiler.between,
    s.In: Compiler.contained,
    s.InstanceOf: Compiler.instance_of,
    s.Typed: Compiler.typed,
    s.Path: Compiler.path,
    s.Filter: Compiler.filter,
    s.Call: Compiler.call,
    s.If: Compiler.condition,
    s.For: Compiler.loop,
    s.Quantified: Compiler.quantified,
    s.Lambda: Compiler.function,
    s.Text: Compiler.text,
}
