# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The office's list of cases: queues with counts, filter, search, order, page.

Each look at it is one entry in the access journal, written before anything is handed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy, Subquery

from amtlich.contexts.cases import list_entries
from amtlich.contexts.cases.deadlines import working_days_after
from amtlich.contexts.cases.models import Case, ListEntry
from amtlich.contexts.catalog.api import package
from amtlich.contexts.privacy.api import AccessEntry, record_access
from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.kernel.errors import Forbidden
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

PAGE_SIZE = 50
LONGEST_SEARCH = 100
#: How long a decided case stays in its queue.
DECIDED_DAYS = 30
#: A case is due soon on its last day and on so many working days before.
SOON = 1

READERS = frozenset({"caseworker", "lead", "auditor"})
_ENDED = (Phase.CLOSED.value, Phase.WITHDRAWN.value, Phase.NOTIFIED.value)
# What came back after the office had asked: an answer, or the end of the time for one.
_CAME_BACK = Q(waiting_reason__in=["answered", "lapsed"])


class Queue(StrEnum):
    """A list that the office works through."""

    PERSON = "person"
    ANSWERED = "answered"
    SOON = "soon"
    APPLICANT = "applicant"
    REGISTER = "register"
    OPEN = "open"
    DECIDED = "decided"
    ALL = "all"


class Order(StrEnum):
    """By what a list is ordered; what is equal is ordered by the case's id, so that no page repeats one."""

    DUE = "due"
    NAME = "name"
    RECEIVED = "received"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class OfficeQuery:
    """Which cases are asked for. A search looks for a name, a reference or a file number."""

    queue: Queue = Queue.PERSON
    service: str = ""
    search: str = ""
    order: Order = Order.DUE
    page: int = 1
    size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One case in the list. ``days_left`` counts calendar days until ``due_on``, below zero if it is over."""

    token: str
    name: str
    reference: str
    file_number: str
    service_name: Mapping[str, str]
    phase: Phase
    waiting_on: WaitingOn
    waiting_reason: str
    waiting_since: datetime | None
    received_at: datetime
    decided_at: datetime | None
    due_on: date | None
    days_left: int | None
    soon: bool


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One page of a list. ``services``: slug and name of all that have cases; ``counts`` of all queues."""

    rows: tuple[OfficeRow, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Queue, int]
    services: tuple[tuple[str, Mapping[str, str]], ...]


def office_list(actor: Actor, query: OfficeQuery) -> OfficePage:
    """The page, once the look is in the journal. Raises ``Forbidden`` for who may not read cases.

    A page that does not exist is the last one.
    """
    may_read(actor)
    with tenant(actor.authority_id):
        found = _found(query)
        total = found.count()
        pages = max(1, -(-total // query.size))
        page = min(max(1, query.page), pages)
        first = (page - 1) * query.size
        cases = list(_ordered(found, query)[first : first + query.size])
        names = list_entries.ensured(cases)
        counts = _counts(query.service)
        versions = dict(
            Case.objects.exclude(phase__in=_ENDED)
            .order_by("service", "received_at")
            .values_list("service", "package_version")
            .distinct("service")
        )
    _journal(actor, query, len(cases))
    soon = working_days_after(clock.today(), SOON)
    services = {(case.service, case.package_version) for case in cases} | set(versions.items())
    titles = {(slug, version): package(slug, version).names for slug, version in services}
    return OfficePage(
        rows=tuple(
            _row(case, names[case.pk], titles[case.service, case.package_version], soon) for case in cases
        ),
        total=total,
        page=page,
        pages=pages,
        counts=counts,
        services=tuple((slug, titles[slug, version]) for slug, version in sorted(versions.items())),
    )


def may_read(actor: Actor) -> None:
    """Refuse whoever has no role that reads cases: ``Forbidden``."""
    if actor.kind != "staff" or not actor.roles & READERS:
        raise Forbidden("Vorgänge sieht, wer in der Sachbearbeitung, Leitung oder Revision arbeitet.")


def _found(query: OfficeQuery) -> QuerySet[Case]:
    rows = Case.objects.filter(_of_queue(query.queue))
    if query.service:
        rows = rows.filter(service=query.service)
    if query.search.strip():
        rows = rows.filter(_matching(query.search[:LONGEST_SEARCH]))
    return rows


def _of_queue(queue: Queue) -> Q:
    """Which cases a queue holds."""
    office = Q(waiting_on=WaitingOn.OFFICE.value)
    match queue:
        case Queue.PERSON:
            return office & ~_CAME_BACK
        case Queue.ANSWERED:
            return office & _CAME_BACK
        case Queue.SOON:
            return office & Q(due_on__lte=working_days_after(clock.today(), SOON))
        case Queue.APPLICANT:
            return Q(waiting_on=WaitingOn.APPLICANT.value)
        case Queue.REGISTER:
            return Q(waiting_on=WaitingOn.REGISTER.value)
        case Queue.DECIDED:
            return Q(decided_at__gte=clock.now() - timedelta(days=DECIDED_DAYS))
        case Queue.OPEN:
            return ~Q(waiting_on=WaitingOn.NOBODY.value) & ~Q(phase__in=_ENDED)
        case Queue.ALL:
            return Q()


def _matching(search: str) -> Q:
    """A reference or file number as it was typed, or all words as beginnings of words of the name."""
    typed = "".join(search.split()).upper()
    numbers = Q(reference=typed) | Q(file_number=typed)
    words = list_entries.search_words(search)
    if not words or any(letter.isdigit() for letter in search):
        return numbers  # no name holds a digit
    named = ListEntry.objects.all()
    for word in words:
        named = named.filter(words__contains=f" {word}")
    return numbers | Q(pk__in=named.values("case_id"))


def _ordered(rows: QuerySet[Case], query: OfficeQuery) -> QuerySet[Case]:
    match query.order:
        case Order.NAME:
            key = ListEntry.objects.filter(case_id=OuterRef("pk")).values("name_key")[:1]
            return rows.annotate(name_key=Subquery(key)).order_by(_last(F("name_key")), "pk")
        case Order.RECEIVED:
            return rows.order_by("-received_at", "pk")
        case Order.DECIDED:
            return rows.order_by(F("decided_at").desc(nulls_last=True), "pk")
        case Order.DUE:
            return rows.order_by(_last(F("due_on")), "pk")


def _last(key: F) -> OrderBy:
    return key.asc(nulls_last=True)


def _counts(service: str) -> Mapping[Queue, int]:
    """All queues in one statement."""
    rows = Case.objects.filter(service=service) if service else Case.objects.all()
    open_or_new = rows.filter(_of_queue(Queue.OPEN) | _of_queue(Queue.DECIDED))
    counted = open_or_new.aggregate(
        **{queue.value: Count("pk", filter=_of_queue(queue)) for queue in Queue if queue is not Queue.ALL}
    )
    return {queue: counted[queue.value] for queue in Queue if queue is not Queue.ALL}


def _row(case: Case, name: str, title: Mapping[str, str], soon: date) -> OfficeRow:
    return OfficeRow(
        token=case.token,
        name=name,
        reference=case.reference,
        file_number=case.file_number,
        service_name=title,
        phase=Phase(case.phase),
        waiting_on=WaitingOn(case.waiting_on),
        waiting_reason=case.waiting_reason,
        waiting_since=case.waiting_since,
        received_at=case.received_at,
        decided_at=case.decided_at,
        due_on=case.due_on,
        days_left=(case.due_on - clock.today()).days if case.due_on else None,
        soon=case.due_on is not None and case.due_on <= soon,
    )


def _journal(actor: Actor, query: OfficeQuery, shown: int) -> UUID:
    searched = bool(query.search.strip())
    return record_access(
        AccessEntry(
            authority_id=actor.authority_id,
            case_id=None,
            subject_holder_id=None,
            actor_kind=actor.kind,
            actor_id=actor.account_id,
            actor_label=actor.display_name,
            source="Vorgangsliste",
            fields=("name", "reference", "state"),
            fields_de=("Name", "Nummer des Vorgangs", "Stand des Vorgangs"),
            purpose="Einen Vorgang suchen" if searched else "Vorgänge verteilen und bearbeiten",
            legal_basis="Art. 6 Abs. 1 Buchst. e DSGVO",
            outcome_count=shown,
        )
    )
