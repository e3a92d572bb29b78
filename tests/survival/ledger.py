# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the world outside knows: who applied, what was promised to whom, who was killed when. Thread-safe."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Outcome = Literal["notice", "person"]
Victim = Literal["worker", "web", "database"]


class Temper(StrEnum):
    """How a client behaves. Clients that always try again would hide faults."""

    PATIENT = "patient"  # reads the answer; sends again, with the same key, until there is a receipt
    HASTY = "hasty"  # hangs up unanswered, then sends again like a patient one
    GONE = "gone"  # hangs up unanswered and never comes back


@dataclass(frozen=True, slots=True)
class Application:
    """One submission to be made. ``mark`` stands in the form itself, so that a case is recognised even
    if the table of keys were wrong."""

    number: int
    key: str
    mark: str
    person: str
    expects: Outcome
    temper: Temper
    changes_mind: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A receipt that a client has read to its end. ``at`` is seconds since 1970, as all moments here."""

    mark: str
    case: str
    reference: str
    repeated: bool
    at: float


@dataclass(frozen=True, slots=True)
class Strike:
    """A process that was killed."""

    victim: Victim
    pid: int
    at: float


@dataclass(frozen=True, slots=True)
class Account:
    """All that was noted, when everything is over. ``wrongs``: answers that nobody should ever get."""

    promises: tuple[Promise, ...]
    strikes: tuple[Strike, ...]
    wrongs: tuple[str, ...]
    answers: Counter[str]


class Ledger:
    """Written by many clients and one killer; others can wait until so many applications have a receipt."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._promises: list[Promise] = []
        self._strikes: list[Strike] = []
        self._wrongs: list[str] = []
        self._answers: Counter[str] = Counter()
        self._served: set[str] = set()

    def promised(self, mark: str, case: str, reference: str, *, repeated: bool) -> None:
        with self._changed:
            self._promises.append(Promise(mark, case, reference, repeated, time.time()))
            self._served.add(mark)
            self._changed.notify_all()

    def struck(self, victim: Victim, pid: int) -> None:
        with self._changed:
            self._strikes.append(Strike(victim, pid, time.time()))

    def wrong(self, what: str) -> None:
        with self._changed:
            self._wrongs.append(what)

    def answered(self, how: str) -> None:
        """Count an answer or a failure by kind, for the report."""
        with self._changed:
            self._answers[how] += 1

    def wait_until_served(self, count: int, still_on: Callable[[], bool]) -> bool:
        """Wait until ``count`` applications have a receipt; False once ``still_on`` says no more will."""
        with self._changed:
            while len(self._served) < count:
                if not still_on():
                    return False
                self._changed.wait(0.25)
            return True

    def close(self) -> Account:
        with self._changed:
            return Account(
                tuple(self._promises), tuple(self._strikes), tuple(self._wrongs), Counter(self._answers)
            )


def applications(count: int, seed: int, people: dict[str, Outcome]) -> list[Application]:
    """Who applies, the same for the same seed: three of ten hang up, one of ten later changes their mind."""
    chance = random.Random(f"applications {seed}")
    tempers = [Temper.PATIENT] * 7 + [Temper.HASTY] * 2 + [Temper.GONE]
    made = []
    for number in range(1, count + 1):
        person = chance.choice(sorted(people))
        temper = chance.choice(tempers)
        made.append(
            Application(
                number=number,
                key=f"survival-{seed}-{number:06}",
                mark=f"Antrag {number:06}",
                person=person,
                expects=people[person],
                temper=temper,
                changes_mind=temper is not Temper.GONE and chance.random() < 0.1,
            )
        )
    return made
