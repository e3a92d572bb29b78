# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The parts of an expression that hold together: literals, names, brackets, if, for, functions."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.errors import Word
from amtlich.engines.rules.lexer import Kind, Token
from amtlich.engines.rules.scope import Scope, item_type, type_of
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.token_reader import KEYWORDS
from amtlich.engines.rules.type_parser import TypeParser
from amtlich.engines.rules.types import ANY, Type
from amtlich.engines.rules.values import NUMBERS

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_EXTERNAL: Final = Word("an external (Java) function", "Eine externe (Java-)Funktion")
_EXTERNAL_REMEDY: Final = Word("write it in FEEL", "schreiben Sie sie in FEEL.")


class PrimaryParser(TypeParser):
    """Reads primaries. `free` collects the names used from the outermost scope, `asks_input` whether `?`
    occurred.
    """

    def __init__(self, source: Source, scope: Scope, types: Mapping[str, Type] | None = None) -> None:
        super().__init__(source, scope, types)
        self.asks_input = False
        self.free: set[str] = set()

    @abstractmethod
    def expression(self) -> s.Node:
        """A whole expression."""

    def _primary(self) -> s.Node:
        token = self.token
        known = self.scope.longest(self.tokens, self.position) if token.kind is Kind.WORD else None
        if known is not None and (known[1] > 1 or token.text not in KEYWORDS):
            return self._known_name(*known)
        match token.kind:
            case Kind.NUMBER:
                self.position += 1
                return s.Literal(token.at, self._number(token))
            case Kind.STRING:
                self.position += 1
                return s.Literal(token.at, token.value)
            case Kind.TEMPORAL:
                self.position += 1
                return s.Temporal(token.at, token.value)
            case Kind.WORD:
                return self._word_primary(token)
            case Kind.SIGN:
                return self._sign_primary(token)
        raise self._unexpected("expression")

    def _number(self, token: Token) -> Decimal:
        try:
            return NUMBERS.create_decimal(token.text)
        except ArithmeticError:
            self._refuse("huge_number", token.at, text=token.text[:40])

    def _known_name(self, name: str, length: int) -> s.Node:
        at = self.token.at
        self.position += length
        holder = self.scope.holder(name)
        if holder is not None and holder.outer is not None and holder.outer.outer is None:
            self.free.add(name)
        if name == "?":
            self.asks_input = True
        return s.Name(at, name)

    def _word_primary(self, token: Token) -> s.Node:
        match token.text:
            case "true" | "false" | "null":
                self.position += 1
                return s.Literal(token.at, {"true": True, "false": False, "null": None}[token.text])
            case "if":
                return self._if()
            case "for":
                return self._for()
            case "some" | "every":
                return self._quantified()
            case "function":
                return self._function()
        if token.text in KEYWORDS:
            self._expected("expression")
        name = self._words()
        if not self.scope.is_open:
            self._refuse(
                "unknown_name", token.at, name=name, hint=hint(name, self.scope, self.scope.declared())
            )
        self.free.add(name)
        return s.Name(token.at, name)

    def _if(self) -> s.Node:
        at = self.token.at
        self._take("if")
        condition = self.expression()
        self._take("then")
        then = self.expression()
        self._take("else")
        return s.If(at, condition, then, self.expression())

    def _for(self) -> s.Node:
        at = self.token.at
        self._take("for")
        outer = self.scope
        iterations = self._iterations("return")
        self.scope = Scope({"partial": Type("list", item=ANY)}, self.scope)
        result = self.expression()
        self.scope = outer
        return s.For(at, iterations, result)

    def _quantified(self) -> s.Node:
        at, every = self.token.at, self.token.text == "every"
        self.position += 1
        outer = self.scope
        iterations = self._iterations("satisfies")
        condition = self.expression()
        self.scope = outer
        return s.Quantified(at, every, iterations, condition)

    def _iterations(self, closing: str) -> tuple[s.Iteration, ...]:
        """`a in x, b in y` up to the closing word; leaves the variables in scope."""
        found: list[s.Iteration] = []
        while True:
            at = self.token.at
            name = self._words()
            self._take("in")
            domain = self.expression()
            end = self.expression() if self._accept("..") else None
            found.append(s.Iteration(at, name, domain, end))
            self.scope = Scope(
                {name: item_type(type_of(domain, self.scope)) if end is None else ANY}, self.scope
            )
            if not self._accept(","):
                break
        self._take(closing)
        return tuple(found)

    def _function(self) -> s.Node:
        at = self.token.at
        self._take("function")
        self._take("(")
        parameters: list[tuple[str, Type]] = []
        while not self._is(")"):
            if parameters:
                self._take(",")
            name = self._words()
            parameters.append((name, self.type() if self._accept(":") else ANY))
        self._take(")")
        if self._word("external"):
            self._refuse("not_supported", self.token.at, what=_EXTERNAL, remedy=_EXTERNAL_REMEDY)
        outer, self.scope = self.scope, Scope(dict(parameters), self.scope)
        body = self.expression()
        self.scope = outer
        return s.Lambda(at, tuple(parameters), body)

    def _sign_primary(self, token: Token) -> s.Node:
        match token.text:
            case "(":
                return self._parenthesised()
            case "[" | "]":
                return self._bracketed()
            case "{":
                return self._context()
        raise self._unexpected("expression")

    def _parenthesised(self) -> s.Node:
        at = self.token.at
        self._take("(")
        operator = self.token.text
        if self.token.kind is Kind.SIGN and operator in COMPARISONS:
            self.position += 1
            end = self.expression()
            self._take(")")
            return _comparison_range(at, operator, end)
        inner = self.expression()
        if self._accept(".."):
            return self._range_end(at, inner, start_included=False)
        self._take(")")
        return inner

    def _bracketed(self) -> s.Node:
        at, opens_range = self.token.at, self._is("]")
        self.position += 1
        items: list[s.Node] = []
        while opens_range or not self._is("]"):
            if items:
                self._take(",")
            items.append(self.expression())
            if len(items) == 1 and self._accept(".."):
                return self._range_end(at, items[0], start_included=not opens_range)
            if opens_range:
                self._expected("..")
        self._take("]")
        return s.ListOf(at, tuple(items))

    def _range_end(self, at: int, start: s.Node, *, start_included: bool) -> s.Node:
        end = self.expression()
        closing = self.token.text
        if self.token.kind is not Kind.SIGN or closing not in ("]", ")", "["):
            self._expected("closing")
        self.position += 1
        return s.RangeOf(at, start, end, start_included, closing == "]")

    def _context(self) -> s.Node:
        at, outer = self.token.at, self.scope
        self._take("{")
        entries: list[tuple[str, s.Node]] = []
        while not self._is("}"):
            if entries:
                self._take(",")
            key_at = self.token.at
            key = self._key()
            if any(key == other for other, _ in entries):
                self._refuse("duplicate_name", key_at, name=key)
            self._take(":")
            value = self.expression()
            entries.append((key, value))
            self.scope = Scope({key: type_of(value, self.scope)}, self.scope)
        self.scope = outer
        self._take("}")
        return s.ContextOf(at, tuple(entries))


def hint(name: str, scope: Scope, listed: Iterable[str]) -> Word:
    """The end of the sentence on an unknown name: what was meant perhaps, else what there is."""
    near = scope.suggestion(name)
    if near is not None:
        return Word(f"; did you mean {near}?", f". Meinten Sie {near}?")
    known = ", ".join(sorted(set(listed))[:12])
    return Word(f"; known are: {known}", f". Bekannt sind: {known}.") if known else Word("", ".")


def _comparison_range(at: int, operator: str, end: s.Node) -> s.Node:
    match operator:
        case "<" | "<=":
            return s.RangeOf(at, None, end, False, operator == "<=")
        case ">" | ">=":
            return s.RangeOf(at, end, None, operator == ">=", False)
        case "=":
            return s.RangeOf(at, end, end, True, True)
    return s.Unequal(at, end)
