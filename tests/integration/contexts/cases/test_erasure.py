# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Erasing what a case says: the proof that it was stays whole, and every page still answers."""

from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from tests.doubles.applicants import pdf_of

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import facts, projection, steps
from amtlich.contexts.cases.models import Case, DecisionPayload, DecisionRecord
from amtlich.contexts.proofs import api as proofs
from amtlich.platform import jobs
from amtlich.platform.accounts.models import Account
from amtlich.platform.accounts.sessions import SessionStore
from amtlich.platform.events import log
from amtlich.platform.events.models import Payload
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])
ERASABLE = ("events_payload", "cases_decisionpayload", "proofs_content", "privacy_accesspayload")


def erase_all() -> None:
    """As the retention role does it, with its own rights."""
    with connections["retention"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("amtlich_retention",)
        for table in ERASABLE:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount > 0, table


def browser_of(office, actor) -> Client:
    """The applicant at the portal."""
    with tenant(office.id):
        Account.objects.get_or_create(
            pk=actor.account_id,
            defaults={"authority_id": office.id, "username": str(actor.account_id), "display_name": "Lena"},
        )
    session = SessionStore()
    session["account"], session["level"] = str(actor.account_id), int(actor.level)
    session.create()
    browser = Client(raise_request_exception=False, headers={"host": "localhost"})
    browser.cookies["amtlich_session"] = session.session_key
    return browser


def addresses(case) -> list[str]:
    """Every page and answer that shows something of the case."""
    api = f"/api/v1/cases/{case.token}"
    return ["/", "/vorgaenge/", f"/vorgaenge/{case.token}/", "/api/v1/cases", api, f"{api}/events"]


def row_of(office, case) -> Case:
    with tenant(office.id):
        return Case.objects.get(token=case.token)


@pytest.fixture
def done(residents, apply_as):
    return apply_as(residents["lena"])


def test_the_chain_of_an_erased_case_is_still_whole(office, done):
    row = row_of(office, done.case)
    with tenant(office.id):
        head = log.verify_stream(row.pk)
    erase_all()
    with tenant(office.id):
        assert not Payload.objects.exists()
        assert log.verify_stream(row.pk) == head == bytes(row.head)
        assert all(event.payload is None for event in log.read(row.pk))
        (decision,) = DecisionRecord.objects.filter(case_id=row.pk)
        assert (len(bytes(decision.commitment)), decision.outcome) == (32, "ausstellen")
        assert not DecisionPayload.objects.exists()


def test_all_pages_of_an_erased_case_answer(office, done):
    browser = browser_of(office, done.actor)
    for address in addresses(done.case):
        assert browser.get(address).status_code == 200, address
    erase_all()
    for address in addresses(done.case):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert "Brückner" not in answer.text
        assert "Lindenweg" not in answer.text
    assert done.case.reference in browser.get(f"/vorgaenge/{done.case.token}/").text


def test_a_document_that_was_erased_is_not_offered_and_not_found(office, done):
    (sealed,) = [item for item in done.case.documents if item.sealed]
    assert pdf_of(done)
    erase_all()
    with pytest.raises(cases.NoSuchDocument):
        cases.document(done.actor, done.case.token, UUID(str(sealed.id)))
    page = browser_of(office, done.actor)
    assert str(sealed.id) not in page.get(f"/vorgaenge/{done.case.token}/").text
    assert page.get(f"/vorgaenge/{done.case.token}/dokumente/{sealed.id}/").status_code == 404
    assert page.get(f"/api/v1/cases/{done.case.token}/documents/{sealed.id}").status_code == 404
    case = cases.case(done.actor, done.case.token)
    assert case.documents == ()
    assert "gelöscht" in case.sentence
    # Whoever holds the paper can still check that it was issued: the hash stays.
    assert proofs.verify(office.id, sealed.check_code).sha256 == sealed.sha256


def test_an_erased_case_is_not_replayed_but_says_why(office, done):
    erase_all()
    with tenant(office.id), pytest.raises(facts.FactsErased, match="erased"):
        projection.replayed(Case.objects.get(token=done.case.token))


@pytest.mark.parametrize("key", ["lena", "mehmet"])
def test_a_case_erased_on_its_way_goes_to_a_person_and_its_pages_answer(office, residents, apply_as, key):
    waiting = apply_as(residents[key], work=False)
    erase_before_deciding = row_of(office, waiting.case)
    with connections["retention"].cursor() as cursor:
        cursor.execute("DELETE FROM events_payload")
    for _ in range(8):
        jobs.run_pending()
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    with tenant(office.id):
        case = Case.objects.get(pk=erase_before_deciding.pk)
    assert (case.waiting_on, case.waiting_reason) == ("office", steps.TECHNICAL)
    browser = browser_of(office, waiting.actor)
    for address in addresses(waiting.case):
        assert browser.get(address).status_code == 200, address
