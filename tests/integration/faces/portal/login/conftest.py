# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An authority that has registered at the identity provider on the loopback."""

import pytest
from tests.doubles.identity_provider import FakeProvider
from tests.doubles.provider_visitor import register_at
from tests.integration.faces.portal.conftest import Browser


@pytest.fixture
def provider():
    with FakeProvider() as running:
        yield running


@pytest.fixture
def directory(monkeypatch):
    """What this process knows of providers; nothing stays from another test."""
    from amtlich.platform.accounts import citizen_login
    from amtlich.platform.accounts.adapters.provider_http import ProviderHttp
    from amtlich.platform.accounts.openid.metadata import ProviderDirectory

    fresh = ProviderDirectory(ProviderHttp())
    monkeypatch.setattr(citizen_login, "directory", lambda: fresh)
    return fresh


@pytest.fixture
def impatient(directory):
    """For providers that never answer: nobody waits for them here."""
    from amtlich.platform.accounts.adapters.provider_http import Limits, ProviderHttp

    directory._wire = ProviderHttp(Limits(connect=0.5, read=0.2, whole=0.5))


@pytest.fixture
def registered(town, provider, directory):
    register_at(provider, town)
    return town


@pytest.fixture
def browser(registered):
    return Browser()
