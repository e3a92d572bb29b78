# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The text of an expression together with the way back to its place in the file.

XML changes text on the way to the parser (`&lt;` becomes `<`), so an offset alone cannot name a column.
A source therefore keeps a run for every stretch of text that lies in the file unchanged.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from amtlich.engines.rules.errors import Place


@dataclass(frozen=True, slots=True)
class Run:
    """From `offset` on, the text lies in the file from line `line`, column `column` on."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """An expression's text. `runs` is sorted by offset and starts at offset 0."""

    text: str
    file: str
    runs: tuple[Run, ...] = field(default=(Run(0, 1, 1),))
    element: str | None = None

    @classmethod
    def plain(cls, text: str, *, file: str = "<expression>", line: int = 1, column: int = 1) -> Source:
        """A text that lies in its file as it is, from line and column on."""
        return cls(text, file, (Run(0, line, column),))

    def place(self, offset: int) -> Place:
        """Where the character at `offset` lies in the file."""
        run = self.runs[max(0, bisect_right(self.runs, offset, key=lambda r: r.offset) - 1)]
        between = self.text[run.offset : max(run.offset, offset)]
        lines = between.count("\n")
        if lines == 0:
            return Place(self.file, run.line, run.column + len(between))
        return Place(self.file, run.line + lines, len(between) - between.rfind("\n"))
