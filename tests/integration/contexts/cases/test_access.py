# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whose case it is: nobody else gets as far as learning that it exists."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from tests.doubles.applicants import actor_for

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.live import case_to_follow
from amtlich.contexts.cases.policy import Action, may
from amtlich.kernel.ids import new_token
from amtlich.platform.accounts import Actor, system_actor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def done(residents, apply_as):
    return apply_as(residents["lena"])


@pytest.fixture
def strangers(office, other_town, residents, done):
    """Everybody who is not the holder."""
    return {
        "another citizen": actor_for(office, residents["mehmet"]),
        "nobody": Actor("anonymous", office.id),
        "a visitor": Actor("anonymous", office.id, holder_id=uuid4()),
        "the same person at another authority": replace(done.actor, authority_id=other_town.id),
        "the other authority's program": system_actor(other_town.id),
        "staff of the other authority": Actor(
            "staff", other_town.id, account_id=uuid4(), holder_id=uuid4(), roles=frozenset({"caseworker"})
        ),
    }


def test_fc26_a_foreign_case_looks_like_one_that_does_not_exist(done, strangers):
    document = UUID(str(done.case.documents[0].id))
    for who, actor in strangers.items():
        said = set()
        for token in (done.case.token, new_token(), "", "../../etc/passwd", "x" * 26):
            for ask in (
                lambda: cases.case(actor, token),  # noqa: B023
                lambda: cases.events(actor, token),  # noqa: B023
            ):
                with pytest.raises(cases.NoSuchCase) as refused:
                    ask()
                said.add(str(refused.value))
            with pytest.raises(cases.NoSuchDocument):
                cases.document(actor, token, document)
            assert case_to_follow(actor, token) is None, who
        assert len(said) == 1
        assert cases.my_cases(actor) == ()


def test_documents_of_another_case_are_not_found_under_ones_own(done, residents, apply_as):
    other = apply_as(residents["mehmet"])
    with pytest.raises(cases.NoSuchDocument):
        cases.document(done.actor, done.case.token, UUID(str(other.case.documents[0].id)))
    with pytest.raises(cases.NoSuchDocument):
        cases.document(done.actor, done.case.token, uuid4())


def test_foreign_drafts_are_not_found(done, strangers):
    draft = cases.start_draft(done.actor, "meldebescheinigung")
    for actor in strangers.values():
        with pytest.raises(cases.NoSuchDraft):
            cases.draft(actor, draft.token)
        with pytest.raises(cases.NoSuchDraft):
            cases.submit_draft(actor, draft.token)


def test_what_a_session_began_before_its_log_in_stays_its_own(office, residents, apply_as):
    visitor = Actor("anonymous", office.id, holder_id=uuid4())
    begun = apply_as(residents["lena"], actor=visitor)
    logged_in = replace(actor_for(office, residents["lena"]), session_holder_id=visitor.holder_id)
    assert cases.case(logged_in, begun.case.token).token == begun.case.token
    assert [one.token for one in cases.my_cases(logged_in)] == [begun.case.token]


def test_one_function_decides_and_a_citizen_never_moves_a_case(office, done):
    class Owned:
        authority_id = office.id
        holder_id = done.actor.holder_id

    assert all(may(done.actor, action, Owned) for action in (Action.VIEW, Action.FOLLOW, Action.DOWNLOAD))
    assert not may(done.actor, Action.ADVANCE, Owned)
    assert may(system_actor(office.id), Action.ADVANCE, Owned)
