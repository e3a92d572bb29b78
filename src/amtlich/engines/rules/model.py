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
from amtlich.engines.rules.functions import user_function
from amtlich.engines.rules.run import MAX_STEPS, Env, Run, Stopped
from amtlich.engines.rules.scope import canonical
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.syntax import Lambda, Node, walk
from amtlich.engines.rules.table import DecisionTable
from amtlich.engines.rules.trace import Evaluation, Step
from amtlich.engines.rules.types import Report, Type, bring_to
from amtlich.engines.rules.values import Caller, Function
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
class Imported:
    """An element of an imported model. `model` is the import's name ("" if it has none), `tag` its kind."""

    model: str
    name: str
    tag: str


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
    imported: tuple[Imported, ...]
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
    imported: tuple[Imported, ...]
    place: Place

    @property
    def tables(self) -> tuple[DecisionTable, ...]:
        return tables_of(self.logic)


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions offered as one: evaluated with its parameters in place of what they stand for.

    Its value is that of its one output decision, or a context of all of them.
    """

    name: str
    id: str
    parameters: tuple[tuple[str, Type], ...]
    outputs: tuple[str, ...]
    type: Type
    place: Place


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
        services: Mapping[str, DecisionService] = MappingProxyType({}),
        imports: Mapping[str, Model] = MappingProxyType({}),
        faults: Mapping[str, RulesError] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.file = file
        self.inputs = MappingProxyType(dict(inputs))
        self.decisions = MappingProxyType(dict(decisions))
        self.functions = MappingProxyType(dict(functions))
        self.services = MappingProxyType(dict(services))
        self.imports = MappingProxyType(dict(imports))
        self.faults = MappingProxyType(dict(faults))
        compiler = Compiler(Source.plain("", file=file))
        self._closures: dict[str, Closure] = {
            name: compiler.compile(one.logic) for name, one in decisions.items() if one.logic is not None
        }
        self._closures.update((name, compiler.compile(one.logic)) for name, one in functions.items())

    def evaluate(
        self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None
    ) -> Evaluation:
        """Decide. Inputs are brought to their declared types; what does not fit is null, with a reason.

        `decision` may name a decision service, whose value is that of its output decision or a context of
        all of them. Inputs of an imported model are given by their name, or below the import's name
        ("Import.Name"). `now` is what now() and today() of the model mean; the kernel's clock if not given.
        Raises RulesError for an unknown decision, TypeError for an input that is no data at all; never for
        what the data say.
        """
        given = {canonical(name): to_feel(value) for name, value in inputs.items()}
        evaluation = _Evaluation(self, given, Run(now or clock.now()), [])
        name = canonical(decision)
        if name in self.services or name in self.faults:
            return evaluation.outcome(name)
        return evaluation.outcome(self.decision(decision).name)

    def decision(self, name: str) -> Decision:
        """A decision by name or id; raises RulesError."""
        found = self.decisions.get(canonical(name))
        if found is None:
            found = next((one for one in self.decisions.values() if one.id == name), None)
        if found is None:
            known = ", ".join([*self.decisions, *self.services])
            raise RulesError("unknown_decision", Place(self.file, 1, 1), name=name, known=known)
        return found

    def needed_inputs(self, decision: str) -> tuple[str, ...]:
        """The names of all inputs that a decision depends on, directly or through other decisions."""
        found: dict[str, None] = {}
        waiting, seen = [self.decision(decision)], set[str]()
        while waiting:
            one = waiting.pop()
            found.update(dict.fromkeys(one.inputs))
            found.update(dict.fromkeys(self._needed_from_imports(one)))
            waiting.extend(self.decisions[name] for name in one.decisions if name not in seen)
            seen.update(one.decisions)
        return tuple(found)

    def _needed_from_imports(self, decision: Decision) -> Iterator[str]:
        for one in decision.imported:
            if one.tag == "inputData":
                yield f"{one.model}.{one.name}" if one.model else one.name
            elif one.tag == "decision":
                for name in self.imports[one.model].needed_inputs(one.name):
                    yield f"{one.model}.{name}" if one.model else name


class _Evaluation:
    """One run over the decision graph; every decision is evaluated once.

    `values` may hold what a decision service was called with, in place of the input or decision of that name.
    """

    def __init__(self, model: Model, given: Mapping[str, object], run: Run, steps: list[Step]) -> None:
        self.model = model
        self.given = given
        self.run = run
        self.values: dict[str, object] = {}
        self.functions: dict[str, object] = {}
        self.imports: dict[str, _Evaluation] = {}
        self.steps = steps

    def outcome(self, name: str) -> Evaluation:
        try:
            service = self.model.services.get(name)
            value = self.decide(name) if service is None else self.serve(service)
        except (Stopped, RecursionError, ArithmeticError) as stopped:
            if isinstance(stopped, Stopped):
                self.run.fail("too_many_steps", limit=MAX_STEPS)
            elif isinstance(stopped, RecursionError):
                self.run.fail("recursion", limit=MAX_CALLS)
            else:
                self.run.fail("out_of_range")
            self.steps.extend(self.taken(name, None))
            value = None
        return Evaluation(value, tuple(self.steps))

    def decide(self, name: str) -> object:
        if name in self.values:
            return self.values[name]
        if name in self.model.faults:
            return self.faulty(name)
        decision = self.model.decisions[name]
        names = {other: self.decide(other) for other in decision.decisions}
        names.update((other, self.input(other)) for other in decision.inputs)
        names.update((other, self.function(other)) for other in decision.functions)
        self.add_imported(names, decision.imported)
        failures = self.run.failures
        closure = self.model._closures.get(name)
        # A decision without logic of its own is made elsewhere (by a person) and given like an input.
        value = self.given.get(name) if closure is None else closure(Env(names, self.run))
        value = bring_to(value, decision.type, name, self.run.fail, parse=closure is None)
        self.keep(name, value, failures)
        self.steps.extend(self.taken(name, value))
        return value

    def faulty(self, name: str) -> object:
        """What could not be read is null, and says why."""
        failures = self.run.failures
        self.run.note(self.model.faults[name].sentence_de())
        self.keep(name, None, failures)
        self.steps.extend(self.taken(name, None))
        return None

    def add_imported(self, names: dict[str, object], imported: tuple[Imported, ...]) -> None:
        """Put what comes from other models below the names of their imports."""
        for one in imported:
            inside = self.imported_from(one.model)
            found = {"inputData": inside.input, "decision": inside.decide}.get(one.tag, inside.function)
            value = found(one.name)
            if one.model:
                holder = names.setdefault(one.model, {})
                assert isinstance(holder, dict)
                holder[one.name] = value
            else:
                names[one.name] = value

    def imported_from(self, name: str) -> _Evaluation:
        if name not in self.imports:
            prefix = f"{name}."
            below = [key for key in self.given if key.startswith(prefix)]
            given = {**self.given, **{key.removeprefix(prefix): self.given[key] for key in below}}
            self.imports[name] = _Evaluation(self.model.imports[name], given, self.run, self.steps)
        return self.imports[name]

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
        if name in self.model.faults:
            self.run.note(self.model.faults[name].sentence_de())
            return None
        if name not in self.functions:
            service = self.model.services.get(name)
            if service is not None:
                self.functions[name] = self.service_function(service)
            else:
                one = self.model.functions[name]
                names = {other: self.function(other) for other in one.functions}
                self.add_imported(names, one.imported)
                self.functions[name] = self.model._closures[name](Env(names, self.run))
        return self.functions[name]

    def serve(self, service: DecisionService) -> object:
        """Evaluate a decision service with what was given; a parameter that was not given is null."""
        arguments = {name: self.given.get(name) for name, _ in service.parameters}
        return self.served(service, arguments, self.run.fail, parse=True)

    def service_function(self, service: DecisionService) -> Function:
        names = tuple(name for name, _ in service.parameters)

        def call(caller: Caller, arguments: list[object]) -> object:
            caller.step()
            return self.served(service, dict(zip(names, arguments, strict=True)), caller.fail)

        return user_function(service.name, names, call)

    def served(
        self,
        service: DecisionService,
        arguments: Mapping[str, object],
        report: Report,
        *,
        parse: bool = False,
    ) -> object:
        inside = _Evaluation(self.model, self.given, self.run, self.steps)
        for name, wanted in service.parameters:
            inside.values[name] = bring_to(arguments[name], wanted, name, report, parse=parse)
            if inside.values[name] is None and arguments[name] is not None and not parse:
                return None  # called with what the parameter does not admit
        found = {name: inside.decide(name) for name in service.outputs}
        value = found[service.outputs[0]] if len(found) == 1 else found
        return bring_to(value, service.type, service.name, report)

    def keep(self, name: str, value: object, failures: int) -> None:
        self.values[name] = value
        if value is None and self.run.failures != failures:
            self.run.unsound.add(name)

    def taken(self, decision: str, value: object) -> Iterator[Step]:
        """The steps of a decision that has just ended: one per table it ran, its reasons with the last of
        them.
        """
        tables = [replace(step, decision=decision) for step in self.run.tables] or [Step(decision, "")]
        self.run.tables.clear()
        yield from tables[:-1]
        yield replace(tables[-1], null_reasons=self.run.taken_reasons(), value=value)
