# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Starting, watching and ending one child process so that it never outlives us.

Every child leads a session of its own, so Ctrl-C in a terminal reaches only the supervisor, which
ends its children in the right order. The kernel signals a child when the *thread* that started it
dies (PR_SET_PDEATHSIG): start children from the main thread only.
"""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """The operating-system user a child runs as; None in `name` means: as we do."""

    name: str | None
    uid: int
    gid: int


def unprivileged() -> Account:
    """Ourselves, or `nobody` when we are root: a database must not run as root."""
    if os.geteuid() != 0:
        return Account(None, os.geteuid(), os.getegid())
    entry = pwd.getpwnam("nobody")
    return Account("nobody", entry.pw_uid, entry.pw_gid)


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    account: Account | None = None,
    pass_fds: Sequence[int] = (),
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
    cwd: str = "/",
) -> "subprocess.Popen[bytes]":
    """Start `command` in a session of its own; it gets `death_signal` should we die. Raises OSError."""
    drop = account is not None and account.name is not None
    parent = os.getpid()

    def before_exec() -> None:
        # Runs after the change of user, which would clear the setting.
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(127)

    return subprocess.Popen(  # noqa: S603 - fixed programs, no shell
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=tuple(pass_fds),
        start_new_session=True,
        preexec_fn=before_exec,  # takes no lock, so it is safe beside other threads
        user=account.uid if drop and account else None,
        group=account.gid if drop and account else None,
        extra_groups=[] if drop else None,
    )


def end(process: "subprocess.Popen[bytes]", steps: Sequence[tuple[signal.Signals, float]]) -> int:
    """Send each signal and wait its seconds for the end; at last kill the whole session. Reaps it."""
    for signum, seconds in steps:
        if process.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
    kill_session(process)
    return process.wait()


def kill_session(process: "subprocess.Popen[bytes]") -> None:
    """Kill what is left of the child's process group, for instance children of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def plain_environment() -> dict[str, str]:
    """What a foreign program needs, and none of our secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {"PATH": "/usr/bin:/bin", **kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def python_command(*arguments: str) -> list[str]:
    """The command that runs this program's own entry with the interpreter we run under."""
    return [*python_module("amtlich"), *arguments]


def python_module(name: str) -> list[str]:
    """The command that runs a module with the interpreter we run under."""
    return [sys.executable, "-m", name]
