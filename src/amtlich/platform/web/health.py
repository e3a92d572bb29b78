# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Is this process able to do its work? Asked by ``/health/ready`` and by ``amtlich check``."""

from __future__ import annotations

import logging

from django.db import Error, connections

from amtlich.platform.database import version

log = logging.getLogger(__name__)


def database_fault() -> str | None:
    """None if the database answers and is of this version, else one German sentence.

    Opens and closes its own connection.
    """
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return version.fault()
    except Error:
        log.warning("the database does not answer", exc_info=True)
        return "Die Datenbank antwortet nicht."
    finally:
        connection.close()
