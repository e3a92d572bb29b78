# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long it takes, in words: the picture says nothing more than they do, and slow is said to be slow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.faces.portal.language import use
from amtlich.faces.portal.measured import measured

QUICK = cases.Durations(
    cases=1284,
    median=4,
    low=3,
    high=6,
    since=date(2026, 11, 1),
    until=date(2026, 11, 24),
    running=0,
    with_person=0,
    oldest=0,
)


def test_quick_and_within_the_target() -> None:
    found = measured(QUICK, 10)
    assert found.typical == "meist 4 Sekunden"
    assert found.sentences == (
        "Die Hälfte aller Anträge war nach 4 Sekunden fertig.",
        "8 von 10 Anträgen waren nach 3 Sekunden bis 6 Sekunden fertig.",
        "Unser Ziel ist: 10 Sekunden. Das schaffen wir bei 9 von 10 Anträgen.",
    )
    assert found.small == (
        "Gemessen an 1284 Anträgen vom 1. November 2026 bis 24. November 2026, "
        "von der Ankunft bis zum Ergebnis."
    )
    assert (found.band_at, found.band_width, found.median_at) == ("30.0%", "30.0%", "40.0%")
    assert [mark.text for mark in found.marks] == ["0", "3 s", "6 s", "10 s"]


def test_the_same_in_english_and_in_leichte_sprache() -> None:
    with use("en"):
        assert measured(QUICK, None).sentences[0] == "Half of all applications were done after 4 seconds."
    with use("leicht"):
        found = measured(QUICK, 10)
    assert found.sentences[2] == "Unser Ziel ist: 10 Sekunden.\nDas schaffen wir bei 9 von 10 Anträgen."


@pytest.mark.parametrize(
    ("median", "high", "said"),
    [
        (4, 200_000, "Unser Ziel ist: 10 Sekunden. Das schaffen wir zurzeit nicht immer."),
        (90_000, 200_000, "Unser Ziel ist: 10 Sekunden. Das schaffen wir zurzeit meistens nicht."),
    ],
)
def test_slow_is_said_to_be_slow(median: float, high: float, said: str) -> None:
    assert measured(replace(QUICK, median=median, high=high), 10).sentences[2] == said


def test_what_still_runs_is_said() -> None:
    one = measured(replace(QUICK, running=1, oldest=3 * 86_400), None)
    assert one.sentences[-1] == "1 Antrag ist noch nicht fertig. Er wartet seit 3 Tagen."
    more = measured(replace(QUICK, running=7, oldest=7_200, with_person=3), None)
    assert more.sentences[-2:] == (
        "7 Anträge sind noch nicht fertig. Der älteste wartet seit 2 Stunden.",
        "Von einer Person geprüft werden gerade: 3.",
    )


def test_equal_durations_are_not_told_as_a_span() -> None:
    found = measured(replace(QUICK, low=4, high=4.2), None)
    assert found.sentences[1] == "8 von 10 Anträgen dauerten ungefähr gleich lang."
    assert [mark.text for mark in found.marks].count("4 s") == 1


@pytest.mark.parametrize("high", [0.2, 6, 59, 3_000, 90_000, 7_000_000, 90_000_000])
def test_everything_lies_on_the_scale(high: float) -> None:
    found = measured(replace(QUICK, low=high / 3, median=high / 2, high=high), None)
    for position in (found.band_at, found.median_at, *(mark.at for mark in found.marks)):
        assert 0 <= float(position.rstrip("%")) <= 100
    assert 0 < float(found.band_width.rstrip("%")) <= 100
