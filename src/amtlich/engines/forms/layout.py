# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The layout of form.yaml, as JSON Schema with a sentence of help (``x-help``) per entry."""

from __future__ import annotations

from typing import Any

from amtlich.engines.forms.model import CONTROLS, FORMATS, LANGUAGES, PREFILLS

_TEXT_HELP = "Geben Sie den Text in allen drei Fassungen an: de, leicht und en."

TEXT: dict[str, Any] = {
    "type": "object",
    "properties": {language: {"type": "string", "minLength": 1, "maxLength": 2000} for language in LANGUAGES},
    "required": list(LANGUAGES),
    "additionalProperties": False,
    "x-help": _TEXT_HELP,
}
"""One text in all language forms."""

IDENTIFIER = "^[a-z][a-z0-9_]{0,59}$"
IDENTIFIER_HELP = "Namen bestehen aus a bis z, 0 bis 9 und Unterstrich und beginnen mit einem Buchstaben."

_NAMES: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}],
    "x-help": "Nennen Sie ein Feld oder eine Liste von Feldern.",
}

_GROUP_TEXTS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label"],
    "properties": {"label": TEXT, "hint": TEXT},
}

_FIELD_TEXTS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label"],
    "properties": {
        "label": TEXT,
        "hint": TEXT,
        "group": {"type": "string", "x-help": "Nennen Sie eine Gruppe aus groups."},
        "width": {"enum": [2, 4, 5, 10, 20], "x-help": "Die Breite in Zeichen: 2, 4, 5, 10 oder 20."},
        "autocomplete": {
            "type": "string",
            "pattern": "^[a-z0-9 -]+$",
            "x-help": "Ein Wort nach HTML, etwa family-name.",
        },
        "inputmode": {"enum": ["numeric", "tel", "email", "text"]},
        "options": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["label"],
                "properties": {"label": TEXT, "hint": TEXT},
            },
        },
        "errors": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"required": TEXT, "invalid": TEXT},
        },
    },
    "x-help": "Geben Sie unter fields zu jedem Feld mindestens label an.",
}

FORM_LAYOUT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "fields", "steps"],
    "properties": {
        "schema": {"type": "object", "x-help": "Hier steht das JSON Schema 2020-12 der Angaben."},
        "groups": {"type": "object", "additionalProperties": _GROUP_TEXTS},
        "fields": {"type": "object", "additionalProperties": _FIELD_TEXTS},
        "steps": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "title", "fields"],
                "properties": {
                    "id": {
                        "type": "string",
                        "pattern": "^[a-z][a-z0-9-]{0,39}$",
                        "x-help": "Ein Wort aus a bis z, es steht in der Adresse.",
                    },
                    "title": TEXT,
                    "lead": TEXT,
                    "fields": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                },
            },
        },
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "minProperties": 2,
                "required": ["when"],
                "properties": {
                    "show": _NAMES,
                    "require": _NAMES,
                    "when": {"type": "string", "minLength": 1, "maxLength": 2000},
                },
                "x-help": "Eine Regel hat show oder require mit einem Feld und when mit einem FEEL-Ausdruck.",
            },
        },
    },
}

_SHARED: dict[str, Any] = {
    "x-control": {"enum": list(CONTROLS), "x-help": f"Möglich sind: {', '.join(CONTROLS)}."},
    "x-purpose": {
        "type": "string",
        "minLength": 1,
        "x-help": "Nennen Sie die id eines Zwecks aus service.yaml (DSGVO Artikel 5).",
    },
    "x-source": {
        "enum": ["applicant", "register"],
        "x-help": "applicant: die Person gibt es an. register: ein Register gibt es an.",
    },
    "x-prefill": {"enum": list(PREFILLS)},
    "x-fim": {
        "type": ["object", "null"],
        "additionalProperties": False,
        "required": ["id", "version"],
        "properties": {"id": {"type": "string", "pattern": "^F[0-9]{8}$"}, "version": {"type": "string"}},
        "x-help": "Nennen Sie id (F und acht Ziffern) und version des FIM-Datenfelds, oder null.",
    },
    "x-format": {"enum": list(FORMATS)},
    "x-partial": {"type": "boolean"},
    "x-past": {"type": "boolean"},
}

_REQUIRED = ["type", "x-control", "x-purpose", "x-source"]


def property_layout(control: str) -> dict[str, Any]:
    """What one property must look like so that the control can stand for it."""
    kinds: dict[str, dict[str, Any]] = {
        "checkbox": {"type": {"const": "boolean"}},
        "choice": {"type": {"const": "string"}, "enum": {"type": "array", "minItems": 2}},
        "choices": {"type": {"const": "array"}, "items": {"type": "object", "required": ["enum"]}},
        "date": {"type": {"const": "string"}},
    }
    text = {
        "type": {"const": "string"},
        "maxLength": {
            "type": "integer",
            "minimum": 1,
            "maximum": 5000,
            "x-help": "Setzen Sie maxLength (1 bis 5000): ohne Grenze nähme das Feld beliebig viel an.",
        },
    }
    own = kinds.get(control, text)
    return {
        "type": "object",
        "required": [*_REQUIRED, *(key for key in own if key != "type")],
        "properties": {**_SHARED, **own},
    }
