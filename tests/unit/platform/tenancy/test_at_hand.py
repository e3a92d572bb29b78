# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whom pages name when the database cannot be asked."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from amtlich.platform.tenancy import registry


@pytest.fixture(autouse=True)
def _nobody_known() -> Iterator[None]:
    registry.forget_hosts()
    yield
    registry.forget_hosts()


def test_what_a_file_says_of_an_authority_is_enough_to_name_it() -> None:
    told = {"id": str(uuid4()), "name": "Stadt Musterstadt", "phone": "115", "hosts": ["amt.example"], "x": 1}
    registry.keep_at_hand([told])
    known = registry.last_known("AMT.example:8000")
    assert known is not None
    assert (known.name, known.phone, known.email) == ("Stadt Musterstadt", "115", "")


@pytest.mark.parametrize("host", ["", "anders.example", "[::1]", "a" * 1000, "\x00"])
def test_nobody_is_named_under_another_host(host: str) -> None:
    assert registry.last_known(host) is None
