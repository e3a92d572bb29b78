# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the content of form.yaml to the parts of a form, or to the list of all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from amtlich.engines.forms.conditions import Rule, circle
from amtlich.engines.forms.errors import FormError, Path, Problem
from amtlich.engines.forms.layout import FORM_LAYOUT, IDENTIFIER, IDENTIFIER_HELP, property_layout
from amtlich.engines.forms.model import Field, FieldGroup, FormStep, Option
from amtlich.engines.forms.schema import schema_problems
from amtlich.engines.forms.structure import structure_problems
from amtlich.engines.rules import Expression, RulesError, parse_expression

_DEFAULT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Definition:
    """What a form.yaml says, checked."""

    steps: tuple[FormStep, ...]
    rules: tuple[Rule, ...]
    schema: Mapping[str, Any]


def read_definition(content: Mapping[str, Any], source: str = "form.yaml") -> Definition:
    """Read and check the content. Raises ``FormError`` with every fault, not only the first."""
    problems = list(structure_problems(FORM_LAYOUT, content))
    if problems:
        raise FormError(problems)
    reader = _Reader(content, source)
    definition = reader.definition()
    if definition is None:
        raise FormError(reader.problems)
    return definition


class _Reader:
    """Collects problems while it builds; later steps run only on what earlier ones made sound."""

    def __init__(self, content: Mapping[str, Any], source: str) -> None:
        self.schema: Mapping[str, Any] = content["schema"]
        self.groups: Mapping[str, Any] = content.get("groups", {})
        self.texts: Mapping[str, Any] = content["fields"]
        self.steps: list[Mapping[str, Any]] = content["steps"]
        self.rules: list[Mapping[str, Any]] = content.get("rules", [])
        self.source = source
        self.problems: list[Problem] = []

    def definition(self) -> Definition | None:
        self.problems += schema_problems(self.schema)
        self.problems += self._shape_of_schema()
        if self.problems:
            return None
        fields = self._fields()
        if self.problems:
            return None
        self._texts_without_field(fields)
        steps = self._steps(fields)
        rules = self._rules(fields)
        if not self.problems and (names := circle(list(fields.values()), rules)):
            self._add(
                ("rules",), f"Die Regeln hängen im Kreis voneinander ab: {names}.", "Lösen Sie den Kreis auf."
            )
        return None if self.problems else Definition(steps, tuple(rules), self.schema)

    def _add(self, path: Path, message: str, remedy: str, column: int = 0) -> None:
        self.problems.append(Problem(path, message, remedy, column))

    # -- the schema ---------------------------------------------------------------------------

    def _shape_of_schema(self) -> Iterator[Problem]:
        if self.schema.get("type") != "object" or not isinstance(self.schema.get("properties"), Mapping):
            yield Problem(
                ("schema",),
                "Das Schema beschreibt keine Angaben.",
                "Schreiben Sie type: object und properties.",
            )
        elif self.schema.get("additionalProperties") is not False:
            yield Problem(
                ("schema",),
                "Das Schema lässt unbekannte Angaben zu.",
                "Ergänzen Sie additionalProperties: false.",
            )

    def _fields(self) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        shown = {
            target
            for index, rule in enumerate(self.rules)
            for kind, target, _ in _targets(index, rule)
            if kind == "show"
        }
        for name, node in self.schema["properties"].items():
            path: Path = ("schema", "properties", name)
            if not self._is_node(name, node, path):
                continue
            if node.get("type") == "object":
                fields.update(self._group(name, node, path, shown))
            else:
                required = name in self.schema.get("required", [])
                if required and name in shown:
                    self._shown_but_required(name, ("schema", "required"))
                field = self._field((name,), node, path, required, None)
                if field:
                    fields[field.id] = field
        return fields

    def _group(self, name: str, node: Mapping[str, Any], path: Path, shown: set[str]) -> dict[str, Field]:
        texts = self.texts.get(name)
        if not isinstance(node.get("properties"), Mapping) or node.get("additionalProperties") is not False:
            self._add(
                path,
                f"Die Gruppe „{name}“ ist unvollständig.",
                "Ergänzen Sie properties und additionalProperties: false.",
            )
            return {}
        if texts is None:
            self._no_texts(name, path)
            return {}
        group = FieldGroup(name, texts["label"], texts.get("hint", {}))
        fields: dict[str, Field] = {}
        for inner, inner_node in node["properties"].items():
            here: Path = (*path, "properties", inner)
            if not self._is_node(inner, inner_node, here):
                continue
            required = inner in node.get("required", [])
            if required and f"{name}-{inner}" in shown:
                self._shown_but_required(f"{name}-{inner}", (*path, "required"))
            field = self._field((name, inner), inner_node, here, required, group)
            if field:
                fields[field.id] = field
        return fields

    def _is_node(self, name: str, node: Any, path: Path) -> bool:
        if not re.fullmatch(IDENTIFIER, str(name)):
            self._add(path, f"Der Name „{name}“ ist nicht möglich.", IDENTIFIER_HELP)
            return False
        if not isinstance(node, Mapping):
            self._add(
                path,
                f"„{name}“ ist keine Beschreibung eines Felds.",
                "Geben Sie type, x-control und die übrigen Einträge an.",
            )
            return False
        return True

    def _shown_but_required(self, name: str, path: Path) -> None:
        self._add(
            path,
            f"„{name}“ ist immer Pflicht und wird doch nicht immer gezeigt.",
            "Nehmen Sie es aus required und schreiben Sie eine Regel mit require.",
        )

    def _no_texts(self, field_id: str, path: Path) -> None:
        self._add(
            path,
            f"Zum Feld „{field_id}“ fehlen die Texte.",
            f"Ergänzen Sie unter fields den Eintrag „{field_id}“ mit label.",
        )

    # -- one field ----------------------------------------------------------------------------

    def _field(
        self,
        names: tuple[str, ...],
        node: Mapping[str, Any],
        path: Path,
        required: bool,
        group: FieldGroup | None,
    ) -> Field | None:
        found = list(structure_problems(property_layout(str(node.get("x-control"))), node, path))
        self.problems += found
        field_id = "-".join(names)
        texts = self.texts.get(field_id)
        if texts is None:
            self._no_texts(field_id, path)
        if found or texts is None:
            return None
        control = node["x-control"]
        return Field(
            id=field_id,
            path=names,
            control=control,
            label=texts["label"],
            hint=texts.get("hint", {}),
            options=self._options(field_id, control, node, texts, path),
            required=required,
            purpose=node["x-purpose"],
            source=node["x-source"],
            prefill=node.get("x-prefill"),
            fim=node.get("x-fim"),
            format=node.get("x-format", "plain"),
            max_length=int(node.get("maxLength", _DEFAULT_LENGTH)),
            min_items=int(node.get("minItems", 0)),
            max_items=int(node.get("maxItems", 100)),
            partial=node.get("x-partial", False),
            past=node.get("x-past", False),
            autocomplete=texts.get("autocomplete"),
            inputmode=texts.get("inputmode"),
            width=texts.get("width"),
            group=group or self._group_on_page(field_id, texts),
            errors=texts.get("errors", {}),
        )

    def _group_on_page(self, field_id: str, texts: Mapping[str, Any]) -> FieldGroup | None:
        name = texts.get("group")
        if name is None:
            return None
        if name not in self.groups:
            self._add(
                ("fields", field_id, "group"),
                f"Die Gruppe „{name}“ gibt es nicht.",
                f"Ergänzen Sie sie unter groups. Es gibt: {', '.join(self.groups) or 'noch keine'}.",
            )
            return None
        return FieldGroup(name, self.groups[name]["label"], self.groups[name].get("hint", {}))

    def _options(
        self, field_id: str, control: str, node: Mapping[str, Any], texts: Mapping[str, Any], path: Path
    ) -> tuple[Option, ...]:
        if control not in ("choice", "choices"):
            return ()
        values = node["enum"] if control == "choice" else node["items"]["enum"]
        named: Mapping[str, Any] = texts.get("options", {})
        for value in values:
            if not isinstance(value, str) or not value:
                self._add(
                    path, f"Der Wert {value!r} ist kein Text.", "Setzen Sie den Wert in Anführungszeichen."
                )
            elif value not in named:
                self._add(
                    path,
                    f"Zum Wert „{value}“ fehlt die Beschriftung.",
                    f"Ergänzen Sie unter fields, „{field_id}“, options den Eintrag „{value}“ mit label.",
                )
        for value in named:
            if value not in values:
                self._add(
                    ("fields", field_id, "options", value),
                    f"Den Wert „{value}“ kennt das Schema nicht.",
                    "Nehmen Sie ihn in enum auf oder löschen Sie die Beschriftung.",
                )
        return tuple(
            Option(value, named[value]["label"], named[value].get("hint", {}))
            for value in values
            if value in named
        )

    def _texts_without_field(self, fields: Mapping[str, Field]) -> None:
        known = set(fields) | {field.path[0] for field in fields.values()}
        for name in self.texts:
            if name not in known:
                self._add(
                    ("fields", name),
                    f"Das Feld „{name}“ gibt es im Schema nicht.",
                    "Nehmen Sie es unter schema auf oder löschen Sie die Texte.",
                )

    # -- steps and rules ----------------------------------------------------------------------

    def _steps(self, fields: Mapping[str, Field]) -> tuple[FormStep, ...]:
        steps: list[FormStep] = []
        placed: dict[str, str] = {}
        for index, step in enumerate(self.steps):
            members: list[Field] = []
            if any(step["id"] == other.id for other in steps):
                self._add(
                    ("steps", index, "id"),
                    f"Den Schritt „{step['id']}“ gibt es zweimal.",
                    "Geben Sie jedem Schritt einen eigenen Namen.",
                )
            for place, name in enumerate(step["fields"]):
                path: Path = ("steps", index, "fields", place)
                named = [field for field in fields.values() if name in (field.id, field.path[0])]
                if not named:
                    self._add(
                        path,
                        f"Das Feld „{name}“ gibt es im Schema nicht.",
                        f"Möglich sind: {', '.join(fields)}.",
                    )
                for field in named:
                    if field.id in placed:
                        self._add(
                            path,
                            f"„{field.id}“ steht schon im Schritt „{placed[field.id]}“.",
                            "Fragen Sie jede Angabe nur einmal.",
                        )
                    placed[field.id] = step["id"]
                    members.append(field)
            steps.append(FormStep(step["id"], step["title"], step.get("lead", {}), tuple(members)))
        for name in fields:
            if name not in placed:
                self._add(
                    ("schema", "properties", *_inner(fields[name])),
                    f"Kein Schritt fragt nach „{name}“.",
                    "Nehmen Sie das Feld in einen Schritt auf.",
                )
        return tuple(steps)

    def _rules(self, fields: Mapping[str, Field]) -> list[Rule]:
        names = {field.path[0] for field in fields.values()}
        targets = set(fields) | names
        rules: list[Rule] = []
        for index, rule in enumerate(self.rules):
            condition = self._condition(index, rule["when"], names)
            for kind, target, path in _targets(index, rule):
                if target not in targets:
                    self._add(
                        path,
                        f"Das Feld „{target}“ gibt es nicht.",
                        f"Möglich sind: {', '.join(sorted(targets))}.",
                    )
                elif condition is not None:
                    rules.append(Rule(kind, target, condition, rule["when"]))
        return rules

    def _condition(self, index: int, text: str, names: set[str]) -> Expression | None:
        try:
            return parse_expression(text, names=names, file=self.source, line=1, column=1)
        except RulesError as error:
            self._add(
                ("rules", index, "when"),
                f"Der Ausdruck ist kein FEEL: {error.message_de}",
                f"Berichtigen Sie den Ausdruck. Namen, die es gibt: {', '.join(sorted(names))}.",
                error.column,
            )
            return None


def _targets(index: int, rule: Mapping[str, Any]) -> Iterator[tuple[Literal["show", "require"], str, Path]]:
    kinds: tuple[Literal["show", "require"], ...] = ("show", "require")
    for kind in kinds:
        named = rule.get(kind, [])
        if isinstance(named, str):
            yield kind, named, ("rules", index, kind)
            continue
        for place, target in enumerate(named):
            yield kind, target, ("rules", index, kind, place)


def _inner(field: Field) -> tuple[str, ...]:
    return field.path if len(field.path) == 1 else (field.path[0], "properties", field.path[1])
