# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Invented values for the gallery of components: every control and every state once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import api as cases
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.forms import Form
from amtlich.engines.procedure import CitizenStep, Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence

_NAME = {"de": "Meldebescheinigung", "leicht": "Melde·bescheinigung", "en": "Registration certificate"}


def _text(german: str, leicht: str, english: str) -> dict[str, str]:
    return {"de": german, "leicht": leicht, "en": english}


_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["text", "name", "datum", "wahl", "auswahl", "haken", "langtext"],
    "properties": {
        "text": {"type": "string", "maxLength": 40, "x-control": "text"},
        "name": {"type": "string", "maxLength": 80, "x-control": "name"},
        "datum": {"type": "string", "x-control": "date"},
        "wahl": {"type": "string", "enum": ["a", "b"], "x-control": "choice"},
        "auswahl": {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 2, "x-control": "choices"},
        "haken": {"type": "boolean", "x-control": "checkbox"},
        "langtext": {"type": "string", "maxLength": 400, "x-control": "longtext"},
    },
}
_LABELS = {
    "text": _text("Text in einer Zeile", "Ein kurzer Text", "Text in one line"),
    "name": _text("Voller Name", "Ihr Name", "Full name"),
    "datum": _text("Datum in drei Teilen", "Ein Datum", "Date in three parts"),
    "wahl": _text("Eine Möglichkeit", "Suchen Sie eines aus", "One option"),
    "auswahl": _text("Mehrere Möglichkeiten", "Suchen Sie mehrere aus", "Several options"),
    "haken": _text("Ein Haken", "Ein Haken", "A tick"),
    "langtext": _text("Langer Text", "Ein langer Text", "Long text"),
}
_HINT = _text("Ein Hinweis in einem Satz.", "Hier steht ein Hinweis.", "A hint in one sentence.")
_OPTIONS = {
    "a": {
        "label": _text("Erste Möglichkeit", "Das Erste", "First option"),
        "hint": _text("Mit einer Erklärung.", "Hier steht eine Erklärung.", "With an explanation."),
    },
    "b": {"label": _text("Zweite Möglichkeit", "Das Zweite", "Second option")},
}


def form() -> Form:
    """A form of one step that holds every control."""
    properties = {
        key: {**value, "x-purpose": "muster", "x-source": "applicant", "x-fim": None}
        for key, value in _SCHEMA["properties"].items()
    }
    fields: dict[str, Any] = {key: {"label": label, "hint": _HINT} for key, label in _LABELS.items()}
    for key in ("wahl", "auswahl"):
        fields[key]["options"] = _OPTIONS
    title = _text("Alle Eingaben", "Alles zum Schreiben", "All inputs")
    step = {"id": "muster", "title": title, "fields": list(_LABELS)}
    return Form.from_package(
        {"schema": {**_SCHEMA, "properties": properties}, "fields": fields, "steps": [step]}
    )


_PHASES = {CitizenStep.DECIDED: Phase.CLOSED, CitizenStep.WITHDRAWN: Phase.WITHDRAWN}


def case(step: CitizenStep, waiting_on: WaitingOn, sentence: str) -> cases.CaseView:
    """A case in the given state."""
    done = step is CitizenStep.DECIDED
    now = clock.now()
    received = now - timedelta(seconds=4)
    return cases.CaseView(
        token="muster",  # noqa: S106 (an address, not a secret)
        reference="MB-7K2M9QXD",
        file_number="MB-2026-000017",
        service="meldebescheinigung",
        service_name=_NAME,
        version="1",
        phase=_PHASES.get(step, Phase.UNDER_REVIEW),
        step=step,
        sentence=sentence,
        waiting_on=waiting_on,
        waiting_since=now,
        received_at=received,
        decided_at=now if done else None,
        withdrawn_at=now if step is CitizenStep.WITHDRAWN else None,
        documents=_documents() if done else (),
        timeline=(
            cases.TimelineEntry(
                2,
                now,
                Sentence("Wir haben im Melderegister nachgesehen."),
                "",
                Sentence("Programm der Behörde"),
                "§ 5 EGovG",
            ),
            cases.TimelineEntry(
                1, received, Sentence("Ihr Antrag ist angekommen."), "", Sentence("Sie"), "§ 22 VwVfG"
            ),
        ),
        seq=2,
        decision=None,
        accesses=(_access(),),
    )


def _access() -> privacy.AccessView:
    return privacy.AccessView(
        id=UUID(int=1),
        at=clock.now(),
        case_id=None,
        actor_kind="system",
        who="Programm der Behörde",
        source="Melderegister",
        what=("Familienname", "Vornamen", "Anschriften"),
        fields=("familienname", "vornamen", "anschriften"),
        why="Meldebescheinigung ausstellen",
        legal_basis="BMG § 18 Abs. 1",
    )


def _documents() -> tuple[proofs.IssuedDocument, ...]:
    return (
        _document(1, "Meldebescheinigung", "de", "application/pdf", sealed=True, code="7XK4-M2QD-T9RP"),
        _document(2, "Begleitblatt in Leichter Sprache", "leicht", "application/pdf"),
        _document(3, "Companion sheet in English", "en", "application/pdf"),
        _document(4, "Daten für andere Online-Dienste", "de", "application/json"),
    )


def _document(
    number: int, title: str, language: str, media_type: str, *, sealed: bool = False, code: str = ""
) -> proofs.IssuedDocument:
    return proofs.IssuedDocument(
        id=UUID(int=number),
        notice="muster",
        title=title,
        language=language,
        filename="muster",
        media_type=media_type,
        size=44_120,
        pages=1 if media_type == "application/pdf" else None,
        sha256="0" * 64,
        sealed=sealed,
        check_code=code,
        issued_at=clock.now(),
    )
