# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Built-in functions: their signatures as text, and the binding of arguments to them.

A function may have several signatures; the first that fits the arguments runs. Where none fits the result is
null with the reason why the nearest one does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from amtlich.engines.rules.messages import KINDS, Word
from amtlich.engines.rules.values import Caller, Function, kind

_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kinds: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """`rest` collects any number of positional arguments into one list."""

    parameters: tuple[Parameter, ...]
    run: Callable[..., object]
    rest: bool = False


_REGISTERED: Final[dict[str, list[Signature]]] = {}
F = TypeVar("F", bound=Callable[..., object])


def built_in(name: str, signature: str = "", *, rest: bool = False) -> Callable[[F], F]:
    """Register a function. Signature: `name: kind|kind, name?: kind`; `null` admits null, `any` all.

    With `rest` the single list parameter also takes its items as separate arguments.
    """
    parameters = tuple(_parameter(text) for text in signature.split(",") if text.strip())

    def register(run: F) -> F:
        _REGISTERED.setdefault(name, []).append(Signature(parameters, run, rest))
        return run

    return register


def _parameter(text: str) -> Parameter:
    name, _, kinds = (part.strip() for part in text.partition(":"))
    return Parameter(name.rstrip("?"), frozenset(one.strip() for one in kinds.split("|")), name.endswith("?"))


def registered() -> dict[str, Function]:
    """All functions registered so far."""
    return {name: _function(name, tuple(signatures)) for name, signatures in _REGISTERED.items()}


def _function(name: str, signatures: tuple[Signature, ...]) -> Function:
    def call(caller: Caller, arguments: Sequence[object], names: tuple[str, ...] | None) -> object:
        refusals: list[Callable[[], None]] = []
        for signature in signatures:
            bound = _bind(name, signature, arguments, names, caller)
            if isinstance(bound, list):
                try:
                    return signature.run(caller, *bound)
                except (ArithmeticError, ValueError):
                    caller.fail("out_of_range")
                    return None
            refusals.append(bound)
        # The last signature is the most general one, so its refusal says most.
        refusals[-1]()
        return None

    return Function(name, tuple(parameter.name for parameter in signatures[0].parameters), call)


def _bind(
    name: str,
    signature: Signature,
    arguments: Sequence[object],
    names: tuple[str, ...] | None,
    caller: Caller,
) -> list[object] | Callable[[], None]:
    """The arguments in the order of the parameters, or a function that says why they do not fit."""
    parameters = signature.parameters
    expected = (
        ", ".join(parameter.name + ("?" if parameter.optional else "") for parameter in parameters) or "0"
    )
    if names is not None:
        known = {parameter.name for parameter in parameters}
        wrong = [argument for argument in names if argument not in known]
        needed = {parameter.name for parameter in parameters if not parameter.optional}
        if wrong or len(set(names)) != len(names) or needed - set(names):
            argument = wrong[0] if wrong else ", ".join(sorted(needed - set(names))) or names[0]
            return lambda: caller.fail("argument_name", name=name, argument=argument, expected=expected)
        by_name = dict(zip(names, arguments, strict=True))
        given = [by_name.get(parameter.name) for parameter in parameters]
        absent = [parameter.name not in by_name for parameter in parameters]
    else:
        if signature.rest and (len(arguments) != 1 or not isinstance(arguments[0], list)):
            if not arguments:
                return lambda: caller.fail("argument_count", name=name, found=0, expected=expected)
            arguments = [list(arguments)]
        least = sum(not parameter.optional for parameter in parameters)
        if not least <= len(arguments) <= len(parameters):
            found = len(arguments)
            return lambda: caller.fail("argument_count", name=name, found=found, expected=expected)
        given = [*arguments, *[None] * (len(parameters) - len(arguments))]
        absent = [index >= len(arguments) for index in range(len(parameters))]
    for index, parameter in enumerate(parameters):
        if absent[index]:
            continue
        given[index], fits = _fit(given[index], parameter)
        if not fits:
            return _wrong_kind(name, parameter, given[index], caller)
    return given


def _fit(value: object, parameter: Parameter) -> tuple[object, bool]:
    """The value as the parameter wants it; a list of one stands for its item and the other way round."""
    kinds = parameter.kinds
    if _ANY in kinds:
        return value, True
    if value is None:
        return None, "null" in kinds
    if kind(value) in kinds:
        return value, True
    if "list" in kinds:
        return [value], True
    if isinstance(value, list) and len(value) == 1 and value[0] is not None and kind(value[0]) in kinds:
        return value[0], True
    return value, False


def _wrong_kind(name: str, parameter: Parameter, value: object, caller: Caller) -> Callable[[], None]:
    wanted = [KINDS[one] for one in sorted(parameter.kinds - {"null"})]
    expected = Word(" / ".join(one.en for one in wanted), " / ".join(one.de for one in wanted))
    say = caller.missing if value is None else caller.fail
    return lambda: say(
        "argument_type", name=name, argument=parameter.name, expected=expected, found=KINDS[kind(value)]
    )


def no_value(caller: Caller, name: str, en: str, de: str) -> None:
    """Note that the arguments have the right kinds but no result."""
    caller.fail("argument_value", name=name, detail_en=en, detail_de=de)
