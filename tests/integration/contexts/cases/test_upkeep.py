# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Upkeep of real drafts and cases: their packages say how long."""

from datetime import timedelta

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Case, Draft
from amtlich.contexts.privacy import api as privacy
from amtlich.kernel import clock
from amtlich.platform.events.models import Event, Payload
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])


def due(name: str) -> dict:
    return next(dict(each.counts) for each in privacy.preview_upkeep() if each.rule.purge == name)


def test_a_closed_case_is_counted_when_its_package_says_so_and_never_deleted_unoffered(
    office, residents, apply_as
):
    apply_as(residents["lena"])
    with tenant(office.id):
        case = Case.objects.get()
        closed_at, payloads = case.closed_at, Payload.objects.count()
    assert closed_at is not None
    over = closed_at.replace(year=closed_at.year + 1)  # retention.closed: P1Y
    with clock.use(clock.FixedClock(over - timedelta(seconds=1))):
        assert due("cases.closed") == {}
    with clock.use(clock.FixedClock(over)) as at:
        assert due("cases.closed") == {office.id: 1}
        at.advance(timedelta(days=5 * 365))
        privacy.run_upkeep()
        assert due("cases.closed") == {office.id: 1}
        with tenant(office.id):
            assert (Case.objects.count(), Payload.objects.count()) == (1, payloads)
            assert Event.objects.exists()
    assert not [one for one in privacy.deletions(None, 500) if one.purge == "cases.closed"]


def test_the_row_of_a_sent_draft_goes_and_the_case_stays(office, residents, apply_as):
    done = apply_as(residents["lena"])
    with tenant(office.id):
        drafts = list(Draft.objects.all())
    with clock.use(clock.FixedClock(clock.now() + timedelta(days=70))):
        privacy.run_upkeep()
        with tenant(office.id):
            assert not Draft.objects.exists()
        assert cases.case(done.actor, done.case.token).reference == done.case.reference
    assert all(draft.case_id for draft in drafts)
