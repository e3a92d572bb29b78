# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Maintenance: a file closes the house, and what is in it is said to people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amtlich.faces.cli.maintenance import until_of
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.kernel.sentence import Sentence
from amtlich.platform.web import error_pages, maintenance

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # 15:00 in Germany


def test_the_house_is_closed_and_opened_again(tmp_path: Path) -> None:
    assert maintenance.read(tmp_path) is None
    maintenance.start(tmp_path, NOW, "Neue Fassung.", [{"slug": "musterstadt"}])
    assert maintenance.read(tmp_path) == maintenance.Maintenance(
        NOW, "Neue Fassung.", ({"slug": "musterstadt"},)
    )
    assert maintenance.end(tmp_path)
    assert not maintenance.end(tmp_path)
    assert maintenance.read(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"until": "gestern", "reason": 1}', "\udc80"])
def test_a_file_that_cannot_be_read_closes_the_house_too(tmp_path: Path, content: str) -> None:
    (tmp_path / maintenance.FILE).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert maintenance.read(tmp_path) == maintenance.Maintenance()


def test_the_file_is_looked_at_once_a_second(tmp_path: Path) -> None:
    moment = [100.0]
    watch = maintenance.Watch(tmp_path, lambda: moment[0])
    assert watch.now() is None
    maintenance.start(tmp_path, None, "")
    assert watch.now() is None
    moment[0] += 1
    assert watch.now() is not None


def test_the_page_says_when_it_is_over_and_machines_are_told_too() -> None:
    with clock.use(clock.FixedClock(NOW)):
        page = error_pages.maintenance(NOW + timedelta(hours=3), "Neue Fassung.")
    assert (page.status, page.retry_after) == (503, 3 * 3600)
    assert "18:00 Uhr" in page.next_step
    assert "Neue Fassung." in page.sentence


@pytest.mark.parametrize("until", [None, NOW - timedelta(hours=1)])
def test_nobody_is_sent_back_to_a_time_that_is_over(until: datetime | None) -> None:
    with clock.use(clock.FixedClock(NOW)):
        page = error_pages.maintenance(until)
    assert page.retry_after == 300
    assert isinstance(page.next_step, Sentence)


def test_a_time_of_day_is_the_next_one() -> None:
    assert until_of("18:00", NOW) == datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
    assert until_of("6:30", NOW) == datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
    assert until_of("2026-11-26T06:00", NOW) == datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["25:00", "morgen", "", "2026-11-24T06:00", "18"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput, match="--until"):
        until_of(text, NOW)


@pytest.mark.parametrize(("seconds", "said"), [(1, "eine Minute"), (60, "eine Minute"), (61, "2 Minuten")])
def test_how_long_to_wait_is_said_in_minutes(seconds: float, said: str) -> None:
    page = error_pages.too_many(seconds)
    assert said in page.next_step
    assert page.retry_after == seconds
