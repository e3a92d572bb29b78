# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Boxes of rules over the parts of columns: which combinations no rule covers, which two rules share.

A rule is a box: per column a set of parts, kept as the bits of an integer. Sets of rules are bits as well, so
one step over a column handles all rules at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

MAX_STEPS: Final = 200_000
MAX_BOXES: Final = 500

# Per column a set of parts.
Box: TypeAlias = tuple[int, ...]


class TooLarge(Exception):
    """The table needs more steps than are spent on one."""


def overlap(left: Box, right: Box) -> Box | None:
    """What two boxes share, None if nothing."""
    shared = tuple(a & b for a, b in zip(left, right, strict=True))
    return shared if all(shared) else None


def parts_of(bits: int) -> list[int]:
    """The single parts of a set, lowest first."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low)
        bits ^= low
    return found


class Uncovered:
    """The parts of a region that no box covers.

    `apart`: per column the parts that are to be shown for themselves (null), so that they are not hidden
    behind others.
    """

    def __init__(self, region: Box, boxes: Sequence[Box], apart: Box) -> None:
        self.region = region
        self.apart = apart
        self.width = len(region)
        self.steps = 0
        self.memory: dict[tuple[int, int], tuple[Box, ...]] = {}
        live = [box for box in boxes if overlap(box, region) is not None]
        self.everything = (1 << len(live)) - 1
        # For every column and part the boxes that contain it.
        self.holders = [
            {part: _bits(bool(box[column] & part) for box in live) for part in parts_of(region[column])}
            for column in range(self.width)
        ]
        # For every column the boxes that are full from there on: if one of them is left, nothing below is
        # uncovered.
        self.full = [
            _bits(all(region[c] & ~box[c] == 0 for c in range(column, self.width)) for box in live)
            for column in range(self.width + 1)
        ]

    def boxes(self) -> tuple[Box, ...]:
        """Disjoint boxes that make up all that is uncovered. Raises TooLarge."""
        return self._search(0, self.everything)

    def _search(self, column: int, left: int) -> tuple[Box, ...]:
        if left & self.full[column]:
            return ()
        if left == 0:
            return (self.region[column:],)
        key = (column, left)
        if key in self.memory:
            return self.memory[key]
        groups: dict[tuple[int, bool], int] = {}
        for part, holders in self.holders[column].items():
            group = (left & holders, bool(part & self.apart[column]))
            groups[group] = groups.get(group, 0) | part
        merged: dict[tuple[Box, bool], int] = {}
        for (remaining, apart), parts in groups.items():
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise TooLarge
            for below in self._search(column + 1, remaining):
                merged[below, apart] = merged.get((below, apart), 0) | parts
        found = tuple((parts, *below) for (below, _), parts in merged.items())
        if len(found) > MAX_BOXES:
            raise TooLarge
        self.memory[key] = found
        return found


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << index for index, flag in enumerate(flags) if flag)
