# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be wrong with the definition of a form (not with what somebody typed into it)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where in form.yaml something stands: ("schema", "properties", "plz")."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a form definition, in German, with what to do about it.

    ``column`` counts from one inside the text at ``path`` (an expression); 0 means all of it.
    """

    path: Path
    message: str
    remedy: str
    column: int = 0


class FormError(ValueError):
    """The definition is not a form. ``problems`` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{'.'.join(map(str, p.path))}: {p.message} {p.remedy}" for p in self.problems]
        super().__init__("\n".join(lines))
