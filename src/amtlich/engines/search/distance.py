# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How many typing mistakes lie between two words."""

from __future__ import annotations


def allowed_mistakes(length: int) -> int:
    """As many mistakes as a word of this length can carry without becoming another."""
    return 0 if length < 4 else 1 if length < 8 else 2


def distance(left: str, right: str, limit: int) -> int:
    """Damerau's distance (restricted: optimal string alignment) up to ``limit``; more is ``limit + 1``.

    Counted are letters that are missing, too many, wrong, or in the wrong order with their neighbour.
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (letter != other),
            )
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        # A swap reaches back two rows, so both must be beyond the limit before giving up.
        if min(current) > limit and min(last) > limit:
            return limit + 1
        before_last, last = last, current
    return min(last[-1], limit + 1)
