# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The judge itself is judged: each kind of broken promise, seeded, is found and counted."""

from collections import Counter
from dataclasses import replace

import pytest
from tests.survival.judging import CaseFacts, Facts, JobFacts, judge
from tests.survival.killer import plan
from tests.survival.ledger import Account, Application, Ledger, Promise, Strike, Temper, applications

_NOTICED = (
    "submitted",
    "registered",
    "evidence_received",
    "decided",
    "documents_issued",
    "notified",
    "closed",
)
_HANDED = ("submitted", "registered", "evidence_received", "handed_to_person")
_STRIKES = (Strike("worker", 101, 1000.0), Strike("database", 102, 1002.0))


def _application(number: int, expects: str = "notice") -> Application:
    return Application(
        number, f"key-{number}", f"Antrag {number}", "lena", expects, Temper.PATIENT, changes_mind=False
    )


def _promise(number: int, **changes: object) -> Promise:
    promise = Promise(f"Antrag {number}", f"case{number}", f"MB-{number}", repeated=False, at=1000.5 + number)
    return replace(promise, **changes)


def _case(number: int, **changes: object) -> CaseFacts:
    case = CaseFacts(
        mark=f"Antrag {number}",
        key=f"key-{number}",
        token=f"case{number}",
        reference=f"MB-{number}",
        file_number=f"MB-2026-{number:05}",
        waiting_on="nobody",
        events=_NOTICED,
        settled_at=1001.0 + number,
        sealed=1,
        journalled=True,
    )
    return replace(case, **changes)


def _verdict(cases=None, promises=None, wanted=None, jobs=None, strikes=_STRIKES, wrongs=(), kills=2):
    cases = cases or [_case(1), _case(2), _case(3)]
    promises = promises or [_promise(1), _promise(2), _promise(3)]
    wanted = wanted or [_application(1), _application(2), _application(3)]
    account = Account(tuple(promises), tuple(strikes), tuple(wrongs), Counter())
    return judge(wanted, account, Facts(tuple(cases), jobs or JobFacts()), kills)


def test_a_run_in_which_every_promise_was_kept_is_clean():
    handed = _case(3, events=_HANDED, waiting_on="office", sealed=0)
    verdict = _verdict(
        cases=[_case(1), _case(2), handed],
        wanted=[_application(1), _application(2), _application(3, "person")],
    )
    assert verdict.faults == ()
    assert verdict.line() == (
        '{"acknowledged": 3, "lost": 0, "duplicates": 0, "without_outcome": 0, "kills": 2, '
        '"longest_gap_s": 2.0}'
    )


def test_a_receipt_without_its_case_is_lost():
    verdict = _verdict(cases=[_case(1), _case(2)])
    assert verdict.lost == 1
    assert "Antrag 3: acknowledged, but its case is not there" in verdict.faults


@pytest.mark.parametrize("change", [{"token": "other"}, {"reference": "MB-9"}, {"mark": "Antrag 2"}])
def test_a_receipt_that_names_another_case_is_lost(change):
    assert _verdict(cases=[_case(1), _case(2), _case(3, **change)]).lost == 1


def test_two_cases_for_one_key_are_a_duplicate_even_if_the_table_of_keys_hides_it():
    twin = _case(1, token="case9", reference="MB-9", key="", file_number="MB-2026-00004")
    verdict = _verdict(cases=[_case(1), _case(2), _case(3), twin])
    assert verdict.duplicates == 1
    assert verdict.lost == 0


def test_two_notices_in_one_case_are_a_duplicate():
    assert _verdict(cases=[_case(1, sealed=2), _case(2), _case(3)]).duplicates == 1


@pytest.mark.parametrize("twice", ["registered", "decided", "documents_issued", "notified"])
def test_a_step_that_was_done_twice_is_a_duplicate(twice):
    assert _verdict(cases=[_case(1, events=(*_NOTICED, twice)), _case(2), _case(3)]).duplicates == 1


@pytest.mark.parametrize(
    "change",
    [
        {"events": _NOTICED[:3], "sealed": 0, "waiting_on": "program"},
        {"events": _NOTICED[:3], "sealed": 0, "waiting_on": "register"},
        {"events": _NOTICED[:5], "waiting_on": "program"},  # sealed, but nobody was told
        {"sealed": 0},  # notified without a document
        {"waiting_on": "office"},  # both at once
    ],
)
def test_a_case_without_one_outcome_is_found(change):
    verdict = _verdict(cases=[_case(1, **change), _case(2), _case(3)])
    assert verdict.without_outcome == 1
    assert any(fault.startswith("Antrag 1: no outcome") for fault in verdict.faults)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cases": [_case(1, faults=("chain: place 2",)), _case(2), _case(3)]}, "chain: place 2"),
        ({"cases": [_case(1, faults=("replay: other",)), _case(2), _case(3)]}, "replay: other"),
        ({"cases": [_case(1, key="key-2"), _case(2), _case(3)]}, "table of keys"),
        ({"cases": [_case(1, journalled=False), _case(2), _case(3)]}, "access journal"),
        ({"cases": [_case(1), _case(2), _case(3, file_number="MB-2026-00004")]}, "a gap or a double"),
        ({"cases": [_case(1), _case(2), _case(3, file_number="MB-2026-00002")]}, "a gap or a double"),
        ({"cases": [_case(1), _case(2), _case(3), _case(4)]}, "nobody made this application"),
        ({"wanted": [_application(1, "person"), _application(2), _application(3)]}, "not person"),
        (
            {"promises": [_promise(1), _promise(1, case="x"), _promise(2), _promise(3)]},
            "2 different receipts",
        ),
        ({"jobs": JobFacts(waiting=1)}, "still in the queue"),
        ({"jobs": JobFacts(running=1)}, "still running"),
        ({"jobs": JobFacts(orphans=1)}, "without an owner"),
        ({"jobs": JobFacts(parked=1)}, "parked"),
        ({"wrongs": ("POST /x: 500",)}, "POST /x: 500"),
        ({"kills": 3}, "2 kills were dealt, not 3"),
        ({"strikes": (_STRIKES[0], Strike("web", 103, 1003.2))}, "no two kills"),
    ],
)
def test_every_other_contradiction_is_a_fault(changes, told):
    assert any(told in fault for fault in _verdict(**changes).faults)


@pytest.mark.parametrize("late", [{"at": 1032.5}, {"at": 999.0}])
def test_work_that_does_not_resume_in_time_is_a_fault(late):
    promises = [_promise(number, **late) for number in (1, 2, 3)]
    faults = _verdict(promises=promises).faults
    assert any("the next receipt " in fault for fault in faults)
    cases = [_case(number, settled_at=late["at"]) for number in (1, 2, 3)]
    assert any("the next outcome " in fault for fault in _verdict(cases=cases).faults)


@pytest.mark.parametrize("kills", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("seed", range(8))
def test_the_plan_deals_all_kills_early_enough_and_some_as_twins(kills, seed):
    blows = plan(100, kills, seed)
    assert blows == plan(100, kills, seed)
    dealt = [victim for blow in blows for victim in blow.victims]
    assert len(dealt) == kills
    assert kills < 3 or set(dealt) == {"worker", "web", "database"}
    assert kills < 2 or any(len(blow.victims) == 2 for blow in blows)
    assert all(blow.after_receipts <= 85 for blow in blows)


def test_three_of_ten_clients_hang_up():
    made = applications(10_000, 1, {"lena": "notice", "jonas": "person"})
    hung_up = sum(each.temper is not Temper.PATIENT for each in made)
    assert 2_800 < hung_up < 3_200
    assert len({each.key for each in made}) == len({each.mark for each in made}) == 10_000
    assert any(each.changes_mind for each in made)


def test_the_ledger_says_when_no_more_receipts_will_come():
    ledger = Ledger()
    ledger.promised("Antrag 1", "case1", "MB-1", repeated=False)
    ledger.promised("Antrag 1", "case1", "MB-1", repeated=True)
    assert ledger.wait_until_served(1, lambda: True)
    assert not ledger.wait_until_served(2, lambda: False)
    assert len(ledger.close().promises) == 2
