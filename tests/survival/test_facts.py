# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is read from the database tells the truth: seeded damage to each kind of row is seen."""

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def done(residents, apply_as):
    """One case with a notice and one that waits for a person."""
    return (
        apply_as(residents["lena"], key="key-1", zweck="Antrag 1"),
        apply_as(residents["nadja"], key="key-2", zweck="Antrag 2"),
    )


def tamper(table: str, sql: str, *values: object) -> None:
    """Change rows with the owner's rights, after lifting the policy that binds the owner, too."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(sql, values)
        changed = cursor.rowcount
        cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    assert changed == 1


def read(authority):
    from tests.survival import facts

    return facts.read(authority.id)


def test_sound_cases_are_read_without_a_fault(office, done):
    found = read(office)
    noticed, handed = found.cases
    assert [(case.mark, case.key) for case in found.cases] == [("Antrag 1", "key-1"), ("Antrag 2", "key-2")]
    assert noticed.faults == handed.faults == ()
    assert noticed.sealed == 1
    assert noticed.token == done[0].receipt.case_token
    assert handed.waiting_on == "office"
    assert noticed.journalled
    assert handed.journalled
    assert noticed.settled_at is not None
    assert vars_of(found.jobs) == (0, 0, 0, 0)


def vars_of(jobs):
    return jobs.waiting, jobs.running, jobs.orphans, jobs.parked


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("events_event", "UPDATE events_event SET type = 'closed' WHERE seq = 2 AND stream = %s"),
        ("events_event", "UPDATE events_event SET at = at + interval '1 s' WHERE seq = 1 AND stream = %s"),
        ("events_event", "DELETE FROM events_event WHERE seq = 3 AND stream = %s"),
        ("events_event", "DELETE FROM events_event WHERE seq = 7 AND stream = %s"),
    ],
)
def test_a_broken_chain_is_seen(office, done, table, sql):
    tamper(table, sql, case_id(done[0]))
    assert any(fault.startswith("chain: ") for fault in read(office).cases[0].faults)


@pytest.mark.parametrize(
    "change", ["phase = 'decided'", "waiting_on = 'office'", "file_number = 'MB-2026-9'"]
)
def test_a_row_that_differs_from_its_events_is_seen(office, done, change):
    tamper("cases_case", f"UPDATE cases_case SET {change} WHERE id = %s", case_id(done[0]))
    assert "replay: the row says something else than its events" in read(office).cases[0].faults


def test_a_flipped_byte_in_a_document_is_seen(office, done):
    tamper(
        "proofs_content",
        "UPDATE proofs_content SET content = set_byte(content, 99, 255 - get_byte(content, 99)) "
        "WHERE document_id = %s",
        next(item.id for item in done[0].case.documents if item.sealed),
    )
    assert any("is not the file that was issued" in fault for fault in read(office).cases[0].faults)


def test_a_second_notice_is_seen(office, done):
    columns = "authority_id, case_id, title, language, filename, media_type, size, sha256, sealed, issued_at"
    tamper(
        "proofs_document",
        f"INSERT INTO proofs_document (id, notice, check_code, {columns}) "
        f"SELECT gen_random_uuid(), 'again', 'AGAIN', {columns} FROM proofs_document "
        "WHERE sealed AND case_id = %s",
        case_id(done[0]),
    )
    case = read(office).cases[0]
    assert case.sealed == 2
    assert any(fault.startswith("documents: ") for fault in case.faults)


def test_a_missing_entry_of_key_and_journal_is_seen(office, done):
    tamper("cases_submission", "DELETE FROM cases_submission WHERE case_id = %s", case_id(done[0]))
    tamper("privacy_access", "DELETE FROM privacy_access WHERE case_id = %s", case_id(done[0]))
    case = read(office).cases[0]
    assert case.key == ""
    assert not case.journalled


def test_jobs_that_wait_or_run_without_an_owner_are_seen(office, residents, apply_as):
    from tests.survival import facts

    apply_as(residents["lena"], key="key-1", work=False)
    assert vars_of(read(office).jobs) == (1, 0, 0, 0)
    before = facts.progress(office.id)
    assert facts.unsettled(office.id) == 2  # the case and its job
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    assert vars_of(read(office).jobs) == (0, 1, 1, 0)
    assert facts.progress(office.id) == before


def case_id(done):
    from amtlich.contexts.cases.models import Case
    from amtlich.platform.tenancy import tenant

    with tenant(done.actor.authority_id):
        return Case.objects.get(token=done.receipt.case_token).pk
