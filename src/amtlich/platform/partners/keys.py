# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Adding partners, giving them keys, and knowing who calls. Every function opens its own ``tenant()``."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError

from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform.accounts.actor import PARTNER, Actor
from amtlich.platform.partners.models import ApiKey, Partner
from amtlich.platform.tenancy import tenant

LONGEST_DAYS = 730
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")
_KEY = re.compile(r"amt_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")
_PREFIX_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Scope(StrEnum):
    """What a key allows. A key sees only what its own partner has submitted."""

    SERVICES_READ = "services:read"
    CASES_SUBMIT = "cases:submit"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    PROOFS_VERIFY = "proofs:verify"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is, and what it allows."""

    partner_id: UUID
    name: str
    key_id: UUID
    scopes: frozenset[str]

    def actor(self, authority_id: UUID) -> Actor:
        """The partner as somebody who acts: nobody vouches for whom it speaks for."""
        return Actor(
            "anonymous", authority_id, holder_id=self.partner_id, means=PARTNER, display_name=self.name
        )


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as it may be shown."""

    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked: bool
    expired: bool
    last_used: str


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner with its keys, the newest first."""

    slug: str
    name: str
    contact: str
    keys: tuple[KeyView, ...]


def add(authority_id: UUID, slug: str, name: str, contact: str) -> None:
    """Let a partner in; it has no key yet. Raises ``BadInput``."""
    if not _SLUG.fullmatch(slug):
        raise BadInput("Das Kürzel hat Kleinbuchstaben, Ziffern und Bindestriche, höchstens 40.")
    texts = [" ".join(text.split()) for text in (name, contact)]
    if not all(text and text.isprintable() and len(text) <= 120 for text in texts):
        raise BadInput(
            "Nennen Sie den Namen des Partners und wen man dort erreicht, je höchstens 120 Zeichen."
        )
    try:
        with tenant(authority_id):
            Partner.objects.create(
                authority_id=authority_id, slug=slug, name=texts[0], contact=texts[1], created_at=clock.now()
            )
    except IntegrityError:
        raise BadInput(f"Einen Partner „{slug}“ gibt es schon.") from None


def new_key(authority_id: UUID, slug: str, scopes: Collection[Scope], days: int, *, by: str) -> str:
    """A new key for the partner; it is returned this once and never again.

    Raises ``NotFound``, ``BadInput``.
    """
    if not scopes:
        raise BadInput("Nennen Sie, was der Schlüssel darf.")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"Ein Schlüssel gilt 1 bis {LONGEST_DAYS} Tage.")
    now = clock.now()
    prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(12))
    key = f"amt_{prefix}_{secrets.token_urlsafe(32)}"
    with tenant(authority_id):
        ApiKey.objects.create(
            authority_id=authority_id,
            partner_id=_partner(slug).pk,
            prefix=prefix,
            key_hash=_hash(key),
            scopes=sorted(scope.value for scope in scopes),
            created_at=now,
            created_by=by[:140],
            expires_at=now + timedelta(days=days),
        )
    return key


def revoke(authority_id: UUID, prefix: str) -> bool:
    """The key opens nothing from now on; False if it was revoked before. Raises ``NotFound``."""
    with tenant(authority_id):
        found = ApiKey.objects.filter(prefix=prefix).first()
        if found is None:
            raise NotFound(f"Einen Schlüssel „{prefix[:20]}“ gibt es hier nicht.")
        return ApiKey.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=clock.now()) == 1


def partners(authority_id: UUID) -> tuple[PartnerView, ...]:
    """All partners with their keys."""
    with tenant(authority_id):
        keys = list(ApiKey.objects.order_by("-created_at"))
        return tuple(
            PartnerView(
                one.slug, one.name, one.contact, tuple(_view(key) for key in keys if key.partner_id == one.pk)
            )
            for one in Partner.objects.order_by("slug")
        )


def caller(authority_id: UUID, key: str) -> Caller | None:
    """Whose key this is, if it opens anything here and now; a wrong secret costs the same as a right one."""
    given = _KEY.fullmatch(key)
    if given is None:
        return None
    now = clock.now()
    with tenant(authority_id):
        found = ApiKey.objects.filter(prefix=given[1]).first()
        right = hmac.compare_digest(found.key_hash if found else _hash("nobody"), _hash(key))
        if found is None or not right or found.revoked_at is not None or found.expires_at <= now:
            return None
        if found.last_used_on != now.date():
            ApiKey.objects.filter(pk=found.pk).update(last_used_on=now.date())
        of = Partner.objects.get(pk=found.partner_id)
    return Caller(of.pk, of.name, found.pk, frozenset(found.scopes))


def _partner(slug: str) -> Partner:
    found = Partner.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"Einen Partner „{slug[:40]}“ gibt es hier nicht.")
    return found


def _hash(key: str) -> str:
    # 256 random bits need neither salt nor a slow hash.
    return hashlib.sha256(key.encode()).hexdigest()


def _view(key: ApiKey) -> KeyView:
    return KeyView(
        key.prefix,
        tuple(key.scopes),
        key.created_at,
        key.expires_at,
        key.revoked_at is not None,
        key.expires_at <= clock.now(),
        key.last_used_on.isoformat() if key.last_used_on else "",
    )
