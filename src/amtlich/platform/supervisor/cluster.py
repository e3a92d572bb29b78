# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The embedded PostgreSQL cluster of one home: made once, started, watched, stopped.

As root it runs as `nobody`: the data folder is handed over as an open descriptor, so no folder above it
has to be opened for others. It listens on a socket in a closed folder only, never on the network.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.supervisor import access, binaries, child, occupancy
from amtlich.platform.supervisor.errors import (
    FolderOccupied,
    FolderRefused,
    PostgresFailed,
    SupervisorError,
    disk_full,
    folder_error,
)

_SPACE_FOR_A_NEW_CLUSTER = 120 * 1024 * 1024
_LONGEST_START = 600.0  # crash recovery of a large database; a failure to start ends at once
_LOG_KEPT = 10 * 1024 * 1024

#: Given on the command line, so an old cluster gets them too.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    # The live tail waits for the oldest open transaction of the whole cluster.
    "idle_in_transaction_session_timeout": "60s",
    "jit": "off",
}

#: Seconds in which a server whose supervisor was killed has at least begun to stop.
_NOTICES_ITS_END = 3.0


class Cluster:
    """One embedded cluster. `start` leaves roles and database ready; use from the main thread only."""

    def __init__(
        self, home: Path, *, preference: str | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        """`preference`: "system", "wheel" or None. `settings` go over ours, for instance more memory."""
        self.home = home
        self.folder = home / "database"
        self.data = self.folder / "data"
        self.log = home / "logs" / "postgresql.log"
        self._preference = preference
        self._settings = {**_SETTINGS, **(settings or {})}
        self._account = child.unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        self._binaries: binaries.Binaries | None = None
        self._access: access.Access | None = None
        self._lock: int | None = None
        self._log_start = 0

    # ---- what others ask ----

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def version(self) -> str:
        """For people: "PostgreSQL 15 (system)", "PostgreSQL 18 (wheel)": the words of AMTLICH_PG."""
        used = self._binaries
        return f"PostgreSQL {used.major} ({used.source})" if used else "PostgreSQL"

    def url(self, role: str, database: str = access.DATABASE) -> str:
        """Address for `role`: "app", "owner", "system", "retention" or "admin" (superuser)."""
        if self._access is None:
            raise SupervisorError("Die eingebettete Datenbank ist nicht gestartet.")
        return self._access.url(role, database)

    def urls(self) -> dict[str, str]:
        return {role: self.url(role) for role in DATABASE_ROLES}

    def poll(self) -> int | None:
        """Exit status if the server has ended, None while it runs."""
        return self._process.poll() if self._process else 0

    # ---- what others order ----

    def start(self) -> None:
        """Make the cluster if there is none, start it, wait until it answers. Raises SupervisorError."""
        try:
            self._make_folders()
            self._take_lock()
            if self._binaries is None:
                chosen = binaries.choose(self._preference, self._major(), self.data)
                self._binaries = binaries.usable_by(chosen, self._account)
            # Look first: preparing access would give a running database's socket folder away.
            occupancy.make_free(self.data, access.stored_socket_folder(self.home))
            self._access = access.prepare(self.home, self._account)
            if self._major() is None:
                self._initialise()
            self.respawn()
            self._wait_until_ready()
            self._ensure_roles()
        except OSError as error:
            self.stop()
            raise folder_error(self.home, error) from error
        except BaseException:
            self.stop()
            raise

    def respawn(self) -> None:
        """Start the server process again after its end, without waiting. Raises SupervisorError."""
        if self._binaries is None or self._access is None:
            raise SupervisorError("Die eingebettete Datenbank ist noch nicht eingerichtet.")
        occupancy.make_free(self.data, self._access.socket_folder)
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        lock = (self._lock,) if self._lock is not None else ()
        with self._data_descriptor() as descriptor, self._open_log() as log:
            self._process = child.spawn(
                [self._binaries.bin / "postgres", "-D", f"/proc/self/fd/{descriptor}",
                 "-k", self._access.socket_folder, "-p", str(access.PORT), *settings],
                env=child.plain_environment(), account=self._account, pass_fds=(descriptor, *lock),
                stdout=log, stderr=log, death_signal=signal.SIGINT,
            )  # fmt: skip

    def stop(self) -> None:
        """End the server cleanly (fast shutdown), reap it, clear its socket folder. Safe to call twice."""
        if self._process is not None:
            child.end(self._process, [(signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)])
            self._process = None
        if self._access is not None and not occupancy.processes_in(self.data):
            access.remove_socket_folder(self._access)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # ---- making it ----

    def _make_folders(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except FileExistsError:
            raise FolderRefused(
                f"{self.home} ist kein Ordner. Bitte setzen Sie AMTLICH_HOME auf einen."
            ) from None
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)

    def _take_lock(self) -> None:
        """One cluster object per folder. The server inherits the lock and so holds it while it lives."""
        if self._lock is not None:
            return
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        now = time.monotonic()
        ends, at_work = now + 10, now + _NOTICES_ITS_END
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                # A server whose supervisor was killed needs a moment to go, and one more to say so.
                ready = occupancy.status(self.data) == "ready"
                if time.monotonic() > (at_work if ready else ends):
                    os.close(descriptor)
                    raise FolderOccupied(
                        f"In {self.home} läuft Amtlich schon. Bitte beenden Sie es dort mit Strg+C oder "
                        "setzen Sie AMTLICH_HOME auf einen anderen Ordner."
                    ) from None
                time.sleep(0.05)
        self._lock = descriptor

    def _major(self) -> int | None:
        """Major version of the existing cluster, None if there is none."""
        try:
            text = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        if not text.isdecimal():
            raise PostgresFailed(
                f"{self.data} ist kein Datenordner, den Amtlich kennt (PG_VERSION: „{text[:20]}“). "
                "Bitte spielen Sie eine Sicherung ein oder setzen Sie AMTLICH_HOME auf einen anderen Ordner."
            )
        return int(text)

    def _initialise(self) -> None:
        """initdb in a folder of its own, renamed when complete: a half-made cluster is never started."""
        if shutil.disk_usage(self.folder).free < _SPACE_FOR_A_NEW_CLUSTER:
            raise disk_full(self.folder)
        if self.data.exists() and any(self.data.iterdir()):
            raise FolderRefused(
                f"{self.data} ist nicht leer, enthält aber keine Datenbank. Bitte verschieben Sie den Inhalt "
                "oder setzen Sie AMTLICH_HOME auf einen anderen Ordner."
            )
        half = self.folder / "data.new"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        if self._account.name:
            os.chown(half, self._account.uid, self._account.gid)
        password = os.memfd_create("password")
        try:
            os.write(password, self._password(access.ADMIN).encode())
            self._initdb(
                half,
                ["-U", access.role_name(access.ADMIN), "--auth=scram-sha-256",
                 f"--pwfile=/proc/self/fd/{password}", "--encoding=UTF8", "--locale=C.UTF-8",
                 "--data-checksums", "-N"],
                password,
            )  # fmt: skip
            # -N left everything in memory; one pass at the end is faster than hundreds on the way.
            self._initdb(half, ["--sync-only"])
        except SupervisorError:
            shutil.rmtree(half, ignore_errors=True)
            raise
        finally:
            os.close(password)
        half.rename(self.data)

    def _initdb(self, folder: Path, arguments: list[str], *pass_fds: int) -> None:
        if self._binaries is None:
            raise SupervisorError("PostgreSQL ist noch nicht gewählt.")
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            process = child.spawn(
                [self._binaries.bin / "initdb", "-D", f"/proc/self/fd/{descriptor}", *arguments],
                env=child.plain_environment(), account=self._account, pass_fds=(descriptor, *pass_fds),
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            output = process.communicate()[0].decode("utf-8", "replace")
        finally:
            os.close(descriptor)
        if process.returncode != 0:
            raise self._failure("Die Datenbank lässt sich nicht anlegen", output)

    def _password(self, role: str) -> str:
        return self._access.passwords[role] if self._access else ""

    def _ensure_roles(self) -> None:
        """The four fixed roles with this home's passwords, and the database. Safe to repeat."""
        with psycopg.connect(self.url(access.ADMIN, "postgres"), autocommit=True) as connection:
            existing = {str(row[0]) for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in DATABASE_ROLES:
                verb = "ALTER" if access.role_name(role) in existing else "CREATE"
                connection.execute(
                    sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                        sql.SQL(verb),
                        sql.Identifier(access.role_name(role)),
                        sql.Literal(self._password(role)),
                    )
                )
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [access.DATABASE])
            if known.fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(access.DATABASE), sql.Identifier(access.role_name("owner"))
                    )
                )

    # ---- running it ----

    @contextlib.contextmanager
    def _data_descriptor(self) -> Iterator[int]:
        descriptor = os.open(self.data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def _open_log(self) -> Iterator[int]:
        if self.log.exists() and self.log.stat().st_size > _LOG_KEPT:
            self.log.replace(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._log_start = os.fstat(descriptor).st_size
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _wait_until_ready(self) -> None:
        ends = time.monotonic() + _LONGEST_START
        while occupancy.status(self.data) != "ready":
            if self.poll() is not None:
                raise self._failure("PostgreSQL startet nicht", self._last_words())
            if time.monotonic() > ends:
                raise PostgresFailed(
                    f"PostgreSQL ist nach {_LONGEST_START:.0f} Sekunden noch nicht bereit. "
                    f"Das Protokoll steht in {self.log}."
                )
            time.sleep(0.02)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError), self.log.open("rb") as stream:
            stream.seek(self._log_start)
            return stream.read(64 * 1024).decode("utf-8", "replace")
        return ""

    def _failure(self, what: str, output: str) -> SupervisorError:
        if "No space left on device" in output or "could not extend file" in output:
            return disk_full(self.folder)
        if shutil.disk_usage(self.folder).free < 1024 * 1024:
            return disk_full(self.folder)
        telling = [
            line for line in output.splitlines() if "FATAL" in line or "error:" in line or "PANIC" in line
        ]
        words = (telling or output.strip().splitlines() or ["keine Meldung"])[-1].strip()
        return PostgresFailed(f"{what}: {words[:300]}. Das Protokoll steht in {self.log}.")
