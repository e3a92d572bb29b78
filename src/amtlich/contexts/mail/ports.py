# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a way out must do, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """What the other side said about one mail to one address."""

    ACCEPTED = "accepted"
    LATER = "later"  # greylisted, mailbox full, busy, or nobody knows: the same mail again after a pause
    REFUSED = "refused"  # this address or this mail, for ever


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict with the words of the other side, cleaned of addresses; ``code`` 0 where none came."""

    verdict: Verdict
    code: int = 0
    reason: str = ""


class Outage(Exception):
    """The way out itself is shut: server away, wrong certificate, log-in refused. No fault of any mail.

    ``reason`` is German, for operators, without personal data. ``seconds``: when to ask again.
    """

    def __init__(self, reason: str, seconds: float = 5.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


class Transport(Protocol):
    """A way out."""

    def send(self, letter: EmailMessage, sender: str, recipient: str) -> Answer:
        """Hand one mail over. Both addresses are ASCII. Raises ``Outage``."""
        ...
