# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is offered. Functions that read publications expect an open ``tenant()``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amtlich.contexts.catalog.models import PackageVersion, Publication, PublishedDirectory


@dataclass(frozen=True, slots=True)
class VersionView:
    """A stored version of a package."""

    slug: str
    version: str
    digest: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A step of a publication: handed in (waiting), released, rejected, withdrawn.

    ``person`` is the key of who did it (``persons.Person``), ``exempt`` why a release needed no second one.
    """

    slug: str
    version: str
    digest: str
    state: str
    by: str
    at: datetime
    person: str
    reason: str
    exempt: str


def offered_digests() -> list[str]:
    """The digest of the version of each service that is offered now, by slug."""
    rows = (
        Publication.objects.filter(state__in=Publication.EFFECTIVE).order_by("slug", "-id").distinct("slug")
    )
    return [digest for digest, state in rows.values_list("digest", "state") if state == Publication.RELEASED]


def offered_digest(slug: str) -> str | None:
    """The digest of the version that the authority offers now."""
    last = newest_effective(slug)
    return last.digest if last is not None and last.state == Publication.RELEASED else None


def newest_effective(slug: str) -> Publication | None:
    """The step that says whether a service is offered; one that waits for its second person says nothing."""
    return Publication.objects.filter(state__in=Publication.EFFECTIVE, slug=slug).order_by("-id").first()


def was_offered(slug: str) -> bool:
    """Whether the authority ever offered this service online or listed it."""
    listed = [{"services": [{"id": slug}]}]
    return (
        Publication.objects.filter(state=Publication.RELEASED, slug=slug).exists()
        or PublishedDirectory.objects.filter(content__situations__contains=listed).exists()
    )


def ever_offered_digest(slug: str, version: str) -> str | None:
    """The digest of a version that the authority offers or has offered."""
    rows = Publication.objects.filter(state=Publication.RELEASED, slug=slug, version=version)
    return rows.order_by("-id").values_list("digest", flat=True).first()


def newest(slug: str, version: str | None = None) -> Publication | None:
    """The newest step for a service, or for one version of it."""
    rows = Publication.objects.filter(slug=slug)
    if version is not None:
        rows = rows.filter(version=version)
    return rows.order_by("-id").first()


def released(slug: str, digest: str) -> Publication:
    """The newest step that took this version into the offer; there must be one."""
    return Publication.objects.filter(slug=slug, digest=digest, state=Publication.RELEASED).order_by("-id")[0]


def steps_of(slug: str) -> int:
    """How many steps a service has here: another number means that somebody did something."""
    return Publication.objects.filter(slug=slug).count()


def handed_in_digest(slug: str, version: str) -> str | None:
    """The digest of a version that was ever handed in here."""
    rows = Publication.objects.filter(slug=slug, version=version)
    return rows.order_by("-id").values_list("digest", flat=True).first()


def publications() -> tuple[PublicationView, ...]:
    """All steps, newest first."""
    return tuple(
        PublicationView(
            row.slug,
            row.version,
            row.digest,
            row.state,
            row.by,
            row.at,
            row.person,
            row.reason,
            row.exempt,
        )
        for row in Publication.objects.order_by("-id")
    )


def digest_of(slug: str, version: str) -> str | None:
    """The digest of a stored version."""
    rows = PackageVersion.objects.filter(slug=slug, version=version)
    return rows.values_list("digest", flat=True).first()


def versions() -> tuple[VersionView, ...]:
    """All stored versions, by slug, newest first."""
    rows = PackageVersion.objects.order_by("slug", "-id").values_list(
        "slug", "version", "digest", "published_at", "published_by"
    )
    return tuple(VersionView(*row) for row in rows)


def newest_directory_digest() -> str | None:
    """The digest of the directory in force, if the authority has one."""
    return PublishedDirectory.objects.order_by("-id").values_list("digest", flat=True).first()


def directory_content(digest: str) -> dict[str, Any]:
    """What the authority's directory with that digest says."""
    rows = PublishedDirectory.objects.filter(digest=digest).order_by("-id")
    content: dict[str, Any] = rows.values_list("content", flat=True)[0]
    return content


def storable(text: str) -> bool:
    """PostgreSQL refuses NUL in text; what cannot be stored cannot exist."""
    return "\x00" not in text and text.isprintable()
