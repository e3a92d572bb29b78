# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Texts that people write to each other in a case: cleaned at the door, refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from amtlich.contexts.cases.errors import TextWrong
from amtlich.kernel.text import TextRefused, clean_text

MOST_CHARACTERS = 20_000
QUESTION_CHARACTERS = 1_000
REASON_CHARACTERS = 2_000
NAME_CHARACTERS = 80


def cleaned(texts: Sequence[str], *, longest: int, missing: str | None) -> list[str]:
    """All texts in their clean form; raises ``TextWrong`` with a sentence for each that cannot be taken.

    ``missing`` is said where nothing was written; None lets a text be empty.
    """
    errors: dict[int, str] = {}
    clean: list[str] = []
    for number, text in enumerate(texts):
        try:
            clean.append(clean_text(text, longest, multiline=True))
        except TextRefused as refused:
            clean.append("")
            errors[number] = refused.message
            continue
        if missing is not None and not clean[-1]:
            errors[number] = missing
    if errors:
        raise TextWrong(errors)
    return clean
