# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""No datum without a purpose, and nothing fetched that nobody named (GDPR Art. 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.package import EvidenceSpec, Package
from amtlich.contexts.catalog.source import Source
from amtlich.contexts.catalog.yaml_source import Path

_FILE = "service.yaml"

QUERY_PARTS: Mapping[str, tuple[str, ...]] = {
    "melderegister": (
        "family", "given", "birth", "no_fixed_abode", "street", "house_number", "postcode", "town",
    ),
}  # fmt: skip
"""What a register's question consists of."""

REGISTER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "melderegister": (
        "familienname", "vornamen", "rufname", "doktorgrad", "geburtsdatum", "anschriften",
        "geburtsort", "familienstand", "staatsangehoerigkeit", "einzugsdatum", "fruehere_namen",
    ),
}  # fmt: skip
"""What a register can give; a test holds this equal to the registers context."""


def check_privacy(source: Source, package: Package) -> Iterator[Finding]:
    """Purposes of form fields and register fields, and register questions that can be asked."""
    seen: set[str] = set()
    for index, purpose in enumerate(source.content(_FILE)["purposes"]):
        if purpose["id"] in seen:
            yield source.finding(
                _FILE,
                ("purposes", index, "id"),
                f"Den Zweck „{purpose['id']}“ gibt es zweimal.",
                "Löschen Sie einen davon.",
            )
        seen.add(purpose["id"])
    yield from _form_purposes(source, package)
    for index, evidence in enumerate(package.evidence):
        yield from _evidence(source, package, evidence, ("evidence", index))


def _form_purposes(source: Source, package: Package) -> Iterator[Finding]:
    for field in package.form.fields:
        if field.purpose not in package.purposes:
            path: Path = ("schema", "properties", field.path[0])
            if len(field.path) > 1:
                path = (*path, "properties", field.path[1])
            yield source.finding(
                "form.yaml", (*path, "x-purpose"), _no_purpose(field.id, field.purpose), _possible(package)
            )


def _no_purpose(field: str, purpose: str) -> str:
    return f"Der Zweck „{purpose}“ des Felds „{field}“ steht nicht in service.yaml."


def _possible(package: Package) -> str:
    return f"Ergänzen Sie ihn unter purposes. Es gibt: {', '.join(package.purposes)}."


def _evidence(source: Source, package: Package, evidence: EvidenceSpec, path: Path) -> Iterator[Finding]:
    if sum(other.id == evidence.id for other in package.evidence) > 1:
        yield source.finding(
            _FILE,
            (*path, "id"),
            f"Den Nachweis „{evidence.id}“ gibt es zweimal.",
            "Geben Sie jedem einen eigenen Namen.",
        )
    if evidence.purpose_id not in package.purposes:
        yield source.finding(
            _FILE, (*path, "purpose"), _no_purpose(evidence.id, evidence.purpose_id), _possible(package)
        )
    yield from _query(source, package, evidence, path)
    content: Mapping[str, Any] = source.content(_FILE)["evidence"][path[-1]]
    yield from _fields(source, package, evidence, content["fields"], (*path, "fields"))
    if evidence.on_request is None:
        return
    here = (*path, "on_request")
    yield from _fields(source, package, evidence, content["on_request"]["fields"], (*here, "fields"))
    chosen_in = evidence.on_request.chosen_in
    choices = next((field for field in package.form.fields if field.id == chosen_in), None)
    if choices is None or choices.control != "choices":
        yield source.finding(
            _FILE,
            (*here, "chosen_in"),
            f"„{chosen_in}“ ist kein Formularfeld, in dem man mehreres auswählt.",
            "Nennen Sie ein Feld mit x-control: choices.",
        )
        return
    offered = {option.value for option in choices.options}
    for name in evidence.on_request.fields:
        if name not in offered:
            yield source.finding(
                _FILE,
                (*here, "fields", name),
                f"„{name}“ kann niemand in „{chosen_in}“ auswählen.",
                f"Angeboten werden: {', '.join(sorted(offered))}.",
            )
    for value in sorted(offered - set(evidence.on_request.fields)):
        yield source.finding(
            _FILE,
            (*here, "fields"),
            f"„{value}“ wird in „{chosen_in}“ angeboten, aber nicht abgerufen.",
            f"Ergänzen Sie „{value}“ mit seinem Zweck oder bieten Sie es nicht an.",
        )


def _query(source: Source, package: Package, evidence: EvidenceSpec, path: Path) -> Iterator[Finding]:
    parts = QUERY_PARTS[evidence.register]
    known = {field.id for field in package.form.fields}
    for part, field_id in evidence.query.items():
        here = (*path, "query", part)
        if part not in parts:
            yield source.finding(
                _FILE,
                here,
                f"Nach „{part}“ fragt {evidence.register} nicht.",
                f"Möglich sind: {', '.join(parts)}.",
            )
        if field_id not in known:
            yield source.finding(
                _FILE,
                here,
                f"Das Formularfeld „{field_id}“ gibt es nicht.",
                f"Möglich sind: {', '.join(sorted(known))}.",
            )
    for part in ("family", "birth"):
        if part not in evidence.query:
            yield source.finding(
                _FILE,
                (*path, "query"),
                f"Der Abfrage fehlt „{part}“.",
                "Ohne Name und Geburtsdatum wird niemand gesucht. Ordnen Sie ein Formularfeld zu.",
            )


def _fields(
    source: Source, package: Package, evidence: EvidenceSpec, fields: Mapping[str, str], path: Path
) -> Iterator[Finding]:
    possible = REGISTER_FIELDS[evidence.register]
    for name, purpose in fields.items():
        if name not in possible:
            yield source.finding(
                _FILE,
                (*path, name),
                f"{evidence.register} hat kein Feld „{name}“.",
                f"Möglich sind: {', '.join(possible)}.",
            )
        if purpose not in package.purposes:
            yield source.finding(_FILE, (*path, name), _no_purpose(name, purpose), _possible(package))
