# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The common purge: rows of one table that a condition finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from amtlich.platform.upkeep.registry import INSTALLATION


def delete(rows: QuerySet[Any]) -> int:
    """Delete these rows; returns how many there were."""
    return rows.delete()[0]


def per_authority(rows: QuerySet[Any]) -> dict[UUID, int]:
    """How many of these rows each authority has; all are the installation's where rows belong to nobody."""
    rows = rows.using("system").order_by()
    if not _of_authorities(rows.model):
        count = rows.count()
        return {INSTALLATION: count} if count else {}
    found = rows.values("authority_id").annotate(count=Count("pk")).values_list("authority_id", "count")
    return dict(found)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of ``model`` that ``due_when(before)`` finds. ``act`` deletes them, or empties what they hold."""

    name: str
    model: type[Model]
    due_when: Callable[[datetime], Q]
    act: Callable[[QuerySet[Any]], int] = delete
    alias: str = "default"
    only_previewed: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.model._meta.db_table,)

    def due(self, before: datetime) -> Mapping[UUID, int]:
        return per_authority(self._found(before))

    def purge(self, authority_id: UUID, before: datetime, limit: int) -> int:
        found = self._found(before).using(self.alias)
        if _of_authorities(self.model):
            found = found.filter(authority_id=authority_id)
        keys = list(found.order_by("pk").values_list("pk", flat=True)[:limit])
        # The condition stands in the deleting statement too: who was faster and prolonged a row keeps it.
        return self.act(found.filter(pk__in=keys)) if keys else 0

    def _found(self, before: datetime) -> QuerySet[Any]:
        return self.model._default_manager.filter(self.due_when(before))


def _of_authorities(model: type[Model]) -> bool:
    return any(field.attname == "authority_id" for field in model._meta.concrete_fields)
