# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Deleting what is due, rule by rule, in small transactions that each carry their own proof.

A run that is cut off loses nothing and repeats nothing: the next one finds what is left. Outside of any
``tenant()``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction

from amtlich.contexts.privacy import rules
from amtlich.contexts.privacy.errors import ClockWentBack
from amtlich.contexts.privacy.models import Deletion, Upkeep
from amtlich.contexts.privacy.rules import Rule, RuleBook
from amtlich.kernel import clock
from amtlich.kernel.words import datetime_de
from amtlich.platform import upkeep
from amtlich.platform.jobs import policy
from amtlich.platform.tenancy import tenant

log = logging.getLogger(__name__)

#: Rows in one transaction: the live tail waits for the oldest that is open.
BATCH = 500
#: Seconds after which a run stops between two transactions; the next one goes on.
PATIENCE = 600.0
_LOCK = 0x75706B70  # "upkp"


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule finds now, for each authority that has some (``upkeep.INSTALLATION``: nobody's)."""

    rule: Rule
    before: datetime
    counts: Mapping[UUID, int]
    only_previewed: bool


@dataclass(slots=True)
class Outcome:
    """What a run did. ``busy``: another one is at work, so this one did nothing."""

    deleted: dict[tuple[str, UUID], int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    complete: bool = True
    busy: bool = False

    @property
    def total(self) -> int:
        return sum(self.deleted.values())


class UpkeepFailed(upkeep.UpkeepError):
    """Some rules could not be followed; the others were."""


def preview(book: RuleBook | None = None) -> tuple[Due, ...]:
    """What a run would delete now. Changes nothing. Raises ``RulesIncomplete``."""
    now = clock.now()
    return tuple(_due(rule, now) for rule in _applicable(book, now))


def run(
    book: RuleBook | None = None,
    *,
    clock_is_right: bool = False,
    patience: float = PATIENCE,
    monotonic: Callable[[], float] = time.monotonic,
) -> Outcome:
    """Delete what is due now. One run at a time over all machines.

    A rule that fails does not keep the others from being followed; it is named in ``failed``. Raises
    ``ClockWentBack`` if the last run lies in the future, unless ``clock_is_right``; ``RulesIncomplete``.
    """
    outcome = Outcome()
    with _alone() as alone:
        if not alone:
            outcome.busy = True
            return outcome
        now, until = clock.now(), monotonic() + patience
        _begin(now, clock_is_right=clock_is_right)
        for rule in _applicable(book, now):
            try:
                _follow(_due(rule, now), outcome, lambda: monotonic() < until)
            except (OperationalError, InterfaceError):
                raise  # the database is away: so will all others be
            except Exception as error:  # noqa: BLE001 (one rule must not keep the others)
                # Without the message, which may quote what somebody typed.
                log.error("retention rule %s failed: %s", rule.purge, policy.describe(error))
                outcome.failed.append(rule.purge)
        _end(now, complete=outcome.complete and not outcome.failed)
    return outcome


def last_run() -> tuple[datetime, bool] | None:
    """When the last run began, and whether it came to its end; None if there was none."""
    with tenant(upkeep.INSTALLATION):
        found = Upkeep.objects.first()
        return (found.began_at, found.complete) if found else None


def _applicable(book: RuleBook | None, now: datetime) -> tuple[Rule, ...]:
    book = book or rules.shipped()
    rules.check(book, upkeep.all_purges())
    return book.applicable(now.astimezone(clock.BERLIN).date())


def _due(rule: Rule, now: datetime) -> Due:
    purge = upkeep.find(rule.purge)
    before = rule.before(now)
    return Due(rule, before, purge.due(before), purge.only_previewed)


def _follow(due: Due, outcome: Outcome, time_left: Callable[[], bool]) -> None:
    if due.only_previewed:
        return
    purge = upkeep.find(due.rule.purge)
    for authority_id in due.counts:
        deleted = BATCH
        while deleted == BATCH:
            if not time_left():
                outcome.complete = False
                return
            deleted = _batch(purge, due, authority_id)
            if deleted:
                place = (purge.name, authority_id)
                outcome.deleted[place] = outcome.deleted.get(place, 0) + deleted


def _batch(purge: upkeep.Purge, due: Due, authority_id: UUID) -> int:
    """One transaction: what is deleted, and the proof of it."""
    with _transaction(purge.alias, authority_id):
        deleted = purge.purge(authority_id, due.before, BATCH)
        if deleted:
            Deletion(
                authority_id=authority_id,
                purge=purge.name,
                rule_of=due.rule.valid_from,
                before=due.before,
                count=deleted,
                at=clock.now(),
            ).save(force_insert=True, using=purge.alias)
    return deleted


@contextmanager
def _transaction(alias: str, authority_id: UUID) -> Iterator[None]:
    if alias == "default":
        with tenant(authority_id):
            yield
    else:
        # The retention role sees all authorities: each purge names the one it is about.
        with transaction.atomic(using=alias, durable=True):
            yield


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the door for the length of a run; False if somebody else holds it."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if not (row and row[0]):
        yield False
        return
    try:
        yield True
    finally:
        # A connection that broke has let go of it already.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _begin(now: datetime, *, clock_is_right: bool) -> None:
    with tenant(upkeep.INSTALLATION):
        known = Upkeep.objects.first()
        if known is not None and known.began_at > now and not clock_is_right:
            raise ClockWentBack(
                f"Der letzte Lauf war am {datetime_de(known.began_at)}, also in der Zukunft. Vielleicht ging "
                "die Uhr damals vor, vielleicht geht sie jetzt nach. Bis das geklärt ist, wird nichts "
                "gelöscht. Geht die Uhr jetzt richtig: amtlich upkeep run --clock-is-right"
            )
        Upkeep.objects.update_or_create(
            authority_id=upkeep.INSTALLATION, defaults={"began_at": now, "ended_at": None, "complete": False}
        )


def _end(began_at: datetime, *, complete: bool) -> None:
    with tenant(upkeep.INSTALLATION):
        Upkeep.objects.filter(began_at=began_at).update(ended_at=clock.now(), complete=complete)
