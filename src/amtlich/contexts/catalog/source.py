# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the files of a package to its parsed parts, with every fault of structure found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from amtlich.contexts.catalog import layouts
from amtlich.contexts.catalog.bundle import Bundle
from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.yaml_source import Path, YamlDocument, YamlRefused, read_yaml
from amtlich.engines.forms import Form, FormError, Problem, structure_problems
from amtlich.engines.rules import Model, RulesError, load_model

_LAYOUTS: Mapping[str, Mapping[str, Any]] = {
    "service.yaml": layouts.SERVICE,
    "texts.yaml": layouts.TEXTS,
    "reasons.yaml": layouts.REASONS,
    "parameters.yaml": layouts.PARAMETERS,
    "scenarios.yaml": layouts.SCENARIOS,
}

_YAML_FILES = (*_LAYOUTS, "form.yaml")


@dataclass(frozen=True, slots=True)
class Source:
    """The parsed files of one package. Every document has the structure its layout asks for."""

    bundle: Bundle
    documents: Mapping[str, YamlDocument]
    form: Form
    model: Model

    def content(self, file: str) -> Any:
        return self.documents[file].content

    def finding(self, file: str, path: Path, message: str, remedy: str, column: int = 0) -> Finding:
        return self.documents[file].finding(path, message, remedy, column)


def read_source(bundle: Bundle) -> tuple[Source | None, list[Finding]]:
    """The parsed package, or None and all faults of structure that could be found."""
    documents: dict[str, YamlDocument] = {}
    findings: list[Finding] = []
    for file in _YAML_FILES:
        try:
            documents[file] = read_yaml(file, bundle.files[file])
        except YamlRefused as refused:
            findings.append(refused.finding)
    for file, layout in _LAYOUTS.items():
        if file in documents:
            findings += _structure(documents[file], layout)
    form = _form(documents["form.yaml"], findings) if "form.yaml" in documents else None
    model = _model(bundle.files["decision.dmn"], findings)
    if findings or form is None or model is None:
        return None, findings
    return Source(bundle, documents, form, model), []


def _structure(document: YamlDocument, layout: Mapping[str, Any]) -> Iterator[Finding]:
    for problem in structure_problems(layout, _schema_view(document.content)):
        yield _located(document, problem)
    yield from _dates(document, layout, document.content, ())


def _schema_view(value: Any) -> Any:
    """Dates have no type in JSON; they are looked at by ``_dates`` and are texts for the schema."""
    if isinstance(value, dict):
        return {key: _schema_view(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_schema_view(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _dates(document: YamlDocument, layout: Any, value: Any, path: Path) -> Iterator[Finding]:
    """Where a layout asks for a date, a date must stand: a text that looks like one has quotes too many."""
    if not isinstance(layout, Mapping):
        return
    if layout.get("x-date"):
        if not isinstance(value, date):
            yield document.finding(
                path,
                "Hier muss ein Datum stehen.",
                "Schreiben Sie Jahr-Monat-Tag ohne Anführungszeichen, etwa 2026-11-25.",
            )
        return
    if isinstance(value, dict):
        for key, item in value.items():
            inner = layout.get("properties", {}).get(key, layout.get("additionalProperties"))
            yield from _dates(document, inner, item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _dates(document, layout.get("items"), item, (*path, index))


def _located(document: YamlDocument, problem: Problem) -> Finding:
    return document.finding(problem.path, problem.message, problem.remedy, problem.column)


def _form(document: YamlDocument, findings: list[Finding]) -> Form | None:
    if not isinstance(document.content, Mapping):
        findings.append(document.finding((), "form.yaml ist leer.", "Legen Sie schema, fields und steps an."))
        return None
    try:
        return Form.from_package(document.content, document.file)
    except FormError as error:
        findings += [_located(document, problem) for problem in error.problems]
        return None


def _model(source: bytes, findings: list[Finding]) -> Model | None:
    try:
        return load_model(source, "decision.dmn")
    except RulesError as error:
        element = f" ({error.element})" if error.element else ""
        findings.append(
            Finding(
                "decision.dmn",
                error.line,
                error.column,
                f"Die Regeln sind so nicht lesbar{element}: {error.message_de}",
                "Berichtigen Sie die Stelle.",
            )
        )
        return None
