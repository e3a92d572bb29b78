# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The one door to rows of an authority."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connections, transaction

_current: ContextVar[UUID | None] = ContextVar("amtlich_tenant", default=None)


class NestedTenantError(RuntimeError):
    """A second door inside the first would leave the outer block with the inner authority's rows."""


def current_tenant_id() -> UUID | None:
    """The authority whose door is open here, or None."""
    return _current.get()


@contextmanager
def tenant(authority_id: UUID, using: str = "default") -> Iterator[None]:
    """One durable transaction in which the database shows the rows of this authority only.

    Raises ``NestedTenantError`` inside another ``tenant()``. Lazy querysets must be evaluated inside:
    outside they find no rows, because the setting ends with the transaction.
    """
    if _current.get() is not None:
        raise NestedTenantError("tenant() does not nest: end the first transaction before the second")
    mark = _current.set(authority_id)
    try:
        with transaction.atomic(using=using, durable=True):
            with connections[using].cursor() as cursor:
                cursor.execute("SELECT set_config('app.authority', %s, true)", [str(authority_id)])
            yield
    finally:
        _current.reset(mark)
