# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The service desk: what was handed in here, what it changes, and the steps besides publishing.

Each function opens its own ``tenant()``. An authority sees only versions that were handed in at it.
"""

from __future__ import annotations

from uuid import UUID

from amtlich.contexts.catalog import commands, queries
from amtlich.contexts.catalog import desk as standings
from amtlich.contexts.catalog.comparison import Comparison, compare
from amtlich.contexts.catalog.desk import DeskService, DeskVersion, Standing
from amtlich.contexts.catalog.errors import PackageRefused, UnknownService, UnknownVersion
from amtlich.contexts.catalog.models import Publication
from amtlich.contexts.catalog.packages import bundle_of, package_of
from amtlich.contexts.catalog.persons import Person, person
from amtlich.contexts.catalog.stored_report import report_of
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant


def desk(authority_id: UUID) -> tuple[DeskService, ...]:
    """All services that were ever handed in here, by slug, with where each version stands."""
    with tenant(authority_id):
        steps = queries.publications()
    return standings.services(steps)


def desk_service(authority_id: UUID, slug: str) -> DeskService:
    """One of them. Raises ``UnknownService``."""
    for service in desk(authority_id):
        if service.slug == slug:
            return service
    raise UnknownService(slug)


def comparison(service: DeskService, version: DeskVersion) -> Comparison | None:
    """What the version changes against the one that people are offered now, or were offered before it.

    None for the first version of a service: there is nothing to compare it with.
    """
    against = _before(service, version)
    if against is None:
        return None
    old, new = against, version.digest
    return compare(package_of(old), package_of(new), bundle_of(old), bundle_of(new), clock.today())


def _before(service: DeskService, version: DeskVersion) -> str | None:
    """The digest of the version that this one came after, or would come after."""
    released = [step for one in service.versions for step in one.steps if step.state == Publication.RELEASED]
    own = [step.at for step in released if step.digest == version.digest]
    waiting = version.standing in (Standing.WAITING, Standing.REJECTED)
    if waiting and service.offered is not None:
        return service.offered.digest
    until = clock.now() if waiting or not own else max(own)
    earlier = [step for step in released if step.at < until and step.digest != version.digest]
    return max(earlier, key=lambda step: step.at).digest if earlier else None


def reject(
    slug: str, version: str, *, authority_id: UUID, by: Person | str, reason: str, seen: int | None = None
) -> None:
    """Say no to a waiting version, or take back what one has handed in oneself; what is offered stays.

    Raises ``NothingToConfirm``, ``ReasonMissing``, and ``MovedOn`` if somebody did something meanwhile.
    """
    with tenant(authority_id):
        commands.reject(authority_id, slug, version, person(by), reason, seen)


def hand_in_again(
    slug: str, version: str, *, authority_id: UUID, by: Person | str, seen: int | None = None
) -> DeskVersion:
    """Leave a version that was handed in here before waiting once more, for going back to it.

    Always for a second person, in a demonstration, too. Raises ``UnknownVersion``, ``PackageRefused`` if
    the gate of today finds faults in it, and ``MovedOn``.
    """
    stored = desk_service(authority_id, slug).version(version)
    if stored is None:
        raise UnknownVersion(slug, version)
    report = report_of(stored.digest).check
    if not report.ok:
        raise PackageRefused(report)
    with tenant(authority_id):
        commands.hand_in(authority_id, slug, version, stored.digest, person(by), seen)
    return stored
