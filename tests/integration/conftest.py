# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Two towns that every integration test can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # Django is set up after this file is read
    from amtlich.platform.tenancy.models import Authority


def _authority(slug: str, host: str) -> Authority:
    from amtlich.platform.tenancy.registry import AuthoritySpec, ensure_authority, forget_hosts

    forget_hosts()
    name = slug.capitalize()
    return ensure_authority(
        AuthoritySpec(
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
    )


@pytest.fixture
def town(transactional_db: None) -> Authority:
    return _authority("musterstadt", "localhost")


@pytest.fixture
def other_town(transactional_db: None) -> Authority:
    return _authority("kleinstadt", "kleinstadt.localhost")
