# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Retention rules: what a file of them must hold, and from which day which one counts."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from amtlich.contexts.privacy import rules
from amtlich.contexts.privacy.errors import RulesIncomplete
from amtlich.contexts.privacy.retention_page import tables

PAGE = Path(__file__).parents[4] / "docs" / "betrieb" / "aufbewahrung.md"
RULE = {
    "purge": "a.b",
    "what": "Dinge",
    "action": "Sie gehen.",
    "period": "P30D",
    "from": "Beginn",
    "reason": "darum",
    "valid_from": date(2026, 1, 1),
}


def book(*changes: dict) -> rules.RuleBook:
    return rules.read({"rule": [{**RULE, **change} for change in changes]})


def test_the_page_for_operators_shows_the_rules_as_they_are():
    assert PAGE.read_text(encoding="utf-8").endswith(tables())


def test_of_two_rules_the_later_one_counts_once_its_day_has_come():
    both = book({"period": "P7D", "valid_from": date(2027, 1, 1)}, {})
    assert [each.period.days for each in both.applicable(date(2026, 12, 31))] == [30]
    assert [each.period.days for each in both.applicable(date(2027, 1, 1))] == [7]
    assert both.applicable(date(2025, 12, 31)) == ()
    with pytest.raises(RulesIncomplete, match=r"a\.b"):
        both.rule("a.b", date(2025, 12, 31))


def test_periods_of_days_end_with_the_day_in_germany_and_shorter_ones_to_the_second():
    (days,), (minutes,) = book({}).rules, book({"period": "PT15M"}).rules
    evening = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)  # 00:30 on 1 August in Germany
    assert days.before(evening) == datetime(2026, 7, 1, 22, 0, tzinfo=UTC)
    assert minutes.before(evening) == datetime(2026, 7, 31, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"period": "30 Tage"}, "is not a period"),
        ({"valid_from": "2026-01-01"}, "valid_from is no day"),
        ({"valid_from": datetime(2026, 1, 1, tzinfo=UTC)}, "valid_from is no day"),
        ({"untill": 1}, "untill is unknown"),
    ],
)
def test_a_wrong_rule_is_named(change, told):
    with pytest.raises(RulesIncomplete, match=rf"a\.b.*{told}"):
        book(change)


@pytest.mark.parametrize("name", sorted(RULE.keys() - {"reason"}))
def test_a_rule_without_something_it_needs_is_refused(name):
    entry = {key: value for key, value in RULE.items() if key != name}
    with pytest.raises(RulesIncomplete, match=f"{name} is missing"):
        rules.read({"rule": [entry]})


def test_nobody_deletes_without_a_norm_or_a_reason():
    entry = {key: value for key, value in RULE.items() if key != "reason"}
    with pytest.raises(RulesIncomplete, match="norm or a reason"):
        rules.read({"rule": [entry]})
    assert rules.read({"rule": [{**entry, "norm": "§ 1"}]}).rules


def test_two_rules_of_one_day_are_refused():
    with pytest.raises(RulesIncomplete, match="two rules begin"):
        book({}, {"period": "P1D"})


@pytest.mark.parametrize("names", [(), ("a.b", "c.d"), ("c.d",)])
def test_rules_and_purges_must_fit(names):
    with pytest.raises(RulesIncomplete, match="do not fit"):
        rules.check(book({}), [SimpleNamespace(name=name) for name in names])
    rules.check(book({}), [SimpleNamespace(name="a.b")])
