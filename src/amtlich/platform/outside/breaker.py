# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A circuit breaker: an outside system that does not answer is left alone for a while.

Without it every worker would wait for every time-out, and other services would stand still behind
one dead register or mail server.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

#: Faults in a row after which nobody asks any more.
THRESHOLD = 3
#: Seconds of the first pause; doubled by each failed probe up to the last.
FIRST_PAUSE = 5.0
LAST_PAUSE = 30.0


class CircuitBreaker:
    """Closed, open for a pause, then half open: one caller probes while the others still wait.

    One per outside system and process; safe between threads. ``monotonic`` tells seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._faults = 0
        self._pause = 0.0
        self._pause_ends = 0.0
        self._probe_until: float | None = None

    def wait_for(self, lease: float) -> float:
        """Seconds to wait before asking; 0 means ask now.

        After a pause 0 is told to one caller only, which has ``lease`` seconds to report; when it dies
        without a report the next caller probes.
        """
        with self._lock:
            if not self._pause:
                return 0.0
            now = self._monotonic()
            if now < self._pause_ends:
                return self._pause_ends - now
            if self._probe_until is not None and now < self._probe_until:
                return self._probe_until - now
            self._probe_until = now + lease
            return 0.0

    def remaining(self) -> float:
        """Seconds left of a pause, 0 if there is none. Takes no probe, unlike ``wait_for``."""
        with self._lock:
            return max(0.0, self._pause_ends - self._monotonic()) if self._pause else 0.0

    @property
    def probing(self) -> bool:
        """Whether the circuit is not closed: the caller that may ask asks once and does not retry."""
        with self._lock:
            return self._pause > 0

    def succeeded(self) -> None:
        """The other side answered: everybody may ask again."""
        with self._lock:
            self._faults = 0
            self._pause = 0.0
            self._probe_until = None

    def failed(self) -> None:
        """The other side did not answer. Late reports of calls begun before the pause do not lengthen it."""
        with self._lock:
            now = self._monotonic()
            if self._pause:
                if self._probe_until is None:
                    return
                self._pause = min(self._pause * 2, LAST_PAUSE)
            else:
                self._faults += 1
                if self._faults < THRESHOLD:
                    return
                self._pause = FIRST_PAUSE
            self._pause_ends = now + self._pause
            self._probe_until = None
