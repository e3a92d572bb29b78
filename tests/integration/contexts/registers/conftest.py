# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Authorities with a small register each. Imports stand inside: this file is read before Django is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from amtlich.platform.tenancy.models import Authority

    SetUp = Callable[..., Authority]


@pytest.fixture
def set_up(transactional_db: None) -> Iterator[SetUp]:
    """Sets up an authority; keyword arguments as ``AuthoritySpec``."""
    from amtlich.contexts.registers.directory import forget_breakers
    from amtlich.platform.tenancy.registry import AuthoritySpec, ensure_authority

    def make(slug: str, **more: str) -> Authority:
        name = slug.capitalize()
        return ensure_authority(
            AuthoritySpec(
                slug=slug,
                name=f"Stadt {name}",
                short_name=name,
                office="Bürgeramt",
                street="Rathausplatz 1",
                city=f"12345 {name}",
                phone="01234 56-0",
                hours="Montag bis Freitag 8 bis 12 Uhr",
                land="NW",
                hosts=(f"{slug}.localhost",),
                **more,
            )
        )

    forget_breakers()
    yield make
    forget_breakers()


@pytest.fixture
def musterstadt(set_up: SetUp) -> Authority:
    """A town whose register holds the hard residents and a few more."""
    from amtlich.contexts.registers.api import populate_demo

    authority = set_up("musterstadt")
    populate_demo(authority.id, residents=60)
    return authority
