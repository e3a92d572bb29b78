# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What 400 authorities in one instance cost, against one authority: memory, start, time of a page.

    python bench/authorities.py

An embedded database, and the real web process over HTTP for each of the two: first with one authority, then
with all. Every page is asked for under a host name of its authority. The figures are ratios of the two.
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import embedded

MANY = 400
PAGES = 1200
PAGE = "/leistungen/meldebescheinigung/"
PATIENCE = 60.0


@dataclass(frozen=True)
class Figures:
    """Seconds to be ready, MiB at rest and after the pages, milliseconds of pages."""

    ready: float
    at_rest: float
    after: float
    first: float
    median: float


def run() -> None:
    from django.db import connections

    from amtlich.contexts.catalog import api as catalog
    from amtlich.platform import keys
    from amtlich.platform.settings.config import config
    from amtlich.platform.tenancy.registry import ensure_authority

    def publish() -> None:
        catalog.publish(config().services / "meldebescheinigung", authority_id=None, by="bench")
        connections.close_all()

    hosts = [f"amt{number}.localhost" for number in range(MANY)]
    keys.create(ensure_authority(_spec(0, hosts[0])))
    publish()
    one = measure(hosts[:1])
    began = time.perf_counter()
    for number, host in enumerate(hosts):
        keys.create(ensure_authority(_spec(number, host)))
    publish()
    set_up = time.perf_counter() - began
    many = measure(hosts)
    print(f"{MANY} authorities with seal keys and a service set up in {set_up:.1f} s")
    print(f"{'':28}{'one':>10}{MANY:>10}{'ratio':>8}")
    for label, unit, name in (
        ("ready after start", "s", "ready"),
        ("memory of web at rest", "MiB", "at_rest"),
        (f"memory after {PAGES} pages", "MiB", "after"),
        ("first page of an authority", "ms", "first"),
        ("page, median", "ms", "median"),
    ):
        alone, all_of_them = getattr(one, name), getattr(many, name)
        print(f"{label:<24}{unit:<4}{alone:>10.2f}{all_of_them:>10.2f}{all_of_them / alone:>8.2f}")


def _spec(number: int, host: str):  # type: ignore[no-untyped-def]  # its class needs Django
    from amtlich.platform.tenancy.registry import AuthoritySpec

    name = f"Ort {number}"
    return AuthoritySpec(
        slug=f"ort-{number}", name=f"Gemeinde {name}", short_name=name, office="Bürgeramt",
        street="Rathausplatz 1", city=f"12345 {name}", phone="115", hours="Mo bis Fr 8–12 Uhr", land="NW",
        hosts=(host,),
    )  # fmt: skip


def measure(hosts: list[str]) -> Figures:
    """A web process of its own, asked for ``PAGES`` pages of these authorities in turn."""
    port = _free_port()
    command = [sys.executable, "-m", "amtlich", "web", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while _status(port, "/health/ready", hosts[0]) != 200:
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise SystemExit("the web process did not get ready")
                time.sleep(0.02)
            ready = time.perf_counter() - began
            assert _status(port, PAGE, hosts[0]) == 200
            at_rest = _memory(process.pid)
            first, taken = [], []
            for number in range(PAGES):
                moment = time.perf_counter()
                assert _status(port, PAGE, hosts[number % len(hosts)]) == 200
                (first if 0 < number < len(hosts) else taken).append(time.perf_counter() - moment)
            return Figures(
                ready,
                at_rest,
                _memory(process.pid),
                statistics.median(first or taken) * 1e3,
                statistics.median(taken) * 1e3,
            )
        finally:
            process.terminate()


def _status(port: int, path: str, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except ConnectionError:
        return 0
    finally:
        connection.close()


def _memory(pid: int) -> float:
    """Resident MiB of the process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the web process has ended")


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    with embedded.instance():
        run()
