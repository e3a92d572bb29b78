# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Running a foreign tool to its end: for set-up and for `amtlich test`."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from amtlich.platform.supervisor import child

Tool = subprocess.Popen[bytes]


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run `command` with our standard output and return its exit status; 127 when it does not exist."""
    try:
        process = child.spawn(command, env={**os.environ, **(env or {})}, cwd=str(cwd))
    except FileNotFoundError:
        return 127
    try:
        return process.wait()
    finally:
        child.kill_session(process)


def output(command: Sequence[str], *, cwd: Path) -> tuple[int, str]:
    """Run `command` and return exit status and what it wrote on both channels."""
    try:
        process = child.spawn(
            command, env=os.environ, cwd=str(cwd), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except FileNotFoundError:
        return 127, f"{command[0]} gibt es hier nicht."
    text = process.communicate()[0].decode("utf-8", "replace")
    return process.returncode, text


def start(command: Sequence[str], *, log: Path) -> Tool:
    """Start `command` beside us, its output in `log`; it dies with us. Call from the main thread."""
    with log.open("ab") as stream:
        return child.spawn(command, env=os.environ, stdout=stream, stderr=stream)


def stop(process: Tool) -> None:
    """End a tool that is no longer wanted, and reap it."""
    child.end(process, [(signal.SIGTERM, 2.0)])
