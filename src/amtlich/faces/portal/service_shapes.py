# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a service package to what the templates of a service draw. The check page has ``check_shapes``."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.registers import api as registers
from amtlich.faces.portal.language import said, typeset
from amtlich.kernel.trust import TrustLevel


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a service page with a heading of its own; sentences, or entries of a list."""

    title: str
    sentences: tuple[str, ...]
    kind: str  # "text", "bullets" or "numbers"
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServicePage:
    """All that the page of a service, and what leads from it into the form, shows."""

    slug: str
    name: str
    lead: str
    time_needed: str
    min_level: TrustLevel
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    duration: tuple[str, ...]
    alternatives: tuple[str, ...]
    data_use: tuple[str, ...]
    legal_basis: tuple[str, ...]
    fetched: tuple[str, ...]


# Which section of texts.yaml stands where, under which heading, and in which shape.
_SECTIONS = (
    ("contents", "Was darin steht", "text"),
    ("for_whom", "Für wen", "text"),
    ("needs", "Was Sie brauchen", "bullets"),
    ("cost", "Was es kostet", "bullets"),
    ("duration", "Wie lange es dauert", "text"),
    ("decided_how", "Wie entschieden wird", "numbers"),
)
_FACTS = (("duration", "So lange dauert es"), ("cost", "Das kostet es"))


def page(package: catalog.Package) -> ServicePage:
    """The page of a service, from its package."""
    texts = {key: tuple(map(typeset, lines.get("de", ()))) for key, lines in package.page.items()}
    facts = [(label, texts[key][0].rstrip(".")) for key, label in _FACTS if texts.get(key)]
    facts.append(("So melden Sie sich an", f"Vertrauensniveau {package.min_level.word_de}"))
    return ServicePage(
        slug=package.slug,
        name=said(package.names),
        lead=" ".join(texts.get("lead", ())) or said(package.summary),
        time_needed=" ".join(texts.get("time_needed", ())),
        min_level=package.min_level,
        facts=tuple(facts),
        sections=tuple(
            Section(title, texts[key], kind, texts.get("decided_after", ()) if key == "decided_how" else ())
            for key, title, kind in _SECTIONS
            if texts.get(key)
        ),
        duration=texts.get("duration", ()),
        alternatives=texts.get("alternatives", ()),
        data_use=texts.get("data_use", ()),
        legal_basis=tuple(typeset(f"{basis.ref}: {said(basis.role)}") for basis in package.legal_basis),
        fetched=tuple(
            registers.FIELD_WORDS_DE.get(name, name) for spec in package.evidence for name in spec.fields
        ),
    )
