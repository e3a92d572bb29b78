# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is searched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from amtlich.kernel.errors import AmtlichError


class SearchError(AmtlichError):
    """Root of the errors of this engine."""


class DuplicateDocument(SearchError):
    """Two documents with the same id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"The document {document_id!r} is there twice. Give each document an id of its own.")


class Field(Enum):
    """Where a word stands. The value says how much a hit there weighs."""

    NAME = 1.0
    WORDS = 0.95
    OTHER_NAME = 0.9
    SUMMARY = 0.35


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found.

    ``name`` is what it is called, ``other_names`` the same in other languages, ``words`` what people call it
    in everyday life (words or short phrases), ``key`` an official number of digits (LeiKa: 14).
    """

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    key: str | None = None

    def texts(self) -> tuple[tuple[Field, str], ...]:
        """All texts with the field that each stands in, the most telling first."""
        return (
            (Field.NAME, self.name),
            *((Field.WORDS, text) for text in self.words),
            *((Field.OTHER_NAME, text) for text in self.other_names),
            *((Field.SUMMARY, text) for text in self.summary),
        )
