# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a case tells its citizen: short sentences about what is true now.

All reasons for which a case goes to a person read the same, so that nobody learns from the wording
that a block of information (§ 51 BMG) or another person of the same name exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amtlich.engines.procedure import CitizenStep, EventType, Lifecycle, State, WaitingOn, citizen_step
from amtlich.kernel.words import date_de, time_de
from amtlich.platform.events.log import StoredEvent


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in words. ``seq`` orders; ``law`` may be empty."""

    seq: int
    at: datetime
    title: str
    detail: str
    actor: str
    law: str


# When the period of retention is over: what was issued is no longer there to be fetched.
DOCUMENTS_ERASED = (
    "Wir haben Ihr Dokument ausgestellt. Inzwischen ist die Frist abgelaufen, in der wir es aufbewahren: "
    "Wir haben es gelöscht."
)


def sentence(state: State, document_title: str) -> str:
    """Where the case stands, in one or two sentences."""
    step = citizen_step(state)
    if step is CitizenStep.DECIDED:
        return f"Ihre {document_title} ist da."
    if state.waiting_on is WaitingOn.OFFICE:
        return "Eine Person im Amt prüft Ihren Antrag. Sie müssen jetzt nichts tun."
    if state.waiting_on is WaitingOn.REGISTER:
        return "Wir warten auf das Melderegister. Sobald es antwortet, geht es von selbst weiter."
    if step is CitizenStep.ARRIVED:
        assert state.received_at is not None
        return (
            f"Ihr Antrag ist am {date_de(state.received_at)} um {time_de(state.received_at)} eingegangen. "
            "Sie müssen nichts weiter tun."
        )
    return "Wir bearbeiten Ihren Antrag. Das dauert meist nur wenige Sekunden."


_TITLES: Mapping[str, tuple[str, str]] = {
    EventType.SUBMITTED: ("Ihr Antrag ist angekommen.", "Diese Uhrzeit zählt für alle Fristen."),
    EventType.REGISTERED: ("Wir haben ein Aktenzeichen vergeben.", ""),
    EventType.EVIDENCE_AWAITED: (
        "Das Melderegister antwortet gerade nicht.",
        "Wir fragen von selbst weiter. Ihr Antrag ist sicher gespeichert.",
    ),
    EventType.EVIDENCE_RECEIVED: (
        "Wir haben im Melderegister nachgesehen.",
        "Das mussten Sie nicht hochladen.",
    ),
    EventType.DECIDED: ("Wir haben entschieden.", ""),
    EventType.HANDED_TO_PERSON: (
        "Eine Person im Amt prüft Ihren Antrag.",
        "Manche Anträge darf oder soll kein Programm entscheiden.",
    ),
    EventType.DOCUMENTS_ISSUED: ("Ihr Dokument ist erstellt, gesiegelt und geprüft.", ""),
    EventType.NOTIFIED: ("Ihr Dokument steht zum Herunterladen bereit.", ""),
    EventType.CLOSED: ("Der Vorgang ist abgeschlossen.", ""),
}
_ACTORS: Mapping[str, str] = {
    "citizen": "Sie",
    "anonymous": "Sie",
    "staff": "Person im Amt",
    "system": "Programm der Behörde",
}


def title(kind: str) -> str:
    """What happened, in one sentence."""
    return _TITLES[kind][0]


def timeline(
    events: tuple[StoredEvent, ...], lifecycle: Lifecycle, norms: tuple[str, ...] = ()
) -> tuple[TimelineEntry, ...]:
    """The events as the citizen reads them, newest first; ``norms`` are those the decision rests on."""
    return tuple(_entry(event, lifecycle, norms) for event in reversed(events))


def _entry(event: StoredEvent, lifecycle: Lifecycle, norms: tuple[str, ...]) -> TimelineEntry:
    kind = EventType(event.type)
    what, detail = _TITLES[kind]
    if kind is EventType.REGISTERED and event.payload:
        detail = f"Es lautet {event.payload['file_number']}."
    law = ", ".join(norms) if kind is EventType.DECIDED else lifecycle.transitions[kind].law
    return TimelineEntry(event.seq, event.at, what, detail, _ACTORS[event.actor_kind], law)
