# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Passwords and addresses of the embedded cluster, and the folder of its socket.

Kept in `<home>/database/access.json`, 0600, from which other processes of this home (`amtlich service
publish` in a second terminal) learn the addresses.
"""

import contextlib
import json
import os
import secrets
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import ACCESS_FILE
from amtlich.platform.supervisor.child import Account

DATABASE = "amtlich"
ADMIN = "admin"
PORT = 5432
_LONGEST_SOCKET_PATH = 107  # bytes in sun_path, without its closing NUL
_FOLDER_PREFIX = "amtlich-"
_LEFT_BEHIND_AFTER = 3600.0


def role_name(role: str) -> str:
    """The database role behind a role of the settings: "app" is `amtlich_app`."""
    return f"amtlich_{role}"


@dataclass(frozen=True)
class Access:
    """Where the cluster listens and how each role gets in."""

    socket_folder: Path
    passwords: dict[str, str]

    def url(self, role: str, database: str = DATABASE) -> str:
        return (
            f"postgresql://{role_name(role)}:{self.passwords[role]}@/{database}"
            f"?host={self.socket_folder}&port={PORT}"
        )

    def urls(self) -> dict[str, str]:
        return {role: self.url(role) for role in DATABASE_ROLES}


def prepare(home: Path, account: Account) -> Access:
    """The access data of this home: kept passwords (made once) and a socket folder that is surely ours."""
    stored = _read(home)
    passwords = {role: stored.passwords.get(role) if stored else None for role in (ADMIN, *DATABASE_ROLES)}
    complete = {role: known or secrets.token_hex(24) for role, known in passwords.items()}
    kept = stored is not None and _is_ours(stored.socket_folder, account)
    folder = stored.socket_folder if stored and kept else _new_socket_folder(account)
    access = Access(folder, complete)
    _write(home, access)
    return access


def running(home: Path) -> str | None:
    """The superuser's address of this home's cluster if it answers; None if it does not run."""
    stored = _read(home)
    if stored is None or ADMIN not in stored.passwords:
        return None
    try:
        with psycopg.connect(stored.url(ADMIN), connect_timeout=5):
            return stored.url(ADMIN)
    except psycopg.Error:
        return None


def addresses(home: Path) -> dict[str, str]:
    """The addresses of the roles of this home's cluster; empty if there is none."""
    stored = _read(home)
    return stored.urls() if stored else {}


def stored_socket_folder(home: Path) -> Path | None:
    stored = _read(home)
    return stored.socket_folder if stored else None


def remove_socket_folder(access: Access) -> None:
    """Leave nothing behind after a clean stop."""
    with contextlib.suppress(OSError):
        for leftover in access.socket_folder.glob(".s.PGSQL.*"):
            leftover.unlink(missing_ok=True)
        access.socket_folder.rmdir()


def _is_ours(folder: Path, account: Account) -> bool:
    """A folder in /tmp that vanished may have been made anew by somebody else."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    closed = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    return closed and found.st_uid == account.uid


def _new_socket_folder(account: Account) -> Path:
    """A short, closed folder: socket paths above 107 bytes are refused by the kernel (FC-27)."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    bases = ["/run"] if account.name else [session, tempfile.gettempdir()]
    for base in (*bases, "/tmp"):  # noqa: S108 - mkdtemp makes it 0700 under an unguessable name
        if not base.startswith("/") or len(os.fsencode(base)) > _LONGEST_SOCKET_PATH - 40:
            continue
        _sweep(Path(base), account)
        with contextlib.suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=_FOLDER_PREFIX, dir=base))
            if account.name:
                os.chown(folder, account.uid, account.gid)
            return folder
    raise FileNotFoundError(2, "kein beschreibbarer Ordner für den Socket", "/tmp")  # noqa: S108


def _sweep(base: Path, account: Account) -> None:
    """Remove empty folders that killed supervisors left behind; a young one may be somebody's start."""
    for folder in base.glob(f"{_FOLDER_PREFIX}*"):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if found.st_uid == account.uid and time.time() - found.st_mtime > _LEFT_BEHIND_AFTER:
                folder.rmdir()


def _read(home: Path) -> Access | None:
    try:
        stored = json.loads((home / ACCESS_FILE).read_text(encoding="utf-8"))
        passwords = {str(role): str(word) for role, word in stored["passwords"].items()}
        return Access(Path(str(stored["socket"])), passwords)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(home: Path, access: Access) -> None:
    content = {"socket": str(access.socket_folder), "passwords": access.passwords, "urls": access.urls()}
    write_private(home / ACCESS_FILE, json.dumps(content, indent=1) + "\n")


def write_private(file: Path, text: str) -> None:
    """Replace `file` in one step by `text`, readable by its owner only and safe on disk. Raises OSError."""
    half = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(file)
    except OSError:
        half.unlink(missing_ok=True)
        raise
