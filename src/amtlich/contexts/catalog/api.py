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
from amtlich.contexts.catalog.directory import DirectoryEntry, Office
from amtlich.contexts.catalog.directory_source import DirectoryReport, read_directory
from amtlich.contexts.catalog.errors import (
    CatalogError,
    DirectoryRefused,
    NoLongerOffered,
    NothingToConfirm,
    PackageRefused,
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
from amtlich.contexts.catalog.queries import PublicationView, VersionView
from amtlich.contexts.catalog.service_search import Hit
from amtlich.engines.forms import Text
from amtlich.engines.search import How, Match
from amtlich.kernel.periods import Period
from amtlich.kernel.text import sort_key
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import enabled_authorities

__all__ = [
    "CatalogError",
    "Cell",
    "CheckReport",
    "DatedAmount",
    "DirectoryEntry",
    "DirectoryRefused",
    "DirectoryReport",
    "EvidenceSpec",
    "Explained",
    "ExplainedParameter",
    "ExplainedRule",
    "ExplainedTable",
    "Finding",
    "Hit",
    "How",
    "InputSource",
    "LegalBasis",
    "Match",
    "NoLongerOffered",
    "NothingToConfirm",
    "NoticeSpec",
    "Office",
    "Package",
    "PackageDamaged",
    "PackageRefused",
    "ParameterValue",
    "Period",
    "PublicationView",
    "Published",
    "Purpose",
    "SecondPersonNeeded",
    "ServiceCard",
    "Shown",
    "UnknownService",
    "UnknownVersion",
    "VersionTaken",
    "VersionView",
    "categories",
    "check",
    "check_directory",
    "confirm",
    "current",
    "directory",
    "entry",
    "explained",
    "list_versions",
    "offered",
    "package",
    "publications",
    "publish",
    "publish_directory",
    "published",
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
        digest = queries.offered_digest(slug) if _storable(slug) else None
        if digest is None:
            raise _absent(slug)
    return package_of(digest)


def offered(authority_id: UUID, slug: str, version: str) -> Package:
    """This version of a service, if the authority offers it or has offered it: never one that still waits
    for its second person, or that only another authority took. Raises ``UnknownVersion``, and
    ``UnknownService`` for a service that the authority does not offer at all.
    """
    with tenant(authority_id):
        current_one = queries.offered_digest(slug) if _storable(slug) else None
        digest = queries.ever_offered_digest(slug, version) if _storable(slug + version) else None
    if current_one is None:
        raise UnknownService(slug)
    if digest is None:
        raise UnknownVersion(slug, version)
    return package_of(digest)


def package(slug: str, version: str) -> Package:
    """A stored version, for cases that were submitted under it. Raises ``UnknownVersion``."""
    digest = queries.digest_of(slug, version) if _storable(slug + version) else None
    if digest is None:
        raise UnknownVersion(slug, version)
    return package_of(digest)


def check(path: Path | str) -> CheckReport:
    """Try a package folder without publishing it. Needs no database. Never raises for a bad package."""
    report, _ = check_folder(Path(path))
    return report


def publish(path: Path | str, *, authority_id: UUID | None = None, by: str) -> Published:
    """Check a package folder, store its version and take it into the offer of one or all authorities.

    All running processes see it with their next request. In production it then waits for ``confirm`` by
    a second person. Doing it again changes nothing. Raises ``PackageRefused`` with every finding and
    ``VersionTaken`` if the version exists with another content.
    """
    report, bundle = check_folder(Path(path))
    if bundle is None or report.slug is None or report.version is None:
        raise PackageRefused(report)
    commands.store_version(report.slug, report.version, bundle, by)
    authorities = [authority_id] if authority_id else [item.id for item in enabled_authorities()]
    waiting = False
    for each in authorities:
        with tenant(each):
            step = commands.propose(each, report.slug, report.version, bundle.digest, by)
            waiting = waiting or step.state == step.WAITING
    return Published(report.slug, report.version, bundle.digest, waiting, tuple(authorities))


def confirm(slug: str, version: str, *, authority_id: UUID, by: str) -> Published:
    """The second person releases a waiting version. Raises ``NothingToConfirm``, ``SecondPersonNeeded``."""
    with tenant(authority_id):
        step = commands.release(authority_id, slug, version, by)
    return Published(slug, version, step.digest, False, (authority_id,))


def withdraw(slug: str, *, authority_id: UUID, by: str) -> Published:
    """End the offer of a service. Cases go on; its page says that it is no longer offered.

    If the authority's directory lists the service, it stays findable as one without an online form.
    Raises ``UnknownService`` for what is not offered.
    """
    with tenant(authority_id):
        step = commands.withdraw(authority_id, slug, by) if _storable(slug) else None
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
    if not _storable(slug):
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


def _storable(text: str) -> bool:
    """PostgreSQL refuses NUL in text; what cannot be stored cannot exist."""
    return "\x00" not in text and text.isprintable()
