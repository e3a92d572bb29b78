# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a case tells its citizen: short sentences about what is true now, in all language forms.

All reasons for which a case goes to a person read the same, so that nobody learns from the wording
that a block of information (§ 51 BMG) or another person of the same name exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from amtlich.engines.procedure import (
    CitizenStep,
    EventType,
    Lifecycle,
    Phase,
    State,
    WaitingOn,
    citizen_step,
)
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.sentence import LANGUAGES, Sentence
from amtlich.kernel.words import time_in
from amtlich.platform.events.log import StoredEvent


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in words. ``seq`` orders; ``detail`` and ``law`` may be empty."""

    seq: int
    at: datetime
    title: str
    detail: str
    actor: str
    law: str


#: The outcome of an adverse decision; a person's alone, so no model of a package has it.
REFUSED = "abgelehnt"
# When the period of retention is over: what was issued is no longer there to be fetched.
DOCUMENTS_ERASED = Sentence(
    "Wir haben Ihr Dokument ausgestellt. Inzwischen ist die Frist abgelaufen, in der wir es aufbewahren: "
    "Wir haben es gelöscht."
)


def sentence(state: State, ready: Mapping[str, str]) -> Sentence:
    """Where the case stands, in one or two sentences. ``ready`` is the package's word for success."""
    step = citizen_step(state)
    if step is CitizenStep.WITHDRAWN:
        assert state.withdrawn_at is not None
        return Sentence(
            "Sie haben den Antrag am {day} zurückgezogen. Wir bearbeiten ihn nicht weiter.",
            day=_day(state.withdrawn_at),
        )
    if step is CitizenStep.DECIDED:
        return _decided(state, ready)
    if step is CitizenStep.ANSWER:
        assert state.request is not None
        if state.request.hearing:
            return Sentence(
                "Wir wollen Ihren Antrag ablehnen. Vorher können Sie sich äußern, bis zum {until}.",
                until=state.request.until,
            )
        return Sentence(
            "Wir haben eine Frage an Sie. Bitte antworten Sie bis zum {until}.", until=state.request.until
        )
    if state.waiting_on is WaitingOn.OFFICE:
        return _with_a_person(state)
    if state.waiting_on is WaitingOn.REGISTER:
        return Sentence("Wir warten auf das Melderegister. Sobald es antwortet, geht es von selbst weiter.")
    if step is CitizenStep.ARRIVED:
        assert state.received_at is not None
        return Sentence(
            "Ihr Antrag ist am {day} um {time} eingegangen. Sie müssen nichts weiter tun.",
            day=_day(state.received_at),
            time=_time(state.received_at),
        )
    return Sentence("Wir bearbeiten Ihren Antrag. Sie müssen jetzt nichts tun.")


def _decided(state: State, ready: Mapping[str, str]) -> Sentence:
    if state.outcome == REFUSED:
        return Sentence("Wir haben Ihren Antrag abgelehnt.")
    if state.phase is Phase.DECIDED:
        return Sentence(
            "{ready} Wir konnten es Ihnen aber nicht richtig zustellen. Das Amt sucht einen anderen Weg.",
            ready=ready,
        )
    return Sentence("{ready}", ready=ready)


def _with_a_person(state: State) -> Sentence:
    if state.waiting_reason == "answered":
        return Sentence("Ihre Antwort ist da. Eine Person im Amt liest sie. Sie müssen jetzt nichts tun.")
    if state.waiting_reason == "lapsed":
        return Sentence(
            "Die Frist für Ihre Antwort ist vorbei. Abgelehnt ist nichts. "
            "Eine Person im Amt sieht sich Ihren Antrag an."
        )
    return Sentence("Eine Person im Amt prüft Ihren Antrag. Sie müssen jetzt nichts tun.")


def _day(at: datetime) -> date:
    return at.astimezone(BERLIN).date()


def _time(at: datetime) -> Mapping[str, str]:
    return {form: time_in(at, form) for form in LANGUAGES}


_Words = tuple[Sentence, Sentence | None]
_TITLES: Mapping[EventType, _Words] = {
    EventType.SUBMITTED: (
        Sentence("Ihr Antrag ist angekommen."),
        Sentence("Diese Uhrzeit zählt für alle Fristen."),
    ),
    EventType.REGISTERED: (Sentence("Wir haben ein Aktenzeichen vergeben."), None),
    EventType.EVIDENCE_AWAITED: (
        Sentence("Das Melderegister antwortet gerade nicht."),
        Sentence("Wir fragen von selbst weiter. Ihr Antrag ist sicher gespeichert."),
    ),
    EventType.EVIDENCE_RECEIVED: (
        Sentence("Wir haben im Melderegister nachgesehen."),
        Sentence("Das mussten Sie nicht hochladen."),
    ),
    EventType.DECIDED: (Sentence("Wir haben entschieden."), None),
    EventType.HANDED_TO_PERSON: (
        Sentence("Eine Person im Amt prüft Ihren Antrag."),
        Sentence("Manche Anträge darf oder soll kein Programm entscheiden."),
    ),
    EventType.DOCUMENTS_ISSUED: (Sentence("Ihr Dokument ist erstellt, gesiegelt und geprüft."), None),
    EventType.NOTIFIED: (Sentence("Ihr Dokument steht zum Herunterladen bereit."), None),
    EventType.CLOSED: (Sentence("Der Vorgang ist abgeschlossen."), None),
    EventType.INFORMATION_REQUESTED: (Sentence("Wir haben Ihnen eine Frage gestellt."), None),
    EventType.INFORMATION_SUPPLIED: (Sentence("Sie haben geantwortet."), None),
    EventType.INFORMATION_LAPSED: (
        Sentence("Die Frist für Ihre Antwort ist abgelaufen."),
        Sentence("Eine Person im Amt sieht sich Ihren Antrag an. Abgelehnt ist nichts."),
    ),
    EventType.WITHDRAWN: (Sentence("Sie haben den Antrag zurückgezogen."), None),
    EventType.NOTIFICATION_FAILED: (Sentence("Eine Zustellung hat nicht geklappt."), None),
    EventType.HEARING_WAIVED: (Sentence("Das Amt entscheidet, ohne Sie vorher zu fragen."), None),
    EventType.EVIDENCE_CHOSEN: (Sentence("Eine Person im Amt hat im Melderegister nachgesehen."), None),
    EventType.RETURNED_TO_PROGRAM: (Sentence("Unser Programm sieht noch einmal nach."), None),
}
_HEARING = Sentence("Wir haben Ihnen geschrieben: Wir wollen den Antrag ablehnen.")
_FAILED: Mapping[str, Sentence] = {
    "post": Sentence("Unser Brief an Sie kam nicht an."),
    "portal": Sentence("Die Bereitstellung hier im Portal hat nicht gereicht."),
    "counter": Sentence("Die Übergabe im Amt hat nicht geklappt."),
}
_EFFECTED: Mapping[str, Sentence] = {
    "post": Sentence("Wir haben Ihnen das Dokument mit der Post geschickt."),
    "counter": Sentence("Sie haben das Dokument im Amt bekommen."),
}
CITIZEN = Sentence("Sie")
_ACTORS: Mapping[str, Sentence] = {
    "citizen": CITIZEN,
    "anonymous": CITIZEN,
    "staff": Sentence("Person im Amt"),
    "system": Sentence("Programm der Behörde"),
}


def title(kind: str, actor_kind: str = "citizen") -> Sentence:
    """What happened, in one sentence."""
    if kind == EventType.MESSAGE_SENT:
        if actor_kind == "staff":
            return Sentence("Das Amt hat Ihnen geschrieben.")
        return Sentence("Sie haben dem Amt geschrieben.")
    if kind == EventType.INFORMATION_SUPPLIED and actor_kind == "staff":
        return Sentence("Das Amt hat Ihre Antwort eingetragen.")
    return _TITLES[EventType(kind)][0]


def timeline(
    events: tuple[StoredEvent, ...], lifecycle: Lifecycle, norms: tuple[str, ...] = ()
) -> tuple[TimelineEntry, ...]:
    """The events as the citizen reads them, newest first; ``norms`` are those the decision rests on."""
    return tuple(_entry(event, lifecycle, norms) for event in reversed(events))


def _entry(event: StoredEvent, lifecycle: Lifecycle, norms: tuple[str, ...]) -> TimelineEntry:
    kind = EventType(event.type)
    payload = event.payload or {}
    law = ", ".join(norms) if kind is EventType.DECIDED else lifecycle.transitions[kind].law
    return TimelineEntry(
        event.seq,
        event.at,
        _what(event, kind, payload),
        _detail(kind, payload) or "",
        who(event),
        law,
    )


def who(event: StoredEvent) -> str:
    """Who caused it: a person of the office by name, unless that has been erased."""
    named = (event.payload or {}).get("by", "") if event.actor_kind == "staff" else ""
    return str(named) or _ACTORS[event.actor_kind]


def _what(event: StoredEvent, kind: EventType, payload: Mapping[str, Any]) -> Sentence:
    if kind is EventType.NOTIFIED and payload.get("channel") in _EFFECTED:
        return _EFFECTED[payload["channel"]]
    if kind is EventType.INFORMATION_REQUESTED and payload.get("kind") == "hearing":
        return _HEARING
    return title(kind, event.actor_kind)


def _detail(kind: EventType, payload: Mapping[str, Any]) -> Sentence | None:
    if kind is EventType.REGISTERED and payload:
        return Sentence("Es lautet {number}.", number=payload["file_number"])
    if kind is EventType.INFORMATION_REQUESTED and payload:
        until = date.fromisoformat(payload["until"])
        return Sentence("Antworten können Sie bis zum {until}.", until=until)
    if kind is EventType.NOTIFICATION_FAILED and payload:
        return _FAILED[payload["channel"]]
    return None if kind is EventType.MESSAGE_SENT else _TITLES[kind][1]
