# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where a case stands, in words that are true now and give nothing away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.engines.procedure import CitizenStep, Phase, WaitingOn
from amtlich.faces.portal import case_shapes, case_state
from amtlich.kernel import clock

_ARRIVED = datetime(2026, 11, 25, 13, 3, 5, tzinfo=UTC)


def _case(step: CitizenStep, waiting_on: WaitingOn, **more: object) -> cases.CaseView:
    values: dict[str, object] = {
        "token": "a" * 26,
        "reference": "MB-7K2M9QXD",
        "file_number": "",
        "service": "meldebescheinigung",
        "service_name": {"de": "Meldebescheinigung"},
        "version": "1",
        "phase": Phase.UNDER_REVIEW,
        "step": step,
        "sentence": "Ihre Meldebescheinigung ist da.",
        "waiting_on": waiting_on,
        "waiting_since": _ARRIVED,
        "received_at": _ARRIVED,
        "decided_at": None,
        "documents": (),
        "timeline": (),
        "seq": 1,
        "decision": None,
        "accesses": (),
    }
    return cases.CaseView(**{**values, **more})  # type: ignore[arg-type]


def test_there_are_always_five_steps_and_one_of_them_is_here() -> None:
    five = [step for step in CitizenStep if step is not CitizenStep.WITHDRAWN]
    for step in CitizenStep:
        steps = case_state.track(_case(step, WaitingOn.PROGRAM, withdrawn_at=_ARRIVED))
        last = CitizenStep.WITHDRAWN if step is CitizenStep.WITHDRAWN else CitizenStep.DECIDED
        assert [each.label for each in steps] == [case_state.LABELS[one] for one in (*five[:4], last)]
        assert [each.here for each in steps].count(True) == 1


@pytest.mark.parametrize("waiting_on", [WaitingOn.REGISTER, WaitingOn.OFFICE])
def test_waiting_step_is_paused_and_names_whom_we_wait_for(waiting_on: WaitingOn) -> None:
    step = next(each for each in case_state.track(_case(CitizenStep.WORKING, waiting_on)) if each.here)
    assert step.state == "paused"
    assert "14:03 Uhr" in step.detail
    assert case_state.glance(_case(CitizenStep.WORKING, waiting_on))[0][0] == "Wartet auf"


def test_finished_case_waits_for_nobody_and_needed_no_answer() -> None:
    done = _case(CitizenStep.DECIDED, WaitingOn.NOBODY, decided_at=_ARRIVED + timedelta(seconds=4))
    steps = case_state.track(done)
    assert [each.state for each in steps] == ["done", "done", "done", "skipped", "done"]
    assert [key for key, _ in case_state.glance(done)] == ["Eingegangen"]
    assert case_state.explanation(done) == ()


def test_register_down_says_that_nothing_is_lost_and_it_goes_on_by_itself() -> None:
    words = " ".join(
        " ".join(row) for row in case_state.explanation(_case(CitizenStep.WORKING, WaitingOn.REGISTER))
    )
    assert "Nichts ist verloren" in words
    assert "von selbst" in words


def test_page_of_a_finished_case_says_how_long_it_took() -> None:
    with clock.use(clock.FixedClock(_ARRIVED)):
        shown = case_shapes.page(
            _case(CitizenStep.DECIDED, WaitingOn.NOBODY, decided_at=_ARRIVED + timedelta(seconds=4)), ""
        )
    assert shown.took["de"] == "4 Sekunden"
    assert shown.page_title == "Entschieden: Meldebescheinigung"
