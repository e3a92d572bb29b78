# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""File numbers without gaps, per office and year of receipt."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from amtlich.kernel.clock import BERLIN


def next_file_number(authority_id: UUID, office: str, received_at: datetime) -> str:
    """The next number, e.g. MB-2026-00042, in the transaction that records it: no gap, no double.

    The year is that of receipt in Germany: what arrives at 23:30 UTC on 31 December is of the new year.
    """
    year = received_at.astimezone(BERLIN).year
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO cases_filenumbercounter AS counter (authority_id, office, year, last)
            VALUES (%s, %s, %s, 1)
            ON CONFLICT (authority_id, office, year) DO UPDATE SET last = counter.last + 1
            RETURNING last
            """,
            [authority_id, office, year],
        )
        (number,) = cursor.fetchone() or (0,)
    return f"{office}-{year}-{number:05}"
