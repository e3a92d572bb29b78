# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The JSON Schema behind a form: the last look at the answers, after every field had its own.

Fields give better sentences than a schema; what only the schema knows (a pattern, a minimum length,
two properties that depend on each other) is caught here. References lead nowhere outside the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from amtlich.engines.forms.errors import Path, Problem
from amtlich.engines.forms.model import Data, Field, FieldError
from amtlich.engines.forms.structure import structure_problems
from amtlich.kernel.sentence import Sentence

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_errors(schema: Mapping[str, Any], fields: Sequence[Field], data: Data) -> list[FieldError]:
    """What the schema still has against answers that are right field by field."""
    validator = Draft202012Validator(schema, registry=Registry())
    by_path = {field.path: field for field in fields}
    found: dict[str, FieldError] = {}
    for error in validator.iter_errors(data):
        field = _field_of(error, by_path)
        name = field.id if field else "form"
        found.setdefault(name, _error(name, field))
    return list(found.values())


def _field_of(error: ValidationError, by_path: Mapping[tuple[str, ...], Field]) -> Field | None:
    path = tuple(part for part in error.absolute_path if isinstance(part, str))
    return by_path.get(path[:2]) or by_path.get(path[:1])


def _error(name: str, field: Field | None) -> FieldError:
    if field is None:
        return FieldError(
            name,
            None,
            Sentence("Die Angaben passen nicht zusammen. Gehen Sie die Schritte noch einmal durch."),
        )
    own = field.errors.get("invalid", {})
    general = Sentence(
        "Die Angabe bei „{label}“ hat nicht die richtige Form. Prüfen Sie die Eingabe.", label=field.label
    )
    return FieldError(name, None, own.get("de") or general, (), own)


def schema_problems(schema: Any, path: Path = ("schema",)) -> Iterator[Problem]:
    """What is wrong with the schema itself."""
    for fault in structure_problems(Draft202012Validator.META_SCHEMA, schema, path):
        yield Problem(
            fault.path,
            f"Das ist kein gültiges JSON Schema 2020-12: {fault.message}",
            "Berichtigen Sie den Eintrag nach JSON Schema 2020-12.",
        )
    dialect = schema.get("$schema", DIALECT) if isinstance(schema, Mapping) else DIALECT
    if dialect != DIALECT:
        yield Problem(
            (*path, "$schema"),
            f"Unbekannter Dialekt {dialect!r}.",
            f"Schreiben Sie {DIALECT} oder lassen Sie $schema weg.",
        )
    yield from _forbidden(schema, path)


def _forbidden(node: Any, path: Path) -> Iterator[Problem]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            here = (*path, key)
            if key in ("$ref", "$dynamicRef") and not str(value).startswith("#"):
                yield Problem(
                    here,
                    f"Der Verweis {value!r} führt aus der Datei hinaus.",
                    "Nehmen Sie die Definition unter $defs auf und verweisen Sie mit #/$defs/….",
                )
            elif key == "pattern" and any(
                code in str(value) for code in ("\\d", "\\w", "\\s", "\\D", "\\W", "\\S")
            ):
                yield Problem(
                    here,
                    f"Das Muster {value!r} nimmt Ziffern und Buchstaben aller Schriften an.",
                    "Nennen Sie die Zeichen einzeln, zum Beispiel [0-9] statt \\d.",
                )
            yield from _forbidden(value, here)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _forbidden(value, (*path, index))
