# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Maintenance: an operator closes the house for a while, with a file that every web process sees.

The file also holds what a page says about each authority (name, phone, hours), so that a web process
that was started anew beside a stopped database can still name them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FILE = "maintenance.json"
_LOOK_EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Maintenance:
    """``until``: when the operator wants to be done, None if nobody said. ``authorities``: their data."""

    until: datetime | None = None
    reason: str = ""
    authorities: tuple[Mapping[str, Any], ...] = ()


def start(
    home: Path, until: datetime | None, reason: str, authorities: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Close the house. Doing it again changes time and reason."""
    told = {
        "until": until.isoformat() if until else None,
        "reason": reason,
        "authorities": list(authorities),
    }
    target = home / FILE
    written = target.with_suffix(".new")
    written.write_text(json.dumps(told, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    os.replace(written, target)


def end(home: Path) -> bool:
    """Open the house again; False if it was open."""
    try:
        (home / FILE).unlink()
    except FileNotFoundError:
        return False
    return True


def read(home: Path) -> Maintenance | None:
    """What the file says; None if there is none. A file that cannot be read closes the house too."""
    try:
        text = (home / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return Maintenance()
    try:
        told = json.loads(text)
        until = datetime.fromisoformat(told["until"]) if told["until"] else None
        return Maintenance(until, str(told["reason"]), tuple(told["authorities"]))
    except (ValueError, KeyError, TypeError):
        return Maintenance()


class Watch:
    """Looks at the file once a second at most."""

    def __init__(self, home: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._home = home
        self._monotonic = monotonic
        self._looked_at: float | None = None
        self._seen: Maintenance | None = None

    def now(self) -> Maintenance | None:
        """What holds now."""
        moment = self._monotonic()
        if self._looked_at is None or moment - self._looked_at >= _LOOK_EVERY:
            self._looked_at = moment
            self._seen = read(self._home)
        return self._seen
