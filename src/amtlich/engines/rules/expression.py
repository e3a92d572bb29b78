# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A single FEEL expression outside a model, such as a show-rule of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from amtlich.engines.rules.compiler import MAX_CALLS, compile_text
from amtlich.engines.rules.convert import to_feel
from amtlich.engines.rules.parser import Parser
from amtlich.engines.rules.run import MAX_STEPS, Env, Run, Stopped
from amtlich.engines.rules.scope import BASE, Scope, canonical
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.types import ANY, Type
from amtlich.kernel import clock


class Expression:
    """A parsed expression. `names` are the variables it uses. Immutable; may be used by several threads."""

    def __init__(self, source: Source, names: Collection[str] | Mapping[str, Type] | None) -> None:
        types = names if isinstance(names, Mapping) else dict.fromkeys(names or (), ANY)
        scope = Scope({canonical(name): found for name, found in types.items()}, BASE, open=names is None)
        parser = Parser(source, scope)
        self.text = source.text
        self.tree = parser.whole_expression()
        self.names = frozenset(parser.free)
        self._closure = compile_text(self.tree)

    def evaluate(self, scope: Mapping[str, object], *, now: datetime | None = None) -> object:
        """The value for these variables; null (None) for whatever has no result. Never raises for what the
        data say.
        """
        return self.evaluate_with_reasons(scope, now=now)[0]

    def evaluate_with_reasons(
        self, scope: Mapping[str, object], *, now: datetime | None = None
    ) -> tuple[object, tuple[str, ...]]:
        """The value and, in German, why something on the way to it was null."""
        run = Run(now or clock.now())
        names = {canonical(name): to_feel(value) for name, value in scope.items()}
        try:
            value = self._closure(Env(names, run))
        except Stopped:
            value = None
            run.fail("too_many_steps", limit=MAX_STEPS)
        except RecursionError:
            value = None
            run.fail("recursion", limit=MAX_CALLS)
        except ArithmeticError:
            value = None
            run.fail("out_of_range")
        return value, run.taken_reasons()


def parse_expression(
    text: str,
    names: Collection[str] | Mapping[str, Type] | None = None,
    *,
    file: str = "<expression>",
    line: int = 1,
    column: int = 1,
) -> Expression:
    """Parse an expression that may use `names` (None: any). It begins in `file` at line and column.

    Raises RulesError with the exact place for a syntax error or an unknown name.
    """
    return Expression(Source.plain(text, file=file, line=line, column=column), names)
