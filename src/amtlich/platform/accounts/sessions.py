# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Sessions in the database, under the hash of their key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError, IntegrityError, connections, router, transaction

from amtlich.kernel import clock
from amtlich.platform.accounts.models import Session


def key_hash(session_key: str) -> str:
    """How a key is stored: the first 160 bits of SHA-256, as hex, which fits Django's column."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def open_sessions(hashes: Collection[str]) -> frozenset[str]:
    """Those of the stored keys whose session is neither ended, expired nor of a locked account.

    One query over all authorities, as role *system*: the live channel asks for all its streams at once.
    """
    with connections["system"].cursor() as cursor:
        cursor.execute(
            "SELECT s.session_key FROM accounts_session s "
            "LEFT JOIN accounts_account a ON a.id = s.account_id "
            "WHERE s.session_key = ANY(%s) AND s.expire_date > %s AND (s.account_id IS NULL OR a.is_active)",
            [list(hashes), clock.now()],
        )
        return frozenset(key for (key,) in cursor.fetchall())


class SessionStore(DatabaseStore):
    """Django's database store with hashed keys and the columns that the live channel asks for."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        if not self.session_key:
            return None
        found = Session.objects.filter(
            session_key=key_hash(self.session_key), expire_date__gt=clock.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=key_hash(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return Session(
            session_key=key_hash(cast(str, self._get_or_create_session_key())),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(modification=clock.now()),
            account_id=_uuid(data.get("account")),
            holder_id=_uuid(data.get("holder")),
            provider_session=data.get("provider_session", ""),
        )

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        using = router.db_for_write(Session, instance=row)
        try:
            with transaction.atomic(using=using):
                row.save(force_insert=must_create, force_update=not must_create, using=using)
        except IntegrityError:
            if must_create:
                raise CreateError from None
            raise
        except DatabaseError:
            if not must_create:
                raise UpdateError from None
            raise

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=key_hash(key)).delete()


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
