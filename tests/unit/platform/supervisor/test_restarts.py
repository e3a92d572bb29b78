# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An accident costs no time; what cannot live is tried with growing pauses."""

from amtlich.platform.supervisor.restarts import MEMORY, PAUSES, Restarts


def pauses(restarts: Restarts, lives: list[float]) -> list[float]:
    """The pauses after these lives, each begun when the pause before was over."""
    now, given = restarts.since, []
    for life in lives:
        now += life
        given.append(restarts.ended(now))
        now += given[-1]
        restarts.started(now)
    return given


def test_a_process_that_was_at_work_is_back_at_once_however_often_it_dies() -> None:
    assert pauses(Restarts(since=100.0), [5.0, 7.5, 6.0, 30.0, 5.0, 5.0, 5.0, 5.0]) == [0.0] * 8


def test_a_process_that_ends_right_after_its_start_is_tried_less_and_less_often() -> None:
    assert pauses(Restarts(since=0.0), [0.1] * 9) == [*PAUSES, 15.0, 15.0]


def test_a_time_at_work_forgives_the_quick_ends_before_it() -> None:
    assert pauses(Restarts(since=0.0), [0.1, 0.1, 0.1, 6.0, 0.1, 0.1]) == [0.0, 0.5, 1.0, 0.0, 0.0, 0.5]


def test_all_ends_of_the_last_minute_count_for_the_alarm() -> None:
    restarts = Restarts(since=0.0)
    pauses(restarts, [10.0, 10.0, 10.0])
    assert restarts.ends == [10.0, 20.0, 30.0]
    restarts.ended(20.0 + MEMORY)
    assert restarts.ends == [30.0, 80.0]
