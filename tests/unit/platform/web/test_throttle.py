# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How often one place may do something."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from amtlich.platform.web import throttle
from amtlich.platform.web.throttle import Throttle, place_of


def test_after_so_many_times_one_waits_for_the_first_to_be_over() -> None:
    moment = [0.0]
    door = Throttle(2, 60, lambda: moment[0])
    assert door.wait_for("a") == 0
    moment[0] = 20
    assert door.wait_for("a") == 0
    assert door.wait_for("a") == 40
    assert door.wait_for("b") == 0
    moment[0] = 60
    assert door.wait_for("a") == 0
    assert door.wait_for("a") == 20


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "_MOST_PLACES", 3)
    door = Throttle(1, 60, lambda: 0.0)
    for place in "abcd":
        assert door.wait_for(place) == 0
    assert door.wait_for("d") == 60
    assert door.wait_for("a") == 0  # forgotten first


@pytest.mark.parametrize(
    ("address", "place"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", ""), ("unix", "unix")],
)
def test_a_household_is_one_place(address: str, place: str) -> None:
    assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place
