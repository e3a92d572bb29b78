# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Forms as data: questions, conditions, cleaning and checking of answers. See README.md."""

from amtlich.engines.forms.errors import FormError, Path, Problem
from amtlich.engines.forms.form import Form
from amtlich.engines.forms.model import (
    CONTROLS,
    DATE_PARTS,
    FORMATS,
    LANGUAGES,
    PREFILLS,
    Answer,
    Data,
    Field,
    FieldError,
    FieldGroup,
    FormStep,
    Option,
    Parsed,
    Raw,
    Text,
    say,
)
from amtlich.engines.forms.structure import structure_problems
from amtlich.engines.forms.succession import Change, Succession, succeed, unanswered

__all__ = [
    "CONTROLS",
    "DATE_PARTS",
    "FORMATS",
    "LANGUAGES",
    "PREFILLS",
    "Answer",
    "Change",
    "Data",
    "Field",
    "FieldError",
    "FieldGroup",
    "Form",
    "FormError",
    "FormStep",
    "Option",
    "Parsed",
    "Path",
    "Problem",
    "Raw",
    "Succession",
    "Text",
    "say",
    "structure_problems",
    "succeed",
    "unanswered",
]
