# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What works now, measured cheaply and within bounds; what cannot be measured is said to be unknown.

Measuring runs in a thread of its own: whoever asks waits three seconds for it, however long a database
that hangs takes. One measurement serves everybody for five seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import Error, connections

from amtlich.contexts.mail import api as mail
from amtlich.contexts.registers import api as registers
from amtlich.kernel import clock
from amtlich.kernel.errors import AmtlichError
from amtlich.kernel.sentence import Sentence
from amtlich.platform import jobs
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import authority_for_host, last_known

log = logging.getLogger(__name__)

State = Literal["works", "slow", "down", "unknown"]
_FRESH = 5.0
_PATIENCE = 3.0
_MOST_HOSTS = 200
_MAIL_LATE = timedelta(minutes=15)
_MANY_JOBS = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that people notice when it is gone."""

    name: Sentence
    state: State
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class HouseState:
    """All parts at one moment. ``authority`` is None where nobody lives under the host name."""

    at: datetime
    authority: Authority | None
    parts: tuple[Part, ...]

    @property
    def all_works(self) -> bool:
        return all(part.state == "works" for part in self.parts)


class Lookout:
    """Measures for whoever asks, once per host in five seconds, and never twice at the same time."""

    def __init__(
        self,
        measure: Callable[[str], HouseState],
        monotonic: Callable[[], float] = time.monotonic,
        patience: float = _PATIENCE,
    ) -> None:
        self._measure = measure
        self._monotonic = monotonic
        self._patience = patience
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[float, HouseState]] = {}
        self._running: dict[str, Future[HouseState]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lookout")

    def state(self, host: str) -> HouseState:
        """What was measured within the last five seconds; if that takes too long, that the database hangs."""
        with self._lock:
            known = self._seen.get(host)
            if known is not None and self._monotonic() - known[0] < _FRESH:
                return known[1]
            running = self._running.get(host)
            if running is None:
                if len(self._running) >= _MOST_HOSTS:
                    return without_database(host)
                running = self._running[host] = self._thread.submit(self._look, host)
        try:
            return running.result(self._patience)
        except NotInTime:
            return without_database(host)

    def forget(self) -> None:
        """For tests."""
        with self._lock:
            self._seen.clear()

    def _look(self, host: str) -> HouseState:
        try:
            state = self._measure(host)
        except Exception:
            log.exception("the state of the house could not be measured")
            state = without_database(host)
        with self._lock:
            if len(self._seen) >= _MOST_HOSTS:
                self._seen.clear()
            self._seen[host] = (self._monotonic(), state)
            self._running.pop(host, None)
        return state


def measure(host: str) -> HouseState:
    """Ask the database, and through it what it knows of the others. Runs outside of any transaction."""
    try:
        authority = authority_for_host(host)
        parts = [_PAGES, _DATABASE_WORKS, _worker(), *(_of(authority) if authority else ())]
        return HouseState(clock.now(), authority, tuple(parts))
    except Error:
        log.warning("the database does not answer", exc_info=True)
        return without_database(host)
    finally:
        connections["default"].close()


def without_database(host: str) -> HouseState:
    """What can be said when nothing can be asked."""
    return HouseState(clock.now(), last_known(host), (_PAGES, _DATABASE_AWAY))


_PAGES = Part(
    Sentence("Seiten ansehen"), "works", Sentence("Diese Website antwortet. Informationen können Sie lesen.")
)
_FORMS = Sentence("Anträge ausfüllen und absenden")
_DATABASE_WORKS = Part(
    _FORMS, "works", Sentence("Das geht. Was Sie absenden, ist sofort sicher gespeichert.")
)
_DATABASE_AWAY = Part(
    _FORMS,
    "down",
    Sentence(
        "Das geht im Moment nicht: Unsere Datenbank antwortet nicht. Es ist nichts verloren. "
        "Versuchen Sie es in einigen Minuten noch einmal."
    ),
)
_WORK = Sentence("Anträge bearbeiten")


def _worker() -> Part:
    if not jobs.a_worker_lives():
        return Part(
            _WORK,
            "down",
            Sentence(
                "Das Programm, das Anträge bearbeitet, läuft gerade nicht. "
                "Sie können Anträge absenden. Wir bearbeiten sie, sobald es wieder läuft."
            ),
        )
    if jobs.overview().waiting > _MANY_JOBS:
        return Part(
            _WORK, "slow", Sentence("Es warten viele Anträge zugleich. Die Antwort dauert länger als sonst.")
        )
    return Part(_WORK, "works", Sentence("Das Programm, das Anträge bearbeitet, läuft."))


def _of(authority: Authority) -> tuple[Part, ...]:
    return (_register(authority), *_mail(authority))


def _register(authority: Authority) -> Part:
    name = Sentence("Daten aus dem Melderegister holen")
    try:
        health = registers.health(authority.id)
    except AmtlichError:
        health = "away"
    if health == "away" or (health == "answers" and jobs.overview().postponed > 0):
        return Part(
            name,
            "down",
            Sentence(
                "Das Melderegister antwortet zurzeit nicht. Sie können Anträge absenden. "
                "Wir fragen von selbst wieder nach."
            ),
        )
    return Part(name, "works", Sentence("Soweit wir wissen, antwortet das Melderegister."))


def _mail(authority: Authority) -> tuple[Part, ...]:
    if not mail.offered():
        return ()
    name = Sentence("E-Mails verschicken")
    late = clock.now() - _MAIL_LATE
    waiting = [
        one
        for one in mail.outbox(authority.id, limit=100)
        if one.state in mail.WAITING and one.created_at < late
    ]
    if waiting:
        told = Sentence("E-Mails kommen gerade später an. Alles Wichtige steht auch hier im Portal.")
        return (Part(name, "slow", told),)
    return (Part(name, "works", Sentence("E-Mails gehen wie gewohnt hinaus.")),)


lookout = Lookout(measure)
