# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The front, driven as a server would drive it, with a small WSGI application behind it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from amtlich.platform.web import aside, errors, intake
from amtlich.platform.web.bridge import Environ
from amtlich.platform.web.front import Front
from amtlich.platform.web.intake import Message, Receive, Refused, Scope, Send

Headers = list[tuple[bytes, bytes]]


class Client:
    """One request: what it sends, and what came back."""

    def __init__(self, *messages: Message, then_hang_up: bool = False) -> None:
        self._messages = list(messages)
        self._hang_up = asyncio.Event()
        if then_hang_up:
            self._hang_up.set()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.ended = False

    async def receive(self) -> Message:
        if self._messages:
            return self._messages.pop(0)
        await self._hang_up.wait()
        return {"type": "http.disconnect"}

    def hang_up(self) -> None:
        self._hang_up.set()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        else:
            self.body += message["body"]
            self.ended = not message.get("more_body", False)


def scope(
    path: bytes = b"/", method: str = "GET", query: bytes = b"", headers: Headers | None = None
) -> Scope:
    return {
        "type": "http",
        "method": method,
        "path": path.decode("utf-8", "replace"),
        "raw_path": path,
        "query_string": query,
        "headers": headers or [],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("localhost", 8000),
        "client": ("192.0.2.7", 4711),
    }


def body(content: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": content, "more_body": more}


EMPTY = body(b"")


async def no_live(scope: Scope, receive: Receive, send: Send) -> None:
    raise Refused(404)


def echo(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    content = env["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Method", env["REQUEST_METHOD"])])
    return [content or env["PATH_INFO"].encode("latin-1")]


def front(application: Callable[..., Iterable[bytes]] = echo, **options: Any) -> Front:
    return Front(application, no_live, ready=lambda: None, **options)


def ask(served: Front, client: Client, **request: Any) -> Client:
    async def run() -> None:
        await served(scope(**request), client.receive, client.send)

    asyncio.run(run())
    return client


def made(*messages: Message, **options: Any) -> Client:
    """A client outside of an event loop."""
    return Client(*messages, **options)


def test_a_page_comes_from_the_application_with_its_length() -> None:
    client = ask(front(), made(EMPTY), path=b"/antrag/")
    assert (client.status, client.body, client.ended) == (200, b"/antrag/", True)
    assert client.headers[b"content-length"] == b"8"


def test_a_chunked_body_arrives_whole() -> None:
    client = made(body(b"eins ", more=True), body(b"zwei ", more=True), body(b"drei"))
    ask(front(), client, method="POST", headers=[(b"transfer-encoding", b"chunked")])
    assert client.body == b"eins zwei drei"


def test_the_application_learns_the_true_length_and_no_transfer_coding() -> None:
    seen: list[Environ] = []

    def look(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(env)
        return echo(env, start_response)

    headers = [
        (b"transfer-encoding", b"chunked"),
        (b"content-type", b"text/plain"),
        (b"x-forwarded-proto", b"https"),
        (b"x_forwarded_proto", b"https"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"text/html"),
    ]
    ask(front(look), made(body(b"12345")), method="POST", path=b"/f%C3%BCr", query=b"a=%20", headers=headers)
    (env,) = seen
    assert env["CONTENT_LENGTH"] == "5"
    assert env["PATH_INFO"].encode("latin-1").decode() == "/für"
    assert env["QUERY_STRING"] == "a=%20"
    assert env["HTTP_COOKIE"] == "a=1; b=2"
    assert env["REMOTE_ADDR"] == "192.0.2.7"
    assert not {"HTTP_TRANSFER_ENCODING", "HTTP_X_FORWARDED_PROTO"} & env.keys()


def test_head_has_no_body_but_the_length_the_application_gave() -> None:
    def page(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", "4")])
        return [b"1234"]

    client = ask(front(page), made(EMPTY), method="HEAD")
    assert client.body == b""
    assert client.headers[b"content-length"] == b"4"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (b"/%00", b""),
        (b"/%FF", b""),
        (b"/", b"q=%00"),
        (b"/", b"q=%C3"),
        (b"/%ED%A0%80", b""),
        (b"/\xff", b""),
    ],
)
def test_an_address_that_no_page_can_hold_is_refused_with_a_sentence(path: bytes, query: bytes) -> None:
    client = ask(front(), made(EMPTY), path=path, query=query)
    assert client.status == 400
    assert "Zeichen, das wir nicht annehmen" in client.body.decode()
    assert b"default-src 'none'" in client.headers[b"content-security-policy"]


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_the_limit_is_refused_with_a_page(declared: bool) -> None:
    ran: list[int] = []

    def never(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        ran.append(1)
        return echo(env, start_response)

    headers = [(b"content-length", b"30")] if declared else []
    client = made(body(b"x" * 10, more=True), body(b"x" * 10, more=True), body(b"x" * 10))
    ask(front(never, body_limit=25), client, method="POST", headers=headers)
    assert client.status == 413
    assert "größer als erlaubt" in client.body.decode()
    assert client.headers[b"connection"] == b"close"
    assert not ran


def test_a_body_at_the_limit_is_taken() -> None:
    client = ask(front(body_limit=25), made(body(b"x" * 25)), method="POST")
    assert client.status == 200


def test_who_asks_before_sending_too_much_is_told_at_once() -> None:
    headers = [(b"content-length", b"99"), (b"expect", b"100-continue")]
    client = ask(front(body_limit=25), made(), method="POST", headers=headers)
    assert client.status == 413


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path whose bodies a face wants to have in memory only; nothing may open a temporary file."""
    monkeypatch.setattr(intake, "_off_disk", {b"/pruefen/"})
    monkeypatch.setattr(intake, "SpooledTemporaryFile", None)


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("path", [b"/pruefen/", b"/%70ruefen/"])
def test_what_a_face_promised_not_to_store_never_touches_the_disk(path: bytes) -> None:
    pieces = [body(b"x" * 300_000, more=True), body(b"y" * 300_000)]
    client = ask(front(), made(*pieces), method="POST", path=path)
    assert (client.status, len(client.body)) == (200, 600_000)


@pytest.mark.usefixtures("private")
def test_unstored_bodies_share_one_budget_and_give_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "UNSTORED_AT_ONCE", 25)
    served = front()
    for content, status in ((b"x" * 26, 503), (b"x" * 25, 200), (b"x" * 25, 200)):
        assert ask(served, made(body(content)), method="POST", path=b"/pruefen/").status == status


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("hang_up", [False, True])
def test_a_body_that_breaks_off_gives_its_memory_back(hang_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "UNSTORED_AT_ONCE", 25)
    served = front(body_pause=0.01)
    broken = made(body(b"x" * 25, more=True), then_hang_up=hang_up)
    assert ask(served, broken, method="POST", path=b"/pruefen/").status == (0 if hang_up else 408)
    assert ask(served, made(body(b"x" * 25)), method="POST", path=b"/pruefen/").status == 200


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"abc", b"\xd9\xa1", b""])
def test_a_length_that_is_no_number_is_refused(length: bytes) -> None:
    client = ask(front(), made(EMPTY), method="POST", headers=[(b"content-length", length)])
    assert client.status == 400


def test_a_body_that_does_not_come_is_given_up() -> None:
    client = ask(front(body_pause=0.01), made(body(b"x", more=True)), method="POST")
    assert client.status == 408


def test_nobody_is_answered_who_hung_up_while_sending() -> None:
    client = ask(front(), made(body(b"x", more=True), then_hang_up=True), method="POST")
    assert client.status == 0


def test_an_application_that_fails_gives_a_page() -> None:
    def broken(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        raise RuntimeError("secret")

    client = ask(front(broken), made(EMPTY))
    assert client.status == 500
    assert "Der Fehler liegt bei uns" in client.body.decode()
    assert b"secret" not in client.body


def test_below_api_errors_are_problems_as_json() -> None:
    client = ask(front(), made(EMPTY), path=b"/api/v1/services", query=b"q=%00")
    assert client.headers[b"content-type"] == b"application/problem+json"


def test_a_long_answer_is_streamed_and_closed_in_its_thread() -> None:
    threads: list[int] = []

    class Long:
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(5):
                threads.append(threading.get_ident())
                yield b"x" * 700_000

        def close(self) -> None:
            threads.append(threading.get_ident())

    def page(env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Long()

    client = ask(front(page), made(EMPTY))
    assert len(client.body) == 3_500_000
    assert client.ended
    assert len(threads) == 6
    assert len(set(threads)) == 1


class Gate:
    """An application that waits until it is let go, and counts."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.started = threading.Semaphore(0)
        self.paths: list[str] = []

    def __call__(self, env: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.paths.append(env["PATH_INFO"])
        self.started.release()
        assert self.open.wait(20)
        return echo(env, start_response)


def crowd(scenario: Callable[[Gate, Front], Awaitable[None]], **options: Any) -> Gate:
    gate = Gate()
    served = front(gate, threads=1, **options)

    async def run() -> None:
        try:
            await scenario(gate, served)
        finally:
            gate.open.set()

    asyncio.run(run())
    return gate


async def _request(served: Front, path: bytes) -> tuple[Client, asyncio.Task[None]]:
    client = Client(EMPTY)
    task = asyncio.create_task(served(scope(path), client.receive, client.send))
    await asyncio.sleep(0)
    return client, task


async def _in_line(served: Front, number: int) -> None:
    while served._admission.in_line != number:
        await asyncio.sleep(0)


def test_requests_are_served_in_the_order_they_came() -> None:
    async def scenario(gate: Gate, served: Front) -> None:
        requests = []
        for number in range(5):
            requests.append(await _request(served, f"/{number}".encode()))
            await _in_line(served, number)
        gate.open.set()
        await asyncio.gather(*(task for _, task in requests))
        assert {client.status for client, _ in requests} == {200}

    assert crowd(scenario).paths == ["/0", "/1", "/2", "/3", "/4"]


def test_beyond_the_line_a_page_says_when_to_come_back() -> None:
    async def scenario(gate: Gate, served: Front) -> None:
        first = await _request(served, b"/1")
        second = await _request(served, b"/2")
        await _in_line(served, 1)
        third, task = await _request(served, b"/3")
        await task
        assert third.status == 503
        assert third.headers[b"retry-after"] == b"10"
        assert "Warten Sie 10 Sekunden" in third.body.decode()
        gate.open.set()
        await asyncio.gather(first[1], second[1])

    assert crowd(scenario, waiting=1).paths == ["/1", "/2"]


def test_who_hangs_up_while_waiting_costs_no_work() -> None:
    async def scenario(gate: Gate, served: Front) -> None:
        _, first = await _request(served, b"/1")
        gone, second = await _request(served, b"/2")
        await _in_line(served, 1)
        _, third = await _request(served, b"/3")
        await _in_line(served, 2)
        gone.hang_up()
        await second
        gate.open.set()
        await asyncio.gather(first, third)

    assert crowd(scenario).paths == ["/1", "/3"]


def test_waiting_ends_before_the_clients_patience_does() -> None:
    async def scenario(gate: Gate, served: Front) -> None:
        _, first = await _request(served, b"/1")
        second, task = await _request(served, b"/2")
        await task
        assert second.status == 503
        gate.open.set()
        await first
        after, last = await _request(served, b"/3")
        await last
        assert after.status == 200  # no place was lost

    assert crowd(scenario, patience=0.01).paths == ["/1", "/3"]


def test_health_is_answered_even_when_every_thread_is_taken() -> None:
    async def scenario(gate: Gate, served: Front) -> None:
        _, first = await _request(served, b"/1")
        for path, text in ((b"/health/live", "lebt\n"), (b"/health/ready", "bereit\n")):
            client, task = await _request(served, path)
            await task
            assert (client.status, client.body.decode()) == (200, text)
        gate.open.set()
        await first

    crowd(scenario)


def test_a_server_that_is_not_ready_says_why() -> None:
    served = Front(echo, no_live, ready=lambda: "Die Datenbank antwortet nicht.")
    client = ask(served, made(EMPTY), path=b"/health/ready")
    assert (client.status, client.body.decode()) == (503, "Die Datenbank antwortet nicht.\n")


def test_start_and_stop_reach_the_hooks() -> None:
    calls: list[str] = []

    async def hook(word: str) -> None:
        calls.append(word)

    served = front(on_start=lambda: hook("start"), on_stop=lambda: hook("stop"))
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[str] = []

    async def receive() -> Message:
        return dict(next(messages))

    async def send(message: Message) -> None:
        sent.append(message["type"])

    asyncio.run(served({"type": "lifespan"}, receive, send))
    assert calls == ["start", "stop"]
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_closed_house_answers_every_page_with_the_page_of_maintenance() -> None:
    served = front(closed=lambda: errors.maintenance(None, "Neue Fassung."))
    page = ask(served, made(EMPTY), path=b"/antrag/")
    assert page.status == 503
    assert page.headers[b"retry-after"] == b"300"
    assert "Neue Fassung." in page.body.decode()
    interface = ask(served, made(EMPTY), path=b"/api/v1/services")
    assert interface.headers[b"content-type"] == b"application/problem+json"
    assert ask(served, made(EMPTY), path=b"/static/portal/amtlich.css").status == 200
    assert ask(served, made(EMPTY), path=b"/health/live").status == 200


@pytest.mark.parametrize("closed", [None, errors.maintenance(None)], ids=["open", "closed"])
def test_a_page_that_stands_aside_is_answered_whatever_the_house_does(
    monkeypatch: pytest.MonkeyPatch, closed: errors.ErrorPage | None
) -> None:
    monkeypatch.setattr(aside, "_pages", {"/status/": lambda request: HttpResponse(f"steht: {request.GET}")})
    served = front(closed=lambda: closed)
    answer = ask(served, made(EMPTY), path=b"/status/", query=b"sprache=en")
    assert (answer.status, answer.body) == (200, b"steht: <QueryDict: {'sprache': ['en']}>")
    assert b"content-security-policy" in answer.headers
    assert ask(served, made(EMPTY), path=b"/status/", method="HEAD").body == b""


def test_a_page_aside_that_fails_is_an_error_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(aside, "_pages", {"/status/": broken})
    answer = ask(front(), made(EMPTY), path=b"/status/")
    assert answer.status == 500
    assert b"<h1" in answer.body


def test_a_page_of_the_front_speaks_the_language_of_the_cookie() -> None:
    served = front(closed=lambda: errors.maintenance(None))
    page = ask(served, made(EMPTY), headers=[(b"cookie", b"amtlich_sprache=en"), (b"host", b"localhost")])
    assert '<html lang="en">' in page.body.decode()
