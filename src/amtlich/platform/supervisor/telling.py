# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Telling whoever must know that a process has died, beside the loop that keeps processes alive.

Whoever is told may need the database. If that has died in the same moment, it would wait for the very
loop that starts the database again.
"""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

logger = logging.getLogger(__name__)


class Teller:
    """One thread, begun with the first message, that delivers all messages in order."""

    def __init__(self) -> None:
        self._messages: SimpleQueue[tuple[str, int, Callable[[int], None]]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def tell(self, name: str, pid: int, listener: Callable[[int], None]) -> None:
        """Call `listener` with the number of the dead process of role `name`; returns at once."""
        self._messages.put((name, pid, listener))
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver, name="supervisor-teller", daemon=True)
            self._thread.start()

    def _deliver(self) -> None:
        while True:
            name, pid, listener = self._messages.get()
            try:
                listener(pid)
            except Exception:
                logger.warning("Aufträge von %s werden später freigegeben.", name, exc_info=True)
