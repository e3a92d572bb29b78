# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Keeping the server's roles alive: the database, the web server, the worker.

One loop in the main thread. A role that ends is started again: at once if it had been at work for a
while, else after pauses that grow with every quick end. The third end within a minute is an alarm. An end
is noticed by SIGCHLD.
"""

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from amtlich.platform.supervisor import child
from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.errors import SupervisorError
from amtlich.platform.supervisor.restarts import Restarts
from amtlich.platform.supervisor.telling import Teller

logger = logging.getLogger(__name__)

_ALARM_AFTER = 3
#: Seconds between looks at the processes when no signal came.
_LOOK_EVERY = 5.0
_LOG_KEPT = 10 * 1024 * 1024
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Role:
    """A process of ours. `grace`: seconds it gets to finish when everything stops.
    `log`: file for its output instead of ours. `when_dead` is told the number of each process that ended
    unasked, in a thread of the supervisor's."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    pass_fds: Sequence[int] = ()
    grace: float = 10.0
    log: Path | None = None
    when_dead: Callable[[int], None] | None = None


@dataclass
class _Watched:
    """What the loop knows about one process: how to start it, when it ended, when it starts again."""

    name: str
    start: Callable[[], None]
    ended: Callable[[], bool]
    after_end: Callable[[], None]
    restarts: Restarts = field(default_factory=lambda: Restarts(time.monotonic()))
    due: float | None = None


class Supervisor:
    """Runs roles over one optional cluster that is already started. Use in the main thread."""

    def __init__(self, roles: Sequence[Role], cluster: Cluster | None = None,
                 alarm: Callable[[str], None] = logger.error) -> None:  # fmt: skip
        self._roles = roles
        self._cluster = cluster
        self._alarm = alarm
        self._teller = Teller()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._watched = [*([self._watch_cluster(cluster)] if cluster else []), *map(self._watch_role, roles)]
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_write.setblocking(False)
        self._wake_read.setblocking(False)
        self._stopping = False
        self._impatient = False

    def pid(self, name: str) -> int | None:
        """Process number of a running role, for tests and `amtlich check`; may be called from any thread.

        It only looks at what the loop knows. A poll() from here would hold Popen's lock just when the loop
        asks, and the loop would take a dead process for a living one.
        """
        process = self._processes.get(name)
        return process.pid if process and process.returncode is None else None

    def stop(self) -> None:
        """Ask the loop to stop everything; may be called from any thread."""
        self._stopping = True
        with contextlib.suppress(OSError):
            self._wake_write.send(b".")

    def run(self, when_started: Callable[[], None] = lambda: None) -> None:
        """Start all roles and keep them alive until `stop`, Ctrl-C or SIGTERM; then end all in order."""
        with self._signals():
            try:
                for role in self._roles:
                    self._start_role(role)
                when_started()
                while not self._stopping:
                    self._look_after(time.monotonic())
                    self._sleep(time.monotonic())
            finally:
                self._stop_all()

    # ---- the loop ----

    def _look_after(self, now: float) -> None:
        for one in self._watched:
            if one.due is None and one.ended():
                self._note_end(one, now)
            if one.due is not None and now >= one.due and not self._stopping:
                one.due = None
                one.restarts.started(now)
                try:
                    one.start()
                except (SupervisorError, OSError) as error:
                    logger.warning("%s startet nicht: %s", one.name, error)
                    self._note_end(one, now)

    def _note_end(self, one: _Watched, now: float) -> None:
        one.due = now + one.restarts.ended(now)
        logger.warning("%s ist ausgefallen und startet neu.", one.name)
        if (count := len(one.restarts.ends)) >= _ALARM_AFTER:
            self._alarm(f"{one.name} ist in der letzten Minute {count} Mal ausgefallen.")
        one.after_end()

    def _sleep(self, now: float) -> None:
        due = [one.due for one in self._watched if one.due is not None]
        patience = max(0.0, min(due) - now) if due else None
        # Without a pending restart a signal or stop() ends the wait; a look now and then heals a lost one.
        select.select([self._wake_read], [], [], _LOOK_EVERY if patience is None else patience)
        with contextlib.suppress(BlockingIOError):
            while self._wake_read.recv(4096):
                pass

    # ---- single processes ----

    def _watch_cluster(self, cluster: Cluster) -> _Watched:
        return _Watched("Die Datenbank", cluster.respawn, lambda: cluster.poll() is not None, lambda: None)

    def _watch_role(self, role: Role) -> _Watched:
        def ended() -> bool:
            process = self._processes.get(role.name)
            return process is None or process.poll() is not None

        def after_end() -> None:
            process = self._processes.pop(role.name, None)
            if process is None:
                return
            child.kill_session(process)
            if role.when_dead is not None:
                self._teller.tell(role.name, process.pid, role.when_dead)

        return _Watched(f"Der Dienst „{role.name}“", lambda: self._start_role(role), ended, after_end)

    def _start_role(self, role: Role) -> None:
        with open_log(role.log) if role.log else contextlib.nullcontext() as log:
            self._processes[role.name] = child.spawn(
                role.command, env=role.env, pass_fds=role.pass_fds, stdout=log, stderr=log
            )

    # ---- the end ----

    def _stop_all(self) -> None:
        """Web first (nothing new comes in), then the workers, the database last."""
        for role in self._roles:
            process = self._processes.pop(role.name, None)
            if process is not None:
                child.end(process, [(signal.SIGTERM, 0.5 if self._impatient else role.grace)])
        if self._cluster is not None:
            self._cluster.stop()

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def asked_to_stop(signum: int, frame: FrameType | None) -> None:
            self._impatient = self._stopping
            self._stopping = True

        before = {signum: signal.signal(signum, asked_to_stop) for signum in _STOP_SIGNALS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda signum, frame: None)
        waker = signal.set_wakeup_fd(self._wake_write.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(waker)
            for signum, handler in before.items():
                signal.signal(signum, handler)


@contextlib.contextmanager
def open_log(file: Path) -> Iterator[int]:
    """A log file opened for one process; a large one is put aside first, so two generations are kept."""
    if file.exists() and file.stat().st_size > _LOG_KEPT:
        file.replace(file.with_suffix(".log.1"))
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def child_environment(changes: Mapping[str, str]) -> dict[str, str]:
    """Our environment with `changes`, for roles of our own."""
    return {**os.environ, **changes}
