# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""itemDefinition elements to types, with their allowed values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from amtlich.engines.rules.compiler import compile_cell
from amtlich.engines.rules.document import Element
from amtlich.engines.rules.parser import Parser
from amtlich.engines.rules.run import Env, Run
from amtlich.engines.rules.scope import BASE, Scope, canonical
from amtlich.engines.rules.syntax import Text
from amtlich.engines.rules.types import ANY, BUILT_IN, Type

# Allowed values are constants: they must not depend on the day, so the clock they see stands still.
_NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


class TypeReader(Mapping[str, Type]):
    """The declared types of a model by name, read on first use; a type that contains itself is refused."""

    def __init__(self, definitions: Element, imports: Mapping[str, TypeReader] | None = None) -> None:
        self._imports = imports or {}
        self._elements: dict[str, Element] = {}
        self._types: dict[str, Type] = {}
        self._reading: list[str] = []
        for element in definitions.all("itemDefinition"):
            name = canonical(element.needed("name"))
            if name in self._elements:
                raise element.error("duplicate_name", name=name)
            self._elements[name] = element

    def __getitem__(self, name: str) -> Type:
        if name not in self._types:
            element = self._elements[name]
            if name in self._reading:
                raise element.error("cycle", path=" → ".join([*self._reading, name]))
            self._reading.append(name)
            self._types[name] = self._definition(element, name)
            self._reading.pop()
        return self._types[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._elements)

    def __len__(self) -> int:
        return len(self._elements)

    def reference(self, element: Element, attribute: str = "typeRef") -> Type:
        """The type that an element refers to; ANY if it refers to none."""
        return self._named(element.get(attribute) or "", element)

    def _named(self, text: str, element: Element) -> Type:
        name = canonical(text)
        if not name:
            return ANY
        plain = name.partition(":")[2] if name.startswith("feel:") else name
        if plain in self._elements:
            return self[plain]
        if plain in BUILT_IN:
            return BUILT_IN[plain]
        holder, _, below = name.partition(".")
        if holder in self._imports and below in self._imports[holder]._elements:
            return self._imports[holder][below]
        if "" in self._imports and name in self._imports[""]._elements:
            return self._imports[""][name]
        raise element.error("unknown_type", name=name)

    def _definition(self, element: Element, name: str) -> Type:
        found = replace(self._body(element), name=name)
        for tag in ("allowedValues", "typeConstraint"):
            constraint = element.child(tag)
            if constraint is not None:
                found = constrained(found, cell(constraint, self, found))
        if element.get("isCollection") == "true":
            found = Type("list", name, item=found)
        return found

    def _body(self, element: Element) -> Type:
        reference = element.child("typeRef")
        function = element.child("functionItem")
        components = list(element.all("itemComponent"))
        if reference is not None:
            return self._named(reference.text, reference)
        if function is not None:
            parameters = tuple(self.reference(parameter) for parameter in function.all("parameters"))
            return Type("function", parameters=parameters, result=self.reference(function, "outputTypeRef"))
        if components:
            found: dict[str, Type] = {}
            for component in components:
                name = canonical(component.needed("name"))
                if name in found:
                    raise component.error("duplicate_name", name=name)
                found[name] = self._definition(component, name)
            return Type("context", components=found)
        return ANY


def cell(element: Element, types: Mapping[str, Type], tested: Type) -> Text:
    """The text of a constraint as tests of a value."""
    scope = Scope({"?": tested}, Scope({}, BASE))
    return Parser(element.needed_child("text").source(), scope, types).whole_tests()


def constrained(wanted: Type, constraint: Text) -> Type:
    """The type with allowed values; those of a narrower declaration replace the wider one's text, both are
    checked.
    """
    narrow, wide = predicate(constraint), wanted.allows
    allows = narrow if wide is None else lambda value: narrow(value) and wide(value)
    return replace(wanted, allows=allows, constraint=constraint)


def predicate(constraint: Text) -> Callable[[object], bool]:
    """Whether a constraint (allowedValues and the like) admits a value."""
    test = compile_cell(constraint)
    return lambda value: test(value, Env({}, Run(_NO_TIME))) is True
