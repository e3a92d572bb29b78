# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Storing versions and taking them into an authority's offer."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from amtlich.contexts.catalog import queries
from amtlich.contexts.catalog.bundle import Bundle
from amtlich.contexts.catalog.errors import NothingToConfirm, SecondPersonNeeded, VersionTaken
from amtlich.contexts.catalog.models import PackageVersion, Publication, PublishedDirectory
from amtlich.kernel import clock
from amtlich.kernel.commitment import canonical_json
from amtlich.platform.settings.config import config


def store_version(slug: str, version: str, bundle: Bundle, by: str) -> None:
    """Keep the version for ever. Raises ``VersionTaken`` if it exists with another content."""
    digest = bundle.digest
    try:
        with transaction.atomic():
            PackageVersion.objects.create(
                slug=slug,
                version=version,
                digest=digest,
                archive=bundle.to_archive(),
                published_at=clock.now(),
                published_by=by,
            )
    except IntegrityError:
        # Somebody stored this version before: the same content is fine, another is not.
        if queries.digest_of(slug, version) != digest:
            raise VersionTaken(slug, version) from None


def second_person_needed() -> bool:
    """Outside of demonstrations and tests nobody puts a service into force alone (four eyes)."""
    return config().mode == "production"


def propose(authority_id: UUID, slug: str, version: str, digest: str, by: str) -> Publication:
    """Take the version into the offer, or leave it waiting for a second person. Needs a ``tenant()``.

    Proposing what is already offered or already waiting changes nothing.
    """
    if queries.offered_digest(slug) == digest:
        released = Publication.objects.filter(slug=slug, digest=digest, state=Publication.RELEASED)
        return released.order_by("-id")[0]
    last = queries.newest(slug, version)
    if last is not None and last.state == Publication.WAITING and second_person_needed():
        return last
    state = Publication.WAITING if second_person_needed() else Publication.RELEASED
    return _add(authority_id, slug, version, digest, state, by)


def release(authority_id: UUID, slug: str, version: str, by: str) -> Publication:
    """The second person agrees. Needs a ``tenant()``."""
    waiting = queries.newest(slug, version)
    if waiting is None or waiting.state != Publication.WAITING:
        raise NothingToConfirm(slug, version)
    if waiting.by.casefold() == by.casefold():
        raise SecondPersonNeeded(by)
    return _add(authority_id, slug, version, waiting.digest, Publication.RELEASED, by)


def withdraw(authority_id: UUID, slug: str, by: str) -> Publication | None:
    """End the offer of a service; None if it is not offered. Needs a ``tenant()``."""
    offered = queries.newest_effective(slug)
    if offered is None or offered.state != Publication.RELEASED:
        return None
    return _add(authority_id, slug, offered.version, offered.digest, Publication.WITHDRAWN, by)


def _add(authority_id: UUID, slug: str, version: str, digest: str, state: str, by: str) -> Publication:
    return Publication.objects.create(
        authority_id=authority_id,
        slug=slug,
        version=version,
        digest=digest,
        state=state,
        by=by,
        at=clock.now(),
    )


def list_services(authority_id: UUID, content: Mapping[str, Any], by: str) -> str:
    """Put a directory in the place of the one before; the same again changes nothing. Needs a ``tenant()``.

    Gives its digest.
    """
    digest = sha256(canonical_json(content)).hexdigest()
    if queries.newest_directory_digest() != digest:
        PublishedDirectory.objects.create(
            authority_id=authority_id, digest=digest, content=content, by=by, at=clock.now()
        )
    return digest
