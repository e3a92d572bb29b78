# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Doors that one transaction at a time goes through."""

from django.db import connection


def one_at_a_time(door: str) -> None:
    """Wait until nobody else is behind this door, and hold it until the open transaction ends.

    Two different doors may share a lock (names are hashed to 64 bits): then one waits without need.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [door])
