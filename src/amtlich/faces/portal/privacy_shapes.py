# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The privacy notice of a service, read from its package: nothing is said that the package does not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amtlich.contexts.catalog.api import LegalBasis, Package, Period, Purpose
from amtlich.contexts.registers.api import FIELD_WORDS_DE
from amtlich.engines.forms import Text
from amtlich.kernel.sentence import Sentence

_REGISTERS: Mapping[str, Sentence] = {"melderegister": Sentence("Melderegister")}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is fetched from a register: always, and only if the person asks for it."""

    register: str
    legal_basis: str
    always: tuple[str, ...]
    on_request: tuple[str, ...]
    on_request_basis: str


@dataclass(frozen=True, slots=True)
class ServiceNotice:
    """One service: what for, by what right, which data from whom, how long, and who or what decides."""

    slug: str
    name: Text
    version: str
    purposes: tuple[Purpose, ...]
    legal_basis: tuple[LegalBasis, ...]
    stated: tuple[Text, ...]
    fetched: tuple[Fetched, ...]
    draft_kept: Sentence
    case_kept: Sentence
    automated: bool
    allowed_by: str  # the provision, empty if no discretion is the ground
    recipients: tuple[Text, ...]


def service(package: Package) -> ServiceNotice:
    """The notice of one published service."""
    allowed = package.automation.full_allowed_by or ""
    return ServiceNotice(
        slug=package.slug,
        name=package.names,
        version=package.version,
        purposes=tuple(package.purposes.values()),
        legal_basis=package.legal_basis,
        stated=_labels(package),
        fetched=tuple(
            Fetched(
                register=_REGISTERS.get(one.register, one.register),
                legal_basis=one.legal_basis,
                always=_words(one.fields),
                on_request=_words(one.on_request.fields) if one.on_request else (),
                on_request_basis=one.on_request.legal_basis if one.on_request else "",
            )
            for one in package.evidence
        ),
        draft_kept=span(package.retention.draft),
        case_kept=span(package.retention.closed),
        automated=package.automation.mode == "full",
        allowed_by="" if allowed.startswith("no discretion") else allowed,
        recipients=_recipients(package),
    )


def span(period: Period) -> Sentence:
    """A period in words."""
    if period.months and not period.days and not period.seconds:
        years, months = divmod(period.months, 12)
        if months:
            return Sentence("{count} Monate", count=period.months)
        return Sentence("1 Jahr") if years == 1 else Sentence("{count} Jahre", count=years)
    days = period.months * 30 + period.days + period.seconds // 86_400
    return Sentence("1 Tag") if days == 1 else Sentence("{count} Tage", count=days)


def _labels(package: Package) -> tuple[Text, ...]:
    """The questions of the form, each once."""
    seen: dict[str, Text] = {}
    for field in package.form.fields:
        seen.setdefault(field.label["de"], field.label)
    return tuple(seen.values())


def _words(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(FIELD_WORDS_DE.get(key, key) for key in fields)


def _recipients(package: Package) -> tuple[Text, ...]:
    seen: dict[str, Text] = {}
    for purpose in package.purposes.values():
        for recipient in purpose.recipients:
            seen.setdefault(recipient["de"], recipient)
    return tuple(seen.values())
