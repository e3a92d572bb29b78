# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Restoring a backup: checked first, loaded as a whole or not at all, counted afterwards."""

from __future__ import annotations

import tarfile
from pathlib import Path

import psycopg

from amtlich import __version__
from amtlich.platform.backups import manifest
from amtlich.platform.backups.manifest import DATABASE, FILES, KEYS, BackupError, Manifest
from amtlich.platform.backups.place import Place, count_as_owner, place, tables_of
from amtlich.platform.settings.config import Config
from amtlich.platform.supervisor import dumps


def restore(settings: Config, source: Path, *, replace: bool = False) -> tuple[Manifest, list[str]]:
    """Bring the instance to what the backup holds; returns it, and every difference in row counts.

    Without ``replace`` the home and the database must be empty. Raises ``BackupError``, ``SupervisorError``.
    """
    wanted = manifest.read(source)
    _refuse_newer(wanted)
    if not replace:
        _refuse_files(settings.home)
    with place(settings, exclusive=True) as where:
        if not replace:
            _refuse_tables(where)
        load(where, source, wanted)
        found = count_as_owner(where.owner)
    for name in (KEYS, FILES):
        _unpack(source / name, settings.home)
    return wanted, differences(wanted, found)


def load(where: Place, source: Path, wanted: Manifest) -> None:
    """Put the database of the backup in the place of the one that is there."""
    with psycopg.connect(where.owner, autocommit=True) as connection:
        major = connection.info.server_version // 10000
        if major < wanted.postgres:
            raise BackupError(
                f"Die Sicherung stammt von PostgreSQL {wanted.postgres}, hier läuft {major}. Nehmen Sie "
                f"PostgreSQL {wanted.postgres} oder neuer."
            )
        _clear(connection, owned=where.owned)
    dumps.restore(where.owner, source / DATABASE, major=major, owned=where.owned)
    with psycopg.connect(where.owner) as connection:
        # Numbers of transactions of another cluster: live streams would wait for them for ever.
        if "events_event" in tables_of(connection):
            connection.execute("ALTER TABLE events_event NO FORCE ROW LEVEL SECURITY")
            connection.execute("UPDATE events_event SET xid = '0'")
            connection.execute("ALTER TABLE events_event FORCE ROW LEVEL SECURITY")


def differences(wanted: Manifest, found: dict[str, int]) -> list[str]:
    """One German sentence for each table that does not have the rows it should have."""
    said = []
    for table in sorted(wanted.tables.keys() | found.keys()):
        before, now = wanted.tables.get(table), found.get(table)
        if before != now:
            said.append(f"{table}: in der Sicherung {_rows(before)}, jetzt {_rows(now)}")
    return said


def _rows(count: int | None) -> str:
    return "keine solche Tabelle" if count is None else f"{count} Zeilen"


def _clear(connection: psycopg.Connection[tuple[object, ...]], *, owned: bool) -> None:
    connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
    connection.execute("CREATE SCHEMA public")
    if owned:
        connection.execute("ALTER SCHEMA public OWNER TO amtlich_owner")
    connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def _refuse_newer(wanted: Manifest) -> None:
    if _numbers(wanted.version) > _numbers(__version__):
        raise BackupError(
            f"Die Sicherung stammt von Amtlich {wanted.version}, hier läuft {__version__}. Installieren Sie "
            f"mindestens {wanted.version}."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _refuse_files(home: Path) -> None:
    there = [name for name in ("database", "keys", "secret-key") if (home / name).exists()]
    if there:
        raise BackupError(
            f"In {home} gibt es schon: {', '.join(there)}. Nehmen Sie einen leeren Ordner "
            "(AMTLICH_HOME), oder ersetzen Sie alles, was da ist: amtlich restore ORDNER --replace"
        )


def _refuse_tables(where: Place) -> None:
    with psycopg.connect(where.owner) as connection:
        if tables_of(connection):
            raise BackupError(
                "Die Datenbank ist nicht leer. Nehmen Sie eine leere, oder ersetzen Sie alles darin: "
                "amtlich restore ORDNER --replace"
            )


def _unpack(file: Path, home: Path) -> None:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with tarfile.open(file) as archive:
            archive.extractall(home, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{file.name} lässt sich in {home} nicht auspacken: {error}") from error
    for path in (home / "keys", *(home / "keys").rglob("*"), home / "secret-key"):
        if path.exists():
            path.chmod(0o700 if path.is_dir() else 0o600)
