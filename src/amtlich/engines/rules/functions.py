# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions that a model writes itself: their parameters, types and calls."""

from __future__ import annotations

from collections.abc import Callable

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.run import Env
from amtlich.engines.rules.types import bring_to
from amtlich.engines.rules.values import Caller, Function


def declared_function(node: s.Lambda, body: Callable[[Env], object]) -> Callable[[Env], Function]:
    """What makes the function at its place: it sees that place's variables and its own parameters."""
    names = tuple(name for name, _ in node.parameters)

    def build(env: Env) -> Function:
        def run(caller: Caller, arguments: list[object]) -> object:
            caller.step()
            bound: dict[str, object] = {}
            for (name, wanted), value in zip(node.parameters, arguments, strict=True):
                bound[name] = bring_to(value, wanted, name, caller.fail)
                if bound[name] is None and value is not None:
                    return None
            value = body(env.with_names(bound))
            return value if node.result is None else bring_to(value, node.result, "return", caller.fail)

        return user_function("function", names, run)

    return build


def user_function(
    name: str, parameters: tuple[str, ...], run: Callable[[Caller, list[object]], object]
) -> Function:
    """A function with exactly these parameters, called by position or by name."""

    def call(caller: Caller, arguments: object, names: tuple[str, ...] | None) -> object:
        given = list(arguments) if isinstance(arguments, list | tuple) else []
        expected = ", ".join(parameters) or "0"
        if len(given) != len(parameters):
            caller.fail("argument_count", name=name, found=len(given), expected=expected)
            return None
        if names is not None:
            by_name = dict(zip(names, given, strict=True))
            if by_name.keys() != set(parameters):
                wrong = ", ".join(n for n in names if n not in parameters) or names[0]
                caller.fail("argument_name", name=name, argument=wrong, expected=expected)
                return None
            given = [by_name[parameter] for parameter in parameters]
        return run(caller, given)

    return Function(name, parameters, call)
