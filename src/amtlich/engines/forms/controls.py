# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From what came in to a clean value, one control at a time.

Two doors, one set of rules: ``read_posted`` takes the strings of a browser, ``read_json`` the values
of the API. Both give the cleaned value, None for no answer, or raise ``Refused``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amtlich.engines.forms import dates
from amtlich.engines.forms.characters import clean_prose
from amtlich.engines.forms.model import DATE_PARTS, Field, Raw
from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.text import TextRefused, clean_house_number, clean_name, clean_postcode

_TICKED = frozenset({"on", "1", "true", "ja"})


class Refused(ValueError):
    """A value that cannot be taken. ``kind`` chooses a text of the package, if it has its own."""

    def __init__(self, message: str, *, kind: str = "invalid", parts: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.parts = tuple(parts)


def missing(field: Field) -> Refused:
    """The refusal of an empty field that must be filled."""
    label = field.label
    sentence = {
        "choice": Sentence("Wählen Sie bei „{label}“ eine Möglichkeit aus.", label=label),
        "choices": Sentence("Wählen Sie bei „{label}“ mindestens eine Möglichkeit aus.", label=label),
        "checkbox": Sentence("Setzen Sie den Haken bei „{label}“.", label=label),
        "date": Sentence("Geben Sie bei „{label}“ ein Datum ein.", label=label),
    }.get(field.control, Sentence("Füllen Sie das Feld „{label}“ aus.", label=label))
    parts = ("tag", "monat", "jahr") if field.control == "date" else ()
    return Refused(sentence, kind="required", parts=parts)


def read_posted(field: Field, raw: Raw) -> Any:
    """The value a browser posted for the field; None if it was left empty."""
    if field.control == "date":
        return _posted_date(field, raw)
    values = raw.get(field.id, ())
    if field.control == "choices":
        return _choices(field, [value for value in values if value != ""])
    # A name sent twice means what stands last, as in every framework of the web.
    value = values[-1] if values else ""
    if field.control == "checkbox":
        return value.casefold() in _TICKED
    if field.control == "choice":
        return _choice(field, value)
    return _text(field, value)


def read_json(field: Field, value: Any) -> Any:
    """The cleaned value of one answer in JSON; None for null and for empty text."""
    if value is None:
        return None
    if field.control == "checkbox":
        if not isinstance(value, bool):
            raise Refused(Sentence("Erwartet wird true oder false."))
        return value
    if field.control == "choices":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Refused(Sentence("Erwartet wird eine Liste von Texten."))
        return _choices(field, value)
    if not isinstance(value, str):
        raise Refused(Sentence("Erwartet wird ein Text."))
    if field.control == "date":
        return _iso_date(field, value)
    return _choice(field, value) if field.control == "choice" else _text(field, value)


def _text(field: Field, value: str) -> str | None:
    try:
        cleaned = _cleaned(field, value)
    except TextRefused as refused:
        raise Refused(refused.message) from refused
    return cleaned or None


def _cleaned(field: Field, value: str) -> str:
    if not value.strip():
        return ""
    if field.format == "house_number":
        return clean_house_number(value)
    if field.format == "postcode":
        return clean_postcode(value)
    if field.control == "name":
        return clean_name(value, field.max_length)
    return clean_prose(value, field.max_length, multiline=field.control == "longtext")


def _choice(field: Field, value: str) -> str | None:
    if value == "":
        return None
    if not any(option.value == value for option in field.options):
        raise Refused(
            Sentence("Wählen Sie bei „{label}“ eine der angebotenen Möglichkeiten aus.", label=field.label)
        )
    return value


def _choices(field: Field, values: Sequence[str]) -> list[str] | None:
    allowed = [option.value for option in field.options]
    if any(value not in allowed for value in values):
        raise Refused(
            Sentence("Wählen Sie bei „{label}“ nur angebotene Möglichkeiten aus.", label=field.label)
        )
    # The order of the form and each value once: equal choices give equal data.
    chosen = [value for value in allowed if value in values]
    if not chosen:
        return None
    if len(chosen) < field.min_items:
        raise Refused(
            Sentence(
                "Wählen Sie bei „{label}“ mindestens {count} Möglichkeiten aus.",
                label=field.label,
                count=field.min_items,
            )
        )
    if len(chosen) > field.max_items:
        raise Refused(
            Sentence(
                "Wählen Sie bei „{label}“ höchstens {count} Möglichkeiten aus.",
                label=field.label,
                count=field.max_items,
            )
        )
    return chosen


def _posted_date(field: Field, raw: Raw) -> str | None:
    day, month, year = (_last(raw, f"{field.id}-{part}") for part in DATE_PARTS)
    try:
        found = dates.read_parts(day, month, year, _date_rules(field))
    except dates.DateRefused as refused:
        raise Refused(refused.message, parts=refused.parts) from refused
    return found.iso() if found else None


def _iso_date(field: Field, value: str) -> str | None:
    if value == "":
        return None
    try:
        return dates.read_iso(value, _date_rules(field)).iso()
    except dates.DateRefused as refused:
        raise Refused(refused.message, parts=refused.parts) from refused


def _date_rules(field: Field) -> dates.DateRules:
    return dates.DateRules(partial=field.partial, past=field.past, today=clock.today())


def _last(raw: Raw, name: str) -> str:
    values = raw.get(name, ())
    return values[-1] if values else ""
