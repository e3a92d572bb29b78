# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Bringing an instance to a new version, and back to where it was if that fails.

Each step is noted beside the data before it begins. Whoever cuts it off finds the note the next time: then
the database goes back to the backup first, so that there is never a schema between two versions.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from amtlich.kernel import clock
from amtlich.platform.backups import making, manifest, restoring
from amtlich.platform.backups.manifest import BackupError
from amtlich.platform.backups.place import Place, count_as_owner, tables_of
from amtlich.platform.settings.config import Config
from amtlich.platform.supervisor.access import write_private

_NOTE = "upgrade.json"
_AS_BEFORE = "Die Datenbank ist wieder, wie sie war. Starten Sie die bisherige Fassung."
_ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '15 seconds'"


class UpgradeFailed(BackupError):
    """The new version did not come up; the database is as it was before."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was begun last: ``migrating`` and ``going_back`` must not stay as they are."""

    name: str
    backup: str


def upgrade(
    settings: Config,
    where: Place,
    *,
    migrate: Callable[[], None],
    healthy: Callable[[], str | None],
    release: Callable[[], None],
    tell: Callable[[str], None],
) -> Path:
    """Back up, migrate, look whether it is sound; else go back. Returns the folder of the backup.

    ``migrate`` and ``healthy`` (a sentence if not) work on the database at ``where``; ``release`` closes what
    they have opened. Raises ``UpgradeFailed`` after going back, ``BackupError``.
    """
    home = settings.home
    begun = _noted(home)
    if begun is not None:
        tell("Der letzte Versuch wurde abgebrochen. Die Datenbank geht zuerst auf ihre Sicherung zurück.")
        _go_back(home, where, Path(begun.backup))
    _refuse_busy(where)
    folder = home / "backups" / clock.now().strftime("%Y-%m-%d-%H%M%S")
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = making.backup(settings, folder, where)
    tell(f"Gesichert: {folder} ({made.rows} Zeilen).")
    _note(home, Step("migrating", str(folder)))
    try:
        migrate()
        fault = healthy()
    except BaseException as error:
        release()
        _go_back(home, where, folder)
        if not isinstance(error, Exception):
            raise
        raise UpgradeFailed(f"Die Umstellung ist gescheitert ({_short(error)}). {_AS_BEFORE}") from error
    release()
    if fault:
        _go_back(home, where, folder)
        raise UpgradeFailed(
            f"{fault} Die Datenbank ist wieder, wie sie war. Starten Sie die bisherige Fassung."
        )
    (home / _NOTE).unlink(missing_ok=True)
    return folder


def _go_back(home: Path, where: Place, folder: Path) -> None:
    _note(home, Step("going_back", str(folder)))
    wanted = manifest.read(folder)
    restoring.load(where, folder, wanted)
    if different := restoring.differences(wanted, count_as_owner(where.owner)):
        raise BackupError(f"Nach dem Zurückgehen stimmt die Zahl der Zeilen nicht: {different[0]}")
    (home / _NOTE).unlink(missing_ok=True)


def _refuse_busy(where: Place) -> None:
    with psycopg.connect(where.owner) as connection:
        if "procrastinate_workers" not in tables_of(connection):
            return
        row = connection.execute(_ALIVE).fetchone()
    if row and row[0]:
        raise BackupError(
            "Ein Worker arbeitet noch an dieser Datenbank. Beenden Sie erst alle Prozesse von Amtlich."
        )


def _noted(home: Path) -> Step | None:
    try:
        return Step(**json.loads((home / _NOTE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        raise BackupError(f"{home / _NOTE} ist nicht lesbar. Spielen Sie die letzte Sicherung ein.") from None


def _note(home: Path, step: Step) -> None:
    write_private(home / _NOTE, json.dumps(asdict(step)) + "\n")


def _short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
