# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The opaque place in the log that a page or a stream has seen: ``<xid>-<event id>``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"([0-9]{1,20})-([0-9]{1,19})")


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """Names one event row.

    The transaction number makes a cursor of another life of the database unknown: a restored dump has
    the same event ids under other numbers, and the answer to such a cursor is "reload".
    """

    xid: int
    event_id: int

    def __str__(self) -> str:
        return f"{self.xid}-{self.event_id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """The cursor that the text names, or None if it cannot be one."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            return None
        xid, event_id = int(found[1]), int(found[2])
        # Beyond these the database would refuse the number itself.
        return cls(xid, event_id) if xid < 2**64 and event_id < 2**63 else None
