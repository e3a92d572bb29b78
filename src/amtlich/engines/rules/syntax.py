# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The abstract syntax tree of FEEL and of boxed expressions.

Nodes are immutable and know nothing of how they are evaluated. `at` is the offset of the node in its source;
`Text` nodes carry the source, since one decision is written in many cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from amtlich.engines.rules.source import Source
from amtlich.engines.rules.types import Type


@dataclass(frozen=True, slots=True)
class Node:
    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number (Decimal), string, boolean or null."""

    value: object


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """@"..." : a date, time, date and time or duration."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or built-in function, by its canonical name."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    of: Node
    test: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """Positional arguments, or named ones (then `names` has one name per argument)."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`result` is the last, nameless entry of a boxed context: then that is the value of the whole."""

    entries: tuple[tuple[str, Node], ...]
    result: Node | None = None


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """An interval; `start` or `end` is None where a comparison such as (< 5) leaves it open."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Unequal(Node):
    """(!= x) used as a value."""

    value: Node


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    operator: str  # + - * / **
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    operator: str  # = != < <= > >=
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    operator: str  # and, or
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class CompareTest(Node):
    """A positive unary test that starts with an operator: `< 10`."""

    operator: str
    value: Node


@dataclass(frozen=True, slots=True)
class ValueTest(Node):
    """A positive unary test that is an expression; `about_input` if it speaks of the tested value itself by
    `?`.
    """

    expression: Node
    about_input: bool


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """A cell: `-` (no tests), tests joined by comma (any may hold), or their negation by not(...)."""

    tests: tuple[Node, ...]
    negated: bool = False

    @property
    def irrelevant(self) -> bool:
        return not self.tests


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: Cell


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in domain`, or `name in domain..end`."""

    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Lambda(Node):
    """A function written in the model. `result` is the type its value is brought to, if one is declared."""

    parameters: tuple[tuple[str, Type], ...]
    body: Node
    result: Type | None = None


@dataclass(frozen=True, slots=True)
class Typed(Node):
    """An expression whose value is brought to a declared type (boxed expressions with typeRef)."""

    value: Node
    type: Type
    name: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """An expression with the source it was read from."""

    source: Source
    body: Node


def children(node: object) -> Iterator[Node]:
    """The nodes directly below, whatever the kind of node."""
    if isinstance(node, Node) and is_dataclass(node):
        for field in fields(node):
            yield from _nodes(getattr(node, field.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it; iterative, so depth is no matter."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def depth(node: Node) -> int:
    """How many levels the tree has."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(current))
    return deepest
