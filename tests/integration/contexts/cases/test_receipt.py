# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A receipt is a promise: durable, once, the same for the same submission."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.doubles.applicants import actor_for, statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Case, Draft, Submission
from amtlich.contexts.catalog.api import UnknownService, UnknownVersion
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def lena(residents):
    return residents["lena"]


def count(office, model) -> int:
    with tenant(office.id):
        return model.objects.count()


def test_the_same_form_sent_twice_gives_the_same_receipt(office, lena, apply_as):
    first = apply_as(lena, key="key-00000001", work=False)
    again = apply_as(lena, actor=first.actor, key="key-00000001")
    assert again.receipt.case_token == first.receipt.case_token
    assert (first.receipt.repeated, again.receipt.repeated) == (False, True)
    assert count(office, Case) == 1


def test_the_same_key_with_another_body_is_refused_with_a_sentence(office, lena, apply_as):
    first = apply_as(lena, key="key-00000001", work=False)
    with pytest.raises(cases.KeyReused, match="anderen Angaben"):
        apply_as(lena, actor=first.actor, key="key-00000001", zweck="Bank")


def test_a_key_belongs_to_its_holder(office, lena, residents, apply_as):
    apply_as(lena, key="key-00000001", work=False)
    apply_as(residents["mehmet"], key="key-00000001", work=False)
    assert count(office, Case) == 2


def test_eight_clicks_at_once_make_one_case(office, lena):
    actor, data = actor_for(office, lena), statements(lena)

    def click(_):
        try:
            return cases.submit(actor, "meldebescheinigung", None, data, "key-00000001").case_token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as clicks:
        tokens = set(clicks.map(click, range(8)))
    assert len(tokens) == 1
    assert count(office, Case) == count(office, Submission) == 1
    assert jobs.run_pending() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("familienname", "Brückner\x00", "Steuerzeichen"),
        ("familienname", "Brück\u202ener", "Schreibrichtung"),
        ("vornamen", "Lena 😀", "😀"),
        ("familienname", "李", "李"),
        ("plz", "١٢٣٤٥", "fünf Ziffern"),
        ("hausnummer", "a", "Hausnummer"),
        ("geburtsdatum", "1988-02-31", ""),
        ("zweck", "x" * 1_000_000, "zu lang"),
        ("umfang", ["einfach"], ""),
        ("form", {"a": 1}, ""),
        ("unbekannt", "x", "gibt es in diesem Formular nicht"),
        ("familienname", "\ud800", ""),
        ("familienname", 7, ""),
    ],
)
def test_bad_input_is_a_sentence_per_field_and_leaves_nothing(office, lena, field, value, said):
    said_by_lena = statements(lena, **{field: value})
    with pytest.raises(cases.InvalidSubmission) as refused:
        cases.submit(actor_for(office, lena), "meldebescheinigung", None, said_by_lena, "key-00000001")
    (error,) = refused.value.errors
    assert error.field == field
    assert said in error.message_de
    assert len(error.message_de) < 300
    assert count(office, Case) == count(office, Submission) == 0


def test_unknown_service_and_version_are_not_found(office, lena):
    actor = actor_for(office, lena)
    with pytest.raises(UnknownService):
        cases.submit(actor, "hundesteuer", None, {}, "key-00000001")
    with pytest.raises(UnknownVersion):
        cases.submit(actor, "meldebescheinigung", "99", statements(lena), "key-00000001")


def test_one_submission_costs_at_most_fifteen_statements(office, lena):
    actor, data = actor_for(office, lena), statements(lena)
    cases.submit(actor, "meldebescheinigung", None, data, "key-00000001")  # the package is in memory now
    with CaptureQueriesContext(connection) as sent:
        cases.submit(actor, "meldebescheinigung", None, data, "key-00000002")
    statements_sent = [query["sql"] for query in sent.captured_queries]
    assert len(statements_sent) <= 15, "\n".join(sql[:100] for sql in statements_sent)


def test_file_numbers_follow_the_german_year_of_receipt_without_gaps(office, lena, apply_as):
    before_midnight = datetime(2026, 12, 31, 22, 59, 50, tzinfo=UTC)
    with clock.use(clock.FixedClock(before_midnight)) as moving:
        last = apply_as(lena)
        moving.advance(timedelta(seconds=20))
        first = apply_as(lena)
        second = apply_as(lena)
    numbers = [one.case.file_number for one in (last, first, second)]
    assert numbers == ["MB-2026-00001", "MB-2027-00001", "MB-2027-00002"]


def test_a_case_worked_on_after_new_year_keeps_the_year_of_its_receipt(office, lena, apply_as):
    with clock.use(clock.FixedClock(datetime(2026, 12, 31, 22, 0, tzinfo=UTC))) as moving:
        waiting = apply_as(lena, work=False)
        moving.advance(timedelta(days=1))
        jobs.run_pending()
        case = cases.case(waiting.actor, waiting.receipt.case_token)
    assert case.file_number == "MB-2026-00001"


# -- drafts -------------------------------------------------------------------------------------


def raw(office, actor, draft_token, step):
    """A page posted as the draft has it: what a person does who only presses on."""
    draft = cases.draft(actor, draft_token)
    return {name: [str(value)] for name, value in draft.data.items() if isinstance(value, str)}


def test_fc10_looking_creates_nothing_and_starting_twice_is_one_draft(office, lena):
    actor = actor_for(office, lena)
    assert cases.open_draft(actor, "meldebescheinigung") is None
    first = cases.start_draft(actor, "meldebescheinigung")
    assert cases.start_draft(actor, "meldebescheinigung").token == first.token
    assert count(office, Draft) == 1
    anew = cases.start_draft(actor, "meldebescheinigung", restart=True)
    assert anew.token != first.token
    # Of the first only the address is left, to tell its owner that it is gone.
    with tenant(office.id):
        (left,) = Draft.objects.exclude(deleted_at=None)
    assert (left.token, left.data) == (first.token, {})
    assert [draft.token for draft in cases.my_drafts(actor)] == [anew.token]


def test_a_draft_is_filled_from_the_log_in(office, lena):
    draft = cases.start_draft(actor_for(office, lena), "meldebescheinigung")
    assert draft.data["familienname"] == "Brückner"
    assert draft.data["geburtsdatum"] == "1988-02-13"


def test_a_stale_tab_does_not_overwrite(office, lena):
    actor = actor_for(office, lena)
    draft = cases.start_draft(actor, "meldebescheinigung")
    step = _first_step(draft)
    posted = {"umfang": ["einfach"], "form": ["elektronisch"]}
    cases.save_step(actor, draft.token, step, posted, draft.revision)
    with pytest.raises(cases.StaleDraft):
        cases.save_step(actor, draft.token, step, {"umfang": ["erweitert"]}, draft.revision)


def _first_step(draft):
    from amtlich.contexts.catalog.api import package

    return package(draft.service, draft.version).form.steps[0].id


def test_a_draft_sent_twice_gives_the_same_receipt_and_keeps_no_statement(office, lena):
    actor = actor_for(office, lena)
    draft = cases.start_draft(actor, "meldebescheinigung")
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(data=statements(lena))
    first = cases.submit_draft(actor, draft.token)
    again = cases.submit_draft(actor, draft.token)
    assert again.case_token == first.case_token
    assert again.repeated
    sent = cases.draft(actor, draft.token)
    assert sent.submitted_case == first.case_token
    assert sent.data == {}
    with pytest.raises(cases.AlreadySubmitted):
        cases.save_step(actor, draft.token, _first_step(draft), {}, sent.revision)


def test_drafts_end_with_their_time(office, lena):
    actor = actor_for(office, lena)
    with clock.use(clock.FixedClock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))) as moving:
        draft = cases.start_draft(actor, "meldebescheinigung")
        assert (draft.expires_at - draft.updated_at).days == 30
        moving.advance(timedelta(days=30, seconds=1))
        with pytest.raises(cases.NoSuchDraft):
            cases.draft(actor, draft.token)


def test_the_preview_is_journalled_and_shown_only_to_the_person_itself(office, lena, residents):
    from amtlich.contexts.privacy.api import accesses_for_holders

    actor = actor_for(office, lena)
    draft = cases.start_draft(actor, "meldebescheinigung")
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(data=statements(lena))
    seen = cases.preview(actor, draft.token)
    assert seen.record.family == "Brückner"
    (entry,) = accesses_for_holders(office.id, [actor.holder_id]).entries
    assert "Vorschau" in repr(entry)
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(data=statements(residents["mehmet"]))
    assert cases.preview(actor, draft.token).record is None
    assert len(accesses_for_holders(office.id, [actor.holder_id]).entries) == 1


@pytest.mark.parametrize("key", ["jonas", "nadja"])
def test_the_preview_says_nothing_below_the_level_and_under_a_block(office, residents, key):
    actor = actor_for(office, residents[key])
    draft = cases.start_draft(actor, "meldebescheinigung")
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(data=statements(residents[key]))
    assert cases.preview(actor, draft.token) == cases.preview(actor, draft.token)
    assert cases.preview(actor, draft.token).record is None


def test_a_visitor_without_account_is_received_and_goes_to_a_person(office, lena, apply_as):
    from amtlich.platform.accounts import Actor

    done = apply_as(lena, actor=Actor("anonymous", office.id, holder_id=uuid4()))
    assert done.case.waiting_on == "office"
