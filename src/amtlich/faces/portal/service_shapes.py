# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a service package to what the templates of a service and its check page draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.registers import api as registers
from amtlich.engines.forms import Form
from amtlich.engines.forms import values as answers
from amtlich.faces.portal.language import said, typeset
from amtlich.kernel import clock
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.trust import TrustLevel
from amtlich.kernel.words import MONTHS


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


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer on the check page, with the way to change it."""

    label: str
    display: str
    address: str


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The answers of one step."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One value of the register; ``note`` marks it (main or secondary dwelling, usual name)."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PreviewPanel:
    """What the register holds now, as the document would show it."""

    fetched_at: datetime
    rows: tuple[tuple[str, tuple[PreviewLine, ...]], ...]


_ADDRESS_WORDS = {
    "sole": "einzige Wohnung",
    "main": "Hauptwohnung",
    "secondary": "Nebenwohnung",
    "no_fixed": "ohne festen Wohnsitz",
}


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


def submit_label(package: catalog.Package, data: Mapping[str, Any]) -> str:
    """What the button says: sending must not cost anything that the button does not name.

    The fee is what the package's rules say for these answers if all else is clear.
    """
    clear = {"login.level": package.min_level.word_de, "login.agrees": True}
    inputs = {name: _if_clear(source, data, clear) for name, source in package.inputs.items()}
    outcome = package.decide(inputs, clock.today()).outcome
    fee = outcome.get("gebuehr") if isinstance(outcome, Mapping) else None
    if not isinstance(fee, Decimal):
        return "Antrag absenden"
    return f"Für {euro_de(fee)} beantragen" if fee else "Kostenlos beantragen"


def _if_clear(source: catalog.InputSource, data: Mapping[str, Any], clear: Mapping[str, Any]) -> Any:
    if source.kind == "form":
        return answers.get(data, tuple(source.ref.split("-")))
    if source.kind == "evidence":
        return Decimal(1) if source.ref.endswith(".matches") else False
    return clear.get(f"{source.kind}.{source.ref}")


def euro_de(amount: Decimal) -> str:
    """8 Euro or 8,50 Euro."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f} Euro" if whole else f"{amount:.2f} Euro".replace(".", ",")


def answer_groups(form: Form, data: Mapping[str, Any], token: str) -> tuple[AnswerGroup, ...]:
    """The answers by step. A line leads to its question and back to the check page."""
    lines = form.answers(data)
    groups = (
        AnswerGroup(
            said(step.title),
            tuple(
                AnswerLine(
                    said(answer.label),
                    said(answer.display),
                    f"/antrag/{token}/{step.id}/?dann=pruefen#{_input_id(form, answer.field)}",
                )
                for answer in lines
                if answer.step == step.id
            ),
        )
        for step in form.steps
    )
    return tuple(group for group in groups if group.lines)


def _input_id(form: Form, field_id: str) -> str:
    control = form.field(field_id).control
    return (
        f"{field_id}-tag"
        if control == "date"
        else f"{field_id}-1"
        if control in ("choice", "choices")
        else field_id
    )


def preview(found: cases.Preview) -> PreviewPanel | None:
    """The panel "what your document says", or None where one and the same sentence stands instead."""
    record, fetched_at = found.record, found.fetched_at
    if record is None or fetched_at is None:
        return None
    rows: list[tuple[str, tuple[PreviewLine, ...]]] = [("Familienname", (PreviewLine(record.family),))]
    if record.given:
        usual = f"Rufname: {' '.join(record.usual_name)}" if record.usual_name else ""
        rows.append(("Vornamen", (PreviewLine(" ".join(record.given), usual),)))
    rows.append(("Doktorgrad", (PreviewLine(record.doctorate or "keiner eingetragen"),)))
    if record.birth is not None:
        rows.append(("Geburtsdatum", (PreviewLine(date_words(record.birth)),)))
    rows.append(("Anschriften", tuple(_address_line(address) for address in record.addresses)))
    rows.extend(
        (registers.FIELD_WORDS_DE.get(key, key), _extra(value)) for key, value in record.extras.items()
    )
    return PreviewPanel(fetched_at, tuple(rows))


def _extra(value: str | tuple[str, ...]) -> tuple[PreviewLine, ...]:
    return (PreviewLine(value),) if isinstance(value, str) else tuple(PreviewLine(each) for each in value)


def _address_line(address: registers.RegisteredAddress) -> PreviewLine:
    street = f"{address.street} {address.house_number}".strip()
    place = f"{address.postcode} {address.town}".strip()
    return PreviewLine(", ".join(part for part in (street, place) if part), _ADDRESS_WORDS[address.kind])


def date_words(value: PartialDate) -> str:
    """13. Februar 1988, Mai 1950 or 1950: what is known, never more (FC-04)."""
    if value.month is None:
        return str(value.year)
    month = f"{MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}. {month}" if value.day is not None else month
