# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which names are known at a place of an expression, and what type each has.

FEEL names may hold blanks and signs, so the parser cannot read a name without knowing which ones there are:
at each place the longest known name wins.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from amtlich.engines.rules.builtins import BUILT_INS
from amtlich.engines.rules.lexer import Token, words
from amtlich.engines.rules.syntax import (
    Call,
    ContextOf,
    Filter,
    For,
    ListOf,
    Literal,
    Name,
    Node,
    Path,
    Temporal,
    Text,
)
from amtlich.engines.rules.types import ANY, BUILT_IN, Type
from amtlich.engines.rules.values import kind


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """One spelling per name: NFC, blanks collapsed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


class Scope:
    """Names with their types, on top of an outer scope.

    An `open` scope may hold more names than it lists (the components of a list item of unknown type).
    """

    def __init__(self, names: Mapping[str, Type], outer: Scope | None = None, *, open: bool = False) -> None:
        self.names = dict(names)
        self.outer = outer
        self.is_open: bool = open or (outer is not None and outer.is_open)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in self.names:
            pieces = words(name)
            if pieces:
                self._by_first.setdefault(pieces[0], []).append((pieces, name))

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest known name that starts at token `at`, and how many tokens it takes; inner scopes win a
        tie.
        """
        best: tuple[str, int] | None = None
        for pieces, name in self._by_first.get(tokens[at].text, ()):
            if (best is None or len(pieces) > best[1]) and _starts_with(tokens, at, pieces):
                best = name, len(pieces)
        outer = self.outer.longest(tokens, at) if self.outer else None
        if outer is not None and (best is None or outer[1] > best[1]):
            return outer
        return best

    def type_of(self, name: str) -> Type | None:
        """The type of a known name, None if it is not known."""
        if name in self.names:
            return self.names[name]
        return self.outer.type_of(name) if self.outer else None

    def holder(self, name: str) -> Scope | None:
        """The scope that a name comes from."""
        if name in self.names:
            return self
        return self.outer.holder(name) if self.outer else None

    def all_names(self) -> Iterable[str]:
        yield from self.names
        if self.outer:
            yield from self.outer.all_names()

    def declared(self) -> Iterable[str]:
        """All names but those of the outermost scope, which holds the built-in functions."""
        if self.outer:
            yield from self.names
            yield from self.outer.declared()

    def suggestion(self, name: str) -> str | None:
        """A known name that is spelled nearly so."""
        near = difflib.get_close_matches(name, list(self.all_names()), n=1, cutoff=0.7)
        return near[0] if near else None


# The outermost scope of every expression.
BASE: Final = Scope(dict.fromkeys(BUILT_INS, BUILT_IN["function"]))


def _starts_with(tokens: Sequence[Token], at: int, pieces: tuple[str, ...]) -> bool:
    return len(pieces) <= len(tokens) - at and all(
        tokens[at + offset].text == piece for offset, piece in enumerate(pieces)
    )


def type_of(node: Node, scope: Scope) -> Type:
    """What can be said of an expression's type without running it; ANY if nothing."""
    match node:
        case Text(body=body):
            return type_of(body, scope)
        case Name(name=name):
            return scope.type_of(name) or ANY
        case Path(of=of, name=name):
            return type_of(of, scope).component(name) or ANY
        case Literal(value=value):
            return ANY if value is None else BUILT_IN[kind(value)]
        case Temporal():
            return ANY
        case Filter(of=of, test=test):
            inner = type_of(of, scope)
            item = item_type(inner)
            return item if isinstance(test, Literal) else Type("list", item=item)
        case ListOf(items=items):
            types = [type_of(item, scope) for item in items]
            same = types and all(one == types[0] for one in types)
            return Type("list", item=types[0] if same else ANY)
        case ContextOf(entries=entries, result=None):
            inside = scope
            components: dict[str, Type] = {}
            for name, value in entries:
                components[name] = type_of(value, inside)
                inside = Scope({name: components[name]}, inside)
            return Type("context", components=components)
        case For():
            return Type("list", item=ANY)
        case Call(callee=Name(name=name)):
            declared = scope.type_of(name)
            return declared.result if declared is not None and declared.result is not None else ANY
    return ANY


def item_type(of: Type) -> Type:
    """What one item of a value of this type is: a single value counts as a list of one."""
    return (of.item or ANY) if of.kind == "list" else of
