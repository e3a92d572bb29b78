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

_NAME = {"de": "Meldebescheinigung", "leicht": "Melde·bescheinigung", "en": "Registration certificate"}


def _text(german: str) -> dict[str, str]:
    return {"de": german, "leicht": german, "en": german}


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
    "text": "Text in einer Zeile",
    "name": "Name",
    "datum": "Datum in drei Teilen",
    "wahl": "Eine Möglichkeit",
    "auswahl": "Mehrere Möglichkeiten",
    "haken": "Ein Haken",
    "langtext": "Langer Text",
}


def form() -> Form:
    """A form of one step that holds every control."""
    properties = {
        key: {**value, "x-purpose": "muster", "x-source": "applicant", "x-fim": None}
        for key, value in _SCHEMA["properties"].items()
    }
    fields: dict[str, Any] = {
        key: {"label": _text(label), "hint": _text("Ein Hinweis in einem Satz.")}
        for key, label in _LABELS.items()
    }
    for key in ("wahl", "auswahl"):
        fields[key]["options"] = {
            "a": {"label": _text("Erste Möglichkeit"), "hint": _text("Mit einer Erklärung.")},
            "b": {"label": _text("Zweite Möglichkeit")},
        }
    step = {"id": "muster", "title": _text("Alle Eingaben"), "fields": list(_LABELS)}
    return Form.from_package(
        {"schema": {**_SCHEMA, "properties": properties}, "fields": fields, "steps": [step]}
    )


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
        phase=Phase.CLOSED if done else Phase.UNDER_REVIEW,
        step=step,
        sentence=sentence,
        waiting_on=waiting_on,
        waiting_since=now,
        received_at=received,
        decided_at=now if done else None,
        documents=_documents() if done else (),
        timeline=(
            cases.TimelineEntry(
                2, now, "Wir haben im Melderegister nachgesehen.", "", "Programm", "§ 5 EGovG"
            ),
            cases.TimelineEntry(1, received, "Ihr Antrag ist angekommen.", "", "Sie", "§ 22 VwVfG"),
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
