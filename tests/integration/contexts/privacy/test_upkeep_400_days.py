# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Nothing grows for ever: 400 days in which every day leaves one of everything behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from tests.doubles.old_things import makers

from amtlich.contexts.privacy import api as privacy
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

DAYS = 400
#: Rows that a table may hold at most, in days of what comes in: the longest period of its rules and two more.
#: Of these kinds several come a day: three drafts, three mails, two records of jobs.
YEAR, HALF, MONTH = 367, 182, 32
BOUND = {
    "accounts_login_attempt": 2,
    "accounts_session": 2,
    "cases_draft": 3 * MONTH,
    "cases_resumeattempt": 2,
    "jobs_attempt": HALF + 9,
    "mail_confirmation": 3,
    "mail_message": 3 * YEAR + 15,  # what never went out is given up after 14 days, and then kept a year
    "mail_recipient": YEAR,
    "privacy_accesspayload": YEAR,
    "privacy_upkeep": 1,
    "procrastinate_jobs": 2,
    "staff_attempt": 2,
    "staff_challenge": 2,
    "staff_enrolment": 2,
    "staff_recovery": 3,
    "staff_session": 2,
    "steering_feedback": YEAR,
}


def rows_by_table() -> dict[str, int]:
    """Every table of the database, whoever made it; as role *system*, which sees all rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
    counted = {}
    for table in tables:
        with connections["system" if readable(table) else "owner"].cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counted[table] = cursor.fetchone()[0]
    return counted


def readable(table: str) -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('amtlich_system', %s, 'SELECT')", [table])
        return bool(cursor.fetchone()[0])


def test_after_400_days_no_table_holds_more_than_its_rules_allow(town):
    at = clock.FixedClock(datetime(2026, 11, 25, 3, 0, tzinfo=UTC))
    with clock.use(at):
        before, most = rows_by_table(), {}
        kinds = {name: make for name, make in makers().items() if name != "privacy.deletions"}
        for day in range(DAYS):
            with tenant(town.pk):
                for make in kinds.values():
                    make(town.pk, clock.now())
            jobs.defer("privacy.upkeep")
            at.advance(timedelta(days=1))
            assert jobs.run_pending() == 1
            if day % 20 == 19 or day > DAYS - 5:
                counted = rows_by_table()
                most = {table: max(count, most.get(table, 0)) for table, count in counted.items()}
        assert most["steering_feedback"] >= 365  # the rule bites only when its time is over
        assert {table: count for table, count in most.items() if count > allowed(table, before)} == {}
        assert most["privacy_access"] == DAYS
        nothing_comes_any_more(at)


def allowed(table: str, before: dict[str, int]) -> int:
    if table == "privacy_deletion":
        return DAYS * len(makers())
    return before[table] + BOUND.get(table, DAYS if table == "privacy_access" else 0)


def nothing_comes_any_more(at: clock.FixedClock) -> None:
    """Then even the proofs go, but for that of the last run: one of the town, one of the installation."""
    for _ in range(4):
        at.advance(timedelta(days=3 * 366))
        privacy.run_upkeep()
    counted = rows_by_table()
    left = {table for table in counted if table in BOUND and counted[table]}
    assert left == {"privacy_upkeep"}
    assert counted["privacy_deletion"] <= 2
