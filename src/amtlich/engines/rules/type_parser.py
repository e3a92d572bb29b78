# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Types as they are written in FEEL: `number`, `list<string>`, `context<a: number>`, `function<number> ->
string`.
"""

from __future__ import annotations

from amtlich.engines.rules.scope import Scope
from amtlich.engines.rules.token_reader import TokenReader
from amtlich.engines.rules.types import BUILT_IN, Type


class TypeParser(TokenReader):
    """Reads types."""

    def type(self) -> Type:
        """A type as it is written after `instance of` or a parameter's colon."""
        known = Scope({**BUILT_IN, **self.types}).longest(self.tokens, self.position)
        if known is None:
            at = self.token.at
            self._refuse("unknown_type", at, name=self._words(dotted=True))
        self.position += known[1]
        name = known[0]
        if name in self.types:
            return self.types[name]
        if name in ("list", "range") and self._accept("<"):
            item = self.type()
            self._take(">")
            return Type(name, item=item)
        if name == "context" and self._accept("<"):
            return self._context_type()
        if name == "function" and self._accept("<"):
            return self._function_type()
        return BUILT_IN[name]

    def _context_type(self) -> Type:
        components: dict[str, Type] = {}
        while not self._is(">"):
            if components:
                self._take(",")
            name = self._key()
            self._take(":")
            components[name] = self.type()
        self._take(">")
        return Type("context", components=components)

    def _function_type(self) -> Type:
        parameters: list[Type] = []
        while not self._is(">"):
            if parameters:
                self._take(",")
            parameters.append(self.type())
        self._take(">")
        self._take("->")
        return Type("function", parameters=tuple(parameters), result=self.type())
