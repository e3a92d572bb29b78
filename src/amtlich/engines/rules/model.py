# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A loaded model: its inputs, its decisions, and the evaluation of one decision with all it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from amtlich.engines.rules.compiler import MAX_CALLS, Closure, Compiler
from amtlich.engines.rules.convert import to_feel
from amtlich.engines.rules.errors import Place, RulesError
from amtlich.engines.rules.run import MAX_STEPS, Env, Run, Stopped
from amtlich.engines.rules.scope import canonical
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.syntax import Lambda, Node, walk
from amtlich.engines.rules.table import DecisionTable
from amtlich.engines.rules.trace import Evaluation, Step
from amtlich.engines.rules.types import Type, bring_to
from amtlich.kernel import clock


@dataclass(frozen=True, slots=True)
class InputData:
    """What a model asks for.

    `type_ref` is the declared type's name ("" if none); `allowed` its allowed values, if they are constants.
    """

    name: str
    id: str
    type: Type
    type_ref: str
    allowed: tuple[object, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `table` is its decision table, if that is its logic; `tables` are all tables in it."""

    name: str
    id: str
    type: Type
    logic: Node | None
    inputs: tuple[str, ...]
    decisions: tuple[str, ...]
    functions: tuple[str, ...]
    place: Place

    @property
    def table(self) -> DecisionTable | None:
        return self.tables[0] if self.tables else None

    @property
    def tables(self) -> tuple[DecisionTable, ...]:
        return tables_of(self.logic)


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A business knowledge model: a function that decisions share."""

    name: str
    id: str
    logic: Lambda
    functions: tuple[str, ...]
    place: Place

    @property
    def tables(self) -> tuple[DecisionTable, ...]:
        return tables_of(self.logic)


def tables_of(logic: Node | None) -> tuple[DecisionTable, ...]:
    """All decision tables of some logic, in the order of the file."""
    found = [] if logic is None else [node for node in walk(logic) if isinstance(node, DecisionTable)]
    return tuple(sorted(found, key=lambda table: (table.place.line, table.place.column)))


class Model:
    """A decision model ready to run. It is immutable and may be used by several threads."""

    def __init__(
        self,
        name: str,
        file: str,
        inputs: Mapping[str, InputData],
        decisions: Mapping[str, Decision],
        functions: Mapping[str, KnowledgeModel],
    ) -> None:
        self.name = name
        self.file = file
        self.inputs = MappingProxyType(dict(inputs))
        self.decisions = MappingProxyType(dict(decisions))
        self.functions = MappingProxyType(dict(functions))
        compiler = Compiler(Source.plain("", file=file))
        self._closures: dict[str, Closure] = {
            name: compiler.compile(one.logic) for name, one in decisions.items() if one.logic is not None
        }
        self._closures.update((name, compiler.compile(one.logic)) for name, one in functions.items())

    def evaluate(
        self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None
    ) -> Evaluation:
        """Decide. Inputs are brought to their declared types; what does not fit is null, with a reason.

        `now` is what now() and today() of the model mean; the kernel's clock if not given. Raises RulesError
        for an unknown decision, TypeError for an input that is no data at all; never for what the data say.
        """
        wanted = self.decision(decision)
        given = {canonical(name): to_feel(value) for name, value in inputs.items()}
        return _Evaluation(self, given, now or clock.now()).outcome(wanted)

    def decision(self, name: str) -> Decision:
        """A decision by name or id; raises RulesError."""
        found = self.decisions.get(canonical(name))
        if found is None:
            found = next((one for one in self.decisions.values() if one.id == name), None)
        if found is None:
            raise RulesError(
                "unknown_decision", Place(self.file, 1, 1), name=name, known=", ".join(self.decisions)
            )
        return found

    def needed_inputs(self, decision: str) -> tuple[str, ...]:
        """The names of all inputs that a decision depends on, directly or through other decisions."""
        found: dict[str, None] = {}
        waiting, seen = [self.decision(decision)], set[str]()
        while waiting:
            one = waiting.pop()
            found.update(dict.fromkeys(one.inputs))
            waiting.extend(self.decisions[name] for name in one.decisions if name not in seen)
            seen.update(one.decisions)
        return tuple(found)


class _Evaluation:
    """One run over the decision graph; every decision is evaluated once."""

    def __init__(self, model: Model, given: Mapping[str, object], now: datetime) -> None:
        self.model = model
        self.given = given
        self.run = Run(now)
        self.values: dict[str, object] = {}
        self.functions: dict[str, object] = {}
        self.steps: list[Step] = []

    def outcome(self, decision: Decision) -> Evaluation:
        try:
            value = self.decide(decision)
        except (Stopped, RecursionError, ArithmeticError) as stopped:
            if isinstance(stopped, Stopped):
                self.run.fail("too_many_steps", limit=MAX_STEPS)
            elif isinstance(stopped, RecursionError):
                self.run.fail("recursion", limit=MAX_CALLS)
            else:
                self.run.fail("out_of_range")
            self.steps.extend(self.taken(decision, None))
            value = None
        return Evaluation(value, tuple(self.steps))

    def decide(self, decision: Decision) -> object:
        if decision.name in self.values:
            return self.values[decision.name]
        names = {name: self.decide(self.model.decisions[name]) for name in decision.decisions}
        names.update((name, self.input(name)) for name in decision.inputs)
        names.update((name, self.function(name)) for name in decision.functions)
        failures = self.run.failures
        closure = self.model._closures.get(decision.name)
        # A decision without logic of its own is made elsewhere (by a person) and given like an input.
        value = self.given.get(decision.name) if closure is None else closure(Env(names, self.run))
        value = bring_to(value, decision.type, decision.name, self.run.fail, parse=closure is None)
        self.keep(decision.name, value, failures)
        self.steps.extend(self.taken(decision, value))
        return value

    def input(self, name: str) -> object:
        if name not in self.values:
            failures = self.run.failures
            value = self.given.get(name)
            if value is None:
                self.run.missing("missing_input", name=name)
            brought = bring_to(value, self.model.inputs[name].type, name, self.run.fail, parse=True)
            self.keep(name, brought, failures)
        return self.values[name]

    def function(self, name: str) -> object:
        if name not in self.functions:
            one = self.model.functions[name]
            names = {other: self.function(other) for other in one.functions}
            self.functions[name] = self.model._closures[name](Env(names, self.run))
        return self.functions[name]

    def keep(self, name: str, value: object, failures: int) -> None:
        self.values[name] = value
        if value is None and self.run.failures != failures:
            self.run.unsound.add(name)

    def taken(self, decision: Decision, value: object) -> Iterator[Step]:
        """The steps of a decision that has just ended: one per table it ran, its reasons with the last of
        them.
        """
        tables = [replace(step, decision=decision.name) for step in self.run.tables] or [
            Step(decision.name, "")
        ]
        self.run.tables.clear()
        yield from tables[:-1]
        yield replace(tables[-1], null_reasons=self.run.taken_reasons(), value=value)
