# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Citizens' programs: each thread is one client with a session, sending applications one after the other.

A client that was promised a receipt follows its case until there is an outcome, so the load keeps pace
with the worker and kills hit every part of the path.
"""

from __future__ import annotations

import http.client
import json
import random
import select
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from tests.survival.ledger import Application, Ledger, Temper

SERVICE = "meldebescheinigung"
_ANSWER_WITHIN = 10.0
_SERVED_WITHIN = 60.0
_AGAIN = (0.1, 0.4)
_FAILURES = (OSError, http.client.HTTPException, ValueError)


class Answer:
    """Status and body of an answer that was read to its end."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.body = body

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """One browser or program of one person: cookies, CSRF token, a new connection for every call."""

    def __init__(self, port: int, person: str, chance: random.Random) -> None:
        self._port = port
        self._chance = chance
        self._cookies: dict[str, str] = {}
        self._csrf = ""
        self.person = person
        self.logged_in = False

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One call. Raises ``OSError``, ``HTTPException`` or ``ValueError`` where no whole answer came."""
        connection = self._send(method, path, body, headers)
        try:
            response = connection.getresponse()
            answer = Answer(response.status, response.read())
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, content = value.partition(";")[0].partition("=")
                    self._cookies[cookie] = content
            return answer
        finally:
            connection.close()

    def send_and_hang_up(self, path: str, body: bytes, **headers: str) -> None:
        """Send and never read the answer: at once, or when it has begun to come."""
        connection = self._send("POST", path, body, headers)
        try:
            if self._chance.random() < 0.7 and connection.sock is not None:
                select.select([connection.sock], [], [], _ANSWER_WITHIN)
        finally:
            connection.close()

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("localhost", self._port, timeout=_ANSWER_WITHIN)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {"Accept": "application/json", **({"Cookie": cookies} if cookies else {})}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent |= {"X-CSRFToken": self._csrf, "Origin": f"http://localhost:{self._port}"}
        try:
            connection.request(method, path, body, sent)
        except BaseException:
            connection.close()
            raise
        return connection

    def log_in(self) -> None:
        """Be the person, or stay a visitor where there is none. Raises like ``ask``, or ValueError."""
        self._csrf = self._session()["csrf_token"]
        if self.person:
            form = urlencode({"person": self.person}).encode()
            answer = self.ask("POST", "/anmelden/", form, Content_Type="application/x-www-form-urlencoded")
            if answer.status not in (200, 302, 303):
                raise ValueError(f"the log-in answers {answer.status}")
            session = self._session()
            self._csrf = session["csrf_token"]
            if not session["logged_in"]:
                raise ValueError("the log-in did not last")
        self.logged_in = True

    def _session(self) -> Any:
        answer = self.ask("GET", "/api/v1/session")
        if answer.status != 200:
            raise ValueError(f"the session answers {answer.status}")
        return answer.json()


class Crowd(threading.Thread):
    """One thread of the crowd: takes applications from the common pile until it is empty."""

    def __init__(
        self,
        name: str,
        port: int,
        pile: Iterator[Application],
        statements: Mapping[str, Mapping[str, Any]],
        ledger: Ledger,
        seed: int,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self._port = port
        self._pile = pile
        self._statements = statements
        self._ledger = ledger
        self._chance = random.Random(f"{name} {seed}")
        self._pause = threading.Event()
        self._clients: dict[str, Client] = {}

    def run(self) -> None:
        for application in self._pile:
            try:
                self._carry(application)
            except Exception as fault:  # noqa: BLE001 - a thread's error would be lost, and the run would look clean
                self._ledger.wrong(f"{application.mark}: the client failed: {fault!r}")

    def _carry(self, application: Application) -> None:
        client = self._client(application)
        if client is None:
            return
        body = self._body(application)
        if application.temper is not Temper.PATIENT:
            try:
                client.send_and_hang_up(_ADDRESS, body, **_headers(application))
            except _FAILURES as failure:
                self._ledger.answered(type(failure).__name__)
            self._ledger.answered("hung up")
        if application.temper is Temper.GONE:
            return
        case = self._until_receipt(application, client, body)
        if case is None:
            return
        self._follow(client, case)
        if application.changes_mind:
            self._change_mind(application, client, body, case)

    def _client(self, application: Application) -> Client | None:
        """The person's client of this thread, logged in."""
        client = self._clients.get(application.person)
        if client is not None:
            return client
        client = Client(self._port, application.person, self._chance)
        ends = time.monotonic() + _SERVED_WITHIN
        while time.monotonic() < ends:
            try:
                client.log_in()
            except _FAILURES as failure:
                self._ledger.answered(f"log-in: {type(failure).__name__}")
                self._breathe()
                continue
            self._clients[application.person] = client
            return client
        self._ledger.wrong(f"{application.mark}: no log-in within {_SERVED_WITHIN:.0f} s")
        return None

    def _body(self, application: Application, **changes: str) -> bytes:
        data = {**self._statements[application.person], "zweck": application.mark, **changes}
        return json.dumps({"data": data}, ensure_ascii=False).encode()

    def _until_receipt(self, application: Application, client: Client, body: bytes) -> str | None:
        """Send until there is a receipt; returns the case's address."""
        ends = time.monotonic() + _SERVED_WITHIN
        while time.monotonic() < ends:
            answer = self._try(client, "POST", _ADDRESS, body, **_headers(application))
            if answer is None:
                self._breathe()
            elif answer.status in (200, 201):
                receipt = answer.json()
                self._ledger.promised(
                    application.mark, receipt["case"], receipt["reference"], repeated=receipt["repeated"]
                )
                return str(receipt["case"])
            else:
                self._ledger.wrong(f"{application.mark}: refused with {answer.status}: {answer.body[:200]!r}")
                return None
        self._ledger.wrong(f"{application.mark}: no receipt within {_SERVED_WITHIN:.0f} s")
        return None

    def _follow(self, client: Client, case: str) -> None:
        """Look at the case until there is an outcome; whether there must be one is judged in the end."""
        ends = time.monotonic() + _SERVED_WITHIN
        while time.monotonic() < ends:
            answer = self._try(client, "GET", f"/api/v1/cases/{case}")
            if answer is not None:
                if answer.status != 200:
                    self._ledger.wrong(f"case {case}: its own client gets {answer.status}")
                    return
                state = answer.json()
                if state["waiting_on"] == "office" or state["documents"]:
                    return
            self._breathe()

    def _change_mind(self, application: Application, client: Client, body: bytes, case: str) -> None:
        """The same key with other statements must be refused, with the same ones give the same receipt."""
        for sent, wanted in ((self._body(application, form="schriftlich"), 409), (body, 200)):
            ends = time.monotonic() + _SERVED_WITHIN
            answer = None
            while answer is None and time.monotonic() < ends:
                answer = self._try(client, "POST", _ADDRESS, sent, **_headers(application))
                if answer is None:
                    self._breathe()
            if answer is None or answer.status != wanted:
                self._ledger.wrong(
                    f"{application.mark}: sent once more gives {answer and answer.status}, not {wanted}"
                )
            elif wanted == 200 and (answer.json()["case"] != case or not answer.json()["repeated"]):
                self._ledger.wrong(f"{application.mark}: sent once more gives another receipt")

    def _try(self, client: Client, method: str, path: str, body: bytes | None = None, **headers: str):
        """One call; None where it may simply be tried again (no whole answer, or 503)."""
        try:
            answer = client.ask(method, path, body, **headers)
            answer.json()
        except _FAILURES as failure:
            self._ledger.answered(type(failure).__name__)
            return None
        self._ledger.answered(str(answer.status))
        if answer.status == 500:
            self._ledger.wrong(f"{method} {path}: 500")
        return None if answer.status in (500, 503) else answer

    def _breathe(self) -> None:
        self._pause.wait(self._chance.uniform(*_AGAIN))


_ADDRESS = f"/api/v1/services/{SERVICE}/submissions"


def _headers(application: Application) -> dict[str, str]:
    return {"Content_Type": "application/json", "Idempotency_Key": application.key}


class Pile:
    """An iterator that many threads may share."""

    def __init__(self, applications: list[Application]) -> None:
        self._applications = iter(applications)
        self._guard = threading.Lock()

    def __iter__(self) -> Pile:
        return self

    def __next__(self) -> Application:
        with self._guard:
            return next(self._applications)
