# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The database of this installation, as somebody who sees all rows reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from amtlich.platform.backups.manifest import BackupError
from amtlich.platform.settings.config import Config
from amtlich.platform.supervisor import access
from amtlich.platform.supervisor.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Place:
    """``reader`` sees all rows, ``owner`` may build and drop. ``owned``: the roles of a dump exist here."""

    reader: str
    owner: str
    owned: bool


@contextmanager
def place(settings: Config, *, exclusive: bool = False) -> Iterator[Place]:
    """The database, started for the while if it is the embedded one and does not run.

    ``exclusive``: nothing else may use it: an embedded one that runs is refused.
    Raises ``BackupError``, ``SupervisorError``.
    """
    if settings.external_database:
        owner = settings.database_urls.get("owner", "")
        if not owner:
            raise BackupError("Dafür fehlt AMTLICH_DATABASE_OWNER_URL (Rolle amtlich_owner).")
        yield Place(settings.database_backup_url, owner, owned=False)
        return
    running = access.running(settings.home)
    if running is not None and not exclusive:
        yield Place(running, running, owned=True)
        return
    cluster = Cluster(settings.home, preference=settings.pg)
    cluster.start()
    try:
        yield Place(cluster.url(access.ADMIN), cluster.url(access.ADMIN), owned=True)
    finally:
        cluster.stop()


def tables_of(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """All tables, by name."""
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    return [str(name) for (name,) in rows]


def count_rows(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """Rows of each table, as this role sees them."""
    counted = {}
    for table in tables_of(connection):
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counted[table] = int(str(row[0])) if row else 0
    return counted


def count_as_owner(url: str) -> dict[str, int]:
    """Rows of each table, counted by the owner: the policies that bind it, too, are lifted for the while."""
    with psycopg.connect(url) as connection:
        for table in tables_of(connection):
            connection.execute(
                sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table))
            )
        counted = count_rows(connection)
        connection.rollback()
    return counted
