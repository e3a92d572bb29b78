# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Words of the office for a case: deadline with mark, whom it waits for, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amtlich.contexts.cases.api import Queue
from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.kernel.clock import BERLIN

QUEUE_TITLES = {
    Queue.PERSON: "Braucht eine Person",
    Queue.ANSWERED: "Antwort ist da",
    Queue.SOON: "Frist läuft ab",
    Queue.APPLICANT: "Wartet auf eine Antwort",
    Queue.REGISTER: "Wartet auf das Register",
    Queue.OPEN: "Alle offenen",
    Queue.DECIDED: "Entschieden in 30 Tagen",
    Queue.ALL: "Alle Vorgänge",
}
_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_REASONS = {
    "answered": "Antwort liegt vor",
    "lapsed": "keine Antwort bis zum Ende der Frist",
    "technical": "das Programm kam nicht weiter",
    "not_printable": "ein Zeichen lässt sich nicht setzen",
    "register_faulty": "das Register antwortet falsch",
    "notification_failed": "eine Zustellung hat nicht geklappt",
    "taken_over": "eine Person hat übernommen",
}
# What happened, as the office says it: the timeline's own sentences speak to the citizen.
_HAPPENED = {
    "Ihr Antrag ist angekommen.": "Antrag angekommen.",
    "Wir haben ein Aktenzeichen vergeben.": "Aktenzeichen vergeben.",
    "Das Melderegister antwortet gerade nicht.": "Das Melderegister antwortet nicht. Es wird weiter gefragt.",
    "Wir haben im Melderegister nachgesehen.": "Im Melderegister nachgesehen.",
    "Wir haben entschieden.": "Entschieden.",
    "Eine Person im Amt prüft Ihren Antrag.": "An eine Person gegeben.",
    "Ihr Dokument ist erstellt, gesiegelt und geprüft.": "Dokument erstellt, gesiegelt und geprüft.",
    "Ihr Dokument steht zum Herunterladen bereit.": "Im Portal bekannt gegeben.",
    "Wir haben Ihnen eine Frage gestellt.": "Nachgefragt.",
    "Sie haben geantwortet.": "Antwort eingegangen.",
    "Das Amt hat Ihre Antwort eingetragen.": "Antwort eingetragen.",
    "Die Frist für Ihre Antwort ist abgelaufen.": "Die Frist für die Antwort ist abgelaufen.",
    "Sie haben den Antrag zurückgezogen.": "Antrag zurückgezogen.",
    "Das Amt hat Ihnen geschrieben.": "Nachricht geschrieben.",
    "Sie haben dem Amt geschrieben.": "Nachricht eingegangen.",
}
_ENDED = {
    Phase.WITHDRAWN: "zurückgezogen",
    Phase.CLOSED: "abgeschlossen",
    Phase.NOTIFIED: "bekannt gegeben",
    Phase.DECIDED: "entschieden",
}


@dataclass(frozen=True, slots=True)
class Light:
    """A deadline: its mark (late, soon, ok, none), and the words that say the same."""

    kind: str
    words: str
    day: str


def light(due_on: date | None, *, soon: bool, waiting_on: WaitingOn) -> Light:
    """The deadline of a case as date and words."""
    if due_on is None:
        return Light("none", "Frist ruht" if waiting_on is WaitingOn.REGISTER else "keine Frist", "")
    left = (due_on - clock.today()).days
    label = "Antwort bis" if waiting_on is WaitingOn.APPLICANT else "Ziel"
    kind = "late" if left < 0 else "soon" if soon else "ok"
    return Light(kind, days_left(left), f"{label} {short_day(due_on)}")


def days_left(left: int) -> str:
    """The distance to a day: noch 3 Tage, heute, 2 Tage überfällig."""
    if left < 0:
        return f"{-left} {'Tag' if left == -1 else 'Tage'} überfällig"
    return {0: "heute", 1: "morgen"}.get(left, f"noch {left} Tage")


def short_day(day: date) -> str:
    """Mo, 30.11.; with the year if it is another one."""
    year = f"{day.year}" if day.year != clock.today().year else ""
    return f"{_WEEKDAYS[day.weekday()]}, {day.day}.{day.month}.{year}"


def short_moment(at: datetime) -> str:
    """heute, 8:40 or Mo, 23.11., 10:28."""
    there = at.astimezone(BERLIN)
    days = (clock.today() - there.date()).days
    day = {0: "heute", 1: "gestern"}.get(days, short_day(there.date()))
    return f"{day}, {there.hour}:{there.minute:02}"


def happened(title: str) -> str:
    """An entry of the timeline in the words of the office."""
    return _HAPPENED.get(getattr(title, "template", title), title)


def who(actor: str) -> str:
    """Who caused it: the citizen is no "Sie" to the office."""
    return "antragstellende Person" if actor == "Sie" else actor


def waiting(waiting_on: WaitingOn, phase: Phase) -> str:
    """Whom the case waits for."""
    return {
        WaitingOn.OFFICE: "Amt",
        WaitingOn.APPLICANT: "antragstellende Person",
        WaitingOn.REGISTER: "Melderegister",
        WaitingOn.PROGRAM: "Programm",
    }.get(waiting_on, _ENDED.get(phase, "niemanden"))


def reason(code: str, waiting_on: WaitingOn) -> str:
    """Why it waits for the office, in a few words."""
    if waiting_on is not WaitingOn.OFFICE:
        return ""
    return _REASONS.get(code, "vom Programm abgegeben")
