# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How moments read on a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from amtlich.faces.portal import moments
from amtlich.kernel import clock

_NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 25, 13, 3, 5, tzinfo=UTC), "heute, 14:03 Uhr"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "heute, 0:30 Uhr"),
        (datetime(2026, 11, 24, 8, 10, tzinfo=UTC), "gestern, 9:10 Uhr"),
        (datetime(2026, 7, 3, 7, 10, tzinfo=UTC), "3. Juli 2026, 9:10 Uhr"),
    ],
)
def test_day_is_named_as_people_in_germany_count_it(at: datetime, words: str) -> None:
    with clock.use(clock.FixedClock(_NOON)):
        assert moments.moment(at) == words


def test_full_moment_stays_true_on_paper() -> None:
    assert (
        moments.moment_full(datetime(2026, 11, 25, 13, 3, 5, tzinfo=UTC)) == "25. November 2026, 14:03:05 Uhr"
    )
