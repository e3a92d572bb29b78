# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A service package as the rest of Amtlich sees it: values, read once, never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from amtlich.engines.forms import Data, Form, Text
from amtlich.engines.forms import values as form_values
from amtlich.engines.rules import Evaluation, Model, read_back, to_feel
from amtlich.kernel import clock
from amtlich.kernel.periods import Period
from amtlich.kernel.trust import TrustLevel

Lines = Mapping[str, tuple[str, ...]]
"""One section of the service's page: sentences or list items by language form."""

OutcomeKind = Literal["issue", "person", "adverse"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    ref: str
    in_force: date
    role: Text


@dataclass(frozen=True, slots=True)
class Automation:
    """How far a program may go. ``full`` only with a provision that allows it (VwVfG § 35a)."""

    mode: Literal["none", "proposal", "full"]
    full_allowed_by: str | None
    discretion: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose of processing (GDPR Art. 5)."""

    id: str
    text: Text
    basis: str
    recipients: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class OnRequest:
    """Register fields that are fetched only if the person chose them in a form field."""

    chosen_in: str
    legal_basis: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceSpec:
    """What is fetched, from where, by which statements, for which purpose.

    ``query`` maps a part of the register's question (family, given, birth, …) to a form field,
    ``fields`` are always fetched, ``field_purposes`` names the purpose of each (also of those on
    request). ``purpose`` is the German sentence for the access journal.
    """

    id: str
    register: str
    query: Mapping[str, str]
    fields: tuple[str, ...]
    purpose: str
    purpose_id: str
    legal_basis: str
    fallback: Literal["person", "upload"]
    field_purposes: Mapping[str, str]
    on_request: OnRequest | None

    def fields_for(self, data: Data) -> tuple[str, ...]:
        """The register fields that these answers call for."""
        if self.on_request is None:
            return self.fields
        chosen = form_values.get(data, tuple(self.on_request.chosen_in.split("-"))) or []
        return self.fields + tuple(name for name in self.on_request.fields if name in chosen)

    def legal_basis_for(self, data: Data) -> str:
        """The provisions that allow fetching what these answers call for."""
        if self.on_request is None or self.fields_for(data) == self.fields:
            return self.legal_basis
        return f"{self.legal_basis}; {self.on_request.legal_basis}"


@dataclass(frozen=True, slots=True)
class InputSource:
    """Where the value of a decision's input comes from.

    login: level, agrees. evidence: <id>.matches, <id>.blocked. form: a field. parameter: a name.
    """

    kind: Literal["login", "evidence", "form", "parameter"]
    ref: str


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value in force on a day."""

    value: Decimal | str | bool
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated series: each value holds from its day until the next one begins."""

    name: str
    basis: str
    unit: Text | None
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> ParameterValue | None:
        """The value in force on that day; None before the first."""
        begun = [value for value in self.values if value.valid_from <= day]
        return begun[-1] if begun else None


@dataclass(frozen=True, slots=True)
class Term:
    """What people call an input or output of the decision, and its values, by the word of the model."""

    name: Text
    values: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class NoticeSpec:
    """A document for an outcome. ``template`` lies in the package's ``notice_root``."""

    id: str
    outcome: str
    template: str
    sealed: bool
    lang: str
    title: Text


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a draft lies unused, and a case after its end, before they are deleted."""

    draft: Period
    closed: Period


@dataclass(frozen=True, slots=True)
class Scenario:
    """An example of the package's own: these inputs on that day give this outcome."""

    name: str
    on: date
    inputs: Mapping[str, Any]
    outcome: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a list of services shows."""

    slug: str
    version: str
    name: Text
    summary: Text
    category: Text
    min_level: TrustLevel
    target: int | None


@dataclass(frozen=True, slots=True)
class Package:
    """One version of one service: its law, form, rules, texts and notices."""

    slug: str
    version: str
    digest: str
    names: Text
    summary: Text
    category: Text
    owner: str
    office: Text
    unit: str
    reference_prefix: str
    legal_basis: tuple[LegalBasis, ...]
    automation: Automation
    lifecycle: str
    min_level: TrustLevel
    purposes: Mapping[str, Purpose]
    retention: Retention
    target: int | None
    evidence: tuple[EvidenceSpec, ...]
    form: Form
    model: Model
    decision: str
    outcomes: Mapping[str, OutcomeKind]
    inputs: Mapping[str, InputSource]
    series: Mapping[str, Parameter]
    texts: Mapping[str, Lines]
    ready: Text  # the sentence of the moment in which the document is there
    terms: Mapping[str, Term]
    reasons: Mapping[str, Text]
    office_reasons: Mapping[str, str]
    notices: tuple[NoticeSpec, ...]
    scenarios: tuple[Scenario, ...]
    notice_root: Path
    words: tuple[str, ...] = ()  # what people call the service in everyday life
    leika: str | None = None

    def parameters(self, on: date) -> dict[str, ParameterValue]:
        """All parameters with the value that is in force on that day."""
        found = {name: series.on(on) for name, series in self.series.items()}
        return {name: value for name, value in found.items() if value is not None}

    def scope(self, inputs: Mapping[str, Any], on: date) -> dict[str, Any]:
        """The decision's inputs as FEEL values: the given facts and the parameters of the day.

        An input that was not given is null, never left out (FC-19).
        """
        values = {name: to_feel(inputs.get(name)) for name in self.inputs}
        in_force = self.parameters(on)
        for name, source in self.inputs.items():
            if source.kind == "parameter":
                parameter = in_force.get(source.ref)
                values[name] = to_feel(parameter.value) if parameter else None
        return values

    def decide(self, inputs: Mapping[str, Any], on: date) -> Evaluation:
        """Evaluate the decision for these facts under the law of that day, which is also its today()."""
        noon = datetime.combine(on, time(12), clock.BERLIN)
        return self.model.evaluate(self.decision, self.scope(inputs, on), now=noon)

    def decide_again(self, recorded: Mapping[str, Any], on: date) -> Evaluation:
        """Evaluate what a decision record holds: its inputs as JSON, figures and parameters among them.

        The same inputs give the same outcome under the same engine version, whatever day it is today.
        """
        declared = self.model.inputs
        values = {
            name: read_back(value, declared[name].type) if name in declared else value
            for name, value in recorded.items()
        }
        noon = datetime.combine(on, time(12), clock.BERLIN)
        return self.model.evaluate(self.decision, values, now=noon)

    def notices_for(self, outcome: str) -> tuple[NoticeSpec, ...]:
        """The documents of an outcome, the sealed ones first."""
        return tuple(
            sorted((n for n in self.notices if n.outcome == outcome), key=lambda notice: not notice.sealed)
        )

    def page_on(self, day: date) -> dict[str, Lines]:
        """The texts of the service's page with the amounts that hold on that day."""
        amounts = {name: _amount(value.value) for name, value in self.parameters(day).items()}
        return {
            section: {
                language: _filled(sentences, amounts, language) for language, sentences in lines.items()
            }
            for section, lines in self.texts.items()
        }

    @property
    def page(self) -> dict[str, Lines]:
        """The texts of the service's page as of today."""
        return self.page_on(clock.today())

    @property
    def card(self) -> ServiceCard:
        return ServiceCard(
            self.slug, self.version, self.names, self.summary, self.category, self.min_level, self.target
        )


PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def _filled(sentences: Sequence[str], amounts: Mapping[str, str], language: str) -> tuple[str, ...]:
    def amount(found: re.Match[str]) -> str:
        text = amounts.get(found[1], found[0])
        return text.replace(",", ".") if language == "en" else text

    return tuple(PLACEHOLDER.sub(amount, sentence) for sentence in sentences)


def _amount(value: Decimal | str | bool) -> str:
    """8 stays 8, 8.50 becomes 8,50."""
    if not isinstance(value, Decimal):
        return str(value)
    if value == value.to_integral_value():
        return str(int(value))
    return f"{value:.2f}".replace(".", ",") if value == round(value, 2) else str(value).replace(".", ",")
