# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who publishes or ends a version sees first how many cases and drafts stand under it."""

import pytest
from tests.doubles.applicants import actor_for, statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Draft
from amtlich.contexts.catalog import api as catalog
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
SERVICE = "meldebescheinigung"


@pytest.fixture
def version(office):
    return catalog.current(office.id, SERVICE).version


def test_cases_are_counted_by_where_they_stand(office, other_town, residents, apply_as, version):
    apply_as(residents["lena"])
    apply_as(residents["jonas"])
    apply_as(residents["lena"], work=False)
    back = apply_as(residents["lena"], work=False)
    cases.withdraw(back.actor, back.receipt.case_token)
    use = cases.use_of_versions(office.id)[SERVICE, version]
    assert (use.decided, use.office, use.working, use.applicant, use.withdrawn) == (1, 1, 1, 0, 1)
    assert (use.running, use.cases) == (2, 4)
    assert cases.use_of_versions(office.id, "anders") == {}
    assert cases.use_of_versions(other_town.id) == {}


def test_only_drafts_that_can_still_be_sent_are_counted(office, residents, version):
    actors = [actor_for(office, residents[key]) for key in ("lena", "jonas")]
    mine, gone = (cases.start_draft(actor, SERVICE).token for actor in actors)
    assert cases.use_of_versions(office.id, SERVICE)[SERVICE, version].drafts == 2
    cases.delete_draft(actors[1], gone)
    assert cases.use_of_versions(office.id, SERVICE)[SERVICE, version].drafts == 1
    with tenant(office.id):
        Draft.objects.filter(token=mine).update(expires_at=clock.now())
    assert cases.use_of_versions(office.id, SERVICE) == {}


def test_after_the_offer_has_ended_drafts_can_be_sent_and_none_begun(office, residents, version):
    """What the page that ends an offer promises."""
    lena = actor_for(office, residents["lena"])
    draft = cases.start_draft(lena, SERVICE)
    with tenant(office.id):
        Draft.objects.filter(token=draft.token).update(data=statements(residents["lena"]))
    catalog.withdraw(SERVICE, authority_id=office.id, by="test", reason="Satzung fehlt")
    receipt = cases.submit_draft(lena, draft.token)
    assert cases.case(lena, receipt.case_token).version == version
    with pytest.raises(catalog.NoLongerOffered):
        cases.start_draft(lena, SERVICE)
