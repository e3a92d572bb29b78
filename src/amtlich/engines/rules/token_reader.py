# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading tokens one by one: what every part of the parser stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NoReturn, TypeVar

from amtlich.engines.rules.errors import RulesError, Word
from amtlich.engines.rules.lexer import Kind, Token, tokenize
from amtlich.engines.rules.scope import Scope, canonical
from amtlich.engines.rules.source import Source
from amtlich.engines.rules.types import Type

# Deeper trees would exhaust Python's stack while they run; no rule of law needs nearly as much.
MAX_NESTING: Final = 40
# A few places of the grammar can be told apart only by trying; bounded, so that no text takes exponential
# time.
MAX_BACKTRACKS: Final = 500

KEYWORDS: Final = frozenset(
    {"true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies"}
    | {"and", "or", "between", "instance", "function", "external"}
)
_IN_KEYS: Final = frozenset({"+", "-", "*", "/", "**", ".", "'"})
_END: Final = ("the end of the expression", "das Ende des Ausdrucks")
_EXPECTED: Final[Mapping[str, Word]] = {
    "end": Word(*_END),
    "operator": Word("an operator such as + = and, or the end", "ein Zeichen wie + = and oder das Ende"),
    "expression": Word("a value or expression", "ein Wert oder Ausdruck"),
    "name": Word("a name", "ein Name"),
    "argument": Word("an argument without name, as before", "ein Wert ohne Namen, wie zuvor"),
    "named_argument": Word("an argument with name, as before", "ein Wert mit Namen, wie zuvor"),
    "closing": Word("one of ] ) [", "eines von ] ) ["),
}

T = TypeVar("T")


class TokenReader:
    """The tokens of one source and a position in them. `types` are the declared types by name."""

    def __init__(self, source: Source, scope: Scope, types: Mapping[str, Type] | None = None) -> None:
        self.source = source
        self.scope = scope
        self.types = types or {}
        self.tokens = tokenize(source)
        self.position = 0
        self.nesting = 0
        self.backtracks = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def _is(self, sign: str) -> bool:
        return self.token.kind is Kind.SIGN and self.token.text == sign

    def _word(self, word: str) -> bool:
        return self.token.kind is Kind.WORD and self.token.text == word

    def _accept(self, sign: str) -> bool:
        found = self._is(sign)
        self.position += found
        return found

    def _take(self, text: str) -> None:
        if self.token.kind not in (Kind.SIGN, Kind.WORD) or self.token.text != text:
            self._expected(text)
        self.position += 1

    def _words(self, *, dotted: bool = False) -> str:
        """A name nobody has declared yet: words (and numbers after the first) up to a keyword or sign."""
        start = self.position
        while (
            (self.token.kind is Kind.WORD and (self.token.text not in KEYWORDS))
            or (self.position > start and self.token.kind is Kind.NUMBER)
            or (dotted and self.position > start and self._is("."))
        ):
            self.position += 1
        if start == self.position:
            self._expected("name")
        return " ".join(token.text for token in self.tokens[start : self.position])

    def _key(self) -> str:
        """The name of a context's entry: a string, or all that stands before the colon."""
        if self.token.kind is Kind.STRING:
            self.position += 1
            return self.tokens[self.position - 1].value
        start = self.position
        while self.token.kind in (Kind.WORD, Kind.NUMBER) or (
            self.token.kind is Kind.SIGN and self.token.text in _IN_KEYS
        ):
            self.position += 1
        if start == self.position or self.tokens[start].kind is not Kind.WORD:
            self.position = start
            self._expected("name")
        return canonical(self.source.text[self.tokens[start].at : self.tokens[self.position - 1].end])

    def _attempt(self, parse: Callable[[], T]) -> T | None:
        """What `parse` finds, or None where it fails; the caller then goes back and reads otherwise."""
        scope, nesting = self.scope, self.nesting
        try:
            return parse()
        except RulesError:
            self.scope, self.nesting = scope, nesting
            if self.backtracks > MAX_BACKTRACKS:
                raise
            return None

    def _go_back(self, position: int) -> None:
        self.backtracks += 1
        if self.backtracks > MAX_BACKTRACKS:
            self._refuse("too_deep", self.tokens[position].at, limit=MAX_NESTING)
        self.position = position

    def _expected(self, what: str) -> NoReturn:
        raise self._unexpected(what)

    def _unexpected(self, what: str) -> RulesError:
        """The error for a token that cannot stand here."""
        found = repr(self.token.text) if self.token.text else Word(*_END)
        word = _EXPECTED.get(what, Word(what, what))
        return RulesError(
            "expected",
            self.source.place(self.token.at),
            element=self.source.element,
            expected=word,
            found=found,
        )

    def _refuse(self, code: str, at: int, **values: object) -> NoReturn:
        raise RulesError.of(code, self.source.place(at), self.source.element, values)
