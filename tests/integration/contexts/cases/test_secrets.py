# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who somebody is stands in the erasable payloads, and nowhere else: no log, no job, no other table."""

import json
import logging
import re

import pytest
from django.apps import apps
from django.db import connections
from tests.doubles.applicants import actor_for, statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import DecisionPayload, DecisionRecord
from amtlich.contexts.catalog.api import package
from amtlich.kernel.commitment import commit
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

# Where personal data may lie: what the retention role may delete, the account itself, drafts, the
# demonstration register (which stands for another house's data), and settings of authorities.
MAY_HOLD = {
    "events_payload",
    "cases_decisionpayload",
    "proofs_content",
    "privacy_accesspayload",
    "accounts_account",
    "cases_draft",
    "cases_listentry",
}
LENA = ("Brückner", "Lindenweg", "1988-02-13", "13.02.1988", "Seestraße")


def all_rows() -> dict[str, str]:
    """Every table as text, read as its owner's superior would: through the role that reads everywhere."""
    found = {}
    with connections["system"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND has_table_privilege(oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
    with connections["default"].cursor() as cursor:
        for table in ("procrastinate_jobs", "jobs_attempt"):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            found[table] = "\n".join(row for (row,) in cursor.fetchall())
    return found


def test_personal_data_lie_only_where_they_can_be_erased(office, residents, apply_as):
    apply_as(residents["lena"], zweck="Kontoeröffnung")
    apply_as(residents["lena"], zweck="Kontoeröffnung", work=False)  # one whose job still waits
    rows = all_rows()
    assert {"events_event", "cases_case", "procrastinate_jobs", "cases_submission"} <= set(rows)
    assert "Brückner" in rows["events_payload"]
    holding = {
        table
        for table, text in rows.items()
        if any(word in text for word in (*LENA, "Kontoeröffnung")) and not table.startswith("registers_")
    }
    assert holding <= MAY_HOLD
    assert {model._meta.db_table for model in apps.get_models()} >= MAY_HOLD


def test_a_job_carries_ids_only(office, residents, apply_as):
    apply_as(residents["lena"], work=False)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT args, lock, queueing_lock FROM procrastinate_jobs")
        ((args, lock, _),) = cursor.fetchall()
    ids = json.loads(args) if isinstance(args, str) else args
    assert set(ids) == {"authority_id", "case_id"}
    assert lock == ids["case_id"]


@pytest.mark.parametrize("key", ["lena", "nadja", "jonas"])
def test_the_log_names_nobody(office, residents, apply_as, caplog, key):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # statements hold everything, by nature
    person = residents[key]
    apply_as(person, actor=actor_for(office, person, level=TrustLevel.HIGH))
    wrong = statements(person, plz="zwölf", zweck="geheimer Zweck")
    with pytest.raises(cases.InvalidSubmission):
        cases.submit(actor_for(office, person), "meldebescheinigung", None, wrong, "key-00000009")
    for word in (person.query.family, *person.query.given, "geheimer Zweck", "zwölf"):
        assert not re.search(rf"\b{re.escape(word)}\b", caplog.text), word


def test_an_error_about_a_submission_quotes_nothing_of_it(office, residents):
    wrong = statements(residents["lena"], familienname="Brückner李", plz="99")
    with pytest.raises(cases.InvalidSubmission) as refused:
        cases.submit(actor_for(office, residents["lena"]), "meldebescheinigung", None, wrong, "key-00000001")
    assert "Brückner" not in str(refused.value) + repr(refused.value)


# -- the decision's record --------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["lena", "nadja", "jonas", "ali-1"])
def test_every_decision_record_gives_the_same_outcome_when_it_is_evaluated_again(
    office, residents, apply_as, key
):
    apply_as(residents[key], actor=actor_for(office, residents[key]))
    with tenant(office.id):
        (record,) = DecisionRecord.objects.all()
        stored = DecisionPayload.objects.get(pk=record.pk)
    of = package(record.service, record.package_version)
    assert of.digest == record.package_digest
    inputs = {entry["name"]: entry["value"] for entry in stored.payload["inputs"]}
    again = of.decide(inputs, record.legal_state_date)
    assert again.outcome["ergebnis"] == record.outcome == stored.payload["outcome"]["ergebnis"]
    fired = [list(step.fired) for step in again.steps]
    assert fired == [step["fired"] for step in stored.payload["steps"]]
    assert commit(stored.payload, bytes(stored.salt)) == bytes(record.commitment)


def test_every_input_says_where_it_comes_from(office, residents, apply_as):
    apply_as(residents["lena"])
    with tenant(office.id):
        inputs = DecisionPayload.objects.get().payload["inputs"]
    assert {entry["origin"] for entry in inputs} >= {"log-in", "register", "applicant"}
    for entry in inputs:
        if entry["origin"] == "register":
            assert entry["query_id"]
            assert entry["fetched_at"]
            assert entry["purpose"]
