# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a service package to what the page of a service draws, in the form of the page."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.registers import api as registers
from amtlich.faces.portal import levels
from amtlich.faces.portal.directory_shapes import situation_address
from amtlich.faces.portal.language import _, current, said, typeset
from amtlich.faces.portal.measured import Measured, measured
from amtlich.kernel.trust import TrustLevel


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a service page with a heading of its own; sentences, or entries of a list.

    In Leichte Sprache an entry may have several lines, and ``picture`` stands beside it.
    """

    key: str
    title: str
    sentences: tuple[str, ...]
    kind: str  # "text", "bullets" or "numbers"
    picture: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServicePage:
    """All that the page of a service, and what leads from it into the form, shows."""

    slug: str
    name: str
    situation: str
    situation_address: str
    lead: tuple[str, ...]
    time_needed: tuple[str, ...]
    min_level: TrustLevel
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    duration: tuple[str, ...]
    measured: Measured | None
    alternatives: tuple[str, ...]
    data_use: tuple[str, ...]
    legal_basis: tuple[tuple[str, str], ...]
    fetched: tuple[str, ...]


def page(package: catalog.Package, found: cases.Durations | None = None) -> ServicePage:
    """The page of a service from its package, with what was measured of its cases."""
    texts = {key: tuple(map(typeset, lines[current()])) for key, lines in package.page.items()}
    took = measured(found, package.target) if found else None
    return ServicePage(
        slug=package.slug,
        name=said(package.names),
        situation=said(package.category),
        situation_address=situation_address(package.category),
        lead=texts["lead"],
        time_needed=texts["time_needed"],
        min_level=package.min_level,
        facts=_facts(package, texts, took),
        sections=_sections(texts, took),
        duration=texts["duration"],
        measured=took,
        alternatives=texts["alternatives"],
        data_use=texts["data_use"],
        legal_basis=tuple((typeset(basis.ref), said(basis.role)) for basis in package.legal_basis),
        fetched=tuple(
            said(registers.FIELD_WORDS_DE[name]) for spec in package.evidence for name in spec.fields
        ),
    )


def _facts(
    package: catalog.Package, texts: dict[str, tuple[str, ...]], took: Measured | None
) -> tuple[tuple[str, str], ...]:
    return (
        (_("So lange dauert es"), took.typical if took else texts["duration"][0].rstrip(".")),
        (_("Das kostet es"), texts["cost"][0].rstrip(".")),
        (_("So melden Sie sich an"), said(levels.LIKE[package.min_level])),
    )


def _sections(texts: dict[str, tuple[str, ...]], took: Measured | None) -> tuple[Section, ...]:
    lasts = _("Wie lange es wirklich dauert") if took else _("Wie lange es dauert")
    return (
        Section("contents", _("Was darin steht"), texts["contents"], "text", "paper"),
        Section("for_whom", _("Für wen"), texts["for_whom"], "text", "person"),
        Section("needs", _("Was Sie brauchen"), texts["needs"], "bullets", "card"),
        Section("cost", _("Was es kostet"), texts["cost"], "bullets", "money"),
        Section("duration", lasts, texts["duration"], "text", "clock"),
        Section(
            "decided_how",
            _("Wie entschieden wird"),
            texts["decided_how"],
            "numbers",
            "screen",
            texts["decided_after"],
        ),
    )
