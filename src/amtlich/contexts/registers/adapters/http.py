# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A resident register reached over HTTP. The protocol is in docs/schnittstellen/register-http.md.

Whatever the other side does, a caller waits a bounded time and gets either an answer that agrees with
the question in all four statements or ``Unavailable``.
"""

from __future__ import annotations

import functools
import logging
import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import httpx

from amtlich import __version__
from amtlich.contexts.registers.adapters.wire import NotJson, WireAnswer, question_json, read_answer
from amtlich.contexts.registers.errors import FaultyAnswer, RegistersError
from amtlich.contexts.registers.matching import disagreements
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import Ambiguous, Answer, Blocked, Found, NoMatch, Unavailable
from amtlich.kernel import clock
from amtlich.platform.outside.breaker import CircuitBreaker

log = logging.getLogger(__name__)

LOOKUP_PATH = "/v1/residents/lookup"
LONGEST_WAIT = 60.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one look-up, in seconds and bytes.

    ``whole`` bounds all tries together, so that three faults in a row open the breaker within ten seconds.
    """

    connect: float = 2.0
    read: float = 3.0
    whole: float = 8.0
    tries: int = 3
    first_pause: float = 0.2
    max_bytes: int = 256 * 1024


class _Transient(Exception):
    """This try failed; the next may do."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class _Slow(_Transient):
    """The time was up before the answer was there."""

    def __init__(self) -> None:
        super().__init__("Das Melderegister antwortet zu langsam.")


class _Refused(Exception):
    """The register answered, and the answer is of no use; asking again at once would not help."""

    def __init__(self, reason: str, kind: Literal["down", "faulty"]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind


@functools.cache
def _tls() -> ssl.SSLContext:
    # Loading the trust store takes longer than a whole look-up, so once per process.
    return httpx.create_ssl_context(trust_env=False)


class HttpRegister:
    """``ResidentRegister`` over HTTP. Time, chance and network are injected for tests.

    ``credential`` is sent as bearer token if given. Plain http is only accepted on the loopback.
    """

    def __init__(
        self,
        url: str,
        *,
        breaker: CircuitBreaker,
        credential: str | None = None,
        limits: Limits | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise RegistersError(
                f"The register address at host {parts.hostname!r} is not https, and personal data needs it. "
                "Set register_url of the authority to an https address (http is possible on localhost only)."
            )
        self._url = url.rstrip("/") + LOOKUP_PATH
        self._breaker = breaker
        self._credential = credential
        self._limits = limits or Limits()
        self._transport = transport
        self._sleep = sleep
        self._jitter = jitter
        self._monotonic = monotonic

    def near(self, question: LookUp) -> None:
        """An outside register answers for one person only."""
        return

    def look_up(self, question: LookUp) -> Answer:
        """Ask, at most ``limits.tries`` times with the same query id, within ``limits.whole`` seconds."""
        limits = self._limits
        whole = limits.whole if question.patience is None else min(limits.whole, question.patience)
        if wait := self._breaker.wait_for(whole):
            return Unavailable("Das Melderegister antwortet zurzeit nicht.", min(wait, LONGEST_WAIT))
        tries = 1 if self._breaker.probing else limits.tries
        deadline = self._monotonic() + whole
        last: _Transient = _Slow()
        for number in range(tries):
            if number and not self._pause_before(number, deadline):
                break
            try:
                wire = self._ask(question, deadline)
                return self._judged(question, wire)
            except _Transient as fault:
                # Too slow for somebody at a page is not yet too slow for a job.
                if question.patience is None or not isinstance(fault, _Slow):
                    self._breaker.failed()
                last = fault
                log.warning(
                    "register at %s: try %d of %d failed: %s", self._host, number + 1, tries, fault.reason
                )
            except _Refused as fault:
                # It is up, however useless its answer: others must not be kept from asking.
                self._breaker.succeeded()
                log.error("register at %s: %s", self._host, fault.reason)
                return Unavailable(fault.reason, LONGEST_WAIT, fault.kind)
        wait = self._breaker.remaining()
        return Unavailable(last.reason, min(max(last.retry_after or 0.0, wait, 1.0), LONGEST_WAIT))

    @property
    def _host(self) -> str:
        return urlsplit(self._url).hostname or ""

    def _pause_before(self, number: int, deadline: float) -> bool:
        """Wait between half and all of a growing pause; False if the time is up then."""
        pause = self._limits.first_pause * 2 ** (number - 1) * (0.5 + self._jitter() / 2)
        if self._monotonic() + pause >= deadline:
            return False
        self._sleep(pause)
        return True

    def _ask(self, question: LookUp, deadline: float) -> WireAnswer:
        body = self._exchange(question, deadline)
        try:
            return read_answer(body, question.query_id)
        except NotJson as fault:
            raise _Transient(f"Die Antwort des Melderegisters ist unlesbar: {fault}.") from None
        except FaultyAnswer as fault:
            raise _Refused(f"Die Antwort des Melderegisters ist fehlerhaft: {fault}.", "faulty") from None

    def _exchange(self, question: LookUp, deadline: float) -> bytes:
        """One request and the whole body of its answer."""
        limits = self._limits
        remaining = deadline - self._monotonic()
        timeout = httpx.Timeout(min(limits.read, remaining), connect=min(limits.connect, remaining))
        headers = {
            "X-Query-Id": question.query_id,
            "Content-Type": "application/json",
            "Accept": "application/json",
            # A compressed answer could be small on the wire and fill the memory here.
            "Accept-Encoding": "identity",
            "User-Agent": f"amtlich/{__version__}",
        }
        if self._credential:
            headers["Authorization"] = f"Bearer {self._credential}"
        client = httpx.Client(
            timeout=timeout, transport=self._transport, verify=_tls(), trust_env=False, follow_redirects=False
        )
        # The time-outs of httpx count from byte to byte. A register that sends one byte a second would
        # hold a worker for hours, so the connection is closed from outside when the time is up.
        guard = threading.Timer(remaining, client.close)
        guard.daemon = True
        guard.start()
        try:
            with (
                client,
                client.stream("POST", self._url, content=question_json(question), headers=headers) as reply,
            ):
                self._check_status(reply)
                return self._read(reply, deadline)
        except httpx.TimeoutException:
            raise _Slow from None
        except (httpx.HTTPError, httpx.StreamError, OSError, RuntimeError) as fault:
            # RuntimeError: the guard closed the client between two steps.
            if self._monotonic() >= deadline:
                raise _Slow from None
            name = type(fault).__name__
            raise _Transient(f"Die Verbindung zum Melderegister ist gescheitert ({name}).") from None
        finally:
            guard.cancel()

    def _check_status(self, reply: httpx.Response) -> None:
        status = reply.status_code
        if status >= 500 or status in (408, 425, 429):
            raise _Transient(f"Das Melderegister meldet Fehler {status}.", _retry_after(reply))
        if status in (401, 403):
            raise _Refused(f"Das Melderegister lässt uns nicht zu (Fehler {status}).", "down")
        if status != 200:
            raise _Refused(f"Das Melderegister nimmt die Anfrage nicht an (Antwort {status}).", "faulty")
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise _Refused("Die Antwort des Melderegisters ist gepackt, das ist nicht vereinbart.", "faulty")

    def _read(self, reply: httpx.Response, deadline: float) -> bytes:
        body = bytearray()
        for chunk in reply.iter_raw():
            body += chunk
            if len(body) > self._limits.max_bytes:
                raise _Refused("Die Antwort des Melderegisters ist zu groß.", "faulty")
            if self._monotonic() >= deadline:
                raise _Slow
        return bytes(body)

    def _judged(self, question: LookUp, wire: WireAnswer) -> Answer:
        """Compare the answer with the question; a wrong person is never accepted."""
        if wire.record is not None and (wrong := disagreements(question.query, wire.record)):
            raise _Refused(
                "Das Melderegister hat eine andere Person geliefert, als gefragt war "
                f"(abweichend: {', '.join(wrong)}). Die Antwort ist verworfen.",
                "faulty",
            )
        self._breaker.succeeded()
        at, query_id = clock.now(), question.query_id
        if wire.record is not None:
            return Found(wire.record, at, query_id)
        if wire.outcome == "several":
            return Ambiguous(wire.count, query_id, at)
        if wire.outcome == "blocked":
            return Blocked(query_id, at)
        return NoMatch(query_id, at)


def _retry_after(reply: httpx.Response) -> float | None:
    """Whole seconds of the header Retry-After; its date form is not used by this protocol."""
    text = reply.headers.get("retry-after", "")
    if text.isascii() and text.isdigit() and len(text) < 6:
        return float(text)
    return None
