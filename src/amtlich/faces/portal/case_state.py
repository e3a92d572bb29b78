# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where a case stands, in words: the five steps, whom we wait for, and what that means.

Days stand in full, never as "today": the page is printed and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from amtlich.contexts.cases import api as cases
from amtlich.engines.procedure import CitizenStep, Phase, RequestStatus, WaitingOn
from amtlich.faces.portal import moments
from amtlich.faces.portal.language import _, said
from amtlich.kernel.sentence import Sentence

LABELS: Mapping[CitizenStep, Sentence] = {
    CitizenStep.DRAFT: Sentence("Entworfen"),
    CitizenStep.ARRIVED: Sentence("Angekommen"),
    CitizenStep.WORKING: Sentence("In Bearbeitung"),
    CitizenStep.ANSWER: Sentence("Ihre Antwort nötig"),
    CitizenStep.DECIDED: Sentence("Entschieden"),
    CitizenStep.WITHDRAWN: Sentence("Zurückgezogen"),
}
BADGES: Mapping[CitizenStep, str] = {
    CitizenStep.DRAFT: "info",
    CitizenStep.ARRIVED: "info",
    CitizenStep.WORKING: "info",
    CitizenStep.ANSWER: "warning",
    CitizenStep.DECIDED: "success",
    CitizenStep.WITHDRAWN: "info",
}
_ORDER = (
    CitizenStep.DRAFT,
    CitizenStep.ARRIVED,
    CitizenStep.WORKING,
    CitizenStep.ANSWER,
    CitizenStep.DECIDED,
)
_SPOKEN: Mapping[str, Sentence] = {
    "done": Sentence("erledigt"),
    "current": Sentence("jetzt"),
    "paused": Sentence("wartet"),
    "skipped": Sentence("übersprungen"),
    "open": Sentence("noch offen"),
}
_WHOM: Mapping[WaitingOn, Sentence] = {
    WaitingOn.REGISTER: Sentence("das Melderegister"),
    WaitingOn.OFFICE: Sentence("eine Person im Amt"),
    WaitingOn.APPLICANT: Sentence("Sie"),
    WaitingOn.PROGRAM: Sentence("unser Programm"),
}

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One of the five steps. ``spoken`` says in words what the mark shows."""

    label: str
    state: str
    here: bool
    spoken: str
    detail: str


def label(step: CitizenStep) -> str:
    """The name of the step in the form of the page."""
    return said(LABELS[step])


def track(case: cases.CaseView) -> tuple[TrackStep, ...]:
    """Exactly five steps with the state and the time of each; a withdrawal takes the place of the last."""
    if case.step is CitizenStep.WITHDRAWN:
        return _withdrawn_track(case)
    return tuple(_track_step(case, step) for step in _ORDER)


def _step(step: CitizenStep, state: str, detail: str = "", *, here: bool = False) -> TrackStep:
    return TrackStep(label(step), state, here, said(_SPOKEN[state]), detail)


def _track_step(case: cases.CaseView, step: CitizenStep) -> TrackStep:
    here = step is case.step
    done = case.step is CitizenStep.DECIDED
    if step is CitizenStep.ANSWER and not here:
        return _answer_step(case, done)
    if done or _ORDER.index(step) < _ORDER.index(case.step):
        return _step(step, "done", _passed(case, step), here=here)
    if here:
        waits = case.waiting_on in (WaitingOn.REGISTER, WaitingOn.OFFICE, WaitingOn.APPLICANT)
        return _step(step, "paused" if waits else "current", _waiting_words(case), here=True)
    return _step(step, "open")


def _answer_step(case: cases.CaseView, done: bool) -> TrackStep:
    request = case.request
    if request is not None and request.status is RequestStatus.ANSWERED:
        return _step(CitizenStep.ANSWER, "done", _("beantwortet"))
    if request is not None and request.status is RequestStatus.LAPSED:
        return _step(CitizenStep.ANSWER, "skipped", _("keine Antwort bis {until}", until=request.until))
    if done:
        return _step(CitizenStep.ANSWER, "skipped", _("war nicht nötig"))
    return _step(CitizenStep.ANSWER, "open", _("bisher nicht nötig"))


def _withdrawn_track(case: cases.CaseView) -> tuple[TrackStep, ...]:
    assert case.withdrawn_at is not None
    answered = case.request is not None and case.request.status is RequestStatus.ANSWERED
    return (
        _step(CitizenStep.DRAFT, "done", _passed(case, CitizenStep.DRAFT)),
        _step(CitizenStep.ARRIVED, "done", _passed(case, CitizenStep.ARRIVED)),
        _step(CitizenStep.WORKING, "skipped", _("beendet")),
        _step(CitizenStep.ANSWER, "done" if answered else "skipped", _("beantwortet") if answered else ""),
        _step(CitizenStep.WITHDRAWN, "done", moments.moment_full(case.withdrawn_at), here=True),
    )


def _passed(case: cases.CaseView, step: CitizenStep) -> str:
    if step is CitizenStep.ARRIVED:
        return moments.moment_full(case.received_at)
    if step is CitizenStep.DECIDED and case.decided_at is not None:
        return moments.moment_full(case.decided_at)
    if step is CitizenStep.WORKING:
        begun = [entry.at for entry in case.timeline if entry.at > case.received_at]
        return moments.moment_full(min(begun)) if begun else ""
    return _("abgeschickt")


def _waiting_words(case: cases.CaseView) -> str:
    since = _full(case.waiting_since)
    if case.waiting_on is WaitingOn.REGISTER:
        return _("wartet auf das Melderegister seit {since}", since=since)
    if case.waiting_on is WaitingOn.OFFICE:
        return _("bei einer Person seit {since}", since=since)
    if case.waiting_on is WaitingOn.APPLICANT and case.request is not None:
        return _("bis {until}", until=case.request.until)
    return _("läuft gerade")


def _full(at: datetime | None) -> str:
    return f"{moments.day(at)}, {moments.clock_time(at)}" if at else ""


def glance(case: cases.CaseView) -> Rows:
    """The case at one glance: whom we wait for, since when; when it arrived."""
    arrived = (_("Eingegangen"), moments.moment_full(case.received_at))
    whom = _WHOM.get(case.waiting_on)
    if whom is None:
        return (arrived,)
    waits = _("{whom}, seit {since}", whom=whom, since=_full(case.waiting_since))
    return ((_("Wartet auf"), waits if case.waiting_since else said(whom)), arrived)


def explanation(case: cases.CaseView) -> Rows:
    """What the state means for the person. All reasons for which a person checks read the same."""
    if case.step is CitizenStep.WITHDRAWN:
        return (_nothing_more(), _again())
    if case.step is CitizenStep.DECIDED:
        return (_stays_here(), _another_way()) if case.phase is Phase.DECIDED else ()
    safe = (
        _("Nichts ist verloren"),
        _(
            "Ihr Antrag ist am {at} eingegangen. Diese Uhrzeit zählt.",
            at=moments.moment_full(case.received_at),
        ),
    )
    if case.waiting_on is WaitingOn.REGISTER:
        return (safe, _goes_on(), _close(), _urgent())
    if case.waiting_on is WaitingOn.OFFICE:
        return (_why(case), _what_next(), safe, _close())
    return ()


def _why(case: cases.CaseView) -> tuple[str, str]:
    if case.request is None:
        return (
            _("Warum eine Person prüft"),
            _(
                "Ein Programm entscheidet nur, wenn alles eindeutig ist. Sonst prüft eine Person. "
                "Das sagt nichts über Sie aus."
            ),
        )
    if case.request.status is RequestStatus.ANSWERED:
        return (
            _("Ihre Antwort liest ein Mensch"),
            _("Was Sie mit eigenen Worten schreiben, wertet kein Programm aus."),
        )
    return (
        _("Sie können noch schreiben"),
        _("Die Frist ist vorbei, entschieden ist noch nichts. Schreiben Sie dem Amt eine Nachricht."),
    )


def _close() -> tuple[str, str]:
    return (
        _("Sie können die Seite schließen"),
        _("Den Stand sehen Sie jederzeit hier, unter „Meine Vorgänge“."),
    )


def _goes_on() -> tuple[str, str]:
    return (
        _("Es geht von selbst weiter"),
        _(
            "Wir fragen das Register immer wieder, mindestens einmal in der Minute. "
            "Sobald es antwortet, entscheiden wir."
        ),
    )


def _urgent() -> tuple[str, str]:
    return (
        _("Wenn es eilt"),
        _(
            "Auch im Amt geht es gerade nicht: Dort fragen wir dasselbe Register. "
            "Rufen Sie uns an, wir suchen einen anderen Weg."
        ),
    )


def _what_next() -> tuple[str, str]:
    return (
        _("Was jetzt geschieht"),
        _(
            "Die Person sieht sich Ihren Antrag an. Vielleicht stellt sie Ihnen eine Frage. "
            "Lehnt sie ab, nennt sie die Gründe und ihren Namen."
        ),
    )


def _stays_here() -> tuple[str, str]:
    return (_("Ihr Dokument bleibt hier"), _("Sie können es auf dieser Seite herunterladen und benutzen."))


def _another_way() -> tuple[str, str]:
    return (
        _("Was jetzt geschieht"),
        _("Eine Person im Amt sucht einen anderen Weg, zum Beispiel einen Brief. Sie müssen nichts tun."),
    )


def _nothing_more() -> tuple[str, str]:
    return (
        _("Hier geschieht nichts mehr"),
        _("Niemand bearbeitet den Antrag weiter. Sie bekommen dazu kein Dokument und keinen Bescheid."),
    )


def _again() -> tuple[str, str]:
    return (
        _("Doch noch gebraucht?"),
        _("Stellen Sie einfach einen neuen Antrag. Der zurückgezogene schadet Ihnen nicht."),
    )
