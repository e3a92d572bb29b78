# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Texts that refer to something which is not there. That none is missing, the layouts see to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.package import PLACEHOLDER, Package
from amtlich.contexts.catalog.source import Source


def check_texts(source: Source, package: Package) -> Iterator[Finding]:
    """Placeholders of the page, dates of parameters, and an entry for the version in the changelog."""
    for section, lines in package.texts.items():
        for language, sentences in lines.items():
            for index, sentence in enumerate(sentences):
                yield from _placeholders(source, package, (section, language, index), sentence)
    yield from _series(source, package)
    yield from _changelog(source, package)


def _placeholders(
    source: Source, package: Package, path: tuple[str | int, ...], sentence: str
) -> Iterator[Finding]:
    for name in PLACEHOLDER.findall(sentence):
        if name not in package.series:
            yield source.finding(
                "texts.yaml",
                path,
                f"Den Wert {{{name}}} gibt es in parameters.yaml nicht.",
                f"Es gibt: {', '.join(package.series) or 'noch keine Werte'}.",
            )


def _series(source: Source, package: Package) -> Iterator[Finding]:
    for name, series in package.series.items():
        days = [value.valid_from for value in series.values]
        for index, (before, after) in enumerate(pairwise(days), start=1):
            if after <= before:
                yield source.finding(
                    "parameters.yaml",
                    (name, "values", index, "from"),
                    f"Der Wert ab {after.isoformat()} steht hinter dem Wert ab {before.isoformat()}.",
                    "Ordnen Sie die Werte nach dem Tag, ab dem sie gelten; jeder Tag kommt einmal vor.",
                )
        kinds = {type(value.value) for value in series.values}
        if len(kinds) > 1:
            yield source.finding(
                "parameters.yaml",
                (name, "values"),
                "Die Werte sind von verschiedener Art.",
                "Nehmen Sie nur Zahlen oder nur Texte.",
            )


def _changelog(source: Source, package: Package) -> Iterator[Finding]:
    text = source.bundle.files["CHANGELOG.md"].decode("utf-8", "replace")
    if not re.search(rf"^##\s+{re.escape(package.version)}(\s|$)", text, re.MULTILINE):
        yield Finding(
            "CHANGELOG.md",
            1,
            1,
            f"Zur Version „{package.version}“ steht hier nichts.",
            f"Ergänzen Sie einen Abschnitt „## {package.version}“ und sagen Sie, was sich ändert.",
        )
