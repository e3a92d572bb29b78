# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a form step and what was typed to what the macros in macros/form.html draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from amtlich.engines.forms import Answer, Change, Field, FieldError
from amtlich.engines.forms import values as answers
from amtlich.faces.portal.language import said
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.sentence import Sentence

_PARTS = (
    ("tag", Sentence("Tag"), 2, "day"),
    ("monat", Sentence("Monat"), 2, "month"),
    ("jahr", Sentence("Jahr"), 4, "year"),
)
_WIDTHS = (5, 10, 20)  # in amtlich.css; wider ones take the whole line

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One of the three inputs of a date."""

    id: str
    label: str
    value: str
    width: int
    autocomplete: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One radio button or checkbox of a choice."""

    id: str
    kind: str
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with what it holds and what is wrong with it.

    ``earlier`` is what was answered to an older version of the question.
    """

    id: str
    control: str
    label: str
    hint: str
    required: bool
    value: str
    message: str
    autocomplete: str
    inputmode: str
    width_class: str
    parts: tuple[PartEntry, ...]
    options: tuple[OptionEntry, ...]
    earlier: str

    @property
    def described_by(self) -> str:
        """Ids for aria-describedby: the error first, since it is what matters now."""
        ids = [f"{self.id}-f"] if self.message else []
        if self.hint:
            ids.append(f"{self.id}-h")
        if self.earlier:
            ids.append(f"{self.id}-v")
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Block:
    """Entries that stand together; ``legend`` is empty for a question of its own."""

    legend: str
    hint: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the summary above the form; ``target`` is the id of the input to go to."""

    target: str
    label: str
    message: str


def blocks(
    fields: Sequence[Field],
    data: Mapping[str, Any],
    typed: Typed | None,
    errors: Sequence[FieldError],
    earlier: Mapping[str, Answer] | None = None,
) -> tuple[Block, ...]:
    """The questions of a step. ``typed`` wins over ``data``: what somebody typed is never lost."""
    return tuple(_blocks(fields, data, typed, errors, earlier or {}))


def _blocks(
    fields: Sequence[Field],
    data: Mapping[str, Any],
    typed: Typed | None,
    errors: Sequence[FieldError],
    earlier: Mapping[str, Answer],
) -> Iterator[Block]:
    wrong = {error.field: error for error in errors}
    for group_id, members in groupby(fields, key=lambda field: field.group.id if field.group else ""):
        group_fields = list(members)
        entries = tuple(
            entry(field, data, typed, wrong.get(field.id), earlier.get(field.id)) for field in group_fields
        )
        group = group_fields[0].group
        if group_id and group is not None:
            yield Block(said(group.label), said(group.hint), entries)
        else:
            yield from (Block("", "", (each,)) for each in entries)


def entry(
    field: Field,
    data: Mapping[str, Any],
    typed: Typed | None,
    error: FieldError | None,
    earlier: Answer | None = None,
) -> Entry:
    """One question, ready to draw."""
    return Entry(
        id=field.id,
        control=field.control,
        label=said(field.label),
        hint=said(field.hint),
        required=field.required,
        value=_value(field, data, typed),
        message=said(error.text) if error else "",
        autocomplete=field.autocomplete or "",
        inputmode=field.inputmode or "",
        width_class=_width_class(field.width),
        parts=_parts(field, data, typed, error) if field.control == "date" else (),
        options=_options(field, data, typed),
        earlier=said(earlier.display) if earlier else "",
    )


def error_lines(fields: Sequence[Field], errors: Sequence[FieldError]) -> tuple[ErrorLine, ...]:
    """The summary, in the order of the page."""
    by_id = {field.id: field for field in fields}
    order = {field.id: place for place, field in enumerate(fields)}
    known = sorted((error for error in errors if error.field in by_id), key=lambda error: order[error.field])
    return tuple(
        ErrorLine(_target(by_id[error.field], error), said(by_id[error.field].label), said(error.text))
        for error in known
    )


def _target(field: Field, error: FieldError) -> str:
    if field.control == "date":
        return f"{field.id}-{error.part or 'tag'}"
    if field.control in ("choice", "choices"):
        return f"{field.id}-1"
    return field.id


def _value(field: Field, data: Mapping[str, Any], typed: Typed | None) -> str:
    if field.control in ("date", "choice", "choices"):
        return ""
    if typed is not None:
        return next(iter(typed.get(field.id, ())), "")
    stored = answers.get(data, field.path)
    if field.control == "checkbox":
        return "ja" if stored else ""
    return "" if stored is None else str(stored)


def _parts(
    field: Field, data: Mapping[str, Any], typed: Typed | None, error: FieldError | None
) -> tuple[PartEntry, ...]:
    stored = answers.get(data, field.path)
    date = PartialDate.parse_iso(stored) if stored else None
    numbers = {"tag": date and date.day, "monat": date and date.month, "jahr": date and date.year}
    birthday = field.autocomplete == "bday"
    return tuple(
        PartEntry(
            id=f"{field.id}-{part}",
            label=said(label),
            value=next(iter(typed.get(f"{field.id}-{part}", ())), "")
            if typed is not None
            else str(numbers[part] or ""),
            width=width,
            autocomplete=f"bday-{english}" if birthday else "",
            wrong=bool(error) and (not _wrong_parts(error) or part in _wrong_parts(error)),
        )
        for part, label, width, english in _PARTS
    )


def _wrong_parts(error: FieldError | None) -> tuple[str, ...]:
    if error is None:
        return ()
    return error.parts or ((error.part,) if error.part else ())


def _options(field: Field, data: Mapping[str, Any], typed: Typed | None) -> tuple[OptionEntry, ...]:
    if field.control not in ("choice", "choices"):
        return ()
    if typed is not None:
        chosen = set(typed.get(field.id, ()))
    else:
        stored = answers.get(data, field.path)
        chosen = {stored} if isinstance(stored, str) else set(stored or ())
    return tuple(
        OptionEntry(
            id=f"{field.id}-{place}",
            kind="radio" if field.control == "choice" else "checkbox",
            value=option.value,
            label=said(option.label),
            hint=said(option.hint),
            chosen=option.value in chosen,
        )
        for place, option in enumerate(field.options, start=1)
    )


def _width_class(width: int | None) -> str:
    if width is None:
        return ""
    fitting = next((known for known in _WIDTHS if known >= width), None)
    return f" am-w-{fitting}" if fitting else ""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A question whose stored value is not what was typed: shown when two windows edit one draft (FC-09)."""

    label: str
    stored: str
    typed: str


def stored_lines(fields: Sequence[Field], data: Mapping[str, Any], typed: Typed) -> tuple[StoredLine, ...]:
    """The questions that differ between the stored draft and what was typed."""
    lines = []
    for field in fields:
        stored, now = _spoken(entry(field, data, None, None)), _spoken(entry(field, data, typed, None))
        if stored != now:
            lines.append(StoredLine(said(field.label), stored, now))
    return tuple(lines)


def _spoken(shown: Entry) -> str:
    if shown.control == "date":
        return ".".join(part.value for part in shown.parts if part.value)
    if shown.options:
        return ", ".join(option.label for option in shown.options if option.chosen)
    return shown.value


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An old answer beside the question of the newer form; ``now`` is empty if nothing is asked any more."""

    before: str
    answer: str
    now: str
    hint: str


def change_lines(changes: Sequence[Change]) -> tuple[ChangeLine, ...]:
    """What a newer version of the form asks otherwise."""
    return tuple(
        ChangeLine(
            said(change.before.label),
            said(change.before.display),
            said(change.now.label) if change.now else "",
            said(change.now.hint) if change.now else "",
        )
        for change in changes
    )
