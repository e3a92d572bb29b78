# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Programs that call the API: with a session, a CSRF token and nothing else."""

import pytest
from tests.integration.contexts.cases.conftest import office, residents

__all__ = ["office", "residents"]


@pytest.fixture
def citizens(office, residents):
    """Log in at the authority of a host; without a key one stays a visitor."""
    from tests.doubles.api_client import ApiClient, persona_of

    from amtlich.platform.accounts.personas import ensure_personas

    ensure_personas(office.id, [persona_of(one) for one in residents.values()])

    def enter(key: str = "", host: str = "localhost") -> ApiClient:
        client = ApiClient(host)
        if key:
            client.log_in(key)
        return client

    return enter


@pytest.fixture
def lena(citizens):
    return citizens("lena")


@pytest.fixture
def lenas_data(residents):
    from tests.doubles.applicants import statements

    return statements(residents["lena"])


@pytest.fixture
def done(lena, lenas_data):
    """A case of Lena's whose certificate is there."""
    from amtlich.platform import jobs

    receipt = lena.submit(lenas_data, "done-0001").json()
    jobs.run_pending()
    return lena.get(f"/api/v1/cases/{receipt['case']}").json()
