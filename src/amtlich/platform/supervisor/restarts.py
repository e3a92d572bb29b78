# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""When a process that has ended is started again. Pure: moments are seconds of one monotonic clock."""

from dataclasses import dataclass, field

PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
#: Who lived that long has started well; what ends sooner may go on ending.
AT_WORK = 5.0
#: An end that lies further back is no part of an alarm.
MEMORY = 60.0


@dataclass
class Restarts:
    """The ends of one process so far."""

    since: float
    ends: list[float] = field(default_factory=list)
    quick: int = 0  # quick ends in a row

    def started(self, now: float) -> None:
        """It has been started, or one has tried to."""
        self.since = now

    def ended(self, now: float) -> float:
        """It has ended, or could not be started; returns how long to wait before the next start.

        After a time at work nothing; with each quick end in a row longer. So an accident costs no time,
        and a process that cannot live costs no more than a start every 15 seconds.
        """
        self.ends = [at for at in self.ends if now - at < MEMORY] + [now]
        self.quick = 0 if now - self.since >= AT_WORK else self.quick + 1
        return PAUSES[min(max(0, self.quick - 1), len(PAUSES) - 1)]
