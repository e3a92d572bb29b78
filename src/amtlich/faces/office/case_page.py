# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The page of a case as its template reads it: no decision is made here, only words are put to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from amtlich.contexts.cases.api import CandidateView, OfficeCase, TimelineEntry
from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.faces.office import case_words
from amtlich.faces.office.case_words import Light
from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Whoever opened the case within this time may still have it before them.
_PRESENT = timedelta(minutes=30)
_MEANS = {"demo": "Vorführung", "": "ohne Anmeldung"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in the comparison; ``mark``: same, other, or nothing to compare with."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One datum: as it was stated, and as each candidate has it."""

    label: str
    stated: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done with the case; ``kind`` is that of its button."""

    title: str
    address: str
    kind: str = "secondary"


def letter(number: int) -> str:
    """A, B, C: what candidates are called on the page."""
    return _LETTERS[number] if number < len(_LETTERS) else str(number + 1)


def shown(case: OfficeCase, *, me: str, aus: str) -> dict[str, Any]:
    """All that the template needs of the case."""
    over = case.waiting_on is WaitingOn.NOBODY or case.phase in _ENDS
    return {
        "case": case,
        "number": case.file_number or case.reference,
        "light": light_of(case),
        "meta": _meta(case),
        "lines": comparison(case),
        "letters": [letter(number) for number in range(len(case.candidates or ()))],
        "why": _ENDS.get(case.phase, case.why_here) if over else case.why_here,
        "over": over,
        "waits": "" if over else _waits(case),
        "present": _present(case, me),
        "steps": steps(case, aus),
        "received": case_words.short_moment(case.received_at),
        "moments": [_moment(one) for one in case.timeline],
        "outcome": _OUTCOMES.get(case.proposal.outcome, case.proposal.outcome) if case.proposal else "",
        "talk": [(one, case_words.short_moment(one.at)) for one in case.talk],
        "looks": len(case.accesses),
        "heard": _HEARD.get(case.heard, ""),
        "documents": case.documents,
        "decided": case_words.short_moment(case.decided_at) if case.decided_at else "",
    }


def light_of(case: OfficeCase) -> Light:
    """The deadline as mark and words."""
    soon = case.due_on is not None and (case.due_on - clock.today()).days <= 1
    return case_words.light(case.due_on, soon=soon, waiting_on=case.waiting_on)


_HEARD = {
    "answered": "Die Person ist angehört worden und hat geantwortet.",
    "lapsed": "Die Person ist angehört worden und hat bis zum Ende der Frist nicht geantwortet.",
    "waived": "Festgehalten ist, warum niemand angehört wird (§ 28 Abs. 2 und 3 VwVfG).",
}


_ENDS = {
    Phase.NOTIFIED: "Entschieden und bekannt gegeben.",
    Phase.CLOSED: "Der Vorgang ist abgeschlossen.",
    Phase.WITHDRAWN: "Der Antrag ist zurückgezogen.",
}
_OUTCOMES = {"": "Kein Ergebnis", "person": "Eine Person entscheidet"}


def _moment(entry: TimelineEntry) -> dict[str, Any]:
    """What happened; of the details those that name something: a number, a day."""
    told = isinstance(entry.detail, Sentence) and bool(entry.detail.values)
    return {
        "at": entry.at,
        "moment": case_words.short_moment(entry.at),
        "title": case_words.happened(entry.title),
        "detail": entry.detail if told else "",
        "who": case_words.who(entry.actor),
    }


def _meta(case: OfficeCase) -> list[str]:
    means = _MEANS.get(case.means, case.means)
    logged_in = f"angemeldet mit {means}" if case.means and case.means != "demo" else means
    said = [case.service_name, case.reference, logged_in]
    if case.level:
        said.append(f"Vertrauensniveau {case.level}")
    return [*said, f"Leistungspaket Version {case.package_version}"]


def _waits(case: OfficeCase) -> str:
    for_whom = case_words.waiting(case.waiting_on, case.phase)
    if case.waiting_since is None:
        return for_whom
    return f"{for_whom}, seit {case_words.short_moment(case.waiting_since)}"


def _present(case: OfficeCase, me: str) -> list[str]:
    """Who else of the office has opened the case just now, each once."""
    since = clock.now() - _PRESENT
    found = {
        look.who: case_words.short_moment(look.at)
        for look in case.accesses
        if look.actor_kind == "staff" and look.at >= since and look.who != me
    }
    return [f"{who}, {at} Uhr" for who, at in found.items()]


def comparison(case: OfficeCase) -> list[Line]:
    """Each datum once, with a cell for every candidate."""
    candidates = case.candidates or ()
    labels: dict[str, str] = {}
    for one in candidates:
        for row in one.rows:
            labels[row.label] = labels.get(row.label) or row.stated
    return [
        Line(label, stated, tuple(_cell(one, label) for one in candidates))
        for label, stated in labels.items()
    ]


def _cell(candidate: CandidateView, label: str) -> Cell:
    for row in candidate.rows:
        if row.label == label:
            mark = "" if row.differs is None else "other" if row.differs else "same"
            return Cell(row.found, mark)
    return Cell("")


def steps(case: OfficeCase, aus: str) -> list[Step]:
    """What can be done, the most likely lawful step first and primary; what is done needs no next step."""
    base = f"/amt/vorgaenge/{case.token}/"
    along = f"?stand={case.version}" + (f"&aus={aus}" if aus else "")
    can = case.can
    found: list[tuple[str, str]] = []
    if can.grant:
        found.append((f"{case.service_name} ausstellen", "ausstellen/"))
    if can.ask:
        found.append(("Nachfragen", "nachfragen/"))
    if can.enter_answer:
        found.append(("Antwort eintragen", "antwort-eintragen/"))
    if can.report_effect:
        found.append(("Auf anderem Weg zugestellt", "zugestellt/"))
    if can.report_failure:
        found.append(("Nicht zugegangen", "nicht-zugegangen/"))
    if can.hear:
        found.append(("Anhören, bevor Sie ablehnen", "anhoeren/"))
    if can.refuse:
        found.append(("Ablehnen", "ablehnen/"))
    if can.give_back:
        found.append(("Programm noch einmal nachsehen lassen", "zurueckgeben/"))
    return [
        Step(title, f"{base}{part}{along}", "secondary" if number or can.report_failure else "primary")
        for number, (title, part) in enumerate(found)
    ]
