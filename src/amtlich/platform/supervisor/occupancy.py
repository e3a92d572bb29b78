# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Is a database really at work on this folder? The lock file alone does not know.

After a power cut, `postmaster.pid` names a process number that may by now belong to anything; PostgreSQL
then refuses to start for ever (FC-28). A PostgreSQL process always has its data folder as working
directory, so the kernel tells the truth.
"""

import contextlib
import os
import time
from pathlib import Path

from amtlich.platform.supervisor.errors import FolderOccupied

_PATIENCE_UNTIL_STOPPING = 2.0
_PATIENCE_WHILE_STOPPING = 60.0
_STATUS_LINE = 7


def processes_in(folder: Path) -> list[int]:
    """Numbers of the PostgreSQL processes whose working directory is `folder`."""
    try:
        wanted = folder.stat()
    except FileNotFoundError:
        return []
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            place = (entry / "cwd").stat()
            if (place.st_dev, place.st_ino) == (wanted.st_dev, wanted.st_ino) and _is_postgres(entry):
                found.append(int(entry.name))
    return sorted(found)


def _is_postgres(entry: Path) -> bool:
    # An updated package leaves "/usr/…/postgres (deleted)".
    return Path(os.readlink(entry / "exe")).name.startswith("postgres")


def make_free(data: Path, socket_folder: Path | None) -> None:
    """Return when nothing works on `data`, after clearing what a power cut left behind.

    A database that is just shutting down (its supervisor was killed) is waited for. One that runs is
    refused with FolderOccupied and left untouched.
    """
    began = time.monotonic()
    while running := processes_in(data):
        patience = _PATIENCE_WHILE_STOPPING if _is_stopping(data) else _PATIENCE_UNTIL_STOPPING
        if time.monotonic() - began > patience:
            raise FolderOccupied(
                f"In {data} arbeitet schon eine Datenbank (Prozess {running[0]}). Bitte beenden Sie sie "
                "zuerst oder setzen Sie AMTLICH_HOME auf einen anderen Ordner; sie bleibt unberührt."
            )
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    if socket_folder is not None:
        for stale in socket_folder.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)


def status(data: Path) -> str:
    """What the running postmaster says of itself: "starting", "ready", "stopping", "standby" or ""."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""


def _is_stopping(data: Path) -> bool:
    # Without its lock file the postmaster is past its end; what is left are backends going home.
    return status(data) == "stopping" or not (data / "postmaster.pid").exists()
