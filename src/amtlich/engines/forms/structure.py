# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Checks the structure of a file against a layout, and says in German what is wrong and what to do.

Layouts are JSON Schema 2020-12 with one word of our own: ``x-help`` says in a sentence what is
expected at that place; it becomes the remedy of the message.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from amtlich.engines.forms.errors import Path, Problem

_TYPES = {
    "object": "eine Zuordnung (Schlüssel: Wert)",
    "array": "eine Liste",
    "string": "ein Text",
    "integer": "eine ganze Zahl",
    "number": "eine Zahl",
    "boolean": "true oder false",
    "null": "nichts (null)",
}


def structure_problems(layout: Mapping[str, Any], content: Any, path: Path = ()) -> Iterator[Problem]:
    """Every departure of ``content`` from ``layout``, each at its place."""
    for error in Draft202012Validator(layout).iter_errors(content):
        yield from _problems(error, path + tuple(error.absolute_path))


def _problems(error: ValidationError, path: Path) -> Iterator[Problem]:
    explain = _EXPLAIN.get(str(error.validator))
    if explain is None:
        yield Problem(path, f"Hier passt etwas nicht: {error.message}.", _help(error.schema))
    else:
        yield from explain(error, path)


def _help(
    schema: Any, otherwise: str = "Schreiben Sie es so, wie es die Anleitung für Leistungspakete zeigt."
) -> str:
    if isinstance(schema, Mapping) and "x-help" in schema:
        return str(schema["x-help"])
    return otherwise


def _asked(error: ValidationError) -> Any:
    """What the layout asked for at the place of the error."""
    return error.validator_value


def _properties(error: ValidationError) -> Mapping[str, Any]:
    schema: Any = error.schema
    return cast(Mapping[str, Any], schema.get("properties", {}))


def _required(error: ValidationError, path: Path) -> Iterator[Problem]:
    properties = _properties(error)
    wanted: list[str] = _asked(error)
    for name in wanted:
        if name not in cast(Mapping[str, Any], error.instance) and f"'{name}'" in error.message:
            yield Problem(
                path,
                f"Es fehlt „{name}“.",
                _help(properties.get(name), f"Ergänzen Sie „{name}“ an dieser Stelle."),
            )


def _additional(error: ValidationError, path: Path) -> Iterator[Problem]:
    known = list(_properties(error))
    content: Mapping[str, Any] = cast(Any, error.instance)
    for name in content:
        if name in known:
            continue
        close = difflib.get_close_matches(str(name), known, n=1)
        remedy = (
            f"Meinten Sie „{close[0]}“?"
            if close
            else f"Löschen Sie den Eintrag. Möglich sind: {', '.join(known)}."
        )
        yield Problem((*path, name), f"Den Eintrag „{name}“ gibt es hier nicht.", remedy)


def _names(error: ValidationError, path: Path) -> Iterator[Problem]:
    name = str(error.instance)
    yield Problem((*path, name), f"Der Name „{name}“ ist hier nicht möglich.", _help(error.schema))


def _type(error: ValidationError, path: Path) -> Iterator[Problem]:
    asked = _asked(error)
    wanted: list[str] = asked if isinstance(asked, list) else [asked]
    words = " oder ".join(_TYPES.get(name, name) for name in wanted)
    yield Problem(path, f"Hier muss {words} stehen, nicht {_shown(error.instance)}.", _help(error.schema))


def _enum(error: ValidationError, path: Path) -> Iterator[Problem]:
    allowed = [str(value) for value in _asked(error)]
    close = difflib.get_close_matches(str(error.instance), allowed, n=1)
    hint = f"Meinten Sie „{close[0]}“? " if close else ""
    yield Problem(
        path,
        f"{_shown(error.instance)} ist hier nicht möglich.",
        f"{hint}Möglich sind: {', '.join(allowed)}.",
    )


def _const(error: ValidationError, path: Path) -> Iterator[Problem]:
    yield Problem(path, f"Hier muss {_shown(error.validator_value)} stehen.", _help(error.schema))


def _pattern(error: ValidationError, path: Path) -> Iterator[Problem]:
    yield Problem(path, f"{_shown(error.instance)} hat nicht die erwartete Form.", _help(error.schema))


def _too_short(error: ValidationError, path: Path) -> Iterator[Problem]:
    yield Problem(path, "Hier fehlt der Inhalt.", _help(error.schema, "Ergänzen Sie den Inhalt."))


def _too_long(error: ValidationError, path: Path) -> Iterator[Problem]:
    yield Problem(
        path,
        f"Das ist zu lang: möglich sind {error.validator_value} Zeichen oder Einträge.",
        _help(error.schema, "Kürzen Sie."),
    )


def _alternatives(error: ValidationError, path: Path) -> Iterator[Problem]:
    yield Problem(
        path, f"{_shown(error.instance)} passt zu keiner der möglichen Formen.", _help(error.schema)
    )


_EXPLAIN: Mapping[str, Callable[[ValidationError, Path], Iterator[Problem]]] = {
    "required": _required,
    "additionalProperties": _additional,
    "unevaluatedProperties": _additional,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _too_short,
    "minItems": _too_short,
    "minProperties": _too_short,
    "maxLength": _too_long,
    "maxItems": _too_long,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "eine Zuordnung"
    if isinstance(value, list):
        return "eine Liste"
    if isinstance(value, bool):
        return "„true“" if value else "„false“"
    if value is None:
        return "nichts"
    text = str(value)
    return f"„{text[:60]}…“" if len(text) > 60 else f"„{text}“"
