# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The layout of every YAML file of a package but form.yaml, which the forms engine knows.

JSON Schema 2020-12 with ``x-help``: the sentence that tells an author what belongs there.
"""

from __future__ import annotations

from typing import Any

from amtlich.contexts.catalog.directory_layouts import EVERYDAY_WORDS, LEIKA
from amtlich.engines.forms import LANGUAGES
from amtlich.engines.forms.layout import IDENTIFIER, IDENTIFIER_HELP, TEXT
from amtlich.kernel.periods import PATTERN as PERIOD

LIFECYCLES = ("application", "certificate", "declaration", "objection")
REGISTERS = ("melderegister",)
NO_DISCRETION = "no discretion: register extract"

PAGE_SECTIONS = (
    "lead",
    "time_needed",
    "contents",
    "for_whom",
    "needs",
    "cost",
    "duration",
    "decided_how",
    "decided_after",
    "alternatives",
    "data_use",
)
"""What the page of a service tells, section by section."""

_SLUG = "^[a-z][a-z0-9-]{1,59}$"
_ANY_DATE = {"x-date": True}


def _words(help_text: str, max_length: int = 300) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": max_length, "x-help": help_text}


def _object(required: list[str], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        **more,
    }


# Packages of the first time said this in German only. They stay readable; the gate asks for all forms.
_ONCE_GERMAN = {**TEXT, "type": ["string", "object"], "minLength": 1}

_PERIOD = {
    "type": "string",
    "pattern": PERIOD,
    "x-help": "Schreiben Sie eine Dauer nach ISO 8601: P30D (30 Tage), P1Y (ein Jahr), PT10S (10 Sekunden).",
}

_PURPOSES = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "string"},
    "x-help": "Nennen Sie zu jedem Feld die id eines Zwecks: familienname: bescheinigung.",
}

_EVIDENCE = _object(
    ["id", "register", "legal_basis", "purpose", "query", "fields", "fallback"],
    {
        "id": {"type": "string", "pattern": IDENTIFIER, "x-help": IDENTIFIER_HELP},
        "register": {"enum": list(REGISTERS)},
        "legal_basis": _words("Nennen Sie die Norm, die den Abruf erlaubt."),
        "purpose": {
            "type": "string",
            "x-help": "Nennen Sie die id eines Zwecks aus purposes (DSGVO Artikel 5).",
        },
        "query": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "string"},
            "x-help": "Ordnen Sie jeder Angabe der Abfrage ein Formularfeld zu.",
        },
        "fields": _PURPOSES,
        "on_request": _object(
            ["chosen_in", "legal_basis", "fields"],
            {
                "chosen_in": _words("Nennen Sie das Formularfeld, in dem die Person wählt."),
                "legal_basis": _words("Nennen Sie die Norm, die den Abruf erlaubt."),
                "fields": _PURPOSES,
            },
        ),
        "fallback": {
            "enum": ["person", "upload"],
            "x-help": "Wer hilft, wenn das Register nichts weiß: person oder upload.",
        },
    },
)

_NOTICE = _object(
    ["id", "outcome", "template", "sealed", "lang", "title"],
    {
        "id": {
            "type": "string",
            "pattern": _SLUG,
            "x-help": "Ein Name aus a bis z, 0 bis 9 und Bindestrich.",
        },
        "outcome": {"type": "string"},
        "template": {
            "type": "string",
            "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*\\.typ$",
            "x-help": "Nennen Sie eine Datei aus notices/, ohne Ordner davor.",
        },
        "sealed": {"type": "boolean"},
        "lang": {"enum": list(LANGUAGES)},
        "title": TEXT,
    },
)

SERVICE = _object(
    [
        "id",
        "version",
        "name",
        "summary",
        "category",
        "owner",
        "authority",
        "reference_prefix",
        "legal_basis",
        "automation",
        "lifecycle",
        "authentication",
        "purposes",
        "retention",
        "evidence",
        "decision",
        "notices",
    ],
    {
        "id": {
            "type": "string",
            "pattern": _SLUG,
            "x-help": "Ein Name aus a bis z, 0 bis 9 und Bindestrich, wie in der Adresse.",
        },
        "version": {
            "type": "string",
            "pattern": "^[0-9][0-9A-Za-z.-]{0,39}$",
            "x-help": 'Setzen Sie die Version in Anführungszeichen: version: "1".',
        },
        "name": TEXT,
        "summary": TEXT,
        "category": TEXT,
        "owner": _words("Sagen Sie, wer das Paket verantwortet."),
        "authority": _object(
            ["level", "unit", "office"],
            {
                "level": {"enum": ["municipality", "district", "land", "federal"]},
                "unit": {"type": "string", "pattern": "^[a-z_]+$", "x-help": "Ein Wort wie meldebehoerde."},
                "office": TEXT,
            },
        ),
        "reference_prefix": {
            "type": "string",
            "pattern": "^[A-Z]{1,4}$",
            "x-help": "Ein bis vier Großbuchstaben; sie beginnen das Geschäftszeichen.",
        },
        "keys": _object([], {"leika": LEIKA}),
        "words": EVERYDAY_WORDS,
        "legal_basis": {
            "type": "array",
            "minItems": 1,
            "items": _object(
                ["ref", "in_force", "role"],
                {
                    "ref": _words("Nennen Sie die Norm, etwa BMG § 18 Abs. 1."),
                    "in_force": _ANY_DATE,
                    "role": _ONCE_GERMAN,
                },
            ),
        },
        "automation": _object(
            ["mode", "full_allowed_by", "discretion"],
            {
                "mode": {"enum": ["none", "proposal", "full"]},
                "full_allowed_by": {"type": ["string", "null"]},
                "discretion": {
                    "type": "string",
                    "minLength": 1,
                    "x-help": "none oder die Norm, die Ermessen einräumt.",
                },
            },
        ),
        "lifecycle": {"enum": list(LIFECYCLES)},
        "authentication": _object(
            ["min_level"], {"min_level": {"enum": ["none", "low", "substantial", "high"]}}
        ),
        "purposes": {
            "type": "array",
            "minItems": 1,
            "items": _object(
                ["id", "text", "basis", "recipients"],
                {
                    "id": {"type": "string", "pattern": IDENTIFIER, "x-help": IDENTIFIER_HELP},
                    "text": TEXT,
                    "basis": _words("Nennen Sie die Rechtsgrundlage der Verarbeitung."),
                    "recipients": {"type": "array", "minItems": 1, "items": _ONCE_GERMAN},
                },
            ),
        },
        "retention": _object(["draft", "closed"], {"draft": _PERIOD, "closed": _PERIOD}),
        "target": _object(["decide_within"], {"decide_within": _PERIOD}),
        "evidence": {"type": "array", "items": _EVIDENCE},
        "decision": _object(
            ["model", "name", "outcomes", "inputs"],
            {
                "model": {"const": "decision.dmn"},
                "name": _words("Nennen Sie die Entscheidung aus decision.dmn."),
                "outcomes": {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {"enum": ["issue", "person", "adverse"]},
                },
                "inputs": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
            },
        ),
        "notices": {"type": "array", "items": _NOTICE},
    },
)

_LINES = {"type": "array", "minItems": 1, "maxItems": 30, "items": _words("Schreiben Sie einen Satz.", 600)}

_TERM = _object(
    ["name"],
    {"name": TEXT, "values": {"type": "object", "additionalProperties": TEXT}},
    **{"x-help": "Nennen Sie name und, wo die Tabelle Werte in Anführungszeichen nennt, values."},
)

# ready and terms came with packages that were stored before; the gate asks for them, reading does not.
TEXTS = _object(
    list(PAGE_SECTIONS),
    {
        **{
            section: _object(
                list(LANGUAGES),
                dict.fromkeys(LANGUAGES, _LINES),
                **{"x-help": "Geben Sie de, leicht und en an, je eine Liste von Sätzen."},
            )
            for section in PAGE_SECTIONS
        },
        "ready": TEXT,
        "terms": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": _TERM,
            "x-help": "Sagen Sie zu jeder Eingabe und Ausgabe der Tabelle, wie Menschen sie nennen.",
        },
    },
)

REASONS: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": _SLUG, "x-help": "Text-IDs bestehen aus a bis z, 0 bis 9 und Bindestrich."},
    "additionalProperties": _object(
        ["office", *LANGUAGES],
        {
            "office": _words("Sagen Sie dem Amt in einem Satz, was los ist.", 1000),
            **{
                language: _words("Geben Sie den Text in de, leicht und en an.", 2000)
                for language in LANGUAGES
            },
        },
    ),
}

PARAMETERS: dict[str, Any] = {
    "type": ["object", "null"],
    "additionalProperties": _object(
        ["basis", "values"],
        {
            "unit": _ONCE_GERMAN,
            "basis": _words("Nennen Sie die Norm, aus der der Wert folgt."),
            "values": {
                "type": "array",
                "minItems": 1,
                "items": _object(
                    ["from", "value", "source"],
                    {
                        "from": _ANY_DATE,
                        "value": {"type": ["number", "string", "boolean"]},
                        "source": _words("Nennen Sie die Fundstelle des Werts."),
                    },
                ),
            },
        },
    ),
}

SCENARIOS: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "x-help": "Schreiben Sie mindestens ein Beispiel je Regel.",
    "items": _object(
        ["name", "on", "in", "out"],
        {
            "name": _words("Geben Sie dem Beispiel einen Namen."),
            "on": _ANY_DATE,
            "in": {"type": "object"},
            "out": {"type": "object", "minProperties": 1, "x-help": "Nennen Sie die erwarteten Ausgaben."},
        },
    ),
}
