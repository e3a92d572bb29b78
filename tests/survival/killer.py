# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Killing processes of ours without warning, at moments that the seed chooses."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.survival.ledger import Ledger, Victim

from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.occupancy import processes_in
from amtlich.platform.supervisor.roles import Supervisor

VICTIMS: tuple[Victim, ...] = ("worker", "web", "database")
_BACK_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Blow:
    """One or two kills in a row, after so many receipts and a little while."""

    after_receipts: int
    delay: float
    victims: tuple[Victim, ...]


def plan(submissions: int, kills: int, seed: int) -> list[Blow]:
    """``kills`` kills spread over the first 85 % of the receipts; some come as twins, within three seconds.

    Each kind of process is hit if there are three kills or more.
    """
    chance = random.Random(f"kills {seed}")
    victims = [*VICTIMS[:kills], *(chance.choice(VICTIMS) for _ in range(kills - len(VICTIMS)))]
    chance.shuffle(victims)
    pairs = max(1, kills // 5) if kills > 1 else 0
    groups: list[tuple[Victim, ...]] = []
    while victims:
        first = victims.pop()
        # A database that was just killed may need longer than that to be there again.
        second = next((each for each in victims if (first, each) != ("database", "database")), None)
        if len(groups) < pairs and second is not None:
            victims.remove(second)
            groups.append((first, second))
        else:
            groups.append((first,))
    chance.shuffle(groups)
    last = max(1, int(submissions * 0.85))
    moments = sorted(chance.randint(1, last) for _ in groups)
    return [Blow(at, chance.uniform(0.0, 0.3), group) for at, group in zip(moments, groups, strict=True)]


class Killer(threading.Thread):
    """Carries the plan out against a running supervisor. Each blow waits for the one before to be healed."""

    def __init__(
        self,
        blows: Sequence[Blow],
        supervisor: Supervisor,
        cluster: Cluster,
        ledger: Ledger,
        still_on: Callable[[], bool],
        seed: int,
    ) -> None:
        super().__init__(name="killer", daemon=True)
        self._blows = blows
        self._supervisor = supervisor
        self._cluster = cluster
        self._ledger = ledger
        self._still_on = still_on
        self._chance = random.Random(f"killer {seed}")
        self._pause = threading.Event()
        self._killed: set[int] = set()

    def run(self) -> None:
        for blow in self._blows:
            if not self._ledger.wait_until_served(blow.after_receipts, self._still_on):
                return
            self._pause.wait(blow.delay)
            for victim in blow.victims:
                if not self._strike(victim):
                    self._ledger.wrong(
                        f"{victim} did not come back within {_BACK_WITHIN:.0f} s of being killed"
                    )
                    return

    def _strike(self, victim: Victim) -> bool:
        pid = self._wait_for_pid(victim)
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL)
        self._killed.add(pid)
        self._ledger.struck(victim, pid)
        return True

    def _wait_for_pid(self, victim: Victim) -> int | None:
        """The process to kill, as soon as there is one again."""
        ends = time.monotonic() + _BACK_WITHIN
        while time.monotonic() < ends:
            pid = self._pid(victim)
            # The dead one keeps its number until the supervisor has noticed.
            if pid is not None and pid not in self._killed:
                return pid
            self._pause.wait(0.02)
        return None

    def _pid(self, victim: Victim) -> int | None:
        if victim != "database":
            return self._supervisor.pid(victim)
        server = self._cluster.pid
        if server is None:
            return None
        # Now and then one server process instead of the whole server: PostgreSQL then ends all of them.
        backends = [pid for pid in processes_in(self._cluster.data) if pid != server]
        return self._chance.choice(backends) if backends and self._chance.random() < 0.3 else server
