# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How an answer reads on the check page, in each language form."""

from __future__ import annotations

from typing import Any

from amtlich.engines.forms import dates
from amtlich.engines.forms.model import LANGUAGES, Answer, Field, FormStep, Text, say
from amtlich.engines.forms.values import is_empty
from amtlich.kernel.partial_date import PartialDate

_YES: Text = {"de": "Ja", "leicht": "Ja", "en": "Yes"}


def line(step: FormStep, field: Field, value: Any) -> Answer | None:
    """The line for one answer; None if there is nothing to show."""
    shown = {language: _display(field, value, language) for language in LANGUAGES}
    if not shown["de"]:
        return None
    return Answer(step.id, field.id, field.label, shown)


def _display(field: Field, value: Any, language: str) -> str:
    if field.control == "checkbox":
        return say(_YES, language) if value is True else ""
    if is_empty(value):
        return ""
    if field.control == "choices" and isinstance(value, list):
        return ", ".join(_option(field, str(item), language) for item in value)
    if field.control == "choice":
        return _option(field, str(value), language)
    if field.control == "date":
        return _date(str(value), language)
    return str(value)


def _option(field: Field, value: str, language: str) -> str:
    return next((say(option.label, language) for option in field.options if option.value == value), value)


def _date(value: str, language: str) -> str:
    try:
        return dates.display(PartialDate.parse_iso(value), language)
    except ValueError:
        return value
