# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Why a log-in did not come about, in kinds that a page can explain."""

from __future__ import annotations

from enum import Enum

from amtlich.kernel.errors import AmtlichError
from amtlich.kernel.trust import TrustLevel


class Trouble(Enum):
    """What went wrong, seen from the person in front of the page."""

    DOWN = "down"  # the provider does not answer
    SLOW = "slow"  # it takes too long
    FAULTY = "faulty"  # its answer does not hold what must be in it; nobody is let in on it
    CANCELLED = "cancelled"  # the person broke off there
    STALE = "stale"  # the answer was used before, or the log-in was begun too long ago
    OTHER_BROWSER = "other browser"  # the log-in was begun somewhere else, or cookies are refused
    LOCKED = "locked"  # we know the account, and it is locked
    NOT_SET_UP = "not set up"  # there is no provider, or its secret is missing


class LoginFailed(AmtlichError):
    """A log-in that did not come about. The message is English, for the log, without personal data.

    ``onward`` and ``wished`` are those of the attempt, once it is known which one it is.
    """

    def __init__(self, trouble: Trouble, reason: str) -> None:
        super().__init__(reason)
        self.trouble = trouble
        self.onward = "/"
        self.wished = TrustLevel.NONE
