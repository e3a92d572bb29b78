# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Declared types (typeRef, itemDefinition) and how a value is brought to them.

A value that does not fit becomes null with a reason, never an exception: bad data is not a bad model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from amtlich.engines.rules import temporal
from amtlich.engines.rules.messages import KINDS, Word
from amtlich.engines.rules.values import Function, Range, kind

if TYPE_CHECKING:
    from amtlich.engines.rules.syntax import Text

# Called as report(code, **values) for every reason why a value became null.
Report: TypeAlias = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Type:
    """`kind` is a key of messages.KINDS. `item`: of a list; `components`: of a context, None if unknown.

    `allows` tells whether a value is among the allowed ones (None: all are), `constraint` is how the model
    writes them; `name` is the declared name.
    """

    kind: str
    name: str = ""
    item: Type | None = None
    components: Mapping[str, Type] | None = None
    allows: Callable[[object], bool] | None = field(default=None, compare=False)
    constraint: Text | None = field(default=None, compare=False)
    parameters: tuple[Type, ...] | None = None
    result: Type | None = None

    @property
    def word(self) -> Word:
        """What people call this type."""
        return KINDS[self.kind]

    def component(self, name: str) -> Type | None:
        """The type of a component, ANY if nothing is known of it, None if there is none of that name."""
        if self.kind == "list" and self.item is not None:
            inner = self.item.component(name)
            return None if inner is None else Type("list", item=inner)
        if self.kind == "context" and self.components is not None:
            return self.components.get(name)
        return ANY


ANY: Final = Type("Any", "Any")
_BUILT_IN: Final[Mapping[str, str]] = {
    "Any": "Any",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
    "Null": "null",
}
BUILT_IN: Final[Mapping[str, Type]] = {
    name: ANY if what == "Any" else Type(what, name) for name, what in _BUILT_IN.items()
}


def conforms(value: object, wanted: Type) -> bool:
    """`value instance of wanted`: null is an instance of Null only."""
    if value is None:
        return wanted.kind == "null"
    if wanted.kind == "Any":
        return True
    if kind(value) != wanted.kind:
        return False
    if isinstance(value, list) and wanted.item is not None:
        return all(conforms(item, wanted.item) for item in value)
    if isinstance(value, dict) and wanted.components is not None:
        return all(_fits_component(value, name, inner) for name, inner in wanted.components.items())
    if isinstance(value, Range) and wanted.item is not None:
        return any(end is not None and conforms(end, wanted.item) for end in (value.start, value.end))
    if isinstance(value, Function) and wanted.parameters is not None:
        return len(value.parameters) == len(wanted.parameters)
    return True


def _fits_component(value: Mapping[str, object], name: str, wanted: Type) -> bool:
    return name in value and (value[name] is None or conforms(value[name], wanted))


def bring_to(value: object, wanted: Type, name: str, report: Report, *, parse: bool = False) -> object:
    """The value as the declared type wants it, or None after reporting why not.

    A list of one stands for its item and an item for a list of one, as DMN has it; a date given where a
    moment is wanted becomes its midnight in UTC. With `parse` (data from outside) ISO texts become dates,
    times and durations.
    """
    if value is None or (wanted.kind == "Any" and wanted.allows is None):
        return value
    if parse and isinstance(value, str):
        value = _parsed(value, wanted)
    if wanted.kind == "list":
        return _list(value, wanted, name, report, parse)
    if isinstance(value, list) and len(value) == 1 and wanted.kind != "Any":
        return bring_to(value[0], wanted, name, report, parse=parse)
    if kind(value) == "date" and wanted.kind == "date and time":
        value = temporal.midnight(value)
    if wanted.kind != "Any" and kind(value) != wanted.kind:
        report("wrong_type", name=name, expected=wanted.word, found=KINDS[kind(value)])
        return None
    if isinstance(value, dict) and wanted.components is not None:
        value = _context(value, wanted.components, name, report, parse)
    elif not conforms(value, wanted):
        report("wrong_type", name=name, expected=wanted.word, found=KINDS[kind(value)])
        return None
    return _allowed(value, wanted, name, report)


def _parsed(text: str, wanted: Type) -> object:
    reader = temporal.READERS.get(wanted.kind)
    if reader is None:
        return text
    found = reader(text)
    return text if found is None else found


def _list(value: object, wanted: Type, name: str, report: Report, parse: bool) -> object:
    items = value if isinstance(value, list) else [value]
    if wanted.item is None:
        return _allowed(items, wanted, name, report)
    brought = [
        bring_to(item, wanted.item, f"{name}[{n}]", report, parse=parse) for n, item in enumerate(items, 1)
    ]
    if any(new is None and old is not None for new, old in zip(brought, items, strict=True)):
        return None
    return _allowed(brought, wanted, name, report)


def _context(
    value: dict[str, object], components: Mapping[str, Type], name: str, report: Report, parse: bool
) -> dict[str, object] | None:
    brought = dict(value)
    for component, wanted in components.items():
        if component not in value:
            if not parse:
                report("missing_component", name=name, component=component)
                return None
            # Data from outside may leave a component out: it is missing, and comparisons with it have no
            # result.
            brought[component] = None
            continue
        new = bring_to(value[component], wanted, f"{name}.{component}", report, parse=parse)
        if new is None and value[component] is not None and not parse:
            return None
        brought[component] = new
    return brought


def _allowed(value: object, wanted: Type, name: str, report: Report) -> object:
    if value is None or wanted.allows is None or wanted.allows(value):
        return value
    report("not_allowed", name=name, value=temporal.shown(value))
    return None
