# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the pages of the service desk show, as words: where versions stand and what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog.api import DeskService, DeskVersion, PublicationView, Standing

_STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.WAITING: ("wartet auf eine zweite Person", "soon"),
    Standing.OFFERED: ("wird angeboten", "ok"),
    Standing.SUPERSEDED: ("abgelöst durch eine andere Version", "none"),
    Standing.WITHDRAWN: ("zurückgezogen", "none"),
    Standing.REJECTED: ("abgelehnt", "none"),
}
_DONE = {
    "waiting": "vorgelegt",
    "released": "veröffentlicht",
    "rejected": "abgelehnt",
    "withdrawn": "Angebot beendet",
}
_EXEMPT = {
    "demonstration": "ohne zweite Person: Ausnahme der Vorführung",
    "earlier": "vor der Pflicht zur zweiten Person",
}
_NOTHING = cases.VersionUse()
_UNPUBLISHED = (Standing.WAITING, Standing.REJECTED)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the log."""

    step: PublicationView
    done: str
    note: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a list, with who brought it there and how many cases stand under it."""

    version: DeskVersion
    address: str
    words: str
    light: str
    handed_in: str
    published: str
    use: cases.VersionUse


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with its versions. ``steps`` is what every form sends along as what was seen."""

    service: DeskService
    name: str
    address: str
    versions: tuple[VersionRow, ...]

    @property
    def steps(self) -> int:
        return self.service.steps

    @property
    def offered(self) -> VersionRow | None:
        return next((one for one in self.versions if one.version.standing == Standing.OFFERED), None)

    @property
    def waiting(self) -> tuple[VersionRow, ...]:
        return tuple(one for one in self.versions if one.version.standing == Standing.WAITING)

    @property
    def drafts(self) -> int:
        return sum(one.use.drafts for one in self.versions)

    @property
    def running(self) -> int:
        return sum(one.use.running for one in self.versions)


def service_rows(authority_id: UUID) -> tuple[ServiceRow, ...]:
    """All services that were handed in here."""
    use = cases.use_of_versions(authority_id)
    return tuple(_service(service, use) for service in catalog.desk(authority_id))


def service_row(authority_id: UUID, slug: str) -> ServiceRow:
    """One of them. Raises ``catalog.UnknownService``."""
    return _service(catalog.desk_service(authority_id, slug), cases.use_of_versions(authority_id, slug))


def _service(service: DeskService, use: Mapping[tuple[str, str], cases.VersionUse]) -> ServiceRow:
    newest = (service.offered or service.versions[0]).version
    address = f"/amt/leistungen/{service.slug}/"
    versions = tuple(
        _version(one, address, use.get((service.slug, one.version), _NOTHING)) for one in service.versions
    )
    return ServiceRow(service, catalog.package(service.slug, newest).names["de"], address, versions)


def _version(version: DeskVersion, address: str, use: cases.VersionUse) -> VersionRow:
    words, light = _STANDINGS[version.standing]
    return VersionRow(
        version=version,
        address=f"{address}{quote(version.version)}/",
        words=words,
        light=light,
        handed_in=_who(version.steps, "waiting"),
        published="" if version.standing in _UNPUBLISHED else _who(version.steps, "released"),
        use=use,
    )


def _who(steps: Sequence[PublicationView], state: str) -> str:
    return next((step.by for step in steps if step.state == state), "")


def log(steps: Sequence[PublicationView]) -> tuple[StepRow, ...]:
    """Who did what, newest first."""
    return tuple(_step(step, steps[at + 1 :]) for at, step in enumerate(steps))


def _step(step: PublicationView, before: Sequence[PublicationView]) -> StepRow:
    done = _DONE[step.state]
    if step.state == "rejected" and _own(step, before):
        done = "selbst zurückgenommen"
    note = step.reason or (_EXEMPT.get(step.exempt, "") if step.state == "released" else "")
    return StepRow(step, done, note)


def _own(step: PublicationView, before: Sequence[PublicationView]) -> bool:
    answered = next((one for one in before if one.version == step.version), None)
    return answered is not None and answered.person == step.person
