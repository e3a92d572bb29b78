# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The values a form consists of. Nothing here reads input or decides anything."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

LANGUAGES = ("de", "leicht", "en")
"""The language forms every text of a package must have: German, Leichte Sprache, English."""

Control = Literal["text", "name", "date", "choice", "choices", "checkbox", "longtext"]
CONTROLS: tuple[Control, ...] = ("text", "name", "date", "choice", "choices", "checkbox", "longtext")

TextFormat = Literal["plain", "house_number", "postcode"]
FORMATS: tuple[TextFormat, ...] = ("plain", "house_number", "postcode")

PREFILLS = (
    "identity.family",
    "identity.given",
    "identity.birth",
    "identity.address.no_fixed_abode",
    "identity.address.street",
    "identity.address.house_number",
    "identity.address.postcode",
    "identity.address.town",
)
"""What of the log-in a field may name as its origin (``x-prefill``)."""

Text = Mapping[str, str]
"""One text in its language forms: {"de": …, "leicht": …, "en": …}."""

Data = Mapping[str, Any]
"""Answers by property name, as JSON: strings, booleans, lists of strings, and groups of these."""

Raw = Mapping[str, Sequence[str]]
"""What a browser posted: every name with all its values."""

DATE_PARTS = ("tag", "monat", "jahr")


def say(text: Text, language: str = "de") -> str:
    """The text in a language form, in German where that form has none."""
    return text.get(language) or text.get("de", "")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    value: str
    label: Text
    hint: Text = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together on the page; those of an object in the schema also in the data."""

    id: str
    label: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``id`` is also the name that the browser posts (dates: id-tag, id-monat, id-jahr).

    ``path`` leads to the value in the data: one property, or group and property. ``purpose`` names
    the purpose of processing (GDPR Art. 5), ``source`` who gives the value, ``prefill`` what of the
    log-in fills it.
    """

    id: str
    path: tuple[str, ...]
    control: Control
    label: Text
    hint: Text
    options: tuple[Option, ...]
    required: bool
    purpose: str
    source: str
    prefill: str | None
    fim: Mapping[str, str] | None
    format: TextFormat
    max_length: int
    min_items: int
    max_items: int
    partial: bool
    past: bool
    autocomplete: str | None
    inputmode: str | None
    width: int | None
    group: FieldGroup | None
    errors: Mapping[str, Text]

    @property
    def posted_names(self) -> tuple[str, ...]:
        """The names under which a browser sends this field."""
        if self.control == "date":
            return tuple(f"{self.id}-{part}" for part in DATE_PARTS)
        return (self.id,)


@dataclass(frozen=True, slots=True)
class FormStep:
    """One page of the form."""

    id: str
    title: Text
    lead: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: a sentence that says the next step; ours is a ``Sentence``.

    ``part`` is where the cursor should go (tag, monat, jahr), ``parts`` are all wrong parts.
    ``messages`` holds the other language forms where the package gives them.
    """

    field: str
    part: str | None
    message_de: str
    parts: tuple[str, ...] = ()
    messages: Text = dataclasses.field(default_factory=dict)

    def message(self, language: str = "de") -> str:
        """The sentence in a language form, in German where the package has no other."""
        return self.messages.get(language) or self.message_de

    @property
    def text(self) -> Text | str:
        """The message for whoever speaks all language forms: the package's text, or a ``Sentence``."""
        return {"de": self.message_de, **self.messages} if self.messages else self.message_de


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page as it was read. ``data`` holds only valid values, ``raw`` what was typed."""

    data: dict[str, Any]
    errors: tuple[FieldError, ...]
    raw: dict[str, tuple[str, ...]]

    @property
    def ok(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the check page. ``label`` and ``display`` come in every language form."""

    step: str
    field: str
    label: Text
    display: Text
