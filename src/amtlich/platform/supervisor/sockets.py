# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The sockets of the web server, opened by the supervisor and kept open while the web role restarts:
a browser that comes in that moment waits instead of being refused."""

import errno
import ipaddress
import socket
from collections.abc import Sequence

from amtlich.platform.supervisor.errors import PortTaken

_BACKLOG = 2048
_PORTS_TRIED = 200
_LOOPBACK = ("127.0.0.1", "::1")
_ANY = ("0.0.0.0", "::")  # noqa: S104 - what a person may ask for


def listen(host: str, port: int, *, search: bool, here_too: bool = False) -> tuple[list[socket.socket], int]:
    """Listening sockets for `host` on `port`, or on the next free one where `search`. Raises PortTaken.

    "localhost" means both loopback addresses: browsers try either. `here_too`: whatever `host` is, this
    machine itself gets in by "localhost".
    """
    addresses = _with_loopback(host) if here_too else _addresses(host)
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)) if search else (port,):
        try:
            return _open_all(addresses, candidate), candidate
        except OSError as error:
            if error.errno != errno.EADDRINUSE or not search:
                raise _refusal(host, port, error) from error
    raise PortTaken(
        f"Zwischen Port {port} und {port + _PORTS_TRIED} ist keiner frei. Bitte geben Sie einen an: --port"
    )


def names_for_others(host: str) -> list[str]:
    """How other machines may call this one when it listens on `host`: names and addresses, for a URL."""
    if host in _ANY:
        name = socket.gethostname()
        found = [socket.getfqdn(), name, *_own_addresses()]
    else:
        found = [host]
    local = {"localhost", "localhost.localdomain", *_LOOPBACK}
    kept = [one for one in dict.fromkeys(found) if one not in local]
    return [f"[{one}]" if ":" in one else one.lower() for one in kept]


def _own_addresses() -> list[str]:
    """The addresses from which this machine would call others. Nothing is sent to find out."""
    found: list[str] = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((elsewhere, 9))
                found.append(str(probe.getsockname()[0]))
        except OSError:
            continue  # no network of this kind
    return found


def adopt(descriptors: Sequence[int]) -> list[socket.socket]:
    """The sockets that a supervisor handed over to this process."""
    return [socket.socket(fileno=descriptor) for descriptor in descriptors]


def _addresses(host: str) -> list[tuple[int, str]]:
    return [_family(one) for one in (_LOOPBACK if host == "localhost" else (host,))]


def _with_loopback(host: str) -> list[tuple[int, str]]:
    """`host` first, then what of the loopback addresses it does not cover already."""
    if host == "localhost":
        return _addresses(host)
    return [_family(host), *(_family(one) for one in _LOOPBACK if not _covers(host, one))]


def _covers(host: str, loopback: str) -> bool:
    try:
        # A machine's own name often means a loopback address.
        asked = ipaddress.ip_address(socket.getaddrinfo(host, None)[0][4][0])
    except (OSError, ValueError):
        return False
    own = ipaddress.ip_address(loopback)
    return asked.version == own.version and (asked.is_unspecified or asked == own)


def _family(address: str) -> tuple[int, str]:
    return (socket.AF_INET6 if ":" in address else socket.AF_INET, address)


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
