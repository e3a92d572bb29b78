# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the answers to one form to the answers to its successor: what can be taken over, and what not.

An answer is taken over where the newer form asks the same question (same id, same kind of control) and
accepts the value as it is. Everything else is listed with the old question and the new one beside it,
so that a person can answer anew; no answer vanishes unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amtlich.engines.forms import controls
from amtlich.engines.forms.form import Form
from amtlich.engines.forms.model import Answer, Data, Field
from amtlich.engines.forms.values import get, is_empty, put


@dataclass(frozen=True, slots=True)
class Change:
    """An old answer that was not taken over. ``now`` is the new question; None if nothing is asked."""

    before: Answer
    now: Field | None


@dataclass(frozen=True, slots=True)
class Succession:
    """``data`` holds the answers to the newer form, ``changes`` the answers that it does not take."""

    data: dict[str, Any]
    changes: tuple[Change, ...]


def succeed(old: Form, data: Data, new: Form) -> Succession:
    """Carry the answers of ``old`` over to ``new``. What ``old`` no longer asked is no answer (FC-01)."""
    given = old.prune(data)
    carried: dict[str, Any] = {}
    known = {field.id: field for field in new.fields}
    for field in old.fields:
        value = get(given, field.path)
        successor = known.get(field.id)
        if successor is not None and not is_empty(taken := _taken(successor, field, value)):
            put(carried, successor.path, taken)
    # A question that the newer form asks only under a condition keeps its answer only if that holds.
    kept = new.prune(carried)
    changes = tuple(
        Change(answer, _asked(known.get(answer.field), new, kept))
        for answer in old.answers(given)
        if not _has(kept, known.get(answer.field))
    )
    return Succession(kept, changes)


def unanswered(old: Form, earlier: Data, new: Form, data: Data) -> dict[str, Answer]:
    """The old answers to questions that are still open in ``data``, by the new field's id."""
    known = {field.id: field for field in new.fields}
    return {
        answer.field: answer
        for answer in old.answers(earlier)
        if answer.field in known and is_empty(get(data, known[answer.field].path))
    }


def _taken(successor: Field, field: Field, value: Any) -> Any:
    """The value as the successor would store it; None if it means something else there, or nothing."""
    if successor.control != field.control:
        return None
    try:
        taken = controls.read_json(successor, value)
    except controls.Refused:
        return None
    # The order of choices is that of the form, so a form that lists them otherwise changes nothing.
    same = set(taken) == set(value) if isinstance(taken, list) else taken == value
    return taken if same else None


def _has(data: Data, field: Field | None) -> bool:
    return field is not None and not is_empty(get(data, field.path))


def _asked(field: Field | None, form: Form, data: Data) -> Field | None:
    """The new question, if the answers so far call for it."""
    if field is None:
        return None
    shown = (each for step in form.steps for each in form.on_page(step.id, data))
    return next((each for each in shown if each.id == field.id), None)
