# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the engine raises, and how it names a place in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amtlich.engines.rules.messages import Word, sentence
from amtlich.kernel.errors import AmtlichError


@dataclass(frozen=True, slots=True)
class Place:
    """A character of a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class RulesError(AmtlichError):
    """A model or expression that cannot be used, with the place where reading stopped.

    `message` is English, `message_de` German; both say what was wrong and what to do. `element` names the
    DMN element (id or tag) around the place, `expected` what would have been right, if that is known.
    """

    def __init__(
        self,
        code: str,
        place: Place,
        *,
        element: str | None = None,
        expected: str | Word | None = None,
        **values: object,
    ) -> None:
        if expected is not None:
            values["expected"] = expected
        self.code = code
        self.file = place.file
        self.line = place.line
        self.column = place.column
        self.element = element
        self.expected = expected.en if isinstance(expected, Word) else expected
        self.message, self.message_de = sentence(code, values)
        super().__init__(code, place)

    @classmethod
    def of(cls, code: str, place: Place, element: str | None, values: Mapping[str, object]) -> RulesError:
        """The error with its message's values as a mapping."""
        rest = dict(values)
        expected = rest.pop("expected", None)
        known = expected if isinstance(expected, Word) or expected is None else str(expected)
        return cls(code, place, element=element, expected=known, **rest)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.element}: {self.message}" if self.element else f"{where}: {self.message}"

    def sentence_de(self) -> str:
        """Place and message in German, for people who write packages."""
        element = f" ({self.element})" if self.element else ""
        return f"{self.file}, Zeile {self.line}, Spalte {self.column}{element}: {self.message_de}"


__all__ = ["Place", "RulesError", "Word"]
