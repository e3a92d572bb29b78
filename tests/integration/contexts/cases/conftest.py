# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A town with residents, a seal key and the published package: all that a case needs."""

from types import SimpleNamespace
from uuid import uuid4

import pytest


@pytest.fixture
def office(town, other_town):
    """Musterstadt with its hard residents, ready to work."""
    from amtlich.contexts.catalog import api as catalog
    from amtlich.contexts.registers import api as registers
    from amtlich.platform import keys
    from amtlich.platform.settings.config import config

    for place in (town, other_town):
        keys.create(place)
        registers.populate_demo(place.id, residents=60, seed=1)
    catalog.publish(config().services / "meldebescheinigung", authority_id=None, by="test")
    return town


@pytest.fixture
def residents():
    from amtlich.contexts.registers import api as registers

    return {one.key: one for one in registers.demo_residents()}


@pytest.fixture
def apply_as(office):
    """Submit as a resident and let the worker run; returns actor, receipt and the case's view."""
    from tests.doubles.applicants import actor_for, statements

    from amtlich.contexts.cases import api as cases
    from amtlich.platform import jobs

    def run(resident, *, key=None, actor=None, work=True, **changes):
        who = actor or actor_for(office, resident)
        key = key or f"key-{uuid4()}"
        receipt = cases.submit(who, "meldebescheinigung", None, statements(resident, **changes), key)
        if work:
            jobs.run_pending()
        return SimpleNamespace(actor=who, receipt=receipt, case=cases.case(who, receipt.case_token), key=key)

    return run
