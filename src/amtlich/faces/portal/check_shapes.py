# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the check page draws: the answers, what the register holds, and what the button says."""

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
from amtlich.engines.forms.dates import display
from amtlich.faces.portal.language import _, current, said
from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer on the check page, with the way to change it. ``typed`` is what a person wrote."""

    label: str
    display: str
    address: str
    typed: bool


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


_DWELLINGS = {
    "sole": Sentence("einzige Wohnung"),
    "main": Sentence("Hauptwohnung"),
    "secondary": Sentence("Nebenwohnung"),
    "no_fixed": Sentence("ohne festen Wohnsitz"),
}


def submit_label(package: catalog.Package, data: Mapping[str, Any]) -> str:
    """What the button says: sending must not cost anything that the button does not name.

    The fee is what the package's rules say for these answers if all else is clear.
    """
    clear = {"login.level": package.min_level.word_de, "login.agrees": True}
    inputs = {name: _if_clear(source, data, clear) for name, source in package.inputs.items()}
    outcome = package.decide(inputs, clock.today()).outcome
    fee = outcome.get("gebuehr") if isinstance(outcome, Mapping) else None
    if not isinstance(fee, Decimal):
        return _("Antrag absenden")
    return _("Für {amount} Euro beantragen", amount=amount(fee)) if fee else _("Kostenlos beantragen")


def _if_clear(source: catalog.InputSource, data: Mapping[str, Any], clear: Mapping[str, Any]) -> Any:
    if source.kind == "form":
        return answers.get(data, tuple(source.ref.split("-")))
    if source.kind == "evidence":
        return Decimal(1) if source.ref.endswith(".matches") else False
    return clear.get(f"{source.kind}.{source.ref}")


def amount(value: Decimal) -> str:
    """8 or 8,50; in English 8.50."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{value:.2f}" if current() == "en" else f"{value:.2f}".replace(".", ",")


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
                    form.field(answer.field).control in ("text", "name", "longtext"),
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
    rows: list[tuple[str, tuple[PreviewLine, ...]]] = [
        (_named("familienname"), (PreviewLine(record.family),)),
    ]
    if record.given:
        usual = _("Rufname: {name}", name=" ".join(record.usual_name)) if record.usual_name else ""
        rows.append((_named("vornamen"), (PreviewLine(" ".join(record.given), usual),)))
    doctorate = record.doctorate or _("keiner eingetragen")
    rows.append((_named("doktorgrad"), (PreviewLine(doctorate),)))
    if record.birth is not None:
        rows.append((_named("geburtsdatum"), (PreviewLine(display(record.birth, current())),)))
    rows.append((_named("anschriften"), tuple(_address_line(address) for address in record.addresses)))
    rows.extend((_named(key), _extra(value)) for key, value in record.extras.items())
    return PreviewPanel(fetched_at, tuple(rows))


def _named(key: str) -> str:
    return said(registers.FIELD_WORDS_DE[key])


def _extra(value: str | tuple[str, ...]) -> tuple[PreviewLine, ...]:
    return (PreviewLine(value),) if isinstance(value, str) else tuple(PreviewLine(each) for each in value)


def _address_line(address: registers.RegisteredAddress) -> PreviewLine:
    street = f"{address.street} {address.house_number}".strip()
    place = f"{address.postcode} {address.town}".strip()
    return PreviewLine(", ".join(part for part in (street, place) if part), said(_DWELLINGS[address.kind]))
