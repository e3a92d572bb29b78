# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The web role as a process of its own, spoken to over sockets."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connections

from amtlich.platform.accounts.sessions import SessionStore
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.web.server import listen

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def until(what: Callable[[], Any], seconds: float = 90.0) -> Any:
    """Wait for an event, for so long at most."""
    limit = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < limit, "did not happen in time"
        time.sleep(0.02)
    return found


def _address(alias: str) -> str:
    settings = connections[alias].settings_dict
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    return f"postgresql://{settings['USER']}{password}@/{settings['NAME']}?host={settings['HOST']}"


class Web:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://localhost:{port}"

    def raw(self, request: bytes) -> bytes:
        """Send bytes, read until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as connection:
            connection.sendall(request)
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        return answer

    def live(self) -> bool:
        assert self.process.poll() is None, "the web process ended"
        try:
            return httpx.get(f"{self.url}/health/live").status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture
def web(town: Authority, tmp_path: Path) -> Iterator[Web]:
    (*_, probe) = listen("127.0.0.1", 0)
    port = probe.getsockname()[1]
    probe.close()
    environment = {
        **os.environ,
        "AMTLICH_MODE": "demo",
        "AMTLICH_HOME": str(tmp_path),
        "AMTLICH_DATABASE_URL": _address("default"),
        "AMTLICH_DATABASE_SYSTEM_URL": _address("system"),
    }
    script = Path(__file__).with_name("web_process.py")
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=environment)
    running = Web(process, port)
    try:
        until(running.live)
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_the_web_process_speaks_http_and_stops_when_asked(web: Web) -> None:
    """One process for all: starting it costs seconds."""
    _pages_and_headers(web)
    _bodies(web)
    _unreadable_requests(web)
    _static_files(web)
    _names_of_the_host(web)
    _stops_while_a_stream_is_open(web)


def _pages_and_headers(web: Web) -> None:
    assert httpx.get(f"{web.url}/health/ready").text == "bereit\n"
    page = httpx.get(f"{web.url}/gibt/es/nicht/")
    assert page.status_code == 404
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "server" not in page.headers
    connection = http.client.HTTPConnection("localhost", web.port, timeout=10)
    for _ in range(2):  # the connection stays usable after a HEAD
        connection.request("HEAD", "/gibt/es/nicht/")
        head = connection.getresponse()
        assert (head.status, head.read()) == (404, b"")
    connection.close()


def _bodies(web: Web) -> None:
    connection = http.client.HTTPConnection("localhost", web.port, timeout=10)
    connection.request(
        "POST", "/", iter([b"a=", b"b" * 70_000, b"&c=d"]), {"Host": "localhost"}, encode_chunked=True
    )
    answer = connection.getresponse()
    answer.read()
    assert answer.status in (403, 405)  # no token of the form, or no such form: but taken in whole
    connection.close()

    too_big = httpx.post(f"{web.url}/", content=b"x" * (7 * 1024 * 1024))
    assert too_big.status_code == 413
    assert "größer als erlaubt" in too_big.text
    asked = web.raw(
        b"POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n"
    )
    assert asked.startswith(b"HTTP/1.1 413")


def _unreadable_requests(web: Web) -> None:
    for target in (b"/%00", b"/%ff", b"/?q=%00", b"/?q=%c3", b"/%ed%a0%80/"):
        answer = web.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400"), target
        assert b"Zeichen" in answer
    form = b"name=%00"
    answer = web.raw(
        b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        + f"Content-Length: {len(form)}\r\n\r\n".encode()
        + form
    )
    assert answer.startswith(b"HTTP/1.1 400")
    assert web.raw(b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
    for method in (b"TRACE", b"DELETE", b"FOO"):
        answer = web.raw(method + b" / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert answer.split(b" ")[1] in (b"403", b"405"), method


def _static_files(web: Web) -> None:
    style = httpx.get(f"{web.url}/static/portal/stil.css", headers={"Accept-Encoding": "br"})
    assert style.status_code == 200
    assert style.headers["content-encoding"] == "br"
    assert style.headers["content-type"].startswith("text/css")
    assert "content-security-policy" in style.headers
    assert httpx.get(f"{web.url}/static/../secret-key").status_code == 404


def _names_of_the_host(web: Web) -> None:
    led = httpx.get(f"http://127.0.0.1:{web.port}/antrag/?a=b")
    assert (led.status_code, led.headers["location"]) == (307, f"{web.url}/antrag/?a=b")
    unknown = httpx.get(f"{web.url}/", headers={"Host": "fremd.example"})
    assert unknown.status_code == 404
    assert "default-src 'none'" in unknown.headers["content-security-policy"]


def _stops_while_a_stream_is_open(web: Web) -> None:
    session = SessionStore()
    session["holder"] = "00000000-0000-4000-8000-000000000001"
    session.save()
    cookies = {"amtlich_session": session.session_key or ""}
    # Nobody's case: no stream opens, but the door to it works; then the process is asked to stop.
    assert httpx.get(f"{web.url}/live/{'a' * 26}", cookies=cookies).status_code == 404
    assert httpx.get(f"{web.url}/live/{'a' * 26}").status_code == 401
    web.process.send_signal(signal.SIGTERM)
    assert web.process.wait(20) == 0


def test_localhost_is_both_loopback_addresses_on_one_port() -> None:
    sockets = listen("localhost", 0)
    try:
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert sockets[0].getsockname()[0] == "127.0.0.1"
    finally:
        for each in sockets:
            each.close()


def test_a_port_that_is_taken_is_refused() -> None:
    (first, *rest) = listen("127.0.0.1", 0)
    try:
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", first.getsockname()[1])
    finally:
        for each in (first, *rest):
            each.close()
