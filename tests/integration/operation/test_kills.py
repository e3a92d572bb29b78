# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A receipt is a promise: a hundred applications while web, worker and database are killed five times.

Some clients give up (a client that always tries again hides half of the faults), the others repeat with the
same key until they hold a receipt.
"""

import http.client
import http.cookiejar
import json
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.integration.operation.programs import Program, children, environment
from tests.integration.supervisor.waiting import eventually

SUBMISSIONS = 100
#: After so many receipts this one is killed.
KILLS = {10: "worker", 25: "web", 45: "database", 60: "worker", 75: "web"}
_PATIENCE = 90.0
_STATEMENTS = {
    "umfang": "einfach", "form": "elektronisch", "familienname": "Brückner", "vornamen": "Lena Marie",
    "geburtsdatum": "1988-02-13", "strasse": "Lindenweg", "hausnummer": "12", "plz": "12345",
    "ort": "Musterstadt",
}  # fmt: skip


class Client:
    """Lena's program: one session, JSON."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies)
        )
        self._token = self._session()
        form = urllib.parse.urlencode({"person": "lena", "csrfmiddlewaretoken": self._token, "weiter": "/"})
        self.call("/anmelden/", form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
        self._token = self._session()

    def _session(self) -> str:
        return str(json.loads(self.call("/api/v1/session"))["csrf_token"])

    def call(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        request = urllib.request.Request(
            f"{self._base}{path}", body, {"Origin": self._base, **(headers or {})}
        )
        with self._opener.open(request, timeout=30) as answer:
            return bytes(answer.read())

    def submit(self, key: str) -> str:
        """The case of the receipt."""
        answer = self.call(
            "/api/v1/services/meldebescheinigung/submissions",
            json.dumps({"data": _STATEMENTS}).encode(),
            {"Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": self._token},
        )
        return str(json.loads(answer)["case"])

    def case(self, token: str) -> dict[str, object]:
        return dict(json.loads(self.call(f"/api/v1/cases/{token}")))


@dataclass
class Storm:
    """What the clients were promised, and the kills that fall due meanwhile."""

    supervisor: int
    receipts: dict[str, str] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def received(self, key: str, case: str) -> None:
        with self.lock:
            assert self.receipts.setdefault(key, case) == case, "two receipts for one application differ"
            due = KILLS.get(len(self.receipts))
            if due is not None and len(self.killed) < list(KILLS).index(len(self.receipts)) + 1:
                self._kill(due)

    def _kill(self, name: str) -> None:
        eventually(lambda: name in children(self.supervisor))
        os.kill(children(self.supervisor)[name], signal.SIGKILL)
        self.killed.append(name)


def _apply(client: Client, storm: Storm, number: int, gives_up: bool) -> None:
    key = f"kill-test-{number:04}"
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        try:
            storm.received(key, client.submit(key))
        except urllib.error.HTTPError as refused:
            if refused.code < 500:
                raise AssertionError(refused.read()) from refused
        except (OSError, http.client.HTTPException):
            pass  # cut off: whether it arrived is unknown, so the same key is sent again
        else:
            return
        if gives_up:
            return
    raise AssertionError(f"no receipt for {key} in {_PATIENCE} seconds")


@pytest.mark.timeout(400)
def test_no_promise_is_broken_by_five_kills(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    with Program(environment(tmp_path / "home"), "demo") as demo:
        base = demo.until("Portal:").split()[-1]
        client = Client(base)
        storm = Storm(demo.process.pid)
        with ThreadPoolExecutor(4) as pool:
            applied = [
                pool.submit(_apply, client, storm, number, chance.random() < 0.3)
                for number in range(SUBMISSIONS)
            ]
            for one in applied:
                one.result()
        assert storm.killed == list(KILLS.values())
        assert len(storm.receipts) > SUBMISSIONS * 0.6

        for key, case in storm.receipts.items():
            assert client.submit(key) == case, "the same application sent again is another case"
        assert len(set(storm.receipts.values())) == len(storm.receipts)

        undecided = set(storm.receipts.values())

        def all_decided() -> bool:
            for token in list(undecided):
                documents = client.case(token)["documents"]
                assert isinstance(documents, list)
                sealed = [one for one in documents if one["sealed"]]
                assert len(sealed) <= 1, "one application, two certificates"
                if sealed:
                    undecided.discard(token)
            return not undecided

        eventually(all_decided, seconds=120)
        assert demo.end() == 0
