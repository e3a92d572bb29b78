# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Small form definitions that tests build on."""

from __future__ import annotations

import copy
from typing import Any

from amtlich.engines.forms import Form


def text(de: str) -> dict[str, str]:
    return {"de": de, "leicht": f"{de} (leicht)", "en": f"{de} (en)"}


def prop(control: str, **more: Any) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "maxLength": 80},
        "name": {"type": "string", "maxLength": 80},
        "longtext": {"type": "string", "maxLength": 200},
        "date": {"type": "string", "x-partial": True, "x-past": True},
        "choice": {"type": "string", "enum": ["a", "b"]},
        "choices": {"type": "array", "items": {"enum": ["rot", "blau", "grün"]}},
        "checkbox": {"type": "boolean"},
    }
    return {"x-control": control, "x-purpose": "zweck", "x-source": "applicant", **kinds[control], **more}


def definition(
    properties: dict[str, Any],
    *,
    required: list[str] | None = None,
    rules: list[dict[str, Any]] | None = None,
    steps: list[list[str]] | None = None,
) -> dict[str, Any]:
    """A form with these properties, each with texts, in one step or in the given ones."""
    fields: dict[str, Any] = {}
    for name, node in properties.items():
        fields[name] = {"label": text(name.capitalize())}
        if node.get("type") == "object":
            for inner, inner_node in node["properties"].items():
                fields[f"{name}-{inner}"] = _texts(inner, inner_node)
        else:
            fields[name] = _texts(name, node)
    pages = steps or [list(properties)]
    return copy.deepcopy(
        {
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "required": required or [],
                "properties": properties,
            },
            "fields": fields,
            "steps": [
                {"id": f"schritt-{index}", "title": text(f"Schritt {index}"), "fields": page}
                for index, page in enumerate(pages, start=1)
            ],
            "rules": rules or [],
        }
    )


def _texts(name: str, node: dict[str, Any]) -> dict[str, Any]:
    values = node.get("enum") or node.get("items", {}).get("enum")
    texts: dict[str, Any] = {"label": text(name.capitalize())}
    if values:
        texts["options"] = {value: {"label": text(f"Wert {value}")} for value in values}
    return texts


def form(properties: dict[str, Any], **more: Any) -> Form:
    return Form.from_package(definition(properties, **more))


def posted(**values: str | list[str]) -> dict[str, list[str]]:
    """What a browser sends; __ in a name stands for -."""
    return {
        name.replace("__", "-"): [value] if isinstance(value, str) else value
        for name, value in values.items()
    }
