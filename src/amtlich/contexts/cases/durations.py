# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long a service really takes: measured from its cases, never promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

FEWEST = 5
"""With fewer finished cases nothing is said: it would be chance, and it might tell of a single person."""

DAYS = 90

# Cases that still run count beside the others: who only looks at what is finished forgets the slow ones.
_MEASURE = """
SELECT count(took),
       percentile_cont(ARRAY[0.1, 0.5, 0.9]) WITHIN GROUP (ORDER BY took),
       min(received_at) FILTER (WHERE took IS NOT NULL),
       count(*) FILTER (WHERE running),
       count(*) FILTER (WHERE running AND waiting_on = %(office)s),
       extract(epoch FROM %(now)s - min(received_at) FILTER (WHERE running))
FROM (
    SELECT received_at, waiting_on,
           CASE WHEN notified_at >= %(since)s THEN extract(epoch FROM notified_at - received_at) END AS took,
           notified_at IS NULL AND NOT phase = ANY(%(ended)s) AS running
    FROM cases_case
    WHERE service = %(service)s AND (notified_at >= %(since)s OR notified_at IS NULL)
) AS measured
"""


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds from the arrival of an application until its answer could be fetched, over the last 90 days.

    Half of the cases took at most ``median``; 8 of 10 lay between ``low`` and ``high``. ``running`` cases
    have no answer yet, ``with_person`` of them wait for the office, the oldest for ``oldest`` seconds.
    """

    cases: int
    median: float
    low: float
    high: float
    since: date
    until: date
    running: int
    with_person: int
    oldest: float


# The page of a service is public, and measuring reads every case of three months: once a minute is enough.
_FRESH = timedelta(minutes=1)
_KEPT = 500
_measured: dict[tuple[UUID, str], tuple[datetime, Durations | None]] = {}


def durations(authority_id: UUID, slug: str) -> Durations | None:
    """The measure of one service of one authority, at most a minute old; None below five finished cases."""
    now = clock.now()
    at, found = _measured.get((authority_id, slug), (now - 2 * _FRESH, None))
    if not timedelta() <= now - at <= _FRESH:
        found = _measure(authority_id, slug, now)
        if len(_measured) >= _KEPT:
            _measured.clear()
        _measured[authority_id, slug] = (now, found)
    return found


def forget() -> None:
    """Measure anew, for tests that stand for another minute."""
    _measured.clear()


def _measure(authority_id: UUID, slug: str, now: datetime) -> Durations | None:
    values: dict[str, Any] = {
        "office": WaitingOn.OFFICE.value,
        "ended": [Phase.CLOSED.value, Phase.WITHDRAWN.value],
        "now": now,
        "since": now - timedelta(days=DAYS),
        "service": slug,
    }
    with tenant(authority_id), connection.cursor() as cursor:
        cursor.execute(_MEASURE, values)
        count, parts, first, running, with_person, oldest = cursor.fetchone()
    if count < FEWEST:
        return None
    low, median, high = (max(float(part), 0.0) for part in parts)
    begun: datetime = first
    return Durations(
        cases=count,
        median=median,
        low=low,
        high=high,
        since=begun.astimezone(clock.BERLIN).date(),
        until=clock.today(),
        running=running,
        with_person=with_person,
        oldest=float(oldest or 0.0),
    )
