# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What two windows, two log-ins or two versions do to one application: nothing is lost or sent unseen."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connections
from tests.doubles.applicants import actor_for, statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases import drafts
from amtlich.contexts.cases.models import Case, Draft
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog import commands
from amtlich.platform.accounts import Actor
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
SERVICE = "meldebescheinigung"


@pytest.fixture
def lena(office, residents):
    return actor_for(office, residents["lena"])


def draft_with(actor, data) -> cases.DraftView:
    """A draft that holds these statements."""
    token = cases.start_draft(actor, SERVICE).token
    with tenant(actor.authority_id):
        Draft.objects.filter(token=token).update(data=data)
    return cases.draft(actor, token)


def all_cases(authority) -> list[Case]:
    with tenant(authority.id):
        return list(Case.objects.all())


def between_reading_and_sending(monkeypatch, act) -> None:
    """Do something in the moment after the draft was read and before it is sent."""
    real = drafts.receive

    def late(*arguments):
        monkeypatch.undo()
        act()
        return real(*arguments)

    monkeypatch.setattr(drafts, "receive", late)


def test_what_another_window_saves_while_a_draft_is_sent_does_not_vanish(
    office, lena, residents, monkeypatch
):
    draft = draft_with(lena, statements(residents["lena"]))
    form = catalog.current(office.id, SERVICE).form
    step = next(step for step in form.steps if any(field.id == "zweck" for field in step.fields))
    raw = {"umfang": ["einfach"], "form": ["elektronisch"], "zweck": ["Bank"]}
    between_reading_and_sending(
        monkeypatch, lambda: cases.save_step(lena, draft.token, step.id, raw, draft.revision)
    )
    with pytest.raises(cases.StaleDraft):
        cases.submit_draft(lena, draft.token)
    assert all_cases(office) == []
    kept = cases.draft(lena, draft.token)
    assert (kept.submitted_case, kept.data["zweck"]) == (None, "Bank")
    assert not cases.submit_draft(lena, draft.token).repeated


def test_what_is_sent_is_what_was_checked(office, lena, residents):
    draft = draft_with(lena, statements(residents["lena"]))
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(revision=draft.revision + 1)
    with pytest.raises(cases.StaleDraft):
        cases.submit_draft(lena, draft.token, draft.revision)
    assert all_cases(office) == []
    receipt = cases.submit_draft(lena, draft.token, draft.revision + 1)
    # The button of the older page, pressed late, finds what has been sent.
    assert cases.submit_draft(lena, draft.token, draft.revision).case_token == receipt.case_token


def test_a_draft_sent_before_and_after_the_log_in_at_once_is_one_case(office, lena, residents, monkeypatch):
    visitor = Actor("anonymous", office.id, holder_id=uuid4())
    draft = draft_with(visitor, statements(residents["lena"]))
    logged_in = replace(lena, session_holder_id=visitor.holder_id)
    first = []
    between_reading_and_sending(
        monkeypatch, lambda: first.append(cases.submit_draft(visitor, draft.token).case_token)
    )
    second = cases.submit_draft(logged_in, draft.token)
    assert [second.case_token] == first
    assert second.repeated
    assert len(all_cases(office)) == 1


def test_eight_clicks_on_one_draft_make_one_case(office, lena, residents):
    draft = draft_with(lena, statements(residents["lena"]))

    def click(_):
        try:
            return cases.submit_draft(lena, draft.token, draft.revision).case_token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as clicks:
        assert len(set(clicks.map(click, range(8)))) == 1
    assert len(all_cases(office)) == 1


def test_eight_clicks_on_begin_make_one_draft(office, lena):
    def click(_):
        try:
            return cases.start_draft(lena, SERVICE).token
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as clicks:
        assert len(set(clicks.map(click, range(8)))) == 1


# -- versions of the package ----------------------------------------------------------------------


@pytest.fixture
def next_version(tmp_path, office):
    """The package as its next version, as a folder."""
    folder = tmp_path / SERVICE
    shutil.copytree(config().services / SERVICE, folder)
    service, changes = folder / "service.yaml", folder / "CHANGELOG.md"
    now = catalog.current(office.id, SERVICE).version
    service.write_text(service.read_text().replace(f'\nversion: "{now}"', '\nversion: "99"'))
    changes.write_text(changes.read_text() + "\n## 99\n\nNeue Fassung.\n")
    return folder


def test_a_repeated_call_gets_its_receipt_though_another_version_is_current_by_now(
    office, lena, residents, next_version
):
    said = statements(residents["lena"])
    first = cases.submit(lena, SERVICE, None, said, "key-00000001")
    catalog.publish(next_version, by="test")
    again = cases.submit(lena, SERVICE, None, said, "key-00000001")
    assert (again.case_token, again.repeated) == (first.case_token, True)
    with pytest.raises(cases.KeyReused):
        cases.submit(lena, SERVICE, None, {**said, "zweck": "Bank"}, "key-00000001")
    new = cases.submit(lena, SERVICE, None, said, "key-00000002")
    versions = {case.token: case.package_version for case in all_cases(office)}
    assert versions[new.case_token] == "99" != versions[first.case_token]


def test_a_draft_and_its_case_keep_the_version_they_began_with(office, lena, residents, next_version):
    draft = draft_with(lena, statements(residents["lena"]))
    catalog.publish(next_version, by="test")
    receipt = cases.submit_draft(lena, draft.token)
    assert cases.case(lena, receipt.case_token).version == draft.version != "99"


def test_a_version_that_waits_for_its_second_person_cannot_be_applied_for(
    office, lena, residents, next_version, monkeypatch
):
    monkeypatch.setattr(commands, "second_person_needed", lambda: True)
    assert catalog.publish(next_version, by="test").waiting
    with pytest.raises(catalog.UnknownVersion):
        cases.submit(lena, SERVICE, "99", statements(residents["lena"]), "key-00000001")


def test_a_version_of_another_authority_cannot_be_applied_for(
    office, other_town, lena, residents, next_version
):
    catalog.publish(next_version, authority_id=other_town.id, by="test")
    with pytest.raises(catalog.UnknownVersion):
        cases.submit(lena, SERVICE, "99", statements(residents["lena"]), "key-00000001")


def test_an_older_version_that_was_offered_here_is_taken(office, lena, residents, next_version):
    before = catalog.current(office.id, SERVICE).version
    catalog.publish(next_version, by="test")
    receipt = cases.submit(lena, SERVICE, before, statements(residents["lena"]), "key-00000001")
    assert cases.case(lena, receipt.case_token).version == before
