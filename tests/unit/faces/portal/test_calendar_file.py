# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The last day for an answer in a calendar: one day, no hour, nothing that tells what the case is about."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from icalendar import Calendar

from amtlich.engines.procedure import CitizenStep
from amtlich.faces.portal import language
from amtlich.faces.portal.calendar_file import deadline_file
from amtlich.kernel import clock

TOWN: Any = SimpleNamespace(name="Stadt Musterstadt")
ADDRESS = "https://amt.example/vorgaenge/abc/"


def view(**changes: Any) -> Any:
    given: dict[str, Any] = {
        "step": CitizenStep.ANSWER,
        "request": SimpleNamespace(until=date(2026, 12, 31), seq=7),
        "reference": "MB-7XK4-M2QD",
        "token": "a" * 26,
        "service_name": {"de": "Wohngeld"},
    }
    return SimpleNamespace(**{**given, **changes})


def read(content: bytes | None) -> Any:
    assert content is not None
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_the_last_day_is_a_whole_day_in_whatever_zone_the_calendar_is() -> None:
    content = deadline_file(TOWN, view(), ADDRESS)
    assert content is not None
    assert b"DTSTART;VALUE=DATE:20261231\r\n" in content
    assert b"DTEND;VALUE=DATE:20270101\r\n" in content
    assert b"TZID" not in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_it_says_whom_to_answer_and_where_but_not_what_about() -> None:
    event = read(deadline_file(TOWN, view(), ADDRESS))
    assert event["SUMMARY"] == "Letzter Tag für Ihre Antwort: Stadt Musterstadt"
    assert ADDRESS in event["DESCRIPTION"]
    assert "MB-7XK4-M2QD" in event["DESCRIPTION"]
    assert "Wohngeld" not in str(event.to_ical())


def test_a_second_download_replaces_the_first() -> None:
    with clock.use(clock.FixedClock(datetime(2026, 11, 25, tzinfo=UTC))):
        first = read(deadline_file(TOWN, view(), ADDRESS))
    again = read(deadline_file(TOWN, view(), ADDRESS))
    other = read(deadline_file(TOWN, view(request=SimpleNamespace(until=date(2027, 1, 8), seq=12)), ADDRESS))
    assert first["UID"] == again["UID"] != other["UID"]
    assert "a" * 26 not in first["UID"]


@pytest.mark.parametrize("changes", [{"step": CitizenStep.WORKING}, {"request": None}])
def test_without_an_open_question_there_is_no_file(changes: dict[str, Any]) -> None:
    assert deadline_file(TOWN, view(**changes), ADDRESS) is None


def test_it_speaks_the_form_of_the_page() -> None:
    with language.use("en"):
        event = read(deadline_file(TOWN, view(), ADDRESS))
    assert event["SUMMARY"] == "Last day for your answer: Stadt Musterstadt"
