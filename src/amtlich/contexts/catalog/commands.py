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
from amtlich.contexts.catalog.errors import (
    MovedOn,
    NothingToConfirm,
    ReasonMissing,
    SecondPersonNeeded,
    VersionTaken,
)
from amtlich.contexts.catalog.models import PackageVersion, Publication, PublishedDirectory
from amtlich.contexts.catalog.persons import Person
from amtlich.kernel import clock, words
from amtlich.kernel.commitment import canonical_json
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.settings.config import config

REASON_LIMIT = 500


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


def hand_in(
    authority_id: UUID, slug: str, version: str, digest: str, by: Person, seen: int | None = None
) -> Publication:
    """Leave the version waiting for a second person. Needs a ``tenant()``.

    What is already offered or already waiting stays as it is, with who handed it in first.
    """
    _alone_with(authority_id, slug)
    _refuse_if_moved_on(slug, seen)
    if queries.offered_digest(slug) == digest:
        return queries.released(slug, digest)
    last = queries.newest(slug, version)
    if last is not None and last.state == Publication.WAITING:
        return last
    return _add(authority_id, slug, version, digest, Publication.WAITING, by)


def release_alone(authority_id: UUID, slug: str, version: str, digest: str, by: Person) -> Publication:
    """Take the version into the offer without a second person, marked as the exception it is.

    For demonstrations and tests. Needs a ``tenant()``. Raises ``SecondPersonNeeded`` anywhere else.
    """
    if second_person_needed():
        raise SecondPersonNeeded(by.label)
    _alone_with(authority_id, slug)
    if queries.offered_digest(slug) == digest:
        return queries.released(slug, digest)
    state, exempt = Publication.RELEASED, Publication.DEMONSTRATION
    return _add(authority_id, slug, version, digest, state, by, exempt=exempt)


def release(authority_id: UUID, slug: str, version: str, by: Person, seen: int | None) -> Publication:
    """The second person agrees. Needs a ``tenant()``."""
    waiting = _waiting(authority_id, slug, version, seen)
    if waiting.person == by.key:
        raise SecondPersonNeeded(by.label)
    return _answer(waiting, Publication.RELEASED, by, "")


def reject(
    authority_id: UUID, slug: str, version: str, by: Person, reason: str, seen: int | None
) -> Publication:
    """A second person says no, or the first one takes it back. Needs a ``tenant()``."""
    why = _reason(reason)
    return _answer(_waiting(authority_id, slug, version, seen), Publication.REJECTED, by, why)


def withdraw(authority_id: UUID, slug: str, by: Person, reason: str, seen: int | None) -> Publication | None:
    """End the offer of a service; None if it is not offered. Needs a ``tenant()``."""
    why = _reason(reason)
    _alone_with(authority_id, slug)
    _refuse_if_moved_on(slug, seen)
    offered = queries.newest_effective(slug)
    if offered is None or offered.state != Publication.RELEASED:
        return None
    return _add(authority_id, slug, offered.version, offered.digest, Publication.WITHDRAWN, by, reason=why)


def _alone_with(authority_id: UUID, slug: str) -> None:
    """Steps of one service at one authority come one after the other, each seeing the one before."""
    one_at_a_time(f"catalog:{authority_id}:{slug}")


def _waiting(authority_id: UUID, slug: str, version: str, seen: int | None) -> Publication:
    _alone_with(authority_id, slug)
    _refuse_if_moved_on(slug, seen)
    last = queries.newest(slug, version)
    if last is None:
        raise NothingToConfirm(slug, version)
    if last.state != Publication.WAITING:
        raise MovedOn(told(last))
    return last


def _refuse_if_moved_on(slug: str, seen: int | None) -> None:
    """``seen``: how many steps the service had when the person looked; None asks nothing."""
    if seen is not None and seen != queries.steps_of(slug):
        last = queries.newest(slug)
        raise MovedOn(told(last) if last else "Der Stand dieser Leistung ist inzwischen ein anderer.")


def told(step: Publication) -> str:
    """Who did what when, as a sentence for the next person."""
    done = {
        Publication.WAITING: "vorgelegt",
        Publication.RELEASED: "veröffentlicht",
        Publication.REJECTED: "abgelehnt",
        Publication.WITHDRAWN: "zurückgezogen",
    }[step.state]
    when = words.datetime_in(step.at, "de")
    return f"Version {step.version} wurde am {when} von „{step.by}“ {done}."


def _reason(reason: str) -> str:
    cleaned = " ".join(reason.replace("\x00", " ").split())
    if not cleaned or len(cleaned) > REASON_LIMIT:
        raise ReasonMissing(REASON_LIMIT)
    return cleaned


def _answer(waiting: Publication, state: str, by: Person, reason: str) -> Publication:
    try:
        with transaction.atomic():
            return _add(
                waiting.authority_id,
                waiting.slug,
                waiting.version,
                waiting.digest,
                state,
                by,
                reason=reason,
                proposal_id=waiting.pk,
                proposer=waiting.person,
            )
    except IntegrityError as error:
        # The door above lets one in at a time; the database knows it without the door, too.
        if "catalog_answered_once" not in str(error):
            raise
        last = queries.newest(waiting.slug, waiting.version) or waiting
        raise MovedOn(told(last)) from None


def _add(
    authority_id: UUID, slug: str, version: str, digest: str, state: str, by: Person, **more: Any
) -> Publication:
    return Publication.objects.create(
        authority_id=authority_id,
        slug=slug,
        version=version,
        digest=digest,
        state=state,
        by=by.label,
        person=by.key,
        at=clock.now(),
        **more,
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
