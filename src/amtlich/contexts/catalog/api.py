# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the catalog: which services there are, and what exactly each version of them says.

Functions that take an authority open their own ``tenant()``; ``package`` and ``list_versions`` need none
and may be called anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from amtlich.contexts.catalog import commands, queries, service_search
from amtlich.contexts.catalog.cell_words import Shown
from amtlich.contexts.catalog.commands import REASON_LIMIT
from amtlich.contexts.catalog.comparison import Chapter, Comparison, Difference, FileDifference, Piece
from amtlich.contexts.catalog.desk import DeskService, DeskVersion, Standing
from amtlich.contexts.catalog.directory import DirectoryEntry, Office
from amtlich.contexts.catalog.directory_source import DirectoryReport, read_directory
from amtlich.contexts.catalog.errors import (
    CatalogError,
    DirectoryRefused,
    MovedOn,
    NoLongerOffered,
    NothingToConfirm,
    PackageRefused,
    ReasonMissing,
    SecondPersonNeeded,
    UnknownService,
    UnknownVersion,
    VersionTaken,
)
from amtlich.contexts.catalog.explained import (
    Cell,
    DatedAmount,
    Explained,
    ExplainedParameter,
    ExplainedRule,
    ExplainedTable,
    explained,
)
from amtlich.contexts.catalog.findings import CheckReport, Finding
from amtlich.contexts.catalog.gate import check_folder
from amtlich.contexts.catalog.package import (
    EvidenceSpec,
    InputSource,
    LegalBasis,
    NoticeSpec,
    Package,
    ParameterValue,
    Purpose,
    ServiceCard,
)
from amtlich.contexts.catalog.packages import PackageDamaged, package_of
from amtlich.contexts.catalog.persons import Person, person
from amtlich.contexts.catalog.queries import PublicationView, VersionView
from amtlich.contexts.catalog.service_desk import comparison, desk, desk_service, hand_in_again, reject
from amtlich.contexts.catalog.service_search import Hit
from amtlich.contexts.catalog.stored_report import TriedRule, TriedScenario, VersionReport, report_of
from amtlich.engines.forms import Text
from amtlich.engines.search import How, Match
from amtlich.kernel.periods import Period
from amtlich.kernel.text import sort_key
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import enabled_authorities

__all__ = [
    "REASON_LIMIT",
    "CatalogError",
    "Cell",
    "Chapter",
    "CheckReport",
    "Comparison",
    "DatedAmount",
    "DeskService",
    "DeskVersion",
    "Difference",
    "DirectoryEntry",
    "DirectoryRefused",
    "DirectoryReport",
    "EvidenceSpec",
    "Explained",
    "ExplainedParameter",
    "ExplainedRule",
    "ExplainedTable",
    "FileDifference",
    "Finding",
    "Hit",
    "How",
    "InputSource",
    "LegalBasis",
    "Match",
    "MovedOn",
    "NoLongerOffered",
    "NothingToConfirm",
    "NoticeSpec",
    "Office",
    "Package",
    "PackageDamaged",
    "PackageRefused",
    "ParameterValue",
    "Period",
    "Person",
    "Piece",
    "PublicationView",
    "Published",
    "Purpose",
    "ReasonMissing",
    "SecondPersonNeeded",
    "ServiceCard",
    "Shown",
    "Standing",
    "TriedRule",
    "TriedScenario",
    "UnknownService",
    "UnknownVersion",
    "VersionReport",
    "VersionTaken",
    "VersionView",
    "categories",
    "check",
    "check_directory",
    "comparison",
    "confirm",
    "current",
    "desk",
    "desk_service",
    "directory",
    "entry",
    "explained",
    "hand_in_again",
    "list_versions",
    "offered",
    "package",
    "publications",
    "publish",
    "publish_directory",
    "published",
    "reject",
    "report_of",
    "search",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Published:
    """The outcome of ``publish`` and ``confirm``. ``waiting``: a second person must confirm first."""

    slug: str
    version: str
    digest: str
    waiting: bool
    authorities: tuple[UUID, ...]


def published(authority_id: UUID) -> tuple[ServiceCard, ...]:
    """The services that the authority offers now, in the order that Germans look for them (FC-14)."""
    with tenant(authority_id):
        digests = queries.offered_digests()
    cards = [package_of(digest).card for digest in digests]
    return tuple(sorted(cards, key=lambda card: (sort_key(card.name["de"]), card.slug)))


def current(authority_id: UUID, slug: str) -> Package:
    """The version of a service that the authority offers now.

    Raises ``UnknownService``, and of its kind ``NoLongerOffered`` for one that was offered before.
    """
    with tenant(authority_id):
        digest = queries.offered_digest(slug) if queries.storable(slug) else None
        if digest is None:
            raise _absent(slug)
    return package_of(digest)


def offered(authority_id: UUID, slug: str, version: str) -> Package:
    """This version of a service, if the authority offers it or has offered it: never one that still waits
    for its second person, or that only another authority took. Raises ``UnknownVersion``, and
    ``UnknownService`` for a service that the authority does not offer at all.
    """
    with tenant(authority_id):
        current_one = queries.offered_digest(slug) if queries.storable(slug) else None
        digest = queries.ever_offered_digest(slug, version) if queries.storable(slug + version) else None
    if current_one is None:
        raise UnknownService(slug)
    if digest is None:
        raise UnknownVersion(slug, version)
    return package_of(digest)


def package(slug: str, version: str) -> Package:
    """A stored version, for cases that were submitted under it. Raises ``UnknownVersion``."""
    digest = queries.digest_of(slug, version) if queries.storable(slug + version) else None
    if digest is None:
        raise UnknownVersion(slug, version)
    return package_of(digest)


def check(path: Path | str) -> CheckReport:
    """Try a package folder without publishing it. Needs no database. Never raises for a bad package."""
    report, _ = check_folder(Path(path))
    return report


def publish(
    path: Path | str, *, authority_id: UUID | None = None, by: Person | str, waits: bool = False
) -> Published:
    """Check a package folder, store its version and hand it in at one or all authorities.

    It then waits for a second person's ``confirm``. Only in a demonstration or a test is it offered at
    once, marked as that exception, unless ``waits``. All running processes see it with their next request.
    Doing it again changes nothing. Raises ``PackageRefused`` with every finding and ``VersionTaken`` if
    the version exists with another content.
    """
    report, bundle = check_folder(Path(path))
    if bundle is None or report.slug is None or report.version is None:
        raise PackageRefused(report)
    who = person(by)
    commands.store_version(report.slug, report.version, bundle, who.label)
    authorities = [authority_id] if authority_id else [item.id for item in enabled_authorities()]
    four_eyes = waits or commands.second_person_needed()
    step_of = commands.hand_in if four_eyes else commands.release_alone
    waiting = False
    for each in authorities:
        with tenant(each):
            step = step_of(each, report.slug, report.version, bundle.digest, who)
            waiting = waiting or step.state == step.WAITING
    return Published(report.slug, report.version, bundle.digest, waiting, tuple(authorities))


def confirm(
    slug: str, version: str, *, authority_id: UUID, by: Person | str, seen: int | None = None
) -> Published:
    """The second person publishes a waiting version, if the gate of today still accepts it.

    ``seen``: ``DeskService.steps`` as the person saw it. Raises ``NothingToConfirm``,
    ``SecondPersonNeeded``, ``PackageRefused``, and ``MovedOn`` if somebody did something meanwhile.
    """
    with tenant(authority_id):
        digest = queries.handed_in_digest(slug, version) if queries.storable(slug + version) else None
    if digest is None:
        raise NothingToConfirm(slug, version)
    report = report_of(digest).check
    with tenant(authority_id):
        if not report.ok:
            raise PackageRefused(report)
        step = commands.release(authority_id, slug, version, person(by), seen)
    return Published(slug, version, step.digest, False, (authority_id,))


def withdraw(
    slug: str, *, authority_id: UUID, by: Person | str, reason: str, seen: int | None = None
) -> Published:
    """End the offer of a service. Cases go on; its page says that it is no longer offered.

    One person is enough: what does harm must end at once. If the authority's directory lists the service,
    it stays findable as one without an online form. Raises ``UnknownService`` for what is not offered,
    ``ReasonMissing``, and ``MovedOn`` if somebody did something since ``seen``.
    """
    with tenant(authority_id):
        step = (
            commands.withdraw(authority_id, slug, person(by), reason, seen)
            if queries.storable(slug)
            else None
        )
    if step is None:
        raise UnknownService(slug)
    return Published(slug, step.version, step.digest, False, (authority_id,))


def list_versions() -> tuple[VersionView, ...]:
    """All stored versions, by slug, newest first."""
    return queries.versions()


def publications(authority_id: UUID) -> tuple[PublicationView, ...]:
    """Who proposed and released what for this authority, newest first."""
    with tenant(authority_id):
        return queries.publications()


def check_directory(path: Path | str) -> DirectoryReport:
    """Try the folder of a directory of services. Needs no database. Never raises for a bad one."""
    report, _ = read_directory(Path(path))
    return report


def publish_directory(path: Path | str, authority_id: UUID, by: str) -> DirectoryReport:
    """List the services of a folder for one authority, in place of those listed before.

    A directory promises nothing and decides nothing, so one person is enough. All running processes show
    it with their next request. Raises ``DirectoryRefused`` with every finding.
    """
    report, content = read_directory(Path(path))
    if content is None:
        raise DirectoryRefused(report)
    with tenant(authority_id):
        commands.list_services(authority_id, content, by)
    return report


def directory(authority_id: UUID) -> tuple[DirectoryEntry, ...]:
    """All services of the authority, online or not, in German order of their names (FC-14)."""
    with tenant(authority_id):
        return service_search.current_offer().entries


def categories(authority_id: UUID) -> tuple[Text, ...]:
    """The life situations that services are sorted into, in the order of the directory."""
    with tenant(authority_id):
        return service_search.current_offer().categories


def entry(authority_id: UUID, slug: str) -> DirectoryEntry:
    """One service of the authority, online or not.

    Raises ``UnknownService``, and of its kind ``NoLongerOffered`` for one that was there before.
    """
    with tenant(authority_id):
        found = service_search.current_offer().by_slug.get(slug)
        if found is None:
            raise _absent(slug)
    return found


def _absent(slug: str) -> UnknownService:
    """Never there, or there no longer. Needs a ``tenant()``."""
    if not queries.storable(slug):
        return UnknownService(slug)
    offer = service_search.current_offer()
    if slug in offer.by_slug:  # listed, but not online
        return UnknownService(slug)
    instead = offer.replaced.get(slug)
    if instead is None and not queries.was_offered(slug):
        return UnknownService(slug)
    return NoLongerOffered(slug, instead if instead in offer.by_slug else None)


def search(authority_id: UUID, text: str, limit: int = 10, language: str = "de") -> tuple[Hit, ...]:
    """The services that answer a question as people type it, the best first. Never raises for any text.

    ``language`` (de, leicht, en) is the form of the page: its names count most, the others are found, too.
    """
    with tenant(authority_id):
        offer = service_search.current_offer()
    return offer.search(text, limit, language)
