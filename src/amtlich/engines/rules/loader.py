# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""DMN files to models: definitions, requirements between them, and the scope each decision sees.

Accepted are DMN 1.2 to 1.5 with FEEL. Whatever cannot be read is refused with file, element, line and column;
nothing is skipped silently that an outcome could depend on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.boxed import BoxedReader
from amtlich.engines.rules.document import Element, read_document
from amtlich.engines.rules.errors import RulesError
from amtlich.engines.rules.messages import Word
from amtlich.engines.rules.model import (
    Decision,
    DecisionService,
    Imported,
    InputData,
    KnowledgeModel,
    Model,
)
from amtlich.engines.rules.scope import BASE, Scope, canonical
from amtlich.engines.rules.table_reader import constants
from amtlich.engines.rules.type_reader import TypeReader
from amtlich.engines.rules.types import ANY, Type

_T = TypeVar("_T")

# Decisions are evaluated recursively; no model of law chains nearly as many.
MAX_CHAIN: Final = 60
_DATA: Final = ("requiredInput", "requiredDecision")
_FUNCTIONS: Final = ("businessKnowledgeModel", "decisionService")
_OTHER_LANGUAGE: Final = (
    Word("the import of anything but DMN models", "Das Einbinden von anderem als DMN-Modellen"),
    Word("import DMN models only", "binden Sie nur DMN-Modelle ein."),
)


def load_model(
    source: bytes,
    name: str = "decision.dmn",
    *,
    others: Mapping[str, bytes] | None = None,
    tolerant: bool = False,
) -> Model:
    """Read a model. `name` is how errors call the file, `others` are files (by name) that it may import.

    Raises RulesError at the first fault. A `tolerant` load keeps the fault of a single decision or function
    instead: it is null whenever it is evaluated, with the fault as reason, and `Model.faults` lists it. That
    is for reading models of others; no decision on a case is made with a model that has faults.
    """
    library = _Library(others or {}, tolerant=tolerant)
    return library.load(read_document(source, name), name)


class _Library:
    """The files at hand. A file is found by the namespace that it declares, and loaded once."""

    def __init__(self, others: Mapping[str, bytes], *, tolerant: bool) -> None:
        self.tolerant = tolerant
        self._sources = others
        self._roots: dict[str, tuple[Element, str]] | None = None
        self._loaders: dict[str, _Loader] = {}
        self._loading: list[str] = []

    def load(self, root: Element, file: str) -> Model:
        return self._load(root, file).model

    def imported(self, element: Element) -> _Loader:
        """The loader, done with its work, of the model that an `import` element names."""
        namespace = element.needed("namespace")
        if namespace in self._loading:
            raise element.error("cycle", path=" → ".join([*self._loading, namespace]))
        if namespace not in self._loaders:
            if self._roots is None:
                roots = [(read_document(source, name), name) for name, source in self._sources.items()]
                self._roots = {root.get("namespace") or "": (root, name) for root, name in roots}
            if namespace not in self._roots:
                raise element.error("unknown_import", namespace=namespace)
            self._loaders[namespace] = self._load(*self._roots[namespace])
        return self._loaders[namespace]

    def _load(self, root: Element, file: str) -> _Loader:
        self._loading.append(root.get("namespace") or "")
        loader = _Loader(root, file, self)
        loader.model = loader.load()
        self._loading.pop()
        return loader


@dataclass(frozen=True, slots=True)
class _Link:
    """An element that another one requires; `through` is the import that it comes from, if any."""

    element: Element
    loader: _Loader
    through: str | None = None


class _Loader:
    model: Model

    def __init__(self, root: Element, file: str, library: _Library) -> None:
        self.root = root
        self.file = file
        self.library = library
        self.imports: dict[str, _Loader] = {}
        self.types = TypeReader(root)
        self.boxed = BoxedReader(self.types)
        self.by_id: dict[str, Element] = {}
        self.names: dict[str, Element] = {}
        self.faults: dict[str, RulesError] = {}

    def load(self) -> Model:
        for element in self.root.all("import"):
            self._import(element)
        self.types = TypeReader(self.root, {name: one.types for name, one in self.imports.items()})
        self.boxed = BoxedReader(self.types)
        for tag in ("inputData", "decision", *_FUNCTIONS):
            for element in self.root.all(tag):
                self._register(element)
        if not self.library.tolerant:
            for name in self.types:
                self.types[name]
        self._refuse_cycles()
        inputs = {one.name: one for one in map(self._input, self.root.all("inputData"))}
        functions = [self._guarded(self._function, one) for one in self.root.all("businessKnowledgeModel")]
        services = [self._guarded(self._service, one) for one in self.root.all("decisionService")]
        decisions = [self._guarded(self._decision, one) for one in self.root.all("decision")]
        return Model(
            self.root.get("name") or "",
            self.file,
            inputs,
            {one.name: one for one in decisions if one is not None},
            {one.name: one for one in functions if one is not None},
            {one.name: one for one in services if one is not None},
            {name: one.model for name, one in self.imports.items()},
            self.faults,
        )

    def _import(self, element: Element) -> None:
        if "/DMN/" not in element.needed("importType").upper():
            raise element.error("not_supported", what=_OTHER_LANGUAGE[0], remedy=_OTHER_LANGUAGE[1])
        name = canonical(element.get("name") or "")
        if name in self.imports or name in self.names:
            raise element.error("duplicate_name", name=name)
        self.imports[name] = self.library.imported(element)

    def _guarded(self, read: Callable[[Element], _T], element: Element) -> _T | None:
        """What is read; when faults are tolerated, None and the fault kept."""
        try:
            return read(element)
        except RulesError as fault:
            if not self.library.tolerant:
                raise
            self.faults[self._name(element)] = fault
            return None

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

    def _required(self, element: Element, requirement: str, *links: str) -> list[_Link]:
        return [
            self._linked(link)
            for one in element.all(requirement)
            for link in one.children
            if link.tag in links
        ]

    def _linked(self, link: Element) -> _Link:
        """What an element refers to by href, here or in an imported model."""
        namespace, _, identifier = link.needed("href").rpartition("#")
        if namespace in ("", self.root.get("namespace")):
            target = self.by_id.get(identifier)
            if target is not None:
                return _Link(target, self)
        for through, loader in self.imports.items():
            target = loader.by_id.get(identifier)
            if target is not None and namespace == loader.root.get("namespace"):
                return _Link(target, loader, through)
        raise link.error("bad_href", href=link.get("href"))

    def _required_data(self, element: Element) -> list[_Link]:
        return self._required(element, "informationRequirement", *_DATA)

    def _required_functions(self, element: Element) -> list[_Link]:
        return self._required(element, "knowledgeRequirement", "requiredKnowledge")

    def _scope(self, data: list[_Link], functions: list[_Link]) -> Scope:
        """The names that logic may use. What an import brings stands below the import's name."""
        known: dict[str, Type] = {}
        imported: dict[str, dict[str, Type]] = {}
        for link in (*data, *functions):
            is_function = link.element.tag in _FUNCTIONS
            found = (link.loader._function_type if is_function else link.loader._type)(link.element)
            holder = imported.setdefault(link.through, {}) if link.through else known
            holder[link.loader._name(link.element)] = found
        known.update((name, Type("context", components=held)) for name, held in imported.items())
        return Scope(known, BASE)

    def _own(self, links: list[_Link], *tags: str) -> tuple[str, ...]:
        own = (one.element for one in links if one.through is None)
        return tuple(self._name(element) for element in own if element.tag in tags)

    def _imported(self, *links: list[_Link]) -> tuple[Imported, ...]:
        return tuple(
            Imported(one.through, one.loader._name(one.element), one.element.tag)
            for listed in links
            for one in listed
            if one.through is not None
        )

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
        links: list[_Link] = []
        if element.tag in ("decision", "businessKnowledgeModel"):
            links = self._required_data(element) + self._required_functions(element)
        elif element.tag == "decisionService":
            links = [self._linked(one) for one in element.all("outputDecision")]
        # Imports form no cycle, so nothing that an import brings can lead back here.
        return (one.element for one in links if one.through is None)

    # --- elements

    def _input(self, element: Element) -> InputData:
        found, variable = self._type(element), element.child("variable")
        reference = "" if variable is None else canonical(variable.get("typeRef") or "")
        return InputData(
            self._name(element), element.get("id") or "", found, reference, constants(found), element.place
        )

    def _function(self, element: Element) -> KnowledgeModel:
        required = self._required_functions(element)
        logic = self.boxed.function(element.needed_child("encapsulatedLogic"), self._scope([], required))
        assert isinstance(logic, s.Lambda)
        result = self._type(element)
        if result.kind not in ("Any", "function"):
            logic = s.Lambda(logic.at, logic.parameters, logic.body, result)
        return KnowledgeModel(
            self._name(element),
            element.get("id") or "",
            logic,
            self._own(required, *_FUNCTIONS),
            self._imported(required),
            element.place,
        )

    def _service(self, element: Element) -> DecisionService:
        """Its parameters are its input data, then its input decisions, in the order of the file."""
        parts = {
            tag: [self._linked(one) for one in element.all(tag)]
            for tag in ("outputDecision", "inputDecision", "inputData")
        }
        if not parts["outputDecision"]:
            raise element.error("missing_child", tag=element.tag, child="outputDecision")
        for link in (one for links in parts.values() for one in links):
            if link.through is not None:
                raise element.error("bad_href", href=f"{link.through}.{link.loader._name(link.element)}")
        asked = [one.element for one in (*parts["inputData"], *parts["inputDecision"])]
        return DecisionService(
            self._name(element),
            element.get("id") or "",
            tuple((self._name(one), self._type(one)) for one in asked),
            tuple(self._name(one.element) for one in parts["outputDecision"]),
            self._type(element),
            element.place,
        )

    def _function_type(self, element: Element) -> Type:
        found = self._type(element)
        return found if found.kind == "function" else Type("function", result=None if found is ANY else found)

    def _decision(self, element: Element) -> Decision:
        data, functions = self._required_data(element), self._required_functions(element)
        name = self._name(element)
        return Decision(
            name,
            element.get("id") or "",
            self._type(element),
            self.boxed.logic(element, self._scope(data, functions), name),
            self._own(data, "inputData"),
            self._own(data, "decision"),
            self._own(functions, *_FUNCTIONS),
            self._imported(data, functions),
            element.place,
        )
