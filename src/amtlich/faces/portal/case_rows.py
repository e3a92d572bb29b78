# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Cases and drafts as lists show them; what needs the person comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.engines.procedure import CitizenStep
from amtlich.faces.portal import case_state
from amtlich.faces.portal.language import said


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list. ``answer_until`` is set while a question is open."""

    address: str
    name: str
    reference: str
    received_at: datetime
    sentence: str
    label: str
    badge: str
    answer_until: date | None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list."""

    address: str
    name: str
    updated_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Groups:
    """Cases by whose turn it is."""

    mine: tuple[Row, ...]
    running: tuple[Row, ...]
    over: tuple[Row, ...]


_OVER = (CitizenStep.DECIDED, CitizenStep.WITHDRAWN)


def row(case: cases.CaseSummary) -> Row:
    """A case in a list."""
    return Row(
        address=f"/vorgaenge/{case.token}/",
        name=said(case.service_name),
        reference=case.reference,
        received_at=case.received_at,
        sentence=said(case.sentence),
        label=case_state.label(case.step),
        badge=case_state.BADGES[case.step],
        answer_until=case.answer_until,
    )


def draft_row(draft: cases.DraftView) -> DraftRow:
    """A draft in a list."""
    name = said(catalog.package(draft.service, draft.version).names)
    return DraftRow(f"/antrag/{draft.token}/", name, draft.updated_at, draft.expires_at)


def groups(found: Sequence[cases.CaseSummary]) -> Groups:
    """First what waits for the person, the nearest last day first; then what runs; then what is over."""
    mine = sorted(
        (case for case in found if case.answer_until is not None), key=lambda case: str(case.answer_until)
    )
    return Groups(
        mine=tuple(row(case) for case in mine),
        running=tuple(row(case) for case in found if case.answer_until is None and case.step not in _OVER),
        over=tuple(row(case) for case in found if case.step in _OVER),
    )


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that can be applied for here."""

    address: str
    name: str


def online_services(found: Sequence[catalog.ServiceCard]) -> tuple[ServiceRow, ...]:
    """What a person without any case may begin with."""
    return tuple(ServiceRow(f"/leistungen/{card.slug}/", said(card.name)) for card in found)
