# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The verdict: promises made outside against facts found in the database. Pure, so it can be tested."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.survival.ledger import Account, Application, Strike

RESUMED_WITHIN = 30.0
TWINS_WITHIN = 3.0


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the database holds of one case. ``faults``: where its rows contradict each other."""

    mark: str
    key: str  # from the table of keys; "" where the case has no entry there
    token: str
    reference: str
    file_number: str
    waiting_on: str
    events: tuple[str, ...]
    settled_at: float | None
    sealed: int
    journalled: bool
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobFacts:
    """The queue in the end."""

    waiting: int = 0
    running: int = 0
    orphans: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """The database in the end."""

    cases: tuple[CaseFacts, ...]
    jobs: JobFacts


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. ``faults`` is empty if every promise was kept."""

    acknowledged: int
    lost: int
    duplicates: int
    without_outcome: int
    kills: int
    longest_gap_s: float
    faults: tuple[str, ...]

    def line(self) -> str:
        """The figures as one line of JSON."""
        return json.dumps(
            {
                "acknowledged": self.acknowledged,
                "lost": self.lost,
                "duplicates": self.duplicates,
                "without_outcome": self.without_outcome,
                "kills": self.kills,
                "longest_gap_s": round(self.longest_gap_s, 2),
            }
        )


def judge(applications: Sequence[Application], account: Account, facts: Facts, kills: int) -> Verdict:
    """Compare. ``kills``: how many there should have been."""
    lost = _lost(account, facts)
    duplicates = _duplicates(facts)
    unsettled = [case for case in facts.cases if not _has_outcome(case)]
    found = gaps(account, facts)
    faults = [
        *lost,
        *duplicates,
        *(f"{case.mark}: no outcome; it ends with {case.events[-1:]}" for case in unsettled),
        *_wrong_outcomes(applications, facts),
        *_other_contradictions(applications, account, facts),
        *_late(found),
        *account.wrongs,
    ]
    if len(account.strikes) != kills:
        faults.append(f"{len(account.strikes)} kills were dealt, not {kills}")
    if kills > 1 and not _twins(account):
        faults.append(f"no two kills came within {TWINS_WITHIN:.0f} s of each other")
    return Verdict(
        acknowledged=len({promise.mark for promise in account.promises}),
        lost=len(lost),
        duplicates=len(duplicates),
        without_outcome=len(unsettled),
        kills=len(account.strikes),
        longest_gap_s=max((gap.seconds or 0.0 for gap in found), default=0.0),
        faults=tuple(faults),
    )


def _lost(account: Account, facts: Facts) -> list[str]:
    """Receipts without their case."""
    stored = {(case.mark, case.token, case.reference) for case in facts.cases}
    missing = {
        promise.mark
        for promise in account.promises
        if (promise.mark, promise.case, promise.reference) not in stored
    }
    return [f"{mark}: acknowledged, but its case is not there" for mark in sorted(missing)]


def _duplicates(facts: Facts) -> list[str]:
    """More than one case for one application, or more than one notice in a case."""
    found = []
    for mark, count in sorted(Counter(case.mark for case in facts.cases).items()):
        if count > 1:
            found.append(f"{mark}: {count} cases for one key")
    for case in facts.cases:
        if case.sealed > 1:
            found.append(f"{case.mark}: {case.sealed} sealed documents")
        for once in ("submitted", "registered", "decided", "documents_issued", "notified", "closed"):
            if case.events.count(once) > 1:
                found.append(f"{case.mark}: {once} {case.events.count(once)} times")
    return found


def _has_outcome(case: CaseFacts) -> bool:
    """A sealed notice that was provided, or a task for a person: one of the two, never both."""
    noticed = case.sealed > 0 and "notified" in case.events
    return noticed != (case.waiting_on == "office")


def _wrong_outcomes(applications: Sequence[Application], facts: Facts) -> list[str]:
    """A case that went to a person though the rules issue it has been thrown off its path by the kills."""
    wanted = {each.mark: each.expects for each in applications}
    found = []
    for case in facts.cases:
        if case.mark not in wanted:
            found.append(f"{case.mark or case.token}: nobody made this application")
            continue
        got = "notice" if case.sealed else "person"
        if _has_outcome(case) and got != wanted[case.mark]:
            found.append(f"{case.mark}: the outcome is {got}, not {wanted[case.mark]}")
    return found


def _other_contradictions(
    applications: Sequence[Application], account: Account, facts: Facts
) -> Iterable[str]:
    keys = {each.mark: each.key for each in applications}
    for case in facts.cases:
        yield from (f"{case.mark}: {fault}" for fault in case.faults)
        if case.mark in keys and case.key != keys[case.mark]:
            yield f"{case.mark}: the table of keys says {case.key!r}"
        if "evidence_received" in case.events and not case.journalled:
            yield f"{case.mark}: evidence without an entry in the access journal"
    yield from _file_numbers(facts)
    addresses: dict[str, set[str]] = defaultdict(set)
    for promise in account.promises:
        addresses[promise.mark].add(promise.case)
    yield from (f"{mark}: {len(of)} different receipts" for mark, of in addresses.items() if len(of) > 1)
    jobs = facts.jobs
    for count, what in (
        (jobs.waiting, "still in the queue"),
        (jobs.running, "still running"),
        (jobs.orphans, "running without an owner"),
        (jobs.parked, "parked"),
    ):
        if count:
            yield f"{count} jobs are {what}"


def _file_numbers(facts: Facts) -> Iterable[str]:
    """Each number once, none left out (per office and year)."""
    given: dict[str, list[int]] = defaultdict(list)
    for case in facts.cases:
        if case.file_number:
            series, _, number = case.file_number.rpartition("-")
            given[series].append(int(number))
    for series, numbers in sorted(given.items()):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"file numbers {series}: {len(numbers)} given, up to {max(numbers)}: a gap or a double"


@dataclass(frozen=True, slots=True)
class Gap:
    """How long after a kill there was a receipt, or a case with an outcome, again. None: never."""

    strike: Strike
    until: str
    seconds: float | None


def gaps(account: Account, facts: Facts) -> list[Gap]:
    """Two for each kill, in the order of the kills."""
    receipts = sorted(promise.at for promise in account.promises)
    outcomes = sorted(case.settled_at for case in facts.cases if case.settled_at is not None)
    return [
        Gap(strike, until, _first_after(strike, moments))
        for strike in account.strikes
        for until, moments in (("receipt", receipts), ("outcome", outcomes))
    ]


def _late(found: Sequence[Gap]) -> Iterable[str]:
    for gap in found:
        if gap.seconds is None or gap.seconds > RESUMED_WITHIN:
            took = "never came" if gap.seconds is None else f"took {gap.seconds:.1f} s"
            yield f"{gap.strike.victim} killed: the next {gap.until} {took}"


def _twins(account: Account) -> bool:
    """Whether two kills came so close that the second hit what was just recovering from the first."""
    moments = sorted(strike.at for strike in account.strikes)
    return any(after - before <= TWINS_WITHIN for before, after in pairwise(moments))


def _first_after(strike: Strike, moments: Sequence[float]) -> float | None:
    return next((moment - strike.at for moment in moments if moment > strike.at), None)
