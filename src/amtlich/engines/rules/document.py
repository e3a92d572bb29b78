# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""DMN files to elements that know their line and column.

Expat is used because it tells the column of every piece of text, which lxml does not. A file from outside can
do no harm: document types (and so entities) are refused, nothing is ever fetched, size and depth are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from amtlich.engines.rules.errors import Place, RulesError
from amtlich.engines.rules.source import Run, Source

MAX_BYTES: Final = 5_000_000
MAX_DEPTH: Final = 60
NAMESPACES: Final = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}


@dataclass(slots=True)
class Element:
    """A DMN element. Elements of other namespaces (diagrams, extensions) are not kept."""

    tag: str
    attributes: dict[str, str]
    place: Place
    parent: Element | None
    children: list[Element] = field(default_factory=list)
    pieces: list[tuple[str, int, int]] = field(default_factory=list)

    def child(self, tag: str) -> Element | None:
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag == tag)

    def get(self, attribute: str) -> str | None:
        return self.attributes.get(attribute)

    def needed(self, attribute: str) -> str:
        value = self.attributes.get(attribute, "").strip()
        if not value:
            raise self.error("missing_attribute", tag=self.tag, attribute=attribute)
        return value

    def needed_child(self, tag: str) -> Element:
        found = self.child(tag)
        if found is None:
            raise self.error("missing_child", tag=self.tag, child=tag)
        return found

    @property
    def label(self) -> str:
        """How an error names this element: by the nearest id, else name, else tag."""
        element: Element | None = self
        while element is not None:
            label = element.get("id") or element.get("name")
            if label:
                return f"{element.tag} {label}"
            element = element.parent
        return f"<{self.tag}>"

    @property
    def text(self) -> str:
        return "".join(text for text, _, _ in self.pieces)

    def source(self) -> Source:
        """The element's text with the way back to its places in the file."""
        runs, offset = [], 0
        for text, line, column in self.pieces:
            runs.append(Run(offset, line, column))
            offset += len(text)
        return Source(
            self.text,
            self.place.file,
            tuple(runs) or (Run(0, self.place.line, self.place.column),),
            self.label,
        )

    def error(self, code: str, **values: object) -> RulesError:
        return RulesError.of(code, self.place, self.label, values)


def read_document(source: bytes, name: str) -> Element:
    """The root element. Raises RulesError for anything that is not well-formed, bounded XML without a
    document type.
    """
    if len(source) > MAX_BYTES:
        raise RulesError("too_large", Place(name, 1, 1), size=len(source), limit=MAX_BYTES)
    builder = _Builder(name)
    return builder.build(source)


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ExternalEntityRefHandler = None
        self.root: Element | None = None
        self.current: Element | None = None
        self.skipped = 0
        self.depth = 0

    def build(self, source: bytes) -> Element:
        try:
            self.parser.Parse(source, True)
        except expat.ExpatError as error:
            place = Place(self.name, error.lineno, error.offset + 1)
            raise RulesError("not_xml", place, detail=expat.ErrorString(error.code)) from error
        except (ValueError, LookupError) as error:
            raise RulesError("not_xml", Place(self.name, 1, 1), detail=str(error)) from error
        if self.root is None:
            raise RulesError("not_xml", Place(self.name, 1, 1), detail="no element")
        return self.root

    def here(self) -> Place:
        return Place(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RulesError("too_deep", self.here(), limit=MAX_DEPTH)
        namespace, _, tag = name.rpartition(" ")
        if self.root is None and (namespace not in NAMESPACES or tag != "definitions"):
            found = f"<{tag}> ({namespace})" if namespace else f"<{tag}>"
            raise RulesError("not_dmn", self.here(), found=found)
        if self.skipped or namespace not in NAMESPACES:
            self.skipped += 1
            return
        element = Element(tag, attributes, self.here(), self.current)
        if self.current is None:
            self.root = element
        else:
            self.current.children.append(element)
        self.current = element

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        elif self.current is not None:
            self.current = self.current.parent

    def characters(self, text: str) -> None:
        if self.current is not None and not self.skipped:
            place = self.here()
            self.current.pieces.append((text, place.line, place.column))

    def doctype(self, *declaration: object) -> None:
        raise RulesError("doctype", self.here())
