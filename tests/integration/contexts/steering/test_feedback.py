# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What people tell the authority: kept apart by authority, kept for a while, and nobody's name in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.steering import api as steering
from amtlich.contexts.steering import commands
from amtlich.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def give(authority, **changes: str) -> None:
    values = {"occasion": "pruefung", "answer": "yes", "text": "", "route": "pruefen/", "language": "de"}
    steering.give(authority.id, **{**values, **changes})


def test_an_answer_is_kept_as_it_was_given(town):
    give(town, answer="partly", text="  Der Code war\r\nschwer zu finden.  ", language="leicht")
    (entry,) = steering.feedback(town.id)
    assert (entry.kind, entry.occasion, entry.answer) == ("answer", "pruefung", "partly")
    assert entry.text == "Der Code war\nschwer zu finden."
    assert (entry.route, entry.language, entry.email) == ("pruefen/", "leicht", "")


def test_another_authority_reads_none_of_it(town, other_town):
    give(town)
    assert steering.feedback(other_town.id) == ()


def test_a_barrier_may_carry_an_address_for_the_answer(town):
    steering.report_barrier(town.id, text="Das Formular", email="lena@beispiel.de", route="", language="de")
    (entry,) = steering.feedback(town.id)
    assert (entry.kind, entry.email) == ("barrier", "lena@beispiel.de")


@pytest.mark.parametrize("answer", ["", "ja", "YES", "x" * 1000, "\x00"])
def test_another_answer_than_the_three_is_refused(town, answer):
    with pytest.raises(steering.FeedbackRefused) as refused:
        give(town, answer=answer)
    assert refused.value.field == "answer"
    assert steering.feedback(town.id) == ()


@pytest.mark.parametrize("text", ["x" * 1001, "x" * 1_000_000, "a\x00b", "\u202eabc", "\ud800"])
def test_a_text_that_cannot_be_kept_is_refused_at_its_field(town, text):
    with pytest.raises(steering.FeedbackRefused) as refused:
        give(town, text=text)
    assert refused.value.field == "text"


@pytest.mark.parametrize("email", ["lena", "lena@", "@beispiel.de", "a b@c.de", "a@b", "a@b.de\nBcc: x@y.z"])
def test_what_is_no_address_is_refused_at_its_field(town, email):
    with pytest.raises(steering.FeedbackRefused) as refused:
        steering.report_barrier(town.id, text="x", email=email, route="", language="de")
    assert refused.value.field == "email"


def test_a_barrier_without_a_word_is_refused(town):
    with pytest.raises(steering.FeedbackRefused) as refused:
        steering.report_barrier(town.id, text="  ", email="", route="", language="de")
    assert refused.value.field == "text"


def test_an_unknown_occasion_counts_as_any_page(town):
    give(town, occasion="<script>")
    assert steering.feedback(town.id)[0].occasion == "seite"


def test_an_authority_takes_so_much_an_hour(town, monkeypatch):
    monkeypatch.setattr(commands, "MOST_PER_HOUR", 2)
    with clock.use(clock.FixedClock(NOW)) as now:
        give(town)
        give(town)
        with pytest.raises(steering.FeedbackFull):
            give(town)
        now.advance(timedelta(hours=1))
        give(town)
    assert len(steering.feedback(town.id)) == 3


def test_after_its_time_it_is_deleted_by_upkeep(town, other_town):
    with clock.use(clock.FixedClock(NOW)) as now:
        give(town, text="alt")
        now.advance(timedelta(days=1))
        give(town, text="jung")
        give(other_town, text="jung")
        now.advance(timedelta(days=364))
        privacy.run_upkeep()
        assert len(steering.feedback(town.id)) == 2
        now.advance(timedelta(days=1))
        privacy.run_upkeep()
        assert [one.text for one in steering.feedback(town.id)] == ["jung"]
        assert len(steering.feedback(other_town.id)) == 1


def test_since_leaves_out_what_is_older(town):
    with clock.use(clock.FixedClock(NOW)) as now:
        give(town)
        now.advance(timedelta(days=2))
        give(town, text="neu")
        since = NOW + timedelta(days=1)
        assert [one.text for one in steering.feedback(town.id, since)] == ["neu"]
        assert [one.text for one in steering.feedback(town.id)] == ["neu", ""]
