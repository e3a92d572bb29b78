# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long it really takes: measured, hidden while it would be chance, honest about what still runs."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import durations
from amtlich.contexts.cases.models import Case
from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SLUG = "meldebescheinigung"


@pytest.fixture(autouse=True)
def _another_minute():
    durations.forget()
    yield
    durations.forget()


def case_of(place, *, took: float | None, ago: timedelta = timedelta(hours=1), **more) -> None:
    """A case that ended so many seconds after it came in, or (None) has not ended."""
    received = clock.now() - ago
    row = {
        "service": SLUG,
        "phase": Phase.UNDER_REVIEW.value if took is None else Phase.CLOSED.value,
        "notified_at": None if took is None else received + timedelta(seconds=took),
        **more,
    }
    with tenant(place.id):
        Case.objects.create(
            authority_id=place.id,
            reference="MB-0000000",
            holder_id=uuid4(),
            package_version="3",
            lifecycle="certificate",
            seq=1,
            head=b"0" * 32,
            received_at=received,
            **row,
        )


def test_four_cases_say_nothing_and_five_do(town):
    for seconds in (2, 3, 4, 5):
        case_of(town, took=seconds)
    assert cases.durations(town.id, SLUG) is None
    case_of(town, took=6)
    assert cases.durations(town.id, SLUG) is None  # measured once a minute
    durations.forget()
    found = cases.durations(town.id, SLUG)
    assert found is not None
    assert (found.cases, found.median, found.running) == (5, pytest.approx(4), 0)
    assert (found.low, found.high) == (pytest.approx(2.4), pytest.approx(5.6))
    assert found.until == clock.today()


def test_slow_cases_are_not_smoothed_away(town):
    for seconds in (2, 3, 4, 200_000, 300_000):
        case_of(town, took=seconds, ago=timedelta(days=5))
    found = cases.durations(town.id, SLUG)
    assert found is not None
    assert found.high > 200_000
    assert found.since == (clock.now() - timedelta(days=5)).astimezone(clock.BERLIN).date()


def test_what_still_runs_is_told_beside_with_the_oldest(town):
    for _ in range(5):
        case_of(town, took=4)
    case_of(town, took=None, ago=timedelta(days=3), waiting_on=WaitingOn.OFFICE.value)
    case_of(town, took=None, ago=timedelta(days=120), waiting_on=WaitingOn.REGISTER.value)
    case_of(town, took=None, ago=timedelta(days=200), phase=Phase.WITHDRAWN.value)
    found = cases.durations(town.id, SLUG)
    assert found is not None
    assert (found.cases, found.running, found.with_person) == (5, 2, 1)
    assert found.oldest == pytest.approx(120 * 86_400, abs=60)


def test_only_this_service_this_authority_and_the_last_ninety_days_count(town, other_town):
    for _ in range(5):
        case_of(town, took=4)
        case_of(town, took=40, ago=timedelta(days=91))
        case_of(town, took=400, service="anderes")
        case_of(other_town, took=4_000)
    found = cases.durations(town.id, SLUG)
    assert found is not None
    assert (found.cases, found.median) == (5, pytest.approx(4))
    assert cases.durations(town.id, "gibt-es-nicht") is None
    assert cases.durations(uuid4(), SLUG) is None
