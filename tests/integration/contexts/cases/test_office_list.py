# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The office's list: who is in which queue, found and ordered how, and that each look is in the journal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.doubles.applicants import actor_for

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.api import OfficeQuery, Order, Queue
from amtlich.contexts.cases.models import Case, ListEntry
from amtlich.contexts.privacy.models import Access, AccessPayload
from amtlich.kernel import clock
from amtlich.kernel.errors import Forbidden
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def kaya(office):
    return Actor(
        "staff", office.id, account_id=uuid4(), display_name="Derya Kaya", roles=frozenset({"caseworker"})
    )


@pytest.fixture
def unsure(apply_as, office, residents):
    """A case that no program may decide, for a person of this name."""
    lena = next(iter(residents.values()))

    def run(family="Brückner", given="Lena"):
        actor = replace(actor_for(office, lena), level=TrustLevel.NONE)
        return apply_as(lena, actor=actor, familienname=family, vornamen=given)

    return run


def names(actor, **asked):
    return [row.name for row in cases.office_list(actor, OfficeQuery(**asked)).rows]


def test_a_case_moves_from_queue_to_queue_and_the_counts_say_so(kaya, unsure):
    done = unsure()
    page = cases.office_list(kaya, OfficeQuery())
    (row,) = page.rows
    assert (row.name, row.token) == ("Brückner, Lena", done.receipt.case_token)
    assert page.counts[Queue.PERSON] == page.counts[Queue.OPEN] == 1
    assert page.counts[Queue.APPLICANT] == page.counts[Queue.ANSWERED] == 0
    cases.ask(kaya, row.token, ["Wo haben Sie vorher gewohnt?"], 14)
    page = cases.office_list(kaya, OfficeQuery(queue=Queue.APPLICANT))
    assert page.rows[0].due_on == cases.case(done.actor, row.token).request.until
    assert page.counts[Queue.PERSON] == 0
    request = cases.case(done.actor, row.token).request
    cases.answer(done.actor, row.token, request.seq, ["In Bonn."])
    page = cases.office_list(kaya, OfficeQuery(queue=Queue.ANSWERED))
    assert page.rows[0].waiting_reason == "answered"


def test_what_waits_for_a_person_is_due_after_three_working_days_and_late_after_them(kaya, unsure):
    friday = clock.today() + timedelta(days=(4 - clock.today().weekday()) % 7)
    with clock.use(clock.FixedClock(clock.now() + timedelta(days=(friday - clock.today()).days))) as moving:
        unsure()
        (row,) = cases.office_list(kaya, OfficeQuery()).rows
        assert row.due_on is not None
        assert (row.due_on - friday).days >= 5
        assert not row.soon
        moving.advance(timedelta(days=(row.due_on - friday).days + 1))
        (late,) = cases.office_list(kaya, OfficeQuery(queue=Queue.SOON)).rows
        assert late.days_left == -1


def test_names_are_ordered_as_germans_do_across_pages_each_once(kaya, unsure):
    for family in ("Zander", "Öl", "Adler", "Pilz", "Ähre", "Nagel"):
        unsure(family, "Kim")
    pages = [
        [one.split(",")[0] for one in names(kaya, order=Order.NAME, size=2, page=number)]
        for number in (1, 2, 3)
    ]
    assert pages == [["Adler", "Ähre"], ["Nagel", "Öl"], ["Pilz", "Zander"]]


def test_a_name_is_found_by_the_beginning_of_any_of_its_parts(kaya, unsure):
    unsure("Müller-Lüdenscheidt", "Anna Weiß")
    unsure("Schmidt", "Otto")
    for typed in ("muller", "Müller", "MÜLL", "anna müll", "Lüden", "weiss", "Weiß", "Mül%"):
        assert names(kaya, queue=Queue.ALL, search=typed) == ["Müller-Lüdenscheidt, Anna Weiß"], typed
    for typed in ("üller", "%", "_", "' OR 1=1", "\\", "Müller Otto"):
        assert names(kaya, queue=Queue.ALL, search=typed) == [], typed


def test_reference_and_file_number_are_found_however_they_are_typed(kaya, unsure):
    done = unsure()
    unsure("Anders")
    reference, number = done.receipt.reference, done.case.file_number
    for typed in (reference, reference.lower(), f" {reference} ", number, number.lower()):
        assert names(kaya, queue=Queue.ALL, search=typed) == ["Brückner, Lena"]


def test_each_look_is_one_entry_with_purpose_and_count(kaya, unsure, office):
    unsure()
    before = _entries(office, kaya)
    cases.office_list(kaya, OfficeQuery())
    cases.office_list(kaya, OfficeQuery(queue=Queue.ALL, search="niemand"))
    looked, searched = _entries(office, kaya)[len(before) :]
    assert (looked["purpose"], looked["outcome_count"]) == ("Vorgänge verteilen und bearbeiten", 1)
    assert (searched["purpose"], searched["outcome_count"]) == ("Einen Vorgang suchen", 0)
    assert "niemand" not in str(searched)


def _entries(office, actor):
    with tenant(office.id):
        looks = Access.objects.filter(actor_id=actor.account_id).order_by("at")
        ids = list(looks.values_list("pk", flat=True))
        payloads = {row.pk: row.payload for row in AccessPayload.objects.filter(pk__in=ids)}
    return [payloads[one] for one in ids]


def test_without_a_role_that_reads_cases_there_is_no_list_and_no_entry(kaya, unsure, office):
    unsure()
    for actor in (
        replace(kaya, roles=frozenset({"publisher", "administrator"})),
        replace(kaya, kind="citizen"),
        replace(kaya, roles=frozenset()),
    ):
        with pytest.raises(Forbidden):
            cases.office_list(actor, OfficeQuery())
    assert _entries(office, kaya) == []


def test_another_authority_sees_neither_rows_nor_counts(kaya, unsure, other_town):
    unsure()
    page = cases.office_list(
        replace(kaya, authority_id=other_town.id), OfficeQuery(queue=Queue.ALL, search="Brückner")
    )
    assert page.rows == ()
    assert set(page.counts.values()) == {0}
    assert page.services == ()


def test_a_case_of_before_there_were_entries_gets_its_entry_when_it_is_looked_at(kaya, unsure, office):
    unsure()
    with tenant(office.id):
        ListEntry.objects.all().delete()
    assert names(kaya) == ["Brückner, Lena"]
    with tenant(office.id):
        assert ListEntry.objects.count() == Case.objects.count() == 1


def test_a_page_that_does_not_exist_is_the_last_one(kaya, unsure):
    unsure()
    page = cases.office_list(kaya, OfficeQuery(page=99, size=1))
    assert (page.page, page.pages, len(page.rows)) == (1, 1, 1)


def test_working_days_skip_weekends_and_holidays():
    from amtlich.contexts.cases.deadlines import working_days_after

    assert working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 29)
    assert working_days_after(date(2026, 11, 27), 1) == date(2026, 11, 30)


def test_a_page_costs_at_most_fifteen_statements_however_many_cases_it_shows(kaya, unsure):
    for family in ("Adler", "Nagel", "Pilz"):
        unsure(family)
    cases.office_list(kaya, OfficeQuery())  # the package is in memory now
    with CaptureQueriesContext(connection) as sent:
        assert len(cases.office_list(kaya, OfficeQuery()).rows) == 3
    assert len(sent.captured_queries) <= 15
