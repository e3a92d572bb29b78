# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Show and require rules: which questions the answers so far call for.

A rule sees hidden answers as missing, never as what was once typed there (FC-01). For that the rules
are worked off in the order of their dependence, which the reader of the definition has made sure
exists: a rule that depends on itself is refused there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from amtlich.engines.forms.model import Data, Field
from amtlich.engines.forms.values import get, is_empty
from amtlich.engines.rules import Expression, RulesError, to_feel
from amtlich.kernel.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Rule:
    """``target`` (a field id or a group) is shown, or must be filled, when ``condition`` is true."""

    kind: Literal["show", "require"]
    target: str
    condition: Expression
    source: str

    def concerns(self, field: Field) -> bool:
        return self.target == field.id or self.target == field.path[0]

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Only true counts: null (a missing answer) neither shows nor demands anything."""
        try:
            return self.condition.evaluate(scope) is True
        except RulesError:
            return False


class Conditions:
    """All rules of one form over its fields."""

    def __init__(self, fields: Sequence[Field], rules: Sequence[Rule]) -> None:
        self._fields = tuple(fields)
        self._show = _by_field(fields, [rule for rule in rules if rule.kind == "show"])
        self._require = _by_field(fields, [rule for rule in rules if rule.kind == "require"])
        self._order = tuple(_in_order(fields, self._show))

    def depends_on(self, field: Field) -> frozenset[str]:
        """The properties that the field's show rules read."""
        return frozenset().union(*(rule.condition.names for rule in self._show[field.id]))

    def visible(self, data: Data) -> frozenset[str]:
        """The ids of all fields that the answers call for."""
        scope: dict[str, Any] = {field.path[0]: None for field in self._fields}
        shown: set[str] = set()
        for field in self._order:
            if all(rule.holds(scope) for rule in self._show[field.id]):
                shown.add(field.id)
                _enter(scope, field, get(data, field.path))
        return frozenset(shown)

    def required(self, field: Field, data: Data, shown: frozenset[str]) -> bool:
        """Whether a visible field must be filled, by itself or by a require rule."""
        if field.required:
            return True
        rules = self._require[field.id]
        if not rules:
            return False
        scope: dict[str, Any] = {other.path[0]: None for other in self._fields}
        for other in self._fields:
            if other.id in shown:
                _enter(scope, other, get(data, other.path))
        return any(rule.holds(scope) for rule in rules)


def _by_field(fields: Sequence[Field], rules: Sequence[Rule]) -> dict[str, tuple[Rule, ...]]:
    return {field.id: tuple(rule for rule in rules if rule.concerns(field)) for field in fields}


def _in_order(fields: Sequence[Field], show: Mapping[str, tuple[Rule, ...]]) -> Iterator[Field]:
    """Every field after all fields that its show rules read."""
    done: set[str] = set()
    waiting = list(fields)
    while waiting:
        ready = [field for field in waiting if not _open(field, show, waiting)]
        if not ready:
            circle = ", ".join(sorted(field.id for field in waiting))
            raise ValueError(f"show rules depend on each other in a circle: {circle}")
        for field in ready:
            done.add(field.id)
            yield field
        waiting = [field for field in waiting if field.id not in done]


def _open(field: Field, show: Mapping[str, tuple[Rule, ...]], waiting: Sequence[Field]) -> bool:
    """Whether something that the field's show rules read is not decided yet.

    Inside one group a rule reads the fields that stand before it, so that a group may ask for a kind
    first and for what belongs to the kind after it.
    """
    names = {name for rule in show[field.id] for name in rule.condition.names}
    after = False
    for other in waiting:
        after = after or other is field
        same_group = len(field.path) > 1 and other.path[0] == field.path[0]
        if other.path[0] in names and not (same_group and after):
            return True
    return False


def circle(fields: Sequence[Field], rules: Sequence[Rule]) -> str | None:
    """The fields whose show rules depend on each other, for a message; None if there are none."""
    try:
        Conditions(fields, rules)
    except ValueError as error:
        return str(error).rpartition(": ")[2]
    return None


def _enter(scope: dict[str, Any], field: Field, value: Any) -> None:
    """Put an answer into the scope that expressions read, as the FEEL value it stands for."""
    feel = as_feel(field, value)
    if len(field.path) == 1:
        scope[field.path[0]] = feel
        return
    group = scope[field.path[0]]
    entries = dict(group) if isinstance(group, dict) else {}
    entries[field.path[1]] = feel
    scope[field.path[0]] = entries


def as_feel(field: Field, value: Any) -> Any:
    """The value an answer has in an expression."""
    if field.control == "checkbox":
        return value is True
    if is_empty(value):
        return None
    if field.control == "choices":
        return to_feel(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else None
    # The API may send anything here; what has not the field's type is no answer to a rule.
    if not isinstance(value, str):
        return None
    return to_feel(_complete_date(value) if field.control == "date" else value)


def _complete_date(value: str) -> date | None:
    """A date whose day or month is unknown is no date to compute with: missing (FC-04, FC-19)."""
    try:
        known = PartialDate.parse_iso(value)
    except ValueError:
        return None
    if known.month is None or known.day is None:
        return None
    return date(known.year, known.month, known.day)
