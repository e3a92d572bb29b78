# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where a case stands, in words: the five steps, whom we wait for, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amtlich.contexts.cases import api as cases
from amtlich.engines.procedure import CitizenStep, WaitingOn
from amtlich.faces.portal import moments

LABELS: Mapping[CitizenStep, str] = {
    CitizenStep.DRAFT: "Entworfen",
    CitizenStep.ARRIVED: "Angekommen",
    CitizenStep.WORKING: "In Bearbeitung",
    CitizenStep.ANSWER: "Ihre Antwort nötig",
    CitizenStep.DECIDED: "Entschieden",
}
BADGES: Mapping[CitizenStep, str] = {
    CitizenStep.DRAFT: "info",
    CitizenStep.ARRIVED: "info",
    CitizenStep.WORKING: "info",
    CitizenStep.ANSWER: "warning",
    CitizenStep.DECIDED: "success",
}
_ORDER = tuple(LABELS)
_SPOKEN = {
    "done": "erledigt",
    "current": "jetzt",
    "paused": "wartet",
    "skipped": "übersprungen",
    "open": "noch offen",
}
_WHOM: Mapping[WaitingOn, str] = {
    WaitingOn.REGISTER: "das Melderegister",
    WaitingOn.OFFICE: "eine Person im Amt",
    WaitingOn.APPLICANT: "Sie",
    WaitingOn.PROGRAM: "unser Programm",
}


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One of the five steps. ``spoken`` says in words what the mark shows."""

    label: str
    state: str
    here: bool
    spoken: str
    detail: str


def track(case: cases.CaseView) -> tuple[TrackStep, ...]:
    """The five steps with the state and the time of each."""
    return tuple(_track_step(case, step) for step in _ORDER)


def _track_step(case: cases.CaseView, step: CitizenStep) -> TrackStep:
    here = step is case.step
    done = case.step is CitizenStep.DECIDED
    if step is CitizenStep.ANSWER and not here:
        state, detail = ("skipped", "war nicht nötig") if done else ("open", "bisher nicht nötig")
    elif done or _ORDER.index(step) < _ORDER.index(case.step):
        state, detail = "done", _passed(case, step)
    elif here:
        waits = case.waiting_on in (WaitingOn.REGISTER, WaitingOn.OFFICE, WaitingOn.APPLICANT)
        state, detail = ("paused" if waits else "current"), _waiting_words(case)
    else:
        state, detail = "open", ""
    return TrackStep(LABELS[step], state, here, _SPOKEN[state], detail)


def _passed(case: cases.CaseView, step: CitizenStep) -> str:
    if step is CitizenStep.ARRIVED:
        return moments.moment_exact(case.received_at)
    if step is CitizenStep.DECIDED and case.decided_at is not None:
        return moments.moment_exact(case.decided_at)
    if step is CitizenStep.WORKING:
        begun = [entry.at for entry in case.timeline if entry.at > case.received_at]
        return moments.moment_exact(min(begun)) if begun else ""
    return "abgeschickt"


def _waiting_words(case: cases.CaseView) -> str:
    since = f" seit {moments.clock_time(case.waiting_since)}" if case.waiting_since else ""
    return {
        WaitingOn.REGISTER: f"wartet auf das Melderegister{since}",
        WaitingOn.OFFICE: f"bei einer Person{since}",
        WaitingOn.APPLICANT: "wartet auf Sie",
    }.get(case.waiting_on, "läuft gerade")


def glance(case: cases.CaseView) -> tuple[tuple[str, str], ...]:
    """The case at one glance: whom we wait for, since when; when it arrived."""
    arrived = ("Eingegangen", moments.moment_full(case.received_at))
    whom = _WHOM.get(case.waiting_on)
    if whom is None:
        return (arrived,)
    since = f", seit {moments.moment(case.waiting_since)}" if case.waiting_since else ""
    return (("Wartet auf", f"{whom}{since}"), arrived)


def explanation(case: cases.CaseView) -> tuple[tuple[str, str], ...]:
    """What waiting means for the person. All reasons for which a person checks read the same."""
    safe = (
        "Nichts ist verloren",
        f"Ihr Antrag ist am {moments.moment_full(case.received_at)} eingegangen. Diese Uhrzeit zählt.",
    )
    close = ("Sie können die Seite schließen", "Den Stand sehen Sie jederzeit hier, unter „Meine Vorgänge“.")
    if case.waiting_on is WaitingOn.REGISTER:
        return (safe, _GOES_ON, close, _URGENT)
    if case.waiting_on is WaitingOn.OFFICE:
        return (_WHY_A_PERSON, _WHAT_NEXT, safe, close)
    return ()


_GOES_ON = (
    "Es geht von selbst weiter",
    "Wir fragen das Register immer wieder, mindestens einmal in der Minute. "
    "Sobald es antwortet, entscheiden wir.",
)
_URGENT = (
    "Wenn es eilt",
    "Auch im Amt geht es gerade nicht: Dort fragen wir dasselbe Register. "
    "Rufen Sie uns an, wir suchen einen anderen Weg.",
)
_WHY_A_PERSON = (
    "Warum eine Person prüft",
    "Ein Programm entscheidet nur, wenn alles eindeutig ist. Sonst prüft eine Person. "
    "Das sagt nichts über Sie aus.",
)
_WHAT_NEXT = (
    "Was jetzt geschieht",
    "Die Person sieht sich Ihren Antrag an. Vielleicht stellt sie Ihnen eine Frage. "
    "Lehnt sie ab, nennt sie die Gründe und ihren Namen.",
)
