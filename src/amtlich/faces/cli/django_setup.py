# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Django for commands that need it, and the set-up that every installation runs."""

import logging
import os

from amtlich.platform.settings.config import config


def start_logging() -> None:
    """Log to standard error; a service manager or the supervisor keeps it."""
    logging.basicConfig(
        level=config().log_level,
        format="%(asctime)s %(levelname)s %(name)s %(process)d: %(message)s",
        force=True,
    )


def set_up() -> None:
    """Make models and contexts usable in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "amtlich.platform.settings.django"
    import django

    django.setup()


def migrate() -> None:
    """Bring the schema to this version, as the owner role. Safe to repeat and to run twice at once."""
    from django.core.management import call_command
    from django.db import connections

    from amtlich.platform.database import version

    owner = connections["owner"]
    with owner.cursor() as cursor:
        # Two machines that start together must not migrate together.
        cursor.execute("SELECT pg_advisory_lock(hashtext('amtlich.migrate'))")
        try:
            version.refuse_older()
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            version.stamp()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('amtlich.migrate'))")


def collect_static() -> None:
    """Put style sheets, scripts and fonts where the web server reads them."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def close_connections() -> None:
    """Leave no connection open in a process that from now on only supervises."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
