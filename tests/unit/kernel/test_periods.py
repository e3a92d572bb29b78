# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amtlich.kernel.periods import Period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P30D", Period(days=30)),
        ("P1Y", Period(months=12)),
        ("PT10S", Period(seconds=10)),
        ("P1Y2M3DT4H5M6S", Period(14, 3, 14706)),
    ],
)
def test_periods_are_read_as_iso_8601(text: str, period: Period) -> None:
    assert Period.from_iso(text) == period


@pytest.mark.parametrize("text", ["", "P", "PT", "30D", "P30", "P-1D", "P1.5D", "P٣D", "P1D\n"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.from_iso(text)


def test_a_months_end_does_not_run_over() -> None:
    assert Period(months=1).after(datetime(2027, 1, 31, 12, tzinfo=UTC)) == datetime(
        2027, 2, 28, 12, tzinfo=UTC
    )
    assert Period(months=12).after(datetime(2028, 2, 29, 12, tzinfo=UTC)) == datetime(
        2029, 2, 28, 12, tzinfo=UTC
    )


def test_days_are_counted_by_the_german_calendar() -> None:
    # The clocks go back in between: noon stays noon.
    assert Period(days=1).after(datetime(2026, 10, 24, 10, tzinfo=UTC)) == datetime(
        2026, 10, 25, 11, tzinfo=UTC
    )


_MOMENTS = [
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC) + timedelta(hours=7 * step, minutes=11 * step)
    for step in range(0, 2600, 13)
]


@pytest.mark.parametrize(
    "text", ["PT0S", "PT15M", "P1D", "P30D", "P365D", "P1M", "P3Y", "P1M30D", "P1Y1DT1H", "P11M3D"]
)
def test_what_began_before_is_over_for_certain_and_never_by_much(text):
    period = Period.from_iso(text)
    for moment in _MOMENTS:
        before = period.before(moment)
        assert period.after(before) <= moment
        assert period.after(before + timedelta(days=4)) > moment
        if not period.months:
            assert period.after(before + timedelta(hours=2)) > moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PT0S", "sofort"),
        ("P1D", "1 Tag"),
        ("P365D", "365 Tage"),
        ("P3Y", "3 Jahre"),
        ("P1Y6M", "1 Jahr und 6 Monate"),
        ("PT1H30M", "1 Stunde und 30 Minuten"),
        ("P1M2DT1S", "1 Monat, 2 Tage und 1 Sekunde"),
    ],
)
def test_a_period_in_words(text, words):
    assert Period.from_iso(text).words_de == words
