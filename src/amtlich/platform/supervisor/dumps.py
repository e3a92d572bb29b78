# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Running pg_dump and pg_restore. Passwords go in the environment, where no list of processes shows them."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg import conninfo

from amtlich.platform.supervisor import binaries, child
from amtlich.platform.supervisor.errors import NoPostgres, PostgresFailed, disk_full


def dump(url: str, file: Path, *, snapshot: str, major: int) -> None:
    """All of the database as it was at the snapshot, in PostgreSQL's own compressed form.

    ``major``: version of the server; the program must be at least as new. Raises ``SupervisorError``.
    """
    arguments = ["--format=custom", f"--snapshot={snapshot}", "--no-password", f"--file={file}"]
    _run(_program("pg_dump", major), url, arguments, file.parent)


def restore(url: str, file: Path, *, major: int, owned: bool) -> None:
    """Load a dump into an empty database, all of it or nothing. ``owned``: roles are those of the dump.

    Raises ``SupervisorError``.
    """
    arguments = ["--exit-on-error", "--single-transaction", "--no-password", str(file)]
    if not owned:
        arguments.insert(0, "--no-owner")
    _run(_program("pg_restore", major), url, arguments, file.parent)


def _program(name: str, major: int) -> Path:
    for one in binaries.available():
        if one.major >= major and (one.bin / name).is_file():
            return one.bin / name
    raise NoPostgres(
        f"Es fehlt das Programm {name} von PostgreSQL {major} oder neuer. "
        f"Bitte installieren Sie es: apt-get install postgresql-client-{major}"
    )


def _run(program: Path, url: str, arguments: Sequence[str], folder: Path) -> None:
    parts = conninfo.conninfo_to_dict(url)
    password = str(parts.pop("password", "") or "")
    target = conninfo.make_conninfo("", **parts)
    verb = ["--dbname", target]
    process = child.spawn(
        [program, *verb, *arguments],
        env={**os.environ, "PGPASSWORD": password, "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    said = process.communicate()[1].decode("utf-8", "replace")
    if process.returncode == 0:
        return
    if "No space left on device" in said:
        raise disk_full(folder)
    last = next(
        (line for line in reversed(said.splitlines()) if "error" in line.lower()), said.strip()[-300:]
    )
    raise PostgresFailed(f"{program.name} ist gescheitert: {last[:300] or 'ohne Meldung'}")
