# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which list a page shows, as its address says it and back.

What somebody searches for is a name: it stands in the address only sealed, so that neither history nor
log can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from amtlich.contexts.cases.api import OfficeQuery, Order, Queue
from amtlich.platform.accounts.sealed import seal, unseal

INBOX = "/amt/eingang/"
_LONGEST = 1000

QUEUES: Mapping[str, Queue] = {
    "person": Queue.PERSON,
    "antwort": Queue.ANSWERED,
    "frist": Queue.SOON,
    "rueckfrage": Queue.APPLICANT,
    "register": Queue.REGISTER,
    "offen": Queue.OPEN,
    "entschieden": Queue.DECIDED,
    "alle": Queue.ALL,
}
ORDERS: Mapping[str, Order] = {
    "frist": Order.DUE,
    "name": Order.NAME,
    "eingang": Order.RECEIVED,
    "entscheidung": Order.DECIDED,
}
_WORDS = {queue: word for word, queue in QUEUES.items()}
_ORDER_WORDS = {order: word for word, order in ORDERS.items()}


def word(queue: Queue) -> str:
    """What the queue is called in addresses."""
    return _WORDS[queue]


def usual_order(queue: Queue) -> Order:
    """By what a queue is ordered unless somebody chose otherwise."""
    if queue is Queue.DECIDED:
        return Order.DECIDED
    return Order.RECEIVED if queue is Queue.ALL else Order.DUE


@dataclass(frozen=True, slots=True)
class Shown:
    """The list that an address stands for, at one authority."""

    authority_id: UUID
    query: OfficeQuery

    @classmethod
    def of(cls, authority_id: UUID, given: Mapping[str, str]) -> Shown:
        """What these parameters ask for; what they do not say or say wrongly is as usual."""
        search = unseal(given.get("suche", "")[:_LONGEST], _purpose(authority_id))
        queue = QUEUES.get(given.get("liste", ""), Queue.ALL if search else Queue.PERSON)
        page = given.get("seite", "")
        return cls(
            authority_id,
            OfficeQuery(
                queue=queue,
                service=given.get("leistung", "")[:60].replace("\0", ""),
                search=search,
                order=ORDERS.get(given.get("nach", ""), usual_order(queue)),
                page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
            ),
        )

    @classmethod
    def from_text(cls, authority_id: UUID, text: str) -> Shown:
        """The list that ``text`` (see ``parameters``) stands for."""
        return cls.of(authority_id, dict(parse_qsl(text[:_LONGEST])))

    def with_(self, **changes: object) -> Shown:
        """Another list: the same but for these parts of its query; it begins at its first page."""
        return replace(self, query=replace(self.query, **{"page": 1, **changes}))  # type: ignore[arg-type]

    def parameters(self) -> str:
        """All that differs from what is usual, for an address."""
        query = self.query
        said: dict[str, str] = {}
        if query.queue is not Queue.PERSON:
            said["liste"] = word(query.queue)
        if query.service:
            said["leistung"] = query.service
        if query.search:
            said["suche"] = seal(query.search, _purpose(self.authority_id))
        if query.order is not usual_order(query.queue):
            said["nach"] = _ORDER_WORDS[query.order]
        if query.page > 1:
            said["seite"] = str(query.page)
        return urlencode(said)

    @property
    def address(self) -> str:
        parameters = self.parameters()
        return f"{INBOX}?{parameters}" if parameters else INBOX


def _purpose(authority_id: UUID) -> str:
    return f"office search {authority_id}"
