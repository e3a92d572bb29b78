# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Boxed expressions (tables, contexts, invocations, functions ...) to syntax trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.document import Element
from amtlich.engines.rules.messages import Word
from amtlich.engines.rules.parser import Parser
from amtlich.engines.rules.scope import Scope, canonical, item_type, type_of
from amtlich.engines.rules.table_reader import TableReader
from amtlich.engines.rules.type_reader import TypeReader
from amtlich.engines.rules.types import ANY, Type


class BoxedReader:
    """Reads the logic of one decision or function."""

    def __init__(self, types: TypeReader) -> None:
        self.types = types

    def logic(self, element: Element, scope: Scope, name: str = "") -> s.Node | None:
        """The boxed expression below an element, brought to its declared type; None if there is none."""
        for child in element.children:
            read = _READ.get(child.tag)
            if read is None:
                continue
            node = read(self, child, scope)
            wanted = self.types.reference(child)
            return node if wanted is ANY else s.Typed(0, node, wanted, name or child.label)
        return None

    def needed(self, element: Element, scope: Scope) -> s.Node:
        found = self.logic(element, scope)
        if found is None:
            raise element.error("missing_child", tag=element.tag, child="literalExpression")
        return found

    def literal(self, element: Element, scope: Scope) -> s.Node:
        language = element.get("expressionLanguage") or ""
        if language and "FEEL" not in language.upper():
            raise element.error(
                "not_supported", what=language, remedy=Word("use FEEL", "verwenden Sie FEEL.")
            )
        return Parser(element.needed_child("text").source(), scope, self.types).whole_expression()

    def table(self, element: Element, scope: Scope) -> s.Node:
        return TableReader(element, scope, self.types).read()

    def context(self, element: Element, scope: Scope) -> s.Node:
        entries: list[tuple[str, s.Node]] = []
        result: s.Node | None = None
        for entry in element.all("contextEntry"):
            variable = entry.child("variable")
            value = self.needed(entry, scope)
            if variable is None:
                result = value
                continue
            name, wanted = canonical(variable.needed("name")), self.types.reference(variable)
            if any(name == other for other, _ in entries):
                raise variable.error("duplicate_name", name=name)
            entries.append((name, value if wanted is ANY else s.Typed(0, value, wanted, name)))
            scope = Scope({name: wanted if wanted is not ANY else type_of(value, scope)}, scope)
        return s.ContextOf(0, tuple(entries), result)

    def invocation(self, element: Element, scope: Scope) -> s.Node:
        callee = self.needed(element, scope)
        names: list[str] = []
        arguments: list[s.Node] = []
        for binding in element.all("binding"):
            names.append(canonical(binding.needed_child("parameter").needed("name")))
            arguments.append(self.logic(binding, scope) or s.Literal(0, None))
        return s.Call(0, callee, tuple(arguments), tuple(names) if names else None)

    def items(self, element: Element, scope: Scope) -> s.Node:
        found = [node for child in element.children if (node := self._single(child, scope)) is not None]
        return s.ListOf(0, tuple(found))

    def _single(self, element: Element, scope: Scope) -> s.Node | None:
        read = _READ.get(element.tag)
        return None if read is None else read(self, element, scope)

    def relation(self, element: Element, scope: Scope) -> s.Node:
        columns = [canonical(column.needed("name")) for column in element.all("column")]
        rows: list[s.Node] = []
        for row in element.all("row"):
            cells = self.items(row, scope)
            assert isinstance(cells, s.ListOf)
            if len(cells.items) != len(columns):
                raise row.error(
                    "cell_count", rule="row", found=len(cells.items), what="cells", expected=len(columns)
                )
            rows.append(s.ContextOf(0, tuple(zip(columns, cells.items, strict=True))))
        return s.ListOf(0, tuple(rows))

    def function(self, element: Element, scope: Scope) -> s.Node:
        if element.get("kind") not in (None, "FEEL"):
            remedy = Word("write it in FEEL", "schreiben Sie sie in FEEL.")
            what = Word("an external function", "Eine externe Funktion")
            raise element.error("not_supported", what=what, remedy=remedy)
        parameters = tuple(
            (canonical(parameter.needed("name")), self.types.reference(parameter))
            for parameter in element.all("formalParameter")
        )
        body = self.needed(element, Scope(dict(parameters), scope))
        return s.Lambda(0, parameters, body)

    def conditional(self, element: Element, scope: Scope) -> s.Node:
        condition, then, otherwise = (
            self.needed(element.needed_child(tag), scope) for tag in ("if", "then", "else")
        )
        return s.If(0, condition, then, otherwise)

    def filter(self, element: Element, scope: Scope) -> s.Node:
        of = self.needed(element.needed_child("in"), scope)
        item = item_type(type_of(of, scope))
        known = dict(item.components or {}) if item.kind == "context" else {}
        inside = Scope(
            {**known, "item": item}, scope, open=item.kind == "Any" or (item.kind == "context" and not known)
        )
        return s.Filter(0, of, self.needed(element.needed_child("match"), inside))

    def loop(self, element: Element, scope: Scope) -> s.Node:
        iteration, inside = self._iteration(element, scope)
        inside = Scope({"partial": Type("list", item=ANY)}, inside)
        return s.For(0, (iteration,), self.needed(element.needed_child("return"), inside))

    def quantified(self, element: Element, scope: Scope) -> s.Node:
        iteration, inside = self._iteration(element, scope)
        condition = self.needed(element.needed_child("satisfies"), inside)
        return s.Quantified(0, element.tag == "every", (iteration,), condition)

    def _iteration(self, element: Element, scope: Scope) -> tuple[s.Iteration, Scope]:
        name = canonical(element.needed("iteratorVariable"))
        domain = self.needed(element.needed_child("in"), scope)
        return s.Iteration(0, name, domain, None), Scope({name: item_type(type_of(domain, scope))}, scope)


_READ: Final[Mapping[str, Callable[[BoxedReader, Element, Scope], s.Node]]] = {
    "literalExpression": BoxedReader.literal,
    "decisionTable": BoxedReader.table,
    "context": BoxedReader.context,
    "invocation": BoxedReader.invocation,
    "list": BoxedReader.items,
    "relation": BoxedReader.relation,
    "functionDefinition": BoxedReader.function,
    "conditional": BoxedReader.conditional,
    "filter": BoxedReader.filter,
    "for": BoxedReader.loop,
    "some": BoxedReader.quantified,
    "every": BoxedReader.quantified,
}
