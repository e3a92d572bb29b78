# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Sentences that people read in three language forms.

A sentence is written once, in German, where it is said. It stays a ``str`` (the German one), so whoever
knows nothing of language forms can use it; whoever does, looks its template up in ``Words``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from typing import Any, Literal

from amtlich.kernel import words

Language = Literal["de", "leicht", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "leicht", "en")


class MissingText(LookupError):
    """A sentence has no text in this language form."""


class WordsRefused(ValueError):
    """A list of translations is not as it must be; the message says where and what to do."""


class Sentence(str):
    """``Sentence("Noch {days} Tage", days=3)``: the German text, with its template and values kept.

    Values may be text, numbers, dates, moments, texts in three forms (``{"de": ..}``), other sentences
    or tuples of them. The template must be a literal: the check for missing texts finds it in the source.
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Sentence:
        made = super().__new__(cls, _filled(template, values, "de", None))
        made.template = template
        made.values = values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), dict(self.values)


@dataclass(frozen=True, slots=True)
class Words:
    """Translations by German template."""

    forms: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, files: Iterable[tuple[str, str]]) -> Words:
        """From (name, TOML text) pairs, each a list of ``[[text]]`` with ``de``, ``leicht`` and ``en``.

        Raises ``WordsRefused`` for a form that is missing, empty or has other placeholders, and for a
        German text that stands in two places.
        """
        forms: dict[str, Mapping[str, str]] = {}
        where: dict[str, str] = {}
        for name, source in files:
            for entry in _entries(name, source):
                german = entry["de"]
                if german in where:
                    raise WordsRefused(f"{name}: „{german}“ already stands in {where[german]}; keep one")
                where[german] = name
                forms[german] = entry
        return cls(forms)

    def template(self, german: str, language: Language) -> str:
        """The text for a German template; raises ``MissingText``."""
        if language == "de":
            return german
        try:
            return self.forms[german][language]
        except KeyError:
            raise MissingText(f"no text in form {language!r} for „{german}“") from None

    def say(self, sentence: str, language: Language) -> str:
        """The sentence in this form; a plain ``str`` is looked up as a sentence without values."""
        values = sentence.values if isinstance(sentence, Sentence) else {}
        german = sentence.template if isinstance(sentence, Sentence) else str(sentence)
        return self.fill(self.template(german, language), values, language)

    def fill(self, template: str, values: Mapping[str, Any], language: Language) -> str:
        """A template of this form with its values."""
        return _filled(template, values, language, self)

    def value(self, value: Any, language: Language) -> str:
        """How a value inside a sentence is shown."""
        return _shown(value, language, self)


def placeholders(template: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _entries(name: str, source: str) -> Iterator[Mapping[str, str]]:
    try:
        listed = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise WordsRefused(f"{name}: not a TOML file: {error}") from None
    for number, entry in enumerate(listed.get("text", ()), 1):
        shown = entry.get("de", f"entry {number}")
        for form in LANGUAGES:
            if not isinstance(entry.get(form), str) or not entry[form].strip():
                raise WordsRefused(f"{name}: „{shown}“ has no text for {form!r}")
            if placeholders(entry[form]) != placeholders(entry["de"]):
                raise WordsRefused(f"{name}: „{shown}“ has other placeholders in {form!r}")
        yield entry


def _filled(template: str, values: Mapping[str, Any], language: Language, known: Words | None) -> str:
    if not values:
        return template
    return template.format(**{name: _shown(value, language, known) for name, value in values.items()})


def _shown(value: Any, language: Language, known: Words | None) -> str:
    if isinstance(value, Sentence):
        return known.say(value, language) if known else str(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return str(value[language])
    if isinstance(value, datetime):
        return words.datetime_in(value, language)
    if isinstance(value, date):
        return words.date_in(value, language)
    if isinstance(value, tuple | list):
        return words.join_in([_shown(part, language, known) for part in value], language)
    return str(value)
