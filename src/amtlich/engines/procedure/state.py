# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is known of a case at one moment: the projection of its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """Where the procedure stands in law. Who must act is said by ``WaitingOn``, not by the phase."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    READY_TO_DECIDE = "ready_to_decide"
    DECIDED = "decided"
    NOTIFIED = "notified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class WaitingOn(StrEnum):
    """Whose time is running. Waiting is always attributed to somebody."""

    PROGRAM = "program"
    REGISTER = "register"
    OFFICE = "office"
    APPLICANT = "applicant"
    NOBODY = "nobody"


class EventType(StrEnum):
    """The events a case may hold; the stored words."""

    SUBMITTED = "submitted"
    REGISTERED = "registered"
    EVIDENCE_AWAITED = "evidence_awaited"
    EVIDENCE_RECEIVED = "evidence_received"
    DECIDED = "decided"
    HANDED_TO_PERSON = "handed_to_person"
    DOCUMENTS_ISSUED = "documents_issued"
    NOTIFIED = "notified"
    CLOSED = "closed"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_SUPPLIED = "information_supplied"
    INFORMATION_LAPSED = "information_lapsed"
    MESSAGE_SENT = "message_sent"
    WITHDRAWN = "withdrawn"
    NOTIFICATION_FAILED = "notification_failed"
    HEARING_WAIVED = "hearing_waived"
    EVIDENCE_CHOSEN = "evidence_chosen"
    RETURNED_TO_PROGRAM = "returned_to_program"


class EvidenceStatus(StrEnum):
    """What a register answered; never more than this leaves the register context in an event."""

    FOUND = "found"
    NONE = "none"
    SEVERAL = "several"
    BLOCKED = "blocked"


class RequestStatus(StrEnum):
    """What became of a request for information. ``dropped``: the case ended before it was answered."""

    OPEN = "open"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    DROPPED = "dropped"


class CitizenStep(StrEnum):
    """The five steps a citizen sees, and the end that is none of them."""

    DRAFT = "draft"
    ARRIVED = "arrived"
    WORKING = "working"
    ANSWER = "answer"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event as the lifecycle sees it. ``seq`` counts from 1 within the case."""

    seq: int
    type: EventType
    at: datetime
    actor_kind: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the case: where it lies is the business of whoever made it."""

    id: str
    notice: str


@dataclass(frozen=True, slots=True)
class Request:
    """The last request for information (Nachforderung) or hearing, a side object with a clock of its own.

    ``hearing``: it is what § 28 VwVfG asks for before an adverse decision. ``seq`` is the number of the
    event that asked; ``until`` is the last day, in Germany, for an answer.
    """

    seq: int
    status: RequestStatus
    asked_at: datetime
    until: date
    ended_at: datetime | None = None
    hearing: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The whole state. Equal states mean equal cases; ``seq`` 0 is a case that does not exist yet."""

    seq: int = 0
    phase: Phase | None = None
    waiting_on: WaitingOn = WaitingOn.NOBODY
    waiting_reason: str = ""
    waiting_since: datetime | None = None
    received_at: datetime | None = None
    file_number: str = ""
    evidence: Mapping[str, EvidenceStatus] = field(default_factory=dict)
    decision_id: str = ""
    outcome: str = ""
    documents: tuple[Document, ...] = ()
    decided_at: datetime | None = None
    notified_at: datetime | None = None
    closed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    request: Request | None = None
    failed_channels: tuple[str, ...] = ()
    #: How the hearing of § 28 VwVfG ended: answered, lapsed or waived; empty while there was none.
    heard: str = ""

    @property
    def asks(self) -> bool:
        """Whether a request for information is open."""
        return self.request is not None and self.request.status is RequestStatus.OPEN


def citizen_step(state: State) -> CitizenStep:
    """Which of the five steps the citizen sees, derived from phase and whose turn it is.

    What was provided once stays decided for the citizen, though a channel may have failed since.
    """
    if state.phase is Phase.WITHDRAWN:
        return CitizenStep.WITHDRAWN
    if state.phase in (Phase.NOTIFIED, Phase.CLOSED) or state.notified_at is not None:
        return CitizenStep.DECIDED
    if state.waiting_on is WaitingOn.APPLICANT:
        return CitizenStep.ANSWER
    if state.phase is Phase.RECEIVED:
        return CitizenStep.ARRIVED
    if state.phase is None:
        return CitizenStep.DRAFT
    return CitizenStep.WORKING
