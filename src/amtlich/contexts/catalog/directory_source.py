# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the folder of a directory to its checked content, with every fault found on the way.

A folder is somebody else's input: only ``verzeichnis.yaml`` and one ``.yaml`` per life situation are read,
and whatever else lies there is refused rather than passed over.
"""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amtlich.contexts.catalog import directory_layouts as layouts
from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.language_forms import check_forms
from amtlich.contexts.catalog.yaml_source import Path as Place
from amtlich.contexts.catalog.yaml_source import YamlDocument, YamlRefused, read_yaml
from amtlich.engines.forms import structure_problems
from amtlich.kernel.text import TextRefused, clean_text

ROOT = "verzeichnis.yaml"
MAX_FILES = 60

_SITUATION_FILE = re.compile(r"[a-z][a-z0-9-]{0,59}\.yaml")
_LEFT_BEHIND = ("~", ".bak", ".swp")


@dataclass(frozen=True, slots=True)
class DirectoryReport:
    """The outcome of a check. A directory may be published only if there are no findings."""

    path: str
    id: str | None
    services: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        name = f"Verzeichnis {self.id}" if self.id else self.path
        if self.ok:
            return f"{name}: geprüft, {self.services} Leistungen."
        count = "1 Fehler" if len(self.findings) == 1 else f"{len(self.findings)} Fehler"
        return "\n".join([f"{name}: {count}.", *map(str, self.findings)])


@dataclass(frozen=True, slots=True)
class _Named:
    """An id, and where it stands."""

    id: str
    document: YamlDocument
    path: Place


def read_directory(folder: Path) -> tuple[DirectoryReport, Mapping[str, Any] | None]:
    """The report on a folder, and the content if it may be published: plain data, all texts in NFC."""
    files, findings = _files(folder)
    documents: dict[str, YamlDocument] = {}
    for name, source in files.items():
        try:
            documents[name] = read_yaml(name, source)
        except YamlRefused as refused:
            findings.append(refused.finding)
    for name, document in documents.items():
        layout = layouts.DIRECTORY if name == ROOT else layouts.SITUATION
        findings += [
            document.finding(problem.path, problem.message, problem.remedy, problem.column)
            for problem in structure_problems(layout, document.content)
        ]
    if findings or ROOT not in documents:
        return _report(folder, None, 0, findings), None
    root = documents.pop(ROOT)
    findings += _meaning(root, list(documents.values()))
    content = {
        **root.content,
        "situations": _in_order(root, [document.content for document in documents.values()]),
    }
    count = sum(len(situation["services"]) for situation in content["situations"])
    report = _report(folder, str(content["id"]), count, findings)
    return report, _composed(content) if report.ok else None


def _in_order(root: YamlDocument, situations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = {name: place for place, name in enumerate(root.content["situations"])}
    return sorted(situations, key=lambda situation: order.get(situation["id"], len(order)))


def _report(folder: Path, name: str | None, count: int, findings: Iterable[Finding]) -> DirectoryReport:
    return DirectoryReport(str(folder), name, count, tuple(sorted(set(findings))))


def _files(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    if not folder.is_dir():
        return {}, [
            Finding(str(folder), 1, 1, "Diesen Ordner gibt es nicht.", f"Nennen Sie einen Ordner mit {ROOT}.")
        ]
    if not (folder / ROOT).is_file():
        # One sentence: every file of a foreign folder as a finding of its own would help nobody.
        message = f"Der Ordner {folder} ist kein Verzeichnis von Leistungen: Die Datei {ROOT} fehlt."
        return {}, [Finding(ROOT, 1, 1, message, "Nennen Sie den Ordner eines Verzeichnisses.")]
    names = sorted(
        entry.name
        for entry in folder.iterdir()
        if not entry.name.startswith(".") and not entry.name.endswith(_LEFT_BEHIND)
    )
    findings = [finding for name in names[: MAX_FILES + 1] for finding in _refuse(folder, name)]
    if len(names) > MAX_FILES:
        findings.append(
            Finding(
                ROOT, 1, 1, f"Das Verzeichnis hat mehr als {MAX_FILES} Dateien.", "Fassen Sie sie zusammen."
            )
        )
    elif names == [ROOT]:
        findings.append(
            Finding(
                ROOT, 1, 1, "Das Verzeichnis nennt keine Leistung.", "Legen Sie je Lebenslage eine Datei an."
            )
        )
    return ({} if findings else {name: (folder / name).read_bytes() for name in names}), findings


def _refuse(folder: Path, name: str) -> Iterator[Finding]:
    mode = (folder / name).lstat().st_mode
    if stat.S_ISLNK(mode):
        yield Finding(
            name, 1, 1, "Das ist ein Verweis auf eine andere Datei.", "Kopieren Sie die Datei hierher."
        )
    elif not stat.S_ISREG(mode):
        yield Finding(name, 1, 1, "Das ist keine gewöhnliche Datei.", "Löschen Sie sie.")
    elif not _SITUATION_FILE.fullmatch(name):
        yield Finding(
            name,
            1,
            1,
            "Diese Datei gehört nicht in ein Verzeichnis von Leistungen.",
            f"Löschen Sie sie. Möglich sind {ROOT} und je Lebenslage eine Datei wie wohnen.yaml.",
        )


def _meaning(root: YamlDocument, situations: list[YamlDocument]) -> Iterator[Finding]:
    """What no layout sees: ids that are there twice, references that lead nowhere, texts nobody can print."""
    for document in (root, *situations):
        yield from _texts(document, document.content, ())
        yield from check_forms(document)
    offices = [
        _Named(item["id"], root, ("offices", index, "id"))
        for index, item in enumerate(root.content["offices"])
    ]
    services = [
        (_Named(item["id"], document, ("services", index, "id")), item)
        for document in situations
        for index, item in enumerate(document.content["services"])
    ]
    yield from _once(offices, "Amt")
    yield from _once(
        [_Named(document.content["id"], document, ("id",)) for document in situations], "Lebenslage"
    )
    yield from _order(root, situations)
    yield from _once([named for named, _ in services], "Leistung")
    yield from _once(
        [_Named(item["name"]["de"], named.document, _beside(named, "name")) for named, item in services],
        "Name",
    )
    yield from _once(
        [
            _Named(item["leika"], named.document, _beside(named, "leika"))
            for named, item in services
            if "leika" in item
        ],
        "Schlüssel",
    )
    known = {named.id for named, _ in services}
    yield from _replaced(root, known)
    for named, item in services:
        yield from _references(named, item, {office.id for office in offices}, known)
        yield from _double_words(named, item["words"])


def _order(root: YamlDocument, situations: list[YamlDocument]) -> Iterator[Finding]:
    there = {document.content["id"] for document in situations}
    listed: list[str] = root.content["situations"]
    for index, name in enumerate(listed):
        if name not in there:
            yield root.finding(
                ("situations", index), f"Zur Lebenslage „{name}“ gibt es keine Datei.", _meant(name, there)
            )
        elif name in listed[:index]:
            yield root.finding(("situations", index), f"„{name}“ steht hier zweimal.", "Löschen Sie eines.")
    for document in situations:
        if document.content["id"] not in listed:
            yield document.finding(
                ("id",),
                f"Die Lebenslage „{document.content['id']}“ steht nicht in {ROOT}.",
                "Nehmen Sie sie dort unter situations auf.",
            )


def _beside(named: _Named, *path: str | int) -> Place:
    return (*named.path[:-1], *path)


def _once(all_named: list[_Named], kind: str) -> Iterator[Finding]:
    first: dict[str, _Named] = {}
    for named in all_named:
        before = first.setdefault(named.id, named)
        if before is not named:
            line, _ = before.document.place(before.path)
            yield named.document.finding(
                named.path,
                f"„{named.id}“ ({kind}) gibt es schon: {before.document.file}, Zeile {line}.",
                "Geben Sie einem von beiden einen anderen Namen.",
            )


def _references(
    named: _Named, item: Mapping[str, Any], offices: set[str], known: set[str]
) -> Iterator[Finding]:
    if item["office"] not in offices:
        yield named.document.finding(
            _beside(named, "office"),
            f"Das Amt „{item['office']}“ gibt es in {ROOT} nicht.",
            _meant(item["office"], offices),
        )
    for index, other in enumerate(item["related"]):
        if other not in known:
            yield named.document.finding(
                _beside(named, "related", index),
                f"Die Leistung „{other}“ gibt es in diesem Verzeichnis nicht.",
                _meant(other, known),
            )
        elif other == named.id:
            yield named.document.finding(
                _beside(named, "related", index),
                "Die Leistung verweist auf sich selbst.",
                "Löschen Sie den Verweis.",
            )


def _replaced(root: YamlDocument, known: set[str]) -> Iterator[Finding]:
    """Old ids that are gone, and what they lead to, which may also be a package's."""
    for old, new in root.content.get("replaced", {}).items():
        if old in known:
            yield root.finding(
                ("replaced", old),
                f"Die Leistung „{old}“ gibt es in diesem Verzeichnis noch.",
                "Löschen Sie sie dort oder hier.",
            )
        if old == new:
            yield root.finding(
                ("replaced", old), "Die Leistung ersetzt sich selbst.", "Nennen Sie die neue id."
            )


def _meant(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Meinten Sie „{close[0]}“?" if close else "Legen Sie den Eintrag an oder löschen Sie den Verweis."


def _double_words(named: _Named, words: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, word in enumerate(words):
        if word.casefold() in seen:
            yield named.document.finding(
                _beside(named, "words", index), f"„{word}“ steht hier zweimal.", "Löschen Sie eines."
            )
        seen.add(word.casefold())


def _texts(document: YamlDocument, value: Any, path: Place) -> Iterator[Finding]:
    if isinstance(value, str):
        try:
            clean_text(value, 2000, multiline=_may_have_lines(path))
        except TextRefused as refused:
            yield document.finding(path, str(refused), "Ändern Sie den Text.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(document, item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(document, item, (*path, index))


def _may_have_lines(path: Place) -> bool:
    """Only Leichte Sprache has a line for each statement."""
    return "leicht" in path[-2:]


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value, 2000, multiline=True)
    if isinstance(value, Mapping):
        return {key: _composed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_composed(item) for item in value]
    return value
