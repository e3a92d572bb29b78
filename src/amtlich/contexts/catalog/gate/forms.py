# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whatever a package shows to people, it says in German, Leichte Sprache and English.

What the layouts ask for is complete by then; here stands what they cannot see: blank texts, what older
packages may say in German only, and words for all that the page "how it is decided" shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from amtlich.contexts.catalog.explained import needed_terms
from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.language_forms import check_forms, missing
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.source import Source

_SPEAKING = ("service.yaml", "form.yaml", "texts.yaml", "reasons.yaml", "parameters.yaml")
_FILE = "texts.yaml"
_ALWAYS = frozenset({"true", "false", "null"})
_THREE = "Geben Sie den Text in allen drei Fassungen an: de, leicht und en."


def check_language_forms(source: Source, package: Package) -> Iterator[Finding]:
    """No text that people see is missing in any of the three forms."""
    for file in _SPEAKING:
        yield from check_forms(source.documents[file])
    yield from _german_only(source)
    if "ready" not in source.content(_FILE):
        yield source.finding(_FILE, (), "Es fehlt „ready“: der Satz, wenn das Dokument da ist.", _THREE)
    yield from _terms(source, package)


def _german_only(source: Source) -> Iterator[Finding]:
    service = source.documents["service.yaml"]
    for index, basis in enumerate(service.content["legal_basis"]):
        if isinstance(basis["role"], str):
            yield missing(service, ("legal_basis", index, "role"), basis["role"])
    for index, purpose in enumerate(service.content["purposes"]):
        for place, recipient in enumerate(purpose["recipients"]):
            if isinstance(recipient, str):
                yield missing(service, ("purposes", index, "recipients", place), recipient)
    parameters = source.documents["parameters.yaml"]
    for name, item in (parameters.content or {}).items():
        if isinstance(item.get("unit"), str):
            yield missing(parameters, (name, "unit"), item["unit"])


def _terms(source: Source, package: Package) -> Iterator[Finding]:
    """A word for every input, output, table and value of the model, and none that nobody needs."""
    needed = needed_terms(package)
    for name, need in needed.items():
        term = package.terms.get(name)
        if term is None:
            yield source.finding(
                _FILE,
                ("terms",),
                f"Wie Menschen „{name}“ aus decision.dmn nennen, steht nirgends.",
                f"Ergänzen Sie unter terms „{name}“ mit name in de, leicht und en.",
            )
            continue
        for value in sorted(need.required):
            if value not in term.values:
                yield source.finding(
                    _FILE,
                    ("terms", name),
                    f"Was „{value}“ bei „{name}“ heißt, steht nirgends.",
                    f"Ergänzen Sie unter values „{value}“ in de, leicht und en.",
                )
        for value in term.values:
            if value not in need.possible | _ALWAYS:
                yield source.finding(
                    _FILE,
                    ("terms", name, "values", value),
                    f"Den Wert „{value}“ von „{name}“ gibt es in decision.dmn nicht.",
                    "Löschen Sie ihn oder schreiben Sie ihn wie in der Tabelle.",
                )
    for name in package.terms:
        if name not in needed:
            yield source.finding(
                _FILE,
                ("terms", name),
                f"„{name}“ gibt es in decision.dmn nicht.",
                f"Es gibt: {', '.join(needed)}.",
            )
