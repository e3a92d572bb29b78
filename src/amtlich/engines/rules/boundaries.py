# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where the truth of a cell can change: the constants it compares its input with.

Between two neighbouring constants a cell made of comparisons, ranges, lists, not(...) and their combinations
is either true everywhere or nowhere. A cell of any other make has no such boundaries and is reported instead
of guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.builtins import BUILT_INS
from amtlich.engines.rules.compiler import Compiler
from amtlich.engines.rules.run import Env, Run, Stopped
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.values import Opposite, Range

_CHANGES_WITH_TIME: Final = frozenset({"now", "today"})
_ROUNDING: Final = frozenset({"floor", "ceiling"})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Boundaries:
    """The constants of some cells. `ordered`: their order matters, not only equality; `whole`: whole numbers
    only.
    """

    points: list[object] = field(default_factory=list)
    ordered: bool = False
    whole: bool = False
    known: bool = True

    def add(self, value: object) -> None:
        if isinstance(value, Range):
            self.ordered = True
            self.add(value.start)
            self.add(value.end)
        elif isinstance(value, Opposite):
            self.add(value.value)
        elif isinstance(value, list):
            for item in value:
                self.add(item)
        elif value is not None:
            self.points.append(value)


def quiet_run() -> Run:
    """A run whose reasons nobody reads and in which time stands still."""
    return Run(_EPOCH)


def is_constant(node: s.Node) -> bool:
    """Whether an expression has the same value always: no variable, no clock."""
    return all(
        name.name in BUILT_INS and name.name not in _CHANGES_WITH_TIME
        for name in s.walk(node)
        if isinstance(name, s.Name)
    )


def depends_on_input_only(node: s.Node) -> bool:
    """Whether an expression speaks of the tested value and constants only."""
    return all(
        name.name == "?" or (name.name in BUILT_INS and name.name not in _CHANGES_WITH_TIME)
        for name in s.walk(node)
        if isinstance(name, s.Name)
    )


def constant(node: s.Node, source: Source) -> object:
    """The value of a constant expression, None where it has none."""
    try:
        return Compiler(source).compile(node)(Env({}, quiet_run()))
    except (Stopped, RecursionError):
        return None


def collect(cell: s.Text, found: Boundaries, *, domain: bool = False) -> bool:
    """Add the boundaries of a cell; False if it has none that can be known. `domain`: the cell says which
    values exist.
    """
    reader = _Reader(cell.source, found, domain)
    return reader.tests(cell.body)


class _Reader:
    def __init__(self, source: Source, found: Boundaries, domain: bool) -> None:
        self.source = source
        self.found = found
        self.domain = domain

    def tests(self, node: s.Node) -> bool:
        if isinstance(node, s.Cell):
            return self._every(self.tests, node.tests)
        if isinstance(node, s.CompareTest):
            self.found.ordered |= node.operator not in ("=", "!=")
            return self.value(node.value)
        if isinstance(node, s.ValueTest):
            return self.condition(node.expression) if node.about_input else self.value(node.expression)
        return False

    def _every(self, read: Callable[[s.Node], bool], nodes: Sequence[s.Node]) -> bool:
        """Read all of them, also after one that cannot be known: its constants matter for the others."""
        known = True
        for node in nodes:
            known = read(node) and known
        return known

    def value(self, node: s.Node) -> bool:
        """An expression whose value the input is compared with."""
        if not is_constant(node):
            return False
        self.found.add(constant(node, self.source))
        return True

    def condition(self, node: s.Node) -> bool:
        """An expression about `?` that must be true."""
        match node:
            case s.Logic(operands=operands):
                return self._every(self.condition, operands)
            case s.Compare(operator=operator, left=left, right=right):
                return self.comparison(operator, left, right)
            case s.Between(value=s.Name(name="?"), low=low, high=high):
                self.found.ordered = True
                return self.value(low) and self.value(high)
            case s.In(value=s.Name(name="?"), tests=tests):
                return self.tests(tests)
            case s.Call(callee=s.Name(name="not"), arguments=(argument,)):
                return self.condition(argument)
            case s.Name(name="?"):
                self.found.add(True)
                return True
        return is_constant(node)

    def comparison(self, operator: str, left: s.Node, right: s.Node) -> bool:
        if self.domain and operator == "=" and (_rounds_input(left, right) or _rounds_input(right, left)):
            self.found.whole = True
            return True
        for tested, other in ((left, right), (right, left)):
            if tested == s.Name(tested.at, "?"):
                self.found.ordered |= operator not in ("=", "!=")
                return self.value(other)
        return is_constant(left) and is_constant(right)


def _rounds_input(node: s.Node, other: s.Node) -> bool:
    """`floor(?) = ?`: the way a model says that only whole numbers occur."""
    return (
        isinstance(other, s.Name)
        and other.name == "?"
        and isinstance(node, s.Call)
        and isinstance(node.callee, s.Name)
        and node.callee.name in _ROUNDING
        and len(node.arguments) == 1
        and isinstance(node.arguments[0], s.Name)
        and node.arguments[0].name == "?"
    )
