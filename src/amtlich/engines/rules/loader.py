# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""DMN files to models: definitions, requirements between them, and the scope each decision sees.

Accepted are DMN 1.2 to 1.5 with FEEL. Whatever cannot be read is refused with file, element, line and column;
nothing is skipped silently that an outcome could depend on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.boxed import BoxedReader
from amtlich.engines.rules.document import Element, read_document
from amtlich.engines.rules.messages import Word
from amtlich.engines.rules.model import Decision, InputData, KnowledgeModel, Model
from amtlich.engines.rules.scope import BASE, Scope, canonical
from amtlich.engines.rules.table_reader import constants
from amtlich.engines.rules.type_reader import TypeReader
from amtlich.engines.rules.types import ANY, Type

_NOT_YET: Final = {
    "import": (
        Word("the import of other models", "Das Einbinden anderer Modelle"),
        Word("put all into one file", "führen Sie alles in einer Datei zusammen."),
    ),
}
# Decisions are evaluated recursively; no model of law chains nearly as many.
MAX_CHAIN: Final = 60
_SERVICE: Final = (
    Word("a decision service as function", "Ein Entscheidungsdienst als Funktion"),
    Word("use a business knowledge model", "verwenden Sie ein Wissensmodell (businessKnowledgeModel)."),
)


def load_model(source: bytes, name: str = "decision.dmn") -> Model:
    """Read a model. `name` is how errors call the file. Raises RulesError at the first fault."""
    return _Loader(read_document(source, name), name).load()


class _Loader:
    def __init__(self, root: Element, file: str) -> None:
        self.root = root
        self.file = file
        self.types = TypeReader(root)
        self.boxed = BoxedReader(self.types)
        self.by_id: dict[str, Element] = {}
        self.names: dict[str, Element] = {}

    def load(self) -> Model:
        for tag, (what, remedy) in _NOT_YET.items():
            for element in self.root.all(tag):
                raise element.error("not_supported", what=what, remedy=remedy)
        for tag in ("inputData", "decision", "businessKnowledgeModel", "decisionService"):
            for element in self.root.all(tag):
                self._register(element)
        for name in self.types:
            self.types[name]
        self._refuse_cycles()
        inputs = {one.name: one for one in map(self._input, self.root.all("inputData"))}
        functions = {one.name: one for one in map(self._function, self.root.all("businessKnowledgeModel"))}
        decisions = {one.name: one for one in map(self._decision, self.root.all("decision"))}
        return Model(self.root.get("name") or "", self.file, inputs, decisions, functions)

    def _register(self, element: Element) -> None:
        name = self._name(element)
        if name in self.names:
            raise element.error("duplicate_name", name=name)
        self.names[name] = element
        identifier = element.get("id")
        if identifier:
            if identifier in self.by_id:
                raise element.error("duplicate_id", id=identifier)
            self.by_id[identifier] = element

    def _name(self, element: Element) -> str:
        return canonical(element.needed("name"))

    def _type(self, element: Element) -> Type:
        variable = element.child("variable")
        return ANY if variable is None else self.types.reference(variable)

    # --- requirements

    def _required(self, element: Element, requirement: str, *links: str) -> Iterator[Element]:
        for one in element.all(requirement):
            for link in one.children:
                if link.tag not in links:
                    continue
                namespace, _, identifier = link.needed("href").rpartition("#")
                target = self.by_id.get(identifier)
                if target is None or namespace not in ("", self.root.get("namespace")):
                    raise link.error("bad_href", href=link.get("href"))
                yield target

    def _required_data(self, element: Element) -> list[Element]:
        return list(self._required(element, "informationRequirement", "requiredInput", "requiredDecision"))

    def _required_functions(self, element: Element) -> list[Element]:
        found = list(self._required(element, "knowledgeRequirement", "requiredKnowledge"))
        for one in found:
            if one.tag != "businessKnowledgeModel":
                raise element.error("not_supported", what=_SERVICE[0], remedy=_SERVICE[1])
        return found

    def _refuse_cycles(self) -> None:
        """Depth-first over all requirements; iterative, since a file may chain thousands of decisions."""
        done: set[int] = set()
        for start in self.names.values():
            path: list[tuple[Element, Iterator[Element]]] = [(start, self._successors(start))]
            on_path = {id(start)}
            while path:
                element, successors = path[-1]
                following = next(successors, None)
                if following is None:
                    path.pop()
                    on_path.discard(id(element))
                    done.add(id(element))
                elif id(following) in on_path:
                    names = [self._name(one) for one, _ in path] + [self._name(following)]
                    raise following.error("cycle", path=" → ".join(names[names.index(names[-1]) :]))
                elif id(following) not in done:
                    path.append((following, self._successors(following)))
                    on_path.add(id(following))
                    if len(path) > MAX_CHAIN:
                        raise following.error("too_deep", limit=MAX_CHAIN)

    def _successors(self, element: Element) -> Iterator[Element]:
        if element.tag in ("decision", "businessKnowledgeModel"):
            yield from self._required_data(element)
            yield from self._required_functions(element)

    # --- elements

    def _input(self, element: Element) -> InputData:
        found, variable = self._type(element), element.child("variable")
        reference = "" if variable is None else canonical(variable.get("typeRef") or "")
        return InputData(
            self._name(element), element.get("id") or "", found, reference, constants(found), element.place
        )

    def _function(self, element: Element) -> KnowledgeModel:
        required = self._required_functions(element)
        scope = Scope({self._name(one): self._function_type(one) for one in required}, BASE)
        logic = self.boxed.function(element.needed_child("encapsulatedLogic"), scope)
        assert isinstance(logic, s.Lambda)
        result = self._type(element)
        if result.kind not in ("Any", "function"):
            logic = s.Lambda(logic.at, logic.parameters, logic.body, result)
        names = tuple(self._name(one) for one in required)
        return KnowledgeModel(self._name(element), element.get("id") or "", logic, names, element.place)

    def _function_type(self, element: Element) -> Type:
        found = self._type(element)
        return found if found.kind == "function" else Type("function", result=None if found is ANY else found)

    def _decision(self, element: Element) -> Decision:
        data, functions = self._required_data(element), self._required_functions(element)
        known = {self._name(one): self._type(one) for one in data}
        known.update((self._name(one), self._function_type(one)) for one in functions)
        name = self._name(element)
        return Decision(
            name,
            element.get("id") or "",
            self._type(element),
            self.boxed.logic(element, Scope(known, BASE), name),
            tuple(self._name(one) for one in data if one.tag == "inputData"),
            tuple(self._name(one) for one in data if one.tag == "decision"),
            tuple(self._name(one) for one in functions),
            element.place,
        )
