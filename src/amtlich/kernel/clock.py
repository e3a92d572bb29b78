# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The one source of time. Everything asks here, so tests and drills can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


class Clock(Protocol):
    """Tells the present moment, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def advance(self, step: timedelta) -> None:
        self._at += step


# One clock per process, not per thread: a drill that moves the time moves it for every worker thread.
_installed: Clock = SystemClock()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _installed.now()


def today() -> date:
    """The calendar day in Germany, which is the one that law counts in."""
    return now().astimezone(BERLIN).date()


@contextmanager
def use(clock: Clock) -> Iterator[Clock]:
    """Install a clock for the length of the block."""
    global _installed
    before = _installed
    _installed = clock
    try:
        yield clock
    finally:
        _installed = before
