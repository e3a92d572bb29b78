# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What citizen and office have said to each other in a case: questions, answers, messages.

Read from the erasable payloads of the events; what has been erased is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from amtlich.contexts.cases import words
from amtlich.engines.procedure import EventType, RequestStatus, State
from amtlich.kernel import clock
from amtlich.platform.events.log import StoredEvent


class TalkKind(StrEnum):
    """What was said."""

    MESSAGE = "message"
    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class TalkEntry:
    """One thing that was said. ``mine``: by the citizen; ``who`` is a name or a sentence of ours."""

    seq: int
    at: datetime
    kind: TalkKind
    mine: bool
    who: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestView:
    """The last request for information, or hearing.

    ``days_left`` counts today as a day only if it is the last: 0.
    """

    seq: int
    status: RequestStatus
    questions: tuple[str, ...]
    who: str
    asked_at: datetime
    until: date
    days_left: int
    hearing: bool = False


_TEXTS: Mapping[str, tuple[TalkKind, str]] = {
    EventType.INFORMATION_REQUESTED: (TalkKind.QUESTION, "questions"),
    EventType.INFORMATION_SUPPLIED: (TalkKind.ANSWER, "answers"),
    EventType.MESSAGE_SENT: (TalkKind.MESSAGE, "text"),
}


def talk_of(events: Iterable[StoredEvent]) -> tuple[TalkEntry, ...]:
    """All that was said, newest first."""
    found = [_entry(event, event.payload) for event in events if event.type in _TEXTS and event.payload]
    return tuple(reversed(found))


def _entry(event: StoredEvent, payload: Mapping[str, Any]) -> TalkEntry:
    kind, name = _TEXTS[event.type]
    said = payload[name]
    return TalkEntry(
        seq=event.seq,
        at=event.at,
        kind=kind,
        # An answer is the citizen's, also if the office entered it for them.
        mine=event.actor_kind != "staff" or kind is TalkKind.ANSWER,
        who=words.CITIZEN if kind is TalkKind.ANSWER else words.who(event),
        texts=(said,) if isinstance(said, str) else tuple(said),
    )


def request_view(state: State, events: Iterable[StoredEvent]) -> RequestView | None:
    """The last request with its questions, if there was one."""
    request = state.request
    if request is None:
        return None
    (asked,) = [event for event in events if event.seq == request.seq]
    return RequestView(
        seq=request.seq,
        status=request.status,
        questions=tuple((asked.payload or {}).get("questions", ())),
        who=words.who(asked),
        asked_at=request.asked_at,
        until=request.until,
        days_left=(request.until - clock.today()).days,
        hearing=request.hearing,
    )
