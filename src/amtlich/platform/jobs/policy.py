# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long to wait, what counts as a try, and when it is enough. Pure; randomness is passed in."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

Spread = Callable[[], float]
"""Gives numbers in [0, 1): spreads jobs that failed together over time."""

MOST_TRIES = 5
LONGEST_PAUSE = 60.0

# SQLSTATE classes of a database that is away or full (connection, resources, shutdown): outside, no try.
_AWAY = ("08", "53", "57P")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE})
_LOST_CONNECTION = frozenset({"OperationalError", "InterfaceError", "PoolTimeout", "PoolClosed"})


def enough(tries: int) -> bool:
    """Whether a job with so many tries in a row is parked."""
    return tries >= MOST_TRIES


def pause_after_try(tries: int, spread: Spread) -> float:
    """Seconds until the next try after ``tries`` in a row: about 1, 2, 4, 8, each by half more or less."""
    return float(min(LONGEST_PAUSE, 2.0 ** (tries - 1)) * (0.5 + spread() / 2))


def pause_after_death(tries: int, spread: Spread) -> float:
    """The same after the death of a process; at first none, since most that died with it are innocent.

    The jitter then parts those that ran together, so that only the guilty one goes on dying.
    """
    return 0.0 if tries <= 1 else pause_after_try(tries, spread)


def pause_after_postponement(asked: float, before: int, spread: Spread) -> float:
    """Seconds until an outside system is asked again, after ``before`` earlier postponements in a row."""
    grown = min(LONGEST_PAUSE, max(1.0, asked) * 2.0 ** min(before, 10))
    return float(grown * (0.75 + spread() / 4))


def outage(error: BaseException) -> str | None:
    """Why this exception is no fault of the job (database or disk away or full), or None if it is."""
    for each in _causes(error):
        if isinstance(each, OSError) and each.errno in _FULL:
            return "Speicherplatz oder Dateien sind auf diesem Rechner erschöpft"
        state = getattr(each, "sqlstate", None)
        if isinstance(state, str) and state.startswith(_AWAY):
            return "Die Datenbank ist nicht erreichbar oder voll"
        lost = state is None and type(each).__name__ in _LOST_CONNECTION
        if lost and type(each).__module__.startswith("psycopg"):
            return "Die Verbindung zur Datenbank ist abgerissen"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def describe(error: BaseException) -> str:
    """Kind and place of an exception, without its message: that may quote a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    place = "/".join(Path(last.filename).parts[-3:])
    return f"{type(error).__name__} in {place}, Zeile {last.lineno} ({last.name})"
