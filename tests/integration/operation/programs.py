# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich` as a program of its own, as an operator starts it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 120.0


def environment(home: Path, **settings: str) -> dict[str, str]:
    """A clean environment for one home: nothing of the test run's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMTLICH_", "DJANGO_"))}
    chosen = {name: os.environ[name] for name in ("AMTLICH_PG",) if name in os.environ}
    return {**kept, **chosen, "AMTLICH_HOME": str(home), "PYTHONPATH": str(_ROOT / "src"), **settings}


def run(env: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "amtlich", *arguments],
        env=dict(env), capture_output=True, text=True, timeout=_PATIENCE,
    )  # fmt: skip


class Program:
    """A command that keeps running; what it says can be waited for."""

    def __init__(self, env: Mapping[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "amtlich", *arguments],
            env={**env, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            self._lines.put(line)
        self._lines.put(None)

    def until(self, words: str) -> str:
        """The first line from here on that holds `words`; fails when the program ends or is silent before."""
        while True:
            try:
                line = self._lines.get(timeout=_PATIENCE)
            except queue.Empty:
                raise AssertionError(f"silent without „{words}“: {self.said}") from None
            assert line is not None, f"ended without „{words}“: {self.said}"
            if words in line:
                return line.strip()

    def end(self, signum: signal.Signals = signal.SIGINT) -> int:
        """Ask it to end and return its status; everything it said is in `said` then."""
        self.process.send_signal(signum)
        status = self.process.wait(timeout=60)
        self._reader.join(timeout=10)
        return status

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *failure: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def children(pid: int) -> dict[str, int]:
    """The running children of a supervisor: "web", "worker", "database" with their process numbers."""
    found: dict[str, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            stat = (entry / "stat").read_text()
            words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = stat.rsplit(")", 1)[1].split()[:2]
        if int(parent) != pid or state in ("Z", "X"):
            continue
        if words[0].endswith("postgres"):
            found["database"] = int(entry.name)
        elif len(words) > 3 and words[1:3] == ["-m", "amtlich"]:
            found[words[3]] = int(entry.name)
    return found


def alive(pid: int) -> bool:
    """Whether the process still does anything; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False
