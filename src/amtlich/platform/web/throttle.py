# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How often somebody may do something, counted in the memory of this process only.

Nothing is stored: who came from where is forgotten when the window is over or the process ends.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from django.http import HttpRequest

_MOST_PLACES = 10_000


class Throttle:
    """``most`` times per ``window`` seconds for each key. Safe between threads."""

    def __init__(self, most: int, window: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._window = window
        self._monotonic = monotonic
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_for(self, key: str) -> float:
        """Seconds to wait; 0 means go ahead, and counts."""
        now = self._monotonic()
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while times and times[0] <= now - self._window:
                times.popleft()
            if len(times) >= self._most:
                return times[0] + self._window - now
            times.append(now)
            if len(self._times) > _MOST_PLACES:
                self._times.popitem(last=False)
            return 0.0

    def forget(self) -> None:
        """Start anew, for tests."""
        with self._lock:
            self._times.clear()


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, as ``network``; what is no address stays as it is."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    return network(address) or address


def network(address: str) -> str | None:
    """One household: its IPv4 address, or its /64 of IPv6; None for what is no address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
