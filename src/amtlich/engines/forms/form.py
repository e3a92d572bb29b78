# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A form at work: what to show, what was answered, what is wrong, what to keep.

A form holds no state. Every function takes the answers so far and returns new ones; the answers it
was given stay as they were. Answers that the choices no longer call for leave no trace (FC-01).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from amtlich.engines.forms import answers as answer_lines
from amtlich.engines.forms import controls, prefill
from amtlich.engines.forms.conditions import Conditions, Rule, as_feel
from amtlich.engines.forms.model import Answer, Data, Field, FieldError, FormStep, Parsed, Raw
from amtlich.engines.forms.reading import read_definition
from amtlich.engines.forms.schema import schema_errors
from amtlich.engines.forms.values import copied, drop, get, is_empty, put
from amtlich.kernel.person import Identity
from amtlich.kernel.sentence import Sentence

# A browser form of ours is far below this; what is longer is kept out of pages and drafts.
_KEPT_CHARACTERS = 20_000


class Form:
    """The form of one service package. Make it with ``Form.from_package``."""

    def __init__(self, steps: Sequence[FormStep], rules: Sequence[Rule], schema: Mapping[str, Any]) -> None:
        self.steps = tuple(steps)
        self.rules = tuple(rules)
        self.schema = schema
        self._steps = {step.id: step for step in self.steps}
        self.fields: tuple[Field, ...] = tuple(field for step in self.steps for field in step.fields)
        self._fields = {field.id: field for field in self.fields}
        self._conditions = Conditions(self.fields, self.rules)

    @classmethod
    def from_package(cls, definition: Mapping[str, Any], source: str = "form.yaml") -> Form:
        """Read the content of a form.yaml. Raises ``FormError`` with every fault found."""
        parts = read_definition(definition, source)
        return cls(parts.steps, parts.rules, parts.schema)

    # -- what to show -------------------------------------------------------------------------

    def field(self, field_id: str) -> Field:
        """The field with that id. Raises ``KeyError``."""
        return self._fields[field_id]

    def step(self, step_id: str) -> FormStep:
        """The step with that id. Raises ``KeyError``."""
        return self._steps[step_id]

    def visible(self, step_id: str, data: Data) -> tuple[Field, ...]:
        """The fields of a step that the answers call for, each with ``required`` as it is now."""
        shown = self._conditions.visible(data)
        return tuple(
            self._resolved(field, data, shown) for field in self.step(step_id).fields if field.id in shown
        )

    def on_page(self, step_id: str, data: Data) -> tuple[Field, ...]:
        """The fields to draw: the visible ones and those that an answer on the same page decides.

        Without JavaScript a page cannot show a question while another is being answered, so the
        page has both. A field that stays hidden after all is not read.
        """
        step = self.step(step_id)
        shown = self._conditions.visible(data)
        here = {field.path[0] for field in step.fields if field.id in shown}
        return tuple(
            self._resolved(field, data, shown)
            for field in step.fields
            if field.id in shown or self._conditions.depends_on(field) & here
        )

    def open_steps(self, data: Data) -> tuple[FormStep, ...]:
        """The steps that have something to ask, in order."""
        shown = self._conditions.visible(data)
        return tuple(step for step in self.steps if any(field.id in shown for field in step.fields))

    def next_step(self, step_id: str, data: Data) -> str | None:
        """The step to go to from here; None after the last one."""
        return self._neighbour(step_id, data, 1)

    def previous_step(self, step_id: str, data: Data) -> str | None:
        """The step to go back to from here; None before the first one."""
        return self._neighbour(step_id, data, -1)

    def first_open_step(self, data: Data) -> str | None:
        """The first step with a missing or wrong answer; None if the form is complete."""
        wrong = {error.field for error in self.validate(data)}
        for step in self.open_steps(data):
            if any(field.id in wrong for field in step.fields):
                return step.id
        return None

    def _neighbour(self, step_id: str, data: Data, direction: int) -> str | None:
        place = self.steps.index(self.step(step_id))
        after = self.steps[place + 1 :] if direction > 0 else tuple(reversed(self.steps[:place]))
        asking = {step.id for step in self.open_steps(data)}
        return next((step.id for step in after if step.id in asking), None)

    def _resolved(self, field: Field, data: Data, shown: frozenset[str]) -> Field:
        return replace(field, required=self._conditions.required(field, data, shown))

    # -- what came in -------------------------------------------------------------------------

    def parse_step(self, step_id: str, raw: Raw, data: Data) -> Parsed:
        """Read one posted page over the answers so far.

        Valid values are in ``data``; a field left empty or wrong has no value there, and ``raw``
        keeps what was typed. What is posted for a hidden field is not even looked at (FC-01).
        """
        step = self.step(step_id)
        merged = copied(data)
        refusals: dict[str, controls.Refused] = {}
        for field in step.fields:
            drop(merged, field.path)
            try:
                value = controls.read_posted(field, raw)
            except controls.Refused as refused:
                refusals[field.id] = refused
                continue
            if not is_empty(value):
                put(merged, field.path, value)
        shown = self._conditions.visible(merged)
        errors: list[FieldError] = []
        for field in step.fields:
            if field.id not in shown:
                drop(merged, field.path)
                continue
            refusal = refusals.get(field.id) or self._refusal_of_empty(
                field, merged, self._conditions.required(field, merged, shown)
            )
            if refusal:
                errors.append(_error(field, refusal))
        return Parsed(merged, tuple(errors), _kept(step.fields, raw))

    def clean(self, data: Data) -> Parsed:
        """Read a whole form, as the API sends it and as a draft is submitted.

        ``data`` of the result is pruned and normalised (NFC, blanks, order of choices); it is what
        may be stored. ``errors`` is empty if and only if it may be submitted.
        """
        kept = self.prune(data)
        errors = list(self._unknown(kept))
        shown = self._conditions.visible(kept)
        cleaned: dict[str, Any] = {}
        for field in self.fields:
            if field.id not in shown:
                continue
            try:
                value = controls.read_json(field, get(kept, field.path))
            except controls.Refused as refused:
                errors.append(_error(field, refused))
                continue
            if field.control == "checkbox":
                value = value is True
            if not is_empty(value):
                put(cleaned, field.path, value)
            refusal = self._refusal_of_empty(field, cleaned, self._conditions.required(field, kept, shown))
            if refusal:
                errors.append(_error(field, refusal))
        if not errors:
            errors += schema_errors(self.schema, self.fields, cleaned)
        return Parsed(cleaned, tuple(errors), {})

    def validate(self, data: Data) -> tuple[FieldError, ...]:
        """Everything that keeps the whole form from being submitted."""
        return self.clean(data).errors

    def prune(self, data: Data) -> dict[str, Any]:
        """The answers without every trace of what is not asked (any more)."""
        pruned = copied(data)
        shown = self._conditions.visible(data)
        for field in self.fields:
            if field.id not in shown:
                drop(pruned, field.path)
        return pruned

    def _refusal_of_empty(self, field: Field, data: Data, required: bool) -> controls.Refused | None:
        if not required:
            return None
        value = get(data, field.path)
        answered = value is True if field.control == "checkbox" else not is_empty(value)
        return None if answered else controls.missing(field)

    def _unknown(self, data: Data) -> list[FieldError]:
        known: dict[str, Any] = {}
        for field in self.fields:
            put(known, field.path, True)
        return [
            FieldError(
                name,
                None,
                Sentence(
                    "Das Feld „{field}“ gibt es in diesem Formular nicht. Lassen Sie es weg.", field=name[:80]
                ),
            )
            for name in _names_outside(data, known)
        ]

    def facts(self, data: Data) -> dict[str, Any]:
        """The visible answers by field id as values for expressions; None for a missing answer.

        A date comes as a date if it is complete, else as None: an unknown day is not computed with.
        """
        shown = self._conditions.visible(data)
        return {
            field.id: as_feel(field, get(data, field.path)) if field.id in shown else None
            for field in self.fields
        }

    # -- what to say about it -----------------------------------------------------------------

    def answers(self, data: Data) -> tuple[Answer, ...]:
        """The lines of the check page: every visible field that has an answer."""
        shown = self._conditions.visible(data)
        return tuple(
            line
            for step in self.steps
            for field in step.fields
            if field.id in shown
            if (line := answer_lines.line(step, field, get(data, field.path))) is not None
        )

    def prefill(self, identity: Identity) -> dict[str, Any]:
        """The answers that a log-in vouches for, cleaned as if they had been typed."""
        return prefill.filled(self.fields, identity)

    def agrees_with(self, data: Data, identity: Identity | None) -> bool | None:
        """Whether what the form states about the person is what the log-in vouches for.

        None if the log-in does not vouch for something that is stated: then nobody knows, and a
        decision table must send the case to a person (FC-19).
        """
        shown = self._conditions.visible(data)
        return prefill.agreement([field for field in self.fields if field.id in shown], data, identity)


def _error(field: Field, refused: controls.Refused) -> FieldError:
    own = field.errors.get(refused.kind, {})
    # The package's own words replace the general sentence of an empty field; where the exact
    # character or day is named, the general sentence says more.
    if refused.kind == "required" and own.get("de"):
        sentence = own["de"]
        others = {language: text for language, text in own.items() if language != "de"}
    else:
        sentence, others = refused.message, {}
    part = refused.parts[0] if refused.parts else None
    return FieldError(field.id, part, sentence, refused.parts, others)


def _kept(fields: Sequence[Field], raw: Raw) -> dict[str, tuple[str, ...]]:
    """What was typed, for showing it again; a megabyte is cut, an unknown name is left out."""
    names = [name for field in fields for name in field.posted_names]
    return {
        name: tuple(value[:_KEPT_CHARACTERS] for value in list(raw[name])[:100])
        for name in names
        if name in raw
    }


def _names_outside(data: Mapping[str, Any], known: Mapping[str, Any], prefix: str = "") -> list[str]:
    outside: list[str] = []
    for name, value in data.items():
        inner = known.get(name) if isinstance(name, str) else None
        if inner is None:
            outside.append(f"{prefix}{name}")
        elif isinstance(inner, Mapping) and isinstance(value, Mapping):
            outside += _names_outside(value, inner, f"{prefix}{name}.")
        elif isinstance(inner, Mapping):
            outside.append(f"{prefix}{name}")
    return outside
