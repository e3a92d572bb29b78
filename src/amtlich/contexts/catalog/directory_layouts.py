# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The layout of the files of a directory: verzeichnis.yaml, and one file per life situation."""

from __future__ import annotations

from typing import Any

from amtlich.engines.forms import LANGUAGES
from amtlich.engines.forms.layout import TEXT

_SLUG = {
    "type": "string",
    "pattern": "^[a-z][a-z0-9-]{1,59}$",
    "x-help": "Ein Name aus a bis z, 0 bis 9 und Bindestrich, wie in der Adresse.",
}


def _words(help_text: str, max_length: int = 120) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": max_length, "x-help": help_text}


def _object(required: list[str], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        **more,
    }


EVERYDAY_WORDS: dict[str, Any] = {
    "type": "array",
    "maxItems": 60,
    "items": _words("Ein Wort oder eine kurze Wendung, unter der Menschen die Leistung suchen.", 60),
    "x-help": "Nennen Sie Wörter, unter denen Menschen suchen: words: [Umzug, neue Adresse].",
}

LEIKA: dict[str, Any] = {
    "type": "string",
    "pattern": "^99[0-9]{12}$",
    "x-help": "Der Schlüssel hat 14 Ziffern, beginnt mit 99 und steht in Anführungszeichen.",
}

_LINES = {
    "type": "array",
    "minItems": 1,
    "maxItems": 20,
    "items": _words("Ein Satz oder ein Papier.", 300),
    "x-help": "Schreiben Sie je Zeile eines, mit einem Strich davor.",
}

_OFFICE = _object(
    ["id", "name", "street", "city", "phone", "hours"],
    {
        "id": _SLUG,
        "name": TEXT,
        "street": _words("Straße und Hausnummer."),
        "city": _words("Postleitzahl und Ort, in Anführungszeichen, wenn die Zeile nur aus Ziffern besteht."),
        "phone": {
            "type": "string",
            "pattern": "^[+0-9][0-9 /()-]{2,29}$",
            "x-help": 'Eine Telefonnummer aus Ziffern, Leerzeichen und Bindestrich: "01234 56-0".',
        },
        "hours": TEXT,
    },
)

_SERVICE = _object(
    ["id", "name", "summary", "words", "office", "papers", "related"],
    {
        "id": _SLUG,
        "name": TEXT,
        "summary": TEXT,
        "words": EVERYDAY_WORDS,
        "leika": LEIKA,
        "office": {"type": "string", "x-help": "Nennen Sie die id eines Amts aus verzeichnis.yaml."},
        "papers": _object(
            list(LANGUAGES),
            dict.fromkeys(LANGUAGES, _LINES),
            **{"x-help": "Sagen Sie in allen drei Fassungen, was mitzubringen ist: de, leicht und en."},
        ),
        "related": {
            "type": "array",
            "maxItems": 8,
            "items": {"type": "string"},
            "x-help": "Nennen Sie ids anderer Leistungen dieses Verzeichnisses, oder [].",
        },
    },
)

DIRECTORY = _object(
    ["id", "name", "without_form", "situations", "offices"],
    {
        "id": _SLUG,
        "name": TEXT,
        "without_form": TEXT,
        "situations": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string"},
            "x-help": "Nennen Sie die ids der Lebenslagen in der Reihenfolge, in der sie erscheinen sollen.",
        },
        "replaced": {
            "type": "object",
            "propertyNames": _SLUG,
            "additionalProperties": {"type": "string"},
            "x-help": "Nennen Sie zu einer alten id die id, die es heute gibt: replaced: {alt: neu}.",
        },
        "offices": {"type": "array", "minItems": 1, "maxItems": 200, "items": _OFFICE},
    },
    **{"x-help": "verzeichnis.yaml nennt id, name, without_form, situations und offices."},
)

SITUATION = _object(
    ["id", "name", "services"],
    {
        "id": _SLUG,
        "name": TEXT,
        "services": {"type": "array", "minItems": 1, "maxItems": 500, "items": _SERVICE},
    },
    **{"x-help": "Eine Datei je Lebenslage nennt id, name und services."},
)
