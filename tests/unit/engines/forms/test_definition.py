# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Definitions that are no forms are refused, each with its place and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.engines.forms.forms_for_tests import definition, prop, text

from amtlich.engines.forms import Form, FormError

Change = Callable[[dict[str, Any]], Any]


def base() -> dict[str, Any]:
    return definition(
        {"art": prop("choice"), "name": prop("name"), "haken": prop("checkbox")},
        required=["art"],
        rules=[{"show": "name", "require": "name", "when": 'art = "a"'}],
    )


def test_the_base_is_a_form() -> None:
    assert [field.id for field in Form.from_package(base()).fields] == ["art", "name", "haken"]


def _props(content: dict[str, Any]) -> dict[str, Any]:
    return content["schema"]["properties"]  # type: ignore[no-any-return]


CASES: list[tuple[str, Change, tuple[str | int, ...], str]] = [
    ("unknown entry", lambda c: c.update(layout=1), ("layout",), "Den Eintrag „layout“ gibt es hier nicht"),
    (
        "missing language",
        lambda c: c["fields"]["art"]["label"].pop("leicht"),
        ("fields", "art", "label"),
        "Es fehlt „leicht“",
    ),
    ("no texts", lambda c: c["fields"].pop("name"), ("schema", "properties", "name"), "fehlen die Texte"),
    (
        "texts of nothing",
        lambda c: c["fields"].update(alt={"label": text("Alt")}),
        ("fields", "alt"),
        "gibt es im Schema nicht",
    ),
    (
        "no control",
        lambda c: _props(c)["name"].pop("x-control"),
        ("schema", "properties", "name"),
        "Es fehlt „x-control“",
    ),
    (
        "unknown control",
        lambda c: _props(c)["name"].update({"x-control": "nam"}),
        ("schema", "properties", "name", "x-control"),
        "nicht möglich",
    ),
    (
        "no purpose",
        lambda c: _props(c)["name"].pop("x-purpose"),
        ("schema", "properties", "name"),
        "Es fehlt „x-purpose“",
    ),
    (
        "no source",
        lambda c: _props(c)["name"].pop("x-source"),
        ("schema", "properties", "name"),
        "Es fehlt „x-source“",
    ),
    (
        "no length",
        lambda c: _props(c)["name"].pop("maxLength"),
        ("schema", "properties", "name"),
        "Es fehlt „maxLength“",
    ),
    (
        "endless length",
        lambda c: _props(c)["name"].update(maxLength=10**9),
        ("schema", "properties", "name", "maxLength"),
        "",
    ),
    (
        "unknown prefill",
        lambda c: _props(c)["name"].update({"x-prefill": "identity.idnr"}),
        ("schema", "properties", "name", "x-prefill"),
        "nicht möglich",
    ),
    (
        "invented FIM id",
        lambda c: _props(c)["name"].update({"x-fim": {"id": "x", "version": "1"}}),
        ("schema", "properties", "name", "x-fim", "id"),
        "Form",
    ),
    (
        "bad name",
        lambda c: _props(c).update({"Straße": prop("text")}),
        ("schema", "properties", "Straße"),
        "nicht möglich",
    ),
    (
        "open schema",
        lambda c: c["schema"].pop("additionalProperties"),
        ("schema",),
        "lässt unbekannte Angaben zu",
    ),
    ("no schema", lambda c: c["schema"].update(type="array"), ("schema",), "beschreibt keine Angaben"),
    (
        "invalid schema",
        lambda c: _props(c)["name"].update(minLength=-1),
        ("schema", "properties", "name", "minLength"),
        "kein gültiges JSON Schema",
    ),
    (
        "remote reference",
        lambda c: _props(c)["name"].update({"$ref": "https://example.org/x"}),
        ("schema", "properties", "name", "$ref"),
        "führt aus der Datei hinaus",
    ),
    (
        "file reference",
        lambda c: _props(c)["name"].update({"$ref": "anders.json"}),
        ("schema", "properties", "name", "$ref"),
        "führt aus der Datei hinaus",
    ),
    (
        "other dialect",
        lambda c: c["schema"].update({"$schema": "http://json-schema.org/draft-07/schema#"}),
        ("schema", "$schema"),
        "Dialekt",
    ),
    (
        "digits of all scripts",
        lambda c: _props(c)["name"].update(pattern="^\\d+$"),
        ("schema", "properties", "name", "pattern"),
        "aller Schriften",
    ),
    (
        "value without label",
        lambda c: c["fields"]["art"]["options"].pop("b"),
        ("schema", "properties", "art"),
        "fehlt die Beschriftung",
    ),
    (
        "label without value",
        lambda c: c["fields"]["art"]["options"].update(z={"label": text("Z")}),
        ("fields", "art", "options", "z"),
        "kennt das Schema nicht",
    ),
    (
        "number as value",
        lambda c: _props(c)["art"].update(enum=[1, 2]),
        ("schema", "properties", "art"),
        "kein Text",
    ),
    (
        "unknown field in step",
        lambda c: c["steps"][0]["fields"].append("fremd"),
        ("steps", 0, "fields", 3),
        "gibt es im Schema nicht",
    ),
    (
        "asked twice",
        lambda c: c["steps"][0]["fields"].append("art"),
        ("steps", 0, "fields", 3),
        "steht schon im Schritt",
    ),
    (
        "never asked",
        lambda c: c["steps"][0]["fields"].remove("haken"),
        ("schema", "properties", "haken"),
        "Kein Schritt fragt",
    ),
    ("step twice", lambda c: c["steps"].append(c["steps"][0]), ("steps", 1, "id"), "gibt es zweimal"),
    ("no FEEL", lambda c: c["rules"][0].update(when="art = "), ("rules", 0, "when"), "kein FEEL"),
    ("unknown name", lambda c: c["rules"][0].update(when='farbe = "a"'), ("rules", 0, "when"), "kein FEEL"),
    ("rule for nothing", lambda c: c["rules"][0].update(show="fremd"), ("rules", 0, "show"), "gibt es nicht"),
    ("rule without target", lambda c: c["rules"].append({"when": "true"}), ("rules", 1), "Inhalt"),
    ("circle", lambda c: c["rules"].append({"show": "haken", "when": "haken"}), ("rules",), "im Kreis"),
    (
        "always and not always",
        lambda c: c["rules"].append({"show": "art", "when": "haken"}),
        ("schema", "required"),
        "immer Pflicht",
    ),
    (
        "unknown group",
        lambda c: c["fields"]["name"].update(group="fremd"),
        ("fields", "name", "group"),
        "Gruppe",
    ),
]


@pytest.mark.parametrize(
    ("change", "path", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_fault_is_found_at_its_place(change: Change, path: tuple[str | int, ...], words: str) -> None:
    content = base()
    change(content)
    with pytest.raises(FormError) as refused:
        Form.from_package(content)
    found = [problem for problem in refused.value.problems if words in problem.message]
    assert path in [problem.path for problem in found], refused.value
    assert all(problem.remedy.strip() for problem in found)


def test_all_faults_come_at_once() -> None:
    content = base()
    content["steps"][0]["fields"].append("fremd")
    content["rules"][0]["when"] = "art ="
    with pytest.raises(FormError) as refused:
        Form.from_package(content)
    assert len(refused.value.problems) == 2


def test_the_column_of_a_wrong_expression_is_known() -> None:
    content = base()
    content["rules"][0]["when"] = 'art = "a" and farbe = 1'
    with pytest.raises(FormError) as refused:
        Form.from_package(content)
    assert refused.value.problems[0].column == content["rules"][0]["when"].index("farbe") + 1
