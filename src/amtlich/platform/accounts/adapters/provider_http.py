# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""HTTP to an identity provider. Whatever it does, a caller waits a bounded time and reads bounded bytes."""

from __future__ import annotations

import functools
import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from amtlich import __version__
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.providers import safe_address


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request, in seconds and bytes. A person waits for it in front of a page."""

    connect: float = 2.0
    read: float = 4.0
    whole: float = 6.0
    max_bytes: int = 256 * 1024


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class ProviderHttp:
    """``openid.wire.Wire`` over HTTP. Network and time are injected for tests."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._transport = transport
        self._monotonic = monotonic

    def get(self, address: str, *, bearer: str = "") -> Mapping[str, Any]:
        """The JSON object at an address; raises ``LoginFailed``."""
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self._ask("GET", address, headers, None, None)

    def post(
        self, address: str, fields: Mapping[str, str], *, basic: tuple[str, str] | None = None
    ) -> Mapping[str, Any]:
        """Send a form, with the client's name and secret as basic authentication if given."""
        return self._ask("POST", address, {}, fields, basic)

    def _ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        fields: Mapping[str, str] | None,
        basic: tuple[str, str] | None,
    ) -> Mapping[str, Any]:
        if not safe_address(address):
            raise LoginFailed(Trouble.FAULTY, "the provider names an address that is not https")
        deadline = self._monotonic() + self._limits.whole
        body = self._exchange(method, address, headers, fields, basic, deadline)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            raise LoginFailed(Trouble.FAULTY, "the provider's answer is no JSON") from None
        if not isinstance(answer, dict):
            raise LoginFailed(Trouble.FAULTY, "the provider's answer is no JSON object")
        return answer

    def _exchange(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        fields: Mapping[str, str] | None,
        basic: tuple[str, str] | None,
        deadline: float,
    ) -> bytes:
        limits = self._limits
        client = httpx.Client(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            transport=self._transport,
            verify=_tls(),
            trust_env=False,
            follow_redirects=False,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": f"amtlich/{__version__}",
            },
        )
        # Time-outs of httpx count from byte to byte; whoever drips is cut off from outside.
        guard = threading.Timer(limits.whole, client.close)
        guard.daemon = True
        guard.start()
        auth = httpx.BasicAuth(*basic) if basic else None
        try:
            with (
                client,
                client.stream(method, address, headers=dict(headers), data=fields, auth=auth) as reply,
            ):
                self._check_status(reply)
                return self._read(reply, deadline)
        except httpx.TimeoutException:
            raise LoginFailed(Trouble.SLOW, "the provider answers too slowly") from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, RuntimeError) as fault:
            # RuntimeError: the guard closed the client between two steps.
            if self._monotonic() >= deadline:
                raise LoginFailed(Trouble.SLOW, "the provider answers too slowly") from None
            raise LoginFailed(
                Trouble.DOWN, f"no connection to the provider ({type(fault).__name__})"
            ) from None
        finally:
            guard.cancel()

    def _check_status(self, reply: httpx.Response) -> None:
        status = reply.status_code
        if status >= 500 or status in (408, 425, 429):
            raise LoginFailed(Trouble.DOWN, f"the provider reports error {status}")
        if status != 200:
            raise LoginFailed(Trouble.FAULTY, f"the provider does not accept our question (status {status})")
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise LoginFailed(Trouble.FAULTY, "the provider's answer is packed, which we did not ask for")

    def _read(self, reply: httpx.Response, deadline: float) -> bytes:
        body = bytearray()
        for chunk in reply.iter_raw():
            body += chunk
            if len(body) > self._limits.max_bytes:
                raise LoginFailed(Trouble.FAULTY, "the provider's answer is too large")
            if self._monotonic() >= deadline:
                raise LoginFailed(Trouble.SLOW, "the provider answers too slowly")
        return bytes(body)
