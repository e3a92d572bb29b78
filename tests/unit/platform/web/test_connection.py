# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Connections that never say what they want."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from amtlich.platform.web.connection import PatientProtocol
from amtlich.platform.web.intake import Receive, Scope, Send
from amtlich.platform.web.server import listen


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"da"})


class Impatient(PatientProtocol):
    patience = 0.2


@pytest.fixture
def port() -> Iterator[int]:
    (*_, bound) = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(_answer, http=Impatient, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    yield bound.getsockname()[1]
    server.should_exit = True
    thread.join(20)


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: localh"])
@pytest.mark.parametrize("after_a_request", [False, True])
def test_a_request_that_does_not_come_ends_its_connection(
    port: int, beginning: bytes, after_a_request: bool
) -> None:
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        if after_a_request:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = b""
            while not answer.endswith(b"da"):
                answer += connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 200")
        connection.sendall(beginning)
        assert connection.recv(4096) == b""
