# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Two towns that every integration test can use."""

import pytest

from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import AuthoritySpec, ensure_authority, forget_hosts


def _spec(slug: str, host: str) -> AuthoritySpec:
    name = slug.capitalize()
    return AuthoritySpec(
        slug=slug,
        name=f"Stadt {name}",
        short_name=name,
        office="Bürgeramt, Meldebehörde",
        street="Rathausplatz 1",
        city=f"12345 {name}",
        phone="115",
        hours="Mo bis Fr 8–18 Uhr",
        land="NW",
        hosts=(host,),
    )


@pytest.fixture
def town(transactional_db: None) -> Authority:
    forget_hosts()
    return ensure_authority(_spec("musterstadt", "localhost"))


@pytest.fixture
def other_town(transactional_db: None) -> Authority:
    forget_hosts()
    return ensure_authority(_spec("kleinstadt", "kleinstadt.localhost"))
