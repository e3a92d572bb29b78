# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The sockets of the web server, opened by the supervisor and kept open while the web role restarts:
a browser that comes in that moment waits instead of being refused."""

import errno
import socket
from collections.abc import Sequence

from amtlich.platform.supervisor.errors import PortTaken

_BACKLOG = 2048
_PORTS_TRIED = 200


def listen(host: str, port: int, *, search: bool) -> tuple[list[socket.socket], int]:
    """Listening sockets for `host` on `port`, or on the next free one where `search`. Raises PortTaken.

    "localhost" means both loopback addresses: browsers try either.
    """
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)) if search else (port,):
        try:
            return _open_all(_addresses(host), candidate), candidate
        except OSError as error:
            if error.errno != errno.EADDRINUSE or not search:
                raise _refusal(host, port, error) from error
    raise PortTaken(
        f"Zwischen Port {port} und {port + _PORTS_TRIED} ist keiner frei. Bitte geben Sie einen an: --port"
    )


def adopt(descriptors: Sequence[int]) -> list[socket.socket]:
    """The sockets that a supervisor handed over to this process."""
    return [socket.socket(fileno=descriptor) for descriptor in descriptors]


def _addresses(host: str) -> list[tuple[int, str]]:
    if host == "localhost":
        return [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    return [(socket.AF_INET6 if ":" in host else socket.AF_INET, host)]


def _open_all(addresses: list[tuple[int, str]], port: int) -> list[socket.socket]:
    opened: list[socket.socket] = []
    try:
        for family, address in addresses:
            try:
                opened.append(_open(family, address, port))
            except OSError as error:
                # A machine without IPv6 has no ::1; that is no reason to stop.
                if family != socket.AF_INET6 or error.errno == errno.EADDRINUSE or not opened:
                    raise
    except OSError:
        for one in opened:
            one.close()
        raise
    return opened


def _open(family: int, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(_BACKLOG)
    except BaseException:
        made.close()
        raise
    return made


def _refusal(host: str, port: int, error: OSError) -> PortTaken:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(f"Port {port} ist schon belegt. Bitte wählen Sie einen anderen: --port")
    if error.errno == errno.EACCES:
        return PortTaken(
            f"Port {port} darf dieser Benutzer nicht öffnen. Bitte wählen Sie einen ab 1024: --port"
        )
    return PortTaken(f"Auf „{host}“ lässt sich nicht hören ({error.strerror}). Bitte prüfen Sie --listen.")
