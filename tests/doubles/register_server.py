# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An outside resident register to test against: real HTTP on the loopback, and all the ways to fail.

In a test:      with FakeRegister() as register: register.url, register.mode = Mode.SLOW, register.asked()
On its own:     python tests/doubles/register_server.py --port 8099 --mode ok
From outside:   PUT /mode/slow changes the mode, GET /requests tells how often each query id was asked

It compares by rules of its own, not by those of the code under test.
"""

from __future__ import annotations

import argparse
import enum
import json
import sys
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Longer than any patience in a test; a slow answer ends at once when the mode changes or the server stops.
SLOW_SECONDS = 120.0


class Mode(enum.Enum):
    """How the register behaves."""

    OK = "ok"
    SLOW = "slow"  # no answer until the mode changes
    DRIP = "drip"  # a header, one byte at a time, without end
    GARBAGE = "garbage"  # a page of something else, status 200
    TRUNCATED = "truncated"  # the connection breaks within the body
    ERROR = "500"
    NOTHING = "nothing"  # the connection closes without a byte
    WRONG_PERSON = "wrong person"  # a complete record of somebody else
    WRONG_QUERY = "wrong query"  # an answer to another question
    FLAPPING = "flapping"  # every second request fails
    HUGE = "huge"  # a body without end
    DENIED = "denied"  # 403


@dataclass(frozen=True)
class Entry:
    """A resident of the fake: the record in the form of the protocol."""

    record: Mapping[str, Any]
    current: bool = True
    blocked: bool = False


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    query_id: str
    body: Mapping[str, Any]
    authorization: str | None


def demo_entries(town: str = "musterstadt") -> list[Entry]:
    """The hard residents of a demonstration town."""
    from amtlich.contexts.registers.demo.residents import demo_residents

    return [Entry(one.record.to_json(), one.status == "current", one.blocked) for one in demo_residents(town)]


class FakeRegister:
    """The register as a context manager. ``shape`` may change each record on its way out."""

    def __init__(
        self,
        entries: list[Entry] | None = None,
        *,
        mode: Mode = Mode.OK,
        port: int = 0,
        shape: Callable[[dict[str, Any]], dict[str, Any]] = lambda record: record,
    ) -> None:
        self.entries = demo_entries() if entries is None else entries
        self.shape = shape
        self.requests: list[Seen] = []
        self.arrived = threading.Semaphore(0)  # released once per request, so tests can wait for one
        self._mode = mode
        self._changed = threading.Event()
        self._lock = threading.Lock()
        register = self

        class Handler(_Handler):
            fake = register

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        with self._lock:
            self._mode = mode
            self._changed.set()
            self._changed = threading.Event()

    def wait_while_slow(self, seconds: float = SLOW_SECONDS) -> bool:
        """Until the mode changes; whether it did."""
        return self._changed.wait(seconds)

    def note(self, seen: Seen) -> int:
        """Keep a request; its number, from 1."""
        with self._lock:
            self.requests.append(seen)
            number = len(self.requests)
        self.arrived.release()
        return number

    def asked(self) -> Counter[str]:
        """How often each query id came."""
        with self._lock:
            return Counter(seen.query_id for seen in self.requests)

    def serve(self) -> None:
        """Answer in this thread until interrupted."""
        self._server.serve_forever()

    def __enter__(self) -> FakeRegister:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.mode = Mode.OK
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold().replace("str.", "strasse").replace(" ", "")


def _same(query: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """The fake's own, simpler rule: enough for people who state what is registered."""
    home = next(one for one in record["anschriften"] if one["art"] != "nebenwohnung")
    asked = query["anschrift"]
    if asked.get("ohne_festen_wohnsitz"):
        place = home["art"] == "ohne_festen_wohnsitz"
    else:
        keys = ("strasse", "hausnummer", "plz", "ort")
        place = all(_plain(asked[key]) == _plain(home.get(key, "")) for key in keys)
    return (
        place
        and _plain(query["familienname"]) == _plain(record["familienname"])
        and _plain("".join(query["vornamen"])) == _plain("".join(record.get("vornamen", [])))
        and query["geburtsdatum"] == record["geburtsdatum"]
    )


class _Handler(BaseHTTPRequestHandler):
    fake: FakeRegister
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        query_id = self.headers.get("X-Query-Id", "")
        number = self.fake.note(Seen(query_id, body, self.headers.get("Authorization")))
        mode = self.fake.mode
        if mode is Mode.FLAPPING:
            mode = Mode.ERROR if number % 2 else Mode.OK
        try:
            _BEHAVIOUR.get(mode, _Handler.answer)(self, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client gave up, which many modes are there for

    def do_PUT(self) -> None:
        name = self.path.removeprefix("/mode/").replace("%20", " ").replace("-", " ")
        self.fake.mode = Mode(name)
        self.send(b"", 204)

    def do_GET(self) -> None:
        self.send(json.dumps(self.fake.asked()).encode())

    def answer(self, body: Mapping[str, Any]) -> None:
        self.send(json.dumps(self.outcome(body), ensure_ascii=False).encode())

    def outcome(self, body: Mapping[str, Any]) -> dict[str, Any]:
        found = [one for one in self.fake.entries if one.current and _same(body["query"], one.record)]
        answer: dict[str, Any] = {"schema": "amtlich/register-answer/1", "query_id": body["query_id"]}
        if not found:
            return {**answer, "outcome": "none"}
        if len(found) > 1:
            return {**answer, "outcome": "several", "count": len(found)}
        if found[0].blocked:
            return {**answer, "outcome": "blocked"}
        return {**answer, "outcome": "one", "record": self.fake.shape(dict(found[0].record))}

    def send(self, body: bytes, status: int = 200, kind: str = "application/json", claim: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(claim or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: tests print what matters."""

    # -- the ways to fail ---------------------------------------------------------------------------

    def be_slow(self, body: Mapping[str, Any]) -> None:
        self.fake.wait_while_slow()
        self.answer(body)

    def drip(self, body: Mapping[str, Any]) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Patience: ")
        for _ in range(2000):
            self.wfile.write(b"a")
            if self.fake.wait_while_slow(0.05):
                break
        self.close_connection = True

    def talk_nonsense(self, body: Mapping[str, Any]) -> None:
        self.send(b"<!doctype html><title>Wartung</title>", kind="text/html")

    def break_off(self, body: Mapping[str, Any]) -> None:
        whole = json.dumps(self.outcome(body)).encode()
        self.send(whole[: len(whole) // 2], claim=len(whole))
        self.close_connection = True

    def fail(self, body: Mapping[str, Any]) -> None:
        self.send(b'{"title": "internal"}', 500, "application/problem+json")

    def deny(self, body: Mapping[str, Any]) -> None:
        self.send(b"{}", 403)

    def say_nothing(self, body: Mapping[str, Any]) -> None:
        self.close_connection = True

    def deliver_another(self, body: Mapping[str, Any]) -> None:
        other = next(one for one in self.fake.entries if not _same(body["query"], one.record))
        answer = {"schema": "amtlich/register-answer/1", "query_id": body["query_id"], "outcome": "one"}
        self.send(json.dumps({**answer, "record": other.record}).encode())

    def answer_another_question(self, body: Mapping[str, Any]) -> None:
        self.answer({**body, "query_id": "somebody-else-asked-this"})

    def never_end(self, body: Mapping[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for _ in range(100_000):
            self.wfile.write(b" " * 65_536)


_BEHAVIOUR: dict[Mode, Callable[[_Handler, Mapping[str, Any]], None]] = {
    Mode.SLOW: _Handler.be_slow,
    Mode.DRIP: _Handler.drip,
    Mode.GARBAGE: _Handler.talk_nonsense,
    Mode.TRUNCATED: _Handler.break_off,
    Mode.ERROR: _Handler.fail,
    Mode.NOTHING: _Handler.say_nothing,
    Mode.WRONG_PERSON: _Handler.deliver_another,
    Mode.WRONG_QUERY: _Handler.answer_another_question,
    Mode.HUGE: _Handler.never_end,
    Mode.DENIED: _Handler.deny,
}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="An outside resident register to test against.")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--mode", default="ok", choices=[mode.value for mode in Mode])
    parser.add_argument("--town", default="musterstadt")
    chosen = parser.parse_args(arguments)
    register = FakeRegister(demo_entries(chosen.town), mode=Mode(chosen.mode), port=chosen.port)
    print(register.url, flush=True)  # noqa: T201 - whoever started it needs the address
    try:
        register.serve()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
