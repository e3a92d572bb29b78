# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A bad line between a browser and the site: slow, and now and then it stalls or breaks.

A proxy for bytes on the loopback interface. Both directions share what the line carries, as on an old
phone. Faults come by connection, from a seeded chance, so that a run can be repeated.
"""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_PIECE = 512


@dataclass(frozen=True)
class Fault:
    """What happens to a connection after so many bytes of answers: it stands still, then it may break."""

    after: int
    stall: float = 0.0
    cut: bool = False


class Chance:
    """Faults by chance: every ``one_in``-th connection or so, at most ``most`` of them are cut."""

    def __init__(self, seed: int, *, one_in: int, most: int, stall: float) -> None:
        self._random = random.Random(seed)
        self._one_in = one_in
        self._left = most
        self._stall = stall

    def __call__(self) -> Fault | None:
        if self._random.randrange(self._one_in):
            return None
        after = self._random.randrange(200, 6_000)
        cut = self._left > 0
        self._left -= cut
        return Fault(after, self._stall, cut)


@dataclass
class Carried:
    """What went over the line."""

    bytes_down: int = 0
    bytes_up: int = 0
    connections: int = 0
    stalled: int = 0
    cut: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class SlowLine:
    """``with SlowLine(site, bits_per_second=64_000) as line: browser.open(line.address)``."""

    def __init__(self, site: str, *, bits_per_second: int, faults: "Chance | None" = None) -> None:
        target = urlsplit(site)
        self._target = (target.hostname or "localhost", target.port or 80)
        self._host = target.hostname or "localhost"
        self._second_per_byte = 8 / bits_per_second
        self._faults = faults
        self._ended = threading.Event()
        self._free_at = time.monotonic()
        self._line = threading.Lock()
        self._open: set[socket.socket] = set()
        self.carried = Carried()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://{self._host}:{self._listener.getsockname()[1]}"
        self._acceptor = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._acceptor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in tuple(self._open):
            _close(each)
        self._acceptor.join(5)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                continue
            try:
                server = socket.create_connection(self._target, 10)
            except OSError:
                _close(client)
                continue
            server.settimeout(None)
            self.carried.connections += 1
            fault = self._faults() if self._faults else None
            self._open |= {client, server}
            threading.Thread(target=self._carry, args=(client, server, None), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, fault), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, fault: Fault | None) -> None:
        """Pass bytes on at the pace of the line until either end is done or the fault breaks it."""
        passed = 0
        try:
            for piece in _pieces(source):
                self._wait(len(piece))
                if fault is not None and passed + len(piece) > fault.after:
                    self.carried.stalled += 1
                    self._ended.wait(fault.stall)
                    if fault.cut:
                        self.carried.cut += 1
                        return
                    fault = None
                sink.sendall(piece)
                passed += len(piece)
                self._count(source, len(piece))
        except OSError:
            pass
        finally:
            _close(source)
            _close(sink)
            self._open -= {source, sink}

    def _wait(self, size: int) -> None:
        """Take the next free stretch of the line, which all connections share."""
        with self._line:
            begin = max(time.monotonic(), self._free_at)
            self._free_at = begin + size * self._second_per_byte
            until = self._free_at
        self._ended.wait(max(0.0, until - time.monotonic()))

    def _count(self, source: socket.socket, size: int) -> None:
        with self.carried.lock, suppress(OSError):
            if source.getpeername()[1] == self._target[1]:
                self.carried.bytes_down += size
            else:
                self.carried.bytes_up += size


def _pieces(source: socket.socket) -> Iterator[bytes]:
    while piece := source.recv(_PIECE):
        yield piece


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
