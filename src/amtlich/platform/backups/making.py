# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Making a backup: one moment of the database, the files of the home folder, and the keys apart."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterable
from pathlib import Path

import psycopg

from amtlich import __version__
from amtlich.kernel import clock
from amtlich.platform.backups import manifest
from amtlich.platform.backups.manifest import DATABASE, FILES, KEYS, BackupError, Manifest
from amtlich.platform.backups.place import Place, count_rows, place
from amtlich.platform.settings.config import Config
from amtlich.platform.supervisor import dumps

#: What is made anew at the next start, or belongs to the machine and not to the instance.
_LEFT_OUT = frozenset({"database", "logs", "cache", "static", "stil", "fonts", "backups", "upgrade.json"})
_SECRET = ("keys", "secret-key")


def backup(settings: Config, target: Path, where: Place | None = None) -> Manifest:
    """Write a whole backup to ``target``, which must not exist; half of one is never left under that name.

    ``where``: a database that is open already. Raises ``BackupError``, ``SupervisorError``.
    """
    if target.exists():
        raise BackupError(f"{target} gibt es schon. Nennen Sie einen Ordner, den es noch nicht gibt.")
    half = target.with_name(f".{target.name}.unfertig")
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        made = _write(settings, half, where)
        _sync(half)
        half.rename(target)
    except OSError as error:
        raise BackupError(f"{target} lässt sich nicht schreiben: {error.strerror}.") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return made


def _write(settings: Config, folder: Path, where: Place | None) -> Manifest:
    made_at = clock.now().isoformat(timespec="seconds")
    if where is not None:
        tables, major = _dump(where, folder / DATABASE)
    else:
        with place(settings) as found:
            tables, major = _dump(found, folder / DATABASE)
    home = settings.home
    names = sorted(one.name for one in home.iterdir()) if home.is_dir() else []
    _pack(folder / FILES, home, [name for name in names if name not in (*_LEFT_OUT, *_SECRET)])
    _pack(folder / KEYS, home, [name for name in names if name in _SECRET])
    parts = {name: manifest.part_of(folder / name) for name in (DATABASE, FILES, KEYS)}
    made = Manifest(__version__, made_at, major, tables, parts)
    manifest.write(folder, made)
    return made


def _dump(where: Place, file: Path) -> tuple[dict[str, int], int]:
    """Rows of each table and the server's version; counted and dumped at one moment."""
    if not where.reader:
        raise BackupError(
            "Für Sicherungen fehlt AMTLICH_DATABASE_BACKUP_URL: eine Rolle, die alle Zeilen lesen darf. "
            "Wie man sie anlegt, steht in docs/betrieb/sicherung.md."
        )
    with psycopg.connect(where.reader) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        _refuse_blind(connection)
        tables = count_rows(connection)
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        major = connection.info.server_version // 10000
        dumps.dump(where.reader, file, snapshot=str(snapshot), major=major)
    return tables, major


def _refuse_blind(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """A role under policies would dump empty tables and call it a backup."""
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not row or not row[0]:
        raise BackupError(
            f"Die Rolle {row[1] if row else '?'} sieht wegen der Zeilenregeln nicht alle Zeilen. Sicherungen "
            "brauchen eine Rolle mit BYPASSRLS: docs/betrieb/sicherung.md."
        )


def _pack(file: Path, home: Path, names: Iterable[str]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
        for name in names:
            archive.add(home / name, arcname=name, filter=_whole)


def _whole(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Files and folders only: sockets and links belong to the machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry if entry.isfile() or entry.isdir() else None


def _sync(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
