# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The status page measures seldom, never twice at once, and answers though the measuring hangs."""

from __future__ import annotations

import threading

from amtlich.faces.portal.house_state import HouseState, Lookout, without_database
from amtlich.kernel import clock


def _all_well(host: str) -> HouseState:
    return HouseState(clock.now(), None, without_database(host).parts[:1])


def test_one_measurement_serves_everybody_for_five_seconds() -> None:
    moment, measured = [0.0], []

    def measure(host: str) -> HouseState:
        measured.append(host)
        return _all_well(host)

    lookout = Lookout(measure, lambda: moment[0])
    assert all(lookout.state("a").all_works for _ in range(3))
    moment[0] = 5
    lookout.state("a")
    lookout.state("b")
    assert measured == ["a", "a", "b"]


def test_who_asks_while_it_hangs_is_told_that_the_database_does_not_answer() -> None:
    go_on, begun = threading.Event(), []

    def hanging(host: str) -> HouseState:
        begun.append(host)
        go_on.wait(30)
        return _all_well(host)

    lookout = Lookout(hanging, patience=0.05)
    try:
        told = [lookout.state("a") for _ in range(3)]
    finally:
        go_on.set()
    assert [part.state for state in told for part in state.parts] == ["works", "down"] * 3
    assert begun == ["a"]


def test_a_measuring_that_fails_is_no_error_page() -> None:
    def broken(host: str) -> HouseState:
        raise RuntimeError("kaputt")

    assert not Lookout(broken).state("a").all_works
