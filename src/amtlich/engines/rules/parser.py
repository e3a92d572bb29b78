# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""FEEL text to syntax tree: a recursive-descent parser that knows which names are in scope.

Grammar: DMN 1.5, chapter 10.3.1.2. Names with blanks are resolved while parsing (the longest known name
wins), so an unknown name is an error with its exact place instead of a null at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.errors import RulesError
from amtlich.engines.rules.lexer import Kind
from amtlich.engines.rules.primary_parser import COMPARISONS, PrimaryParser, hint
from amtlich.engines.rules.scope import Scope, item_type, type_of
from amtlich.engines.rules.token_reader import MAX_BACKTRACKS, MAX_NESTING
from amtlich.engines.rules.types import Type

MAX_DEPTH: Final = 120
_ARITHMETIC: Final[Mapping[str, int]] = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}


class Parser(PrimaryParser):
    """Parses one source, whole: an expression or a cell."""

    # --- entry points

    def whole_expression(self) -> s.Text:
        """The text as one expression."""
        return self._whole(self.expression())

    def whole_tests(self) -> s.Text:
        """The text as a cell: `-`, tests joined by comma, or not(...)."""
        at = self.token.at
        first, second = self.tokens[0], self.tokens[min(1, len(self.tokens) - 1)]
        if first.kind is Kind.END or (first.text == "-" and second.kind is Kind.END):
            self.position = len(self.tokens) - 1
            return self._whole(s.Cell(at, ()))
        if first.text == "not" and second.text == "(":
            negated = self._attempt(self._negated_tests)
            if negated is not None and self._at_end():
                return self._whole(negated)
            self._go_back(0)
        return self._whole(s.Cell(at, self._test_list()))

    def _at_end(self) -> bool:
        return self.token.kind is Kind.END

    def _whole(self, body: s.Node) -> s.Text:
        if not self._at_end():
            self._expected("end" if not self._operand_follows() else "operator")
        if s.depth(body) > MAX_DEPTH:
            self._refuse("too_deep", body.at, limit=MAX_DEPTH)
        return s.Text(0, self.source, body)

    def _operand_follows(self) -> bool:
        return self.token.kind in (Kind.WORD, Kind.NUMBER, Kind.STRING, Kind.TEMPORAL)

    # --- cells

    def _negated_tests(self) -> s.Cell:
        at = self.token.at
        self._take("not")
        self._take("(")
        tests = self._test_list()
        self._take(")")
        return s.Cell(at, tests, negated=True)

    def _test_list(self) -> tuple[s.Node, ...]:
        tests = [self.test()]
        while self._accept(","):
            tests.append(self.test())
        return tuple(tests)

    def test(self) -> s.Node:
        """One positive unary test: a comparison without left side, or an expression."""
        at, operator = self.token.at, self.token.text
        if self.token.kind is Kind.SIGN and operator in COMPARISONS:
            self.position += 1
            return s.CompareTest(at, operator, self._binary(1))
        before, self.asks_input = self.asks_input, False
        expression = self.expression()
        about_input, self.asks_input = self.asks_input, before or self.asks_input
        return s.ValueTest(at, expression, about_input)

    # --- expressions, from loose to tight

    def expression(self) -> s.Node:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self._refuse("too_deep", self.token.at, limit=MAX_NESTING)
        try:
            return self._logic("or")
        finally:
            self.nesting -= 1

    def _logic(self, operator: str) -> s.Node:
        at = self.token.at
        operands = [self._operand_of(operator)]
        while self._word(operator):
            self.position += 1
            operands.append(self._operand_of(operator))
        return operands[0] if len(operands) == 1 else s.Logic(at, operator, tuple(operands))

    def _operand_of(self, operator: str) -> s.Node:
        return self._logic("and") if operator == "or" else self._comparison()

    def _comparison(self) -> s.Node:
        left = self._binary(1)
        while True:
            at, text = self.token.at, self.token.text
            if self.token.kind is Kind.SIGN and text in COMPARISONS:
                self.position += 1
                left = s.Compare(at, text, left, self._binary(1))
            elif self._word("between"):
                self.position += 1
                low = self._binary(1)
                self._take("and")
                left = s.Between(at, left, low, self._binary(1))
            elif self._word("in"):
                self.position += 1
                left = s.In(at, left, self._in_tests())
            else:
                return left

    def _in_tests(self) -> s.Cell:
        at = self.token.at
        if self._is("("):
            start = self.position
            tests = self._attempt(self._parenthesised_tests)
            # "(a) + 1", "(1..5]" and "(list)[1]" only begin like a list of tests.
            if tests is not None and not self._continues():
                return s.Cell(at, tests)
            self._go_back(start)
        if self.token.kind is Kind.SIGN and self.token.text in COMPARISONS:
            return s.Cell(at, (self.test(),))
        return s.Cell(at, (s.ValueTest(at, self._binary(1), False),))

    def _parenthesised_tests(self) -> tuple[s.Node, ...]:
        self._take("(")
        if self._word("not") and self.tokens[self.position + 1].text == "(":
            negated = self._attempt(self._negated_tests)
            if negated is not None and self._accept(")"):
                return (negated,)
            self._expected(")")
        tests = self._test_list()
        self._take(")")
        return tests

    def _continues(self) -> bool:
        return self.token.kind is Kind.SIGN and (
            self.token.text in _ARITHMETIC or self.token.text in ("[", ".", "..")
        )

    def _binary(self, level: int) -> s.Node:
        """Arithmetic by precedence climbing; all operators associate to the left, ** too."""
        left = self._unary()
        while self.token.kind is Kind.SIGN and _ARITHMETIC.get(self.token.text, 0) >= level:
            at, operator = self.token.at, self.token.text
            self.position += 1
            left = s.Arithmetic(at, operator, left, self._binary(_ARITHMETIC[operator] + 1))
        return left

    def _unary(self) -> s.Node:
        at = self.token.at
        if self._accept("-"):
            self.nesting += 1
            if self.nesting > MAX_NESTING:
                self._refuse("too_deep", at, limit=MAX_NESTING)
            try:
                return s.Negate(at, self._unary())
            finally:
                self.nesting -= 1
        return self._instance_of(self._postfix(self._primary()))

    def _instance_of(self, value: s.Node) -> s.Node:
        at = self.token.at
        if not self._word("instance"):
            return value
        self.position += 1
        self._take("of")
        return s.InstanceOf(at, value, self.type())

    # --- postfix: paths, filters, calls

    def _postfix(self, node: s.Node) -> s.Node:
        start = self.token.at
        for _ in range(MAX_DEPTH):
            at = self.token.at
            if self._is("."):
                self.position += 1
                node = s.Path(at, node, self._component(type_of(node, self.scope)))
            elif self._is("["):
                found = self._filter(node)
                if found is None:
                    return node
                node = found
            elif self._is("(") and _callable(node):
                node = self._call(node)
            else:
                return node
        raise RulesError("too_deep", self.source.place(start), element=self.source.element, limit=MAX_DEPTH)

    def _component(self, of: Type) -> str:
        """The name after a dot: a known component of the type, else words up to the next keyword."""
        at = self.token.at
        inner = of.item if of.kind == "list" else of
        known = inner.components if inner is not None and inner.kind == "context" else None
        if known is not None:
            found = Scope(known).longest(self.tokens, self.position)
            if found is not None:
                self.position += found[1]
                return found[0]
            name = self._words()
            what = (inner or of).name
            if not what:
                # A context that the expression itself makes up: FEEL gives null for what it lacks.
                return name
            self._refuse("unknown_component", at, of=what, name=name, hint=hint(name, Scope(known), known))
        return self._words()

    def _filter(self, of: s.Node) -> s.Node | None:
        """`of[...]`; None if the bracket closes a range instead, as in `[1..10[`."""
        start, at = self.position, self.token.at
        item = item_type(type_of(of, self.scope))
        components = dict(item.components or {}) if item.kind == "context" else {}
        is_open = item.kind == "Any" or (item.kind == "context" and item.components is None)
        outer, self.scope = self.scope, Scope({**components, "item": item}, self.scope, open=is_open)
        try:
            self.position += 1
            test = self.expression()
            self._take("]")
        except RulesError:
            self.scope = outer
            if not self._range_ends_at(start) or self.backtracks > MAX_BACKTRACKS:
                raise
            self._go_back(start)
            return None
        finally:
            self.scope = outer
        return s.Filter(at, of, test)

    def _range_ends_at(self, position: int) -> bool:
        """Whether the bracket at `position` can close a range: a `..` stands before it within the same
        brackets.
        """
        depth = 0
        for index in range(position - 1, -1, -1):
            text = self.tokens[index].text if self.tokens[index].kind is Kind.SIGN else ""
            if text == ".." and depth == 0:
                return True
            depth += (text in (")", "}")) - (text in ("(", "{"))
            if depth < 0:
                return False
        return False

    def _call(self, callee: s.Node) -> s.Node:
        at = self.token.at
        self._take("(")
        arguments: list[s.Node] = []
        names: list[str] = []
        while not self._is(")"):
            if arguments:
                self._take(",")
            name = self._argument_name()
            if name is not None:
                names.append(name)
            if bool(names) != (name is not None):
                self._expected("named_argument" if names else "argument")
            arguments.append(self.expression())
        self._take(")")
        return s.Call(at, callee, tuple(arguments), tuple(names) if names else None)

    def _argument_name(self) -> str | None:
        end = self.position
        while self.tokens[end].kind is Kind.WORD or (
            end > self.position and self.tokens[end].kind is Kind.NUMBER
        ):
            end += 1
        if end == self.position or self.tokens[end].text != ":" or self.tokens[end].kind is not Kind.SIGN:
            return None
        name = " ".join(token.text for token in self.tokens[self.position : end])
        self.position = end + 1
        return name


def _callable(node: s.Node) -> bool:
    """Only names, paths, calls and function literals can stand before a call's parentheses."""
    return isinstance(node, s.Name | s.Path | s.Call | s.Lambda | s.Filter)
