# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where each version of each service stands at one authority, worked out from the steps alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amtlich.contexts.catalog.models import Publication
from amtlich.contexts.catalog.queries import PublicationView


class Standing(StrEnum):
    """What a version is at an authority."""

    WAITING = "waiting"
    OFFERED = "offered"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DeskVersion:
    """A version that was ever handed in here, with its steps, newest first."""

    slug: str
    version: str
    digest: str
    standing: Standing
    steps: tuple[PublicationView, ...]

    @property
    def last(self) -> PublicationView:
        return self.steps[0]

    @property
    def since(self) -> datetime:
        return self.last.at


@dataclass(frozen=True, slots=True)
class DeskService:
    """A service with its versions, the one that was touched last first.

    ``steps`` counts what has happened: who acts says what they saw by it.
    """

    slug: str
    steps: int
    versions: tuple[DeskVersion, ...]

    @property
    def offered(self) -> DeskVersion | None:
        return next((one for one in self.versions if one.standing == Standing.OFFERED), None)

    @property
    def waiting(self) -> tuple[DeskVersion, ...]:
        return tuple(one for one in self.versions if one.standing == Standing.WAITING)

    def version(self, version: str) -> DeskVersion | None:
        return next((one for one in self.versions if one.version == version), None)


def services(steps: Iterable[PublicationView]) -> tuple[DeskService, ...]:
    """All services by slug, from all steps of an authority, newest first."""
    by_slug: dict[str, list[PublicationView]] = {}
    for step in steps:
        by_slug.setdefault(step.slug, []).append(step)
    return tuple(_service(slug, by_slug[slug]) for slug in sorted(by_slug))


def _service(slug: str, steps: Sequence[PublicationView]) -> DeskService:
    effective = next((step for step in steps if step.state in Publication.EFFECTIVE), None)
    by_version: dict[str, list[PublicationView]] = {}
    for step in steps:
        by_version.setdefault(step.version, []).append(step)
    versions = tuple(
        DeskVersion(slug, version, own[0].digest, _standing(own, effective), tuple(own))
        for version, own in by_version.items()
    )
    return DeskService(slug, len(steps), versions)


def _standing(own: Sequence[PublicationView], effective: PublicationView | None) -> Standing:
    if own[0].state == Publication.WAITING:
        return Standing.WAITING
    counted = next((step for step in own if step.state in Publication.EFFECTIVE), None)
    if counted is None:
        return Standing.REJECTED
    if counted.state == Publication.WITHDRAWN:
        return Standing.WITHDRAWN
    return Standing.OFFERED if counted is effective else Standing.SUPERSEDED
