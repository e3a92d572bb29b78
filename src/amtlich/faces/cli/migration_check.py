# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is wrong with our migrations: one is missing, two stand side by side, one destroys data.

An upgrade must be able to go back, so no migration may drop or rename what the version before still
reads. One that must, says why in an attribute ``destroys``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.migrations import Migration, operations

_DESTRUCTIVE = (
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
    operations.AlterModelTable,
)
_DESTRUCTIVE_SQL = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN|SCHEMA)|TRUNCATE|DELETE\s+FROM|RENAME\s+(TO|COLUMN))\b", re.I
)


def findings() -> list[str]:
    """A German sentence per fault in the migrations of this house. Needs Django, but no database."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("amtlich.")}
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    missing = wanted.changes(graph=loader.graph)
    return [
        *(
            f"{app}: Es fehlt eine Migration: {operation.describe()}"
            for app, found in missing.items()
            if app in ours
            for operation in found[0].operations
        ),
        *(
            f"{app}: Zwei Migrationen stehen nebeneinander: {', '.join(sorted(names))}"
            for app, names in loader.detect_conflicts().items()
        ),
        *destructive({key: one for key, one in loader.disk_migrations.items() if key[0] in ours}),
    ]


def destructive(migrations: Mapping[tuple[str, str], Migration]) -> Iterator[str]:
    """The migrations that drop or rename something and do not say why."""
    for (app, name), migration in sorted(migrations.items()):
        if getattr(migration, "destroys", ""):
            continue
        for operation in _all(migration.operations):
            if isinstance(operation, _DESTRUCTIVE) or _DESTRUCTIVE_SQL.search(_sql(operation)):
                yield (
                    f"{app}.{name}: {operation.describe()} zerstört, was die Fassung davor noch liest. "
                    "Lassen Sie es stehen, oder nennen Sie den Grund in „destroys“."
                )


def _all(found: Iterable[Any]) -> Iterator[Any]:
    """The operations, and those inside a SeparateDatabaseAndState."""
    for operation in found:
        yield operation
        yield from _all(getattr(operation, "database_operations", ()))


def _sql(operation: Any) -> str:
    if not isinstance(operation, operations.RunSQL):
        return ""
    statements = operation.sql if isinstance(operation.sql, list | tuple) else [operation.sql]
    return "; ".join(part if isinstance(part, str) else part[0] for part in statements)
