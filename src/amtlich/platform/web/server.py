# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The web role: one process, one event loop, until it is told to stop."""

from __future__ import annotations

import logging
import resource
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence

import uvicorn

from amtlich.platform.web.connection import PatientProtocol

log = logging.getLogger(__name__)

_BACKLOG = 4096


class _Server(uvicorn.Server):
    """Ends live streams first: the server would else wait for them until its patience is over."""

    def __init__(self, config: uvicorn.Config, before_shutdown: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._before_shutdown = before_shutdown

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._before_shutdown()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> list[socket.socket]:
    """Bound sockets for the host name; ``localhost`` means both loopback addresses, as browsers try both.

    Raises ``OSError`` if the port is taken or the address is not of this machine.
    """
    names = ["127.0.0.1", "::1"] if host == "localhost" else [host]
    sockets: list[socket.socket] = []
    try:
        for name in names:
            try:
                sockets.append(_bind(name, port if not sockets else sockets[0].getsockname()[1]))
            except OSError:
                # A machine without IPv6 is fine as long as the first address works.
                if not sockets:
                    raise
    except OSError:
        for each in sockets:
            each.close()
        raise
    return sockets


def _bind(name: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind((name, port))
        bound.listen(_BACKLOG)
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def run_web(
    port: int,
    host: str = "localhost",
    *,
    trusted_proxies: Sequence[str] = (),
    sockets: list[socket.socket] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; open requests get ten seconds to end.

    ``trusted_proxies`` are the addresses whose X-Forwarded-For and X-Forwarded-Proto are believed.
    Raises ``OSError`` if the port cannot be had.
    """
    _raise_file_limit()
    bound = sockets or listen(host, port)
    from amtlich.platform.web import asgi  # noqa: PLC0415 - importing it sets Django up, so not before the port

    configuration = uvicorn.Config(
        asgi.application,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        http=PatientProtocol,
        ws="none",
    )
    # The server raises the signal that ended it once more; here it has said all it had to say.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: None)
    _Server(configuration, asgi.hub.stop).run(bound)


def _raise_file_limit() -> None:
    """Ten thousand open streams need as many descriptors; the soft limit is often 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
