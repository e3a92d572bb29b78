# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich verify` names the row that was changed behind the program's back, in every table it covers."""

import pytest
from django.db import connections
from tests.integration.contexts.cases.conftest import apply_as, office, residents

from amtlich.contexts.proofs import api as proofs
from amtlich.faces.cli.commands import main
from amtlich.kernel import clock
from amtlich.platform import integrity, jobs
from amtlich.platform.integrity import run
from amtlich.platform.integrity.tasks import VERIFY

__all__ = ["apply_as", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def done(office, residents, apply_as):
    """A granted case with a revoked document, and one that fell to a person."""
    granted, handed_over = apply_as(residents["lena"]), apply_as(residents["jonas"])
    code = next(one.check_code for one in granted.case.documents if one.check_code)
    proofs.revoke(office.id, code, proofs.RevocationReason.ERROR, "Ayşe Kaya")
    assert handed_over.case.file_number
    return granted


def tamper(table: str, sql: str) -> None:
    """Change rows with the owner's rights, after lifting the policy that binds the owner, too."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        cursor.execute(sql)
        assert cursor.rowcount >= 1, "nothing was tampered with"
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def tables_found(office) -> set[str]:
    run.verify(office.id)
    return {one.table for one in run.last_run(office.id).tampered}


def test_what_nobody_touched_is_sound_and_looked_at_whole(office, done):
    told = {}
    assert run.verify(office.id, lambda check, report: told.update({check.name: report})) == 0
    assert {name: report.rows > 0 for name, report in told.items()} == dict.fromkeys(told, True)
    assert {report.erased for report in told.values()} == {0}
    last = run.last_run(office.id)
    assert (last.found, last.tampered) == (0, ())
    assert last.rows == sum(report.rows for report in told.values())


TAMPERINGS = [
    ("events_event", "UPDATE events_event SET type = 'closed' WHERE seq = 2"),
    ("events_event", "UPDATE events_event SET at = at - interval '1 day' WHERE seq = 1"),
    ("events_event", "UPDATE events_event SET actor_kind = 'citizen' WHERE type = 'decided'"),
    ("events_event", "DELETE FROM events_event WHERE seq = 1"),
    ("events_payload", 'UPDATE events_payload SET payload = payload || \'{"outcome": "erteilen"}\''),
    ("events_payload", "UPDATE events_payload SET salt = sha256(salt)"),
    ("cases_case", "DELETE FROM events_event WHERE type = 'closed'"),
    ("cases_case", "UPDATE cases_case SET outcome = 'versagen' WHERE outcome <> ''"),
    ("cases_case", "UPDATE cases_case SET file_number = 'MB-2026-77777'"),
    ("cases_case", "UPDATE cases_case SET holder_id = gen_random_uuid()"),
    ("cases_case", "UPDATE cases_case SET phase = 'nirgends'"),
    ("cases_case", "DELETE FROM cases_case WHERE outcome <> ''"),
    ("cases_submission", "UPDATE cases_submission SET body_hash = sha256(body_hash)"),
    ("cases_submission", "DELETE FROM cases_submission"),
    ("cases_decisionrecord", "UPDATE cases_decisionrecord SET outcome = 'versagen'"),
    ("cases_decisionrecord", "UPDATE cases_decisionrecord SET package_digest = repeat('0', 64)"),
    ("cases_decisionrecord", "UPDATE cases_decisionrecord SET commitment = sha256(commitment)"),
    ("cases_decisionrecord", "DELETE FROM cases_decisionrecord"),
    ("cases_decisionpayload", "UPDATE cases_decisionpayload SET payload = payload - 'reasons'"),
    ("proofs_document", "UPDATE proofs_document SET sha256 = repeat('0', 64)"),
    ("proofs_document", "DELETE FROM proofs_document WHERE sealed"),
    (
        "proofs_content",
        "UPDATE proofs_content SET content = set_byte(content, 99, 255 - get_byte(content, 99))",
    ),
    ("proofs_content", "UPDATE proofs_content SET content = content || '\\x00'"),
    ("privacy_access", "UPDATE privacy_access SET at = at - interval '1 day'"),
    ("privacy_access", "UPDATE privacy_access SET actor_id = gen_random_uuid()"),
    ("privacy_access", "DELETE FROM privacy_access"),
    ("privacy_accesspayload", 'UPDATE privacy_accesspayload SET payload = payload || \'{"purpose": "x"}\''),
    ("catalog_packageversion", "UPDATE catalog_packageversion SET archive = set_byte(archive, 60, 0)"),
    ("catalog_packageversion", "UPDATE catalog_packageversion SET archive = '\\x00'"),
    ("catalog_publication", "UPDATE catalog_publication SET version = '1'"),
]
# What is said of a row whose partner was changed: the two differ, and which is right nobody can tell.
PARTNER = {"privacy_accesspayload": "privacy_access", "cases_decisionrecord": "cases_decisionpayload"}


@pytest.mark.long
@pytest.mark.parametrize(("table", "sql"), TAMPERINGS)
def test_a_row_that_was_tampered_with_is_named(office, done, table, sql):
    changed = sql.split()[2] if sql.startswith("DELETE") else sql.split()[1]
    tamper(changed, sql)
    found = tables_found(office)
    assert table in found or PARTNER.get(table) in found, found


def test_every_table_that_a_check_covers_is_tampered_with_here():
    covered = {table for check in integrity.all_checks() for table in check.tables}
    assert {table for table, _ in TAMPERINGS} == covered


def test_other_authorities_are_not_blamed(office, other_town, done):
    tamper("events_event", "UPDATE events_event SET type = 'closed' WHERE seq = 2")
    assert run.verify(other_town.id) == 0
    assert run.verify(office.id) > 0


def test_a_whole_record_that_does_not_follow_from_its_package_is_found(office, done, monkeypatch):
    """As after a fault in the engine: the record is what was written, but it does not follow."""
    from amtlich.contexts.catalog.api import Package

    evaluate = Package.decide_again
    monkeypatch.setattr(
        Package, "decide_again", lambda self, values, on: evaluate(self, {**values, "Treffer": 0}, on)
    )
    run.verify(office.id)
    said = {one.sentence for one in run.last_run(office.id).tampered}
    assert any("heute etwas anderes" in sentence for sentence in said)


def test_the_command_names_rows_and_ends_with_one(office, done, capsys):
    assert main(["verify"]) == 0
    assert "Alles ist so, wie es aufgezeichnet wurde." in capsys.readouterr().out
    tamper("proofs_content", "UPDATE proofs_content SET content = '\\x00'")
    assert main(["verify", "--authority", office.slug]) == 1
    said = capsys.readouterr().out
    document = next(one for one in done.case.documents)
    assert f"proofs_content {document.id}" in said
    assert main(["verify", "--last"]) == 1
    assert "verfälscht" in capsys.readouterr().out
    assert main(["verify", "--authority", "nirgendwo"]) == 2


def test_the_nightly_job_verifies_and_logs_an_error_without_personal_data(office, done, caplog):
    tamper("cases_case", "UPDATE cases_case SET file_number = 'MB-2026-77777'")
    jobs.defer(VERIFY)
    with clock.use(clock.FixedClock(clock.now())), caplog.at_level("ERROR"):
        assert jobs.run_pending() == 1
    assert run.last_run(office.id).found > 0
    said = " ".join(record.getMessage() for record in caplog.records if "tampered" in record.getMessage())
    assert "cases_case" in said
    assert "Brückner" not in said
