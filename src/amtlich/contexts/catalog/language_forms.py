# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""No text is missing in a language form; Leichte Sprache keeps those of its rules that can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.yaml_source import Path, YamlDocument
from amtlich.engines.forms import LANGUAGES

LONGEST_LINE = 12
"""Words that a line of Leichte Sprache may have."""

WORDS: Mapping[str, str] = {"de": "auf Deutsch", "leicht": "in Leichter Sprache", "en": "auf Englisch"}

# "2. Stock" and "z. B. Paris" end no sentence.
_NEXT_SENTENCE = re.compile(r"(?<![0-9])(?<! [A-Za-z])[.!?][“\"]?\s+(?=[A-ZÄÖÜ„])")


def check_forms(document: YamlDocument) -> Iterator[Finding]:
    """Every text in three forms of one file, wherever it stands."""
    yield from _within(document, document.content, ())


def missing(document: YamlDocument, path: Path, german: str) -> Finding:
    """The finding for a text that stands in German only."""
    return document.finding(
        path,
        f"„{german}“ gibt es nur auf Deutsch.",
        "Geben Sie den Text in allen drei Fassungen an: de, leicht und en.",
    )


def _within(document: YamlDocument, value: Any, path: Path) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        if "de" in value and "leicht" in value:
            yield from _forms(document, value, path)
            return
        for key, item in value.items():
            yield from _within(document, item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _within(document, item, (*path, index))


def _forms(document: YamlDocument, text: Mapping[str, Any], path: Path) -> Iterator[Finding]:
    for language in LANGUAGES:
        for here, line in _texts(text.get(language), (*path, language)):
            if not line.strip():
                yield document.finding(
                    here, f"Dieser Text fehlt {WORDS[language]}.", "Schreiben Sie ihn an diese Stelle."
                )
    for here, line in _texts(text.get("leicht"), (*path, "leicht")):
        yield from _easy(document, here, line)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, index), item


def _easy(document: YamlDocument, path: Path, text: str) -> Iterator[Finding]:
    for line in text.splitlines():
        if len(line.split()) > LONGEST_LINE:
            yield document.finding(
                path,
                f"Diese Zeile hat {len(line.split())} Wörter. In Leichter Sprache sind es höchstens "
                f"{LONGEST_LINE}: „{line.strip()}“",
                "Machen Sie mehrere kurze Zeilen daraus (leicht: |- und darunter je Aussage eine Zeile).",
            )
        elif _NEXT_SENTENCE.search(line.strip()):
            yield document.finding(
                path,
                f"In Leichter Sprache steht jeder Satz in einer eigenen Zeile: „{line.strip()}“",
                "Schreiben Sie leicht: |- und darunter je Satz eine Zeile.",
            )
