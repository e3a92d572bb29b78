# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""YAML of a service package: plain data only, and for every value the line it stands in.

Law is read by people. So whatever makes a file say more than it shows is refused: anchors, aliases and
merge keys, tags, the same key twice, more than one document. Numbers are exact (Decimal), a number with
a leading zero is refused because a postcode would lose it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from amtlich.contexts.catalog.findings import Finding

Path = tuple[str | int, ...]

MAX_DEPTH = 30
MAX_BYTES = 400_000

_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_BOOL = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
_DATE = "tag:yaml.org,2002:timestamp"
_STR = "tag:yaml.org,2002:str"


class YamlRefused(ValueError):
    """The file is not plain data. ``finding`` says where and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The content of a file, and where each of its values stands."""

    file: str
    content: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column (from 1) of the value, or of the nearest one around it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def finding(self, path: Path, message: str, remedy: str, column: int = 0) -> Finding:
        line, start = self.place(path)
        return Finding(self.file, line, start + max(column - 1, 0), message, remedy)


def read_yaml(file: str, source: bytes) -> YamlDocument:
    """Read one file. Raises ``YamlRefused``."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise _refused(
            file, line, 1, "Die Datei ist nicht in UTF-8 gespeichert.", "Speichern Sie sie als UTF-8."
        ) from error
    if len(source) > MAX_BYTES:
        raise _refused(
            file,
            1,
            1,
            f"Die Datei ist größer als {MAX_BYTES // 1000} kB.",
            "Teilen oder kürzen Sie den Inhalt.",
        )
    try:
        _check_events(file, text)
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _refused(
            file, line, column, "Hier ist die Datei kein gültiges YAML.", _syntax_help(error)
        ) from error
    except YAMLError as error:
        raise _refused(
            file, 1, 1, "Die Datei ist kein gültiges YAML.", "Entfernen Sie unsichtbare Zeichen."
        ) from error
    places: dict[Path, tuple[int, int]] = {}
    content = _Builder(file, places).value(root, ()) if root is not None else None
    return YamlDocument(file, content, places)


def _refused(file: str, line: int, column: int, message: str, remedy: str) -> YamlRefused:
    return YamlRefused(Finding(file, line, column, message, remedy))


def _syntax_help(error: MarkedYAMLError) -> str:
    detail = (error.problem or "").strip()
    return (
        "Prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen. Texte mit : oder # am Anfang eines Worts "
        f"brauchen Anführungszeichen. (YAML: {detail})"
    )


def _check_events(file: str, text: str) -> None:
    """Refuse before anything is built, so that no trick of the format can cost memory."""
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused(
                    file, line, column, "Hier beginnt ein zweites Dokument.", "Löschen Sie die Zeile ---."
                )
        if isinstance(event, AliasEvent):
            raise _refused(
                file,
                line,
                column,
                f"Der Verweis *{event.anchor} ist nicht erlaubt.",
                "Schreiben Sie den Inhalt aus.",
            )
        if isinstance(event, NodeEvent) and event.anchor:
            raise _refused(
                file,
                line,
                column,
                f"Der Anker &{event.anchor} ist nicht erlaubt.",
                "Löschen Sie ihn und schreiben Sie den Inhalt aus.",
            )
        if getattr(event, "ctag", None) is not None and str(getattr(event, "tag", None) or ""):
            raise _refused(
                file,
                line,
                column,
                f"Die Typangabe {event.tag} ist nicht erlaubt.",
                "Löschen Sie sie. Texte stehen in Anführungszeichen.",
            )
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused(
                    file,
                    line,
                    column,
                    f"Der Inhalt ist mehr als {MAX_DEPTH}-mal verschachtelt.",
                    "Vereinfachen Sie den Aufbau.",
                )
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


class _Builder:
    """Builds plain values from nodes and notes where each stands."""

    def __init__(self, file: str, places: dict[Path, tuple[int, int]]) -> None:
        self._file = file
        self._places = places

    def value(self, node: Node, path: Path) -> Any:
        self._places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
        if isinstance(node, MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise self._refuse(
                    key_node, "Ein Schlüssel muss ein Wort sein.", "Schreiben Sie Schlüssel: Wert."
                )
            key = key_node.value
            if key == "<<" and not key_node.style:
                raise self._refuse(
                    key_node, "Zusammenführen mit << ist nicht erlaubt.", "Schreiben Sie den Inhalt aus."
                )
            if key in seen:
                raise self._refuse(
                    key_node, f"Der Schlüssel „{key}“ steht hier zweimal.", "Löschen Sie einen der Einträge."
                )
            seen.add(key)
            here = (*path, key)
            # A message about an entry points to its key, where the eye looks for it.
            self._places[here] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            value = self.value(value_node, here)
            if isinstance(value_node, ScalarNode):
                self._places[here] = (value_node.start_mark.line + 1, value_node.start_mark.column + 1)
            yield key, value

    def _scalar(self, node: Node) -> Any:
        text, tag = str(node.value), str(node.tag)
        if tag == _STR:
            return text
        if tag == _NULL:
            return None
        if tag == _BOOL:
            return text.casefold() == "true"
        if tag in (_INT, _FLOAT):
            return self._number(node, text, tag)
        if tag == _DATE:
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self._refuse(
                    node, f"„{text}“ ist kein Datum.", "Schreiben Sie Jahr-Monat-Tag, etwa 2026-11-25."
                ) from None
        raise self._refuse(
            node, f"Der Wert „{text}“ hat eine unbekannte Art.", "Setzen Sie ihn in Anführungszeichen."
        )

    def _number(self, node: Node, text: str, tag: str) -> int | Decimal:
        digits = text.lstrip("+-")
        plain = digits.replace(".", "", 1)
        if not (plain.isascii() and plain.isdigit()):
            raise self._refuse(
                node,
                f"„{text}“ ist keine einfache Zahl.",
                "Schreiben Sie Zahlen wie 8 oder 8.50, Texte in Anführungszeichen.",
            )
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            raise self._refuse(
                node,
                f"„{text}“ beginnt mit einer Null und würde sie verlieren.",
                "Setzen Sie den Wert in Anführungszeichen.",
            )
        if len(plain) > 30:
            raise self._refuse(node, "Die Zahl ist zu lang.", "Setzen Sie den Wert in Anführungszeichen.")
        return int(text) if tag == _INT else Decimal(text)

    def _refuse(self, node: Node, message: str, remedy: str) -> YamlRefused:
        return _refused(self._file, node.start_mark.line + 1, node.start_mark.column + 1, message, remedy)
