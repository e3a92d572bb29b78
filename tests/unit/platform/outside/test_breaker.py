# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The circuit breaker in front of an outside register."""

from amtlich.platform.outside.breaker import FIRST_PAUSE, LAST_PAUSE, THRESHOLD, CircuitBreaker


class Seconds:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def opened():
    time = Seconds()
    breaker = CircuitBreaker(time)
    for _ in range(THRESHOLD):
        breaker.failed()
    return breaker, time


def test_it_lets_everybody_through_at_first():
    assert CircuitBreaker(Seconds()).wait_for(8) == 0


def test_faults_in_a_row_open_it():
    breaker, _ = opened()
    assert breaker.wait_for(8) == FIRST_PAUSE


def test_an_answer_in_between_starts_the_count_anew():
    breaker = CircuitBreaker(Seconds())
    for _ in range(THRESHOLD * 3):
        breaker.failed()
        breaker.succeeded()
    assert breaker.wait_for(8) == 0


def test_after_the_pause_one_caller_probes_and_the_others_wait():
    breaker, time = opened()
    time.now += FIRST_PAUSE
    assert breaker.wait_for(8) == 0
    assert breaker.probing
    assert breaker.wait_for(8) == 8


def test_a_good_probe_closes_it():
    breaker, time = opened()
    time.now += FIRST_PAUSE
    breaker.wait_for(8)
    breaker.succeeded()
    assert not breaker.probing
    assert breaker.wait_for(8) == 0


def test_bad_probes_lengthen_the_pause_up_to_a_limit():
    breaker, time = opened()
    pauses = []
    for _ in range(6):
        time.now += LAST_PAUSE
        assert breaker.wait_for(8) == 0
        breaker.failed()
        pauses.append(breaker.remaining())
    assert pauses == [10, 20, 30, 30, 30, 30]


def test_a_probe_that_never_reports_is_replaced():
    breaker, time = opened()
    time.now += FIRST_PAUSE
    assert breaker.wait_for(8) == 0
    time.now += 8
    assert breaker.wait_for(8) == 0


def test_late_reports_of_older_calls_do_not_lengthen_the_pause():
    breaker, _ = opened()
    for _ in range(10):
        breaker.failed()
    assert breaker.wait_for(8) == FIRST_PAUSE
