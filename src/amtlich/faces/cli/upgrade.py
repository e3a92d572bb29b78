# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich upgrade`: backup, migrations, health; and back again if anything fails."""

import argparse

from amtlich.faces.cli import django_setup
from amtlich.faces.cli.steps import say
from amtlich.platform.backups import place as places
from amtlich.platform.backups import upgrading
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import config, set_environment
from amtlich.platform.supervisor import access


def upgrade(chosen: argparse.Namespace) -> int:
    """Bring the instance to this version. Nothing else may run on it meanwhile."""
    django_setup.start_logging()
    settings = config()
    with places.place(settings, exclusive=True) as where:
        if not settings.external_database:
            _use_embedded()
        folder = upgrading.upgrade(
            settings,
            where,
            migrate=_migrate,
            healthy=_fault,
            release=django_setup.close_connections,
            tell=say,
        )
    say("Die Umstellung ist gelungen. Jetzt starten: amtlich serve")
    say(f"Die Sicherung von vorher bleibt in {folder}, bis Sie sie löschen.")
    return 0


def _use_embedded() -> None:
    stored = access.addresses(config().home)
    set_environment({f"AMTLICH_{DATABASE_ROLES[role].upper()}": url for role, url in stored.items()})


def _migrate() -> None:
    django_setup.set_up()
    django_setup.migrate()


def _fault() -> str | None:
    """What keeps this version from working on the migrated database."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from amtlich.platform.tenancy.registry import all_authorities
    from amtlich.platform.web.health import database_fault

    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "Nach der Umstellung fehlen noch Migrationen."
    all_authorities()
    return database_fault()
