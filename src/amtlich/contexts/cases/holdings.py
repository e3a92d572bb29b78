# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which cases an actor holds, by their inner ids: for lists that other contexts keep by case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amtlich.contexts.cases.models import Case
from amtlich.contexts.catalog.api import package
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Holding:
    """A case of the actor: its address, its reference, and the service as its version names it."""

    token: str
    reference: str
    service_name: Mapping[str, str]
    purposes: tuple[Mapping[str, str], ...]


def my_holdings(actor: Actor) -> Mapping[UUID, Holding]:
    """All cases of the actor by id, newest first."""
    if not actor.holders:
        return {}
    with tenant(actor.authority_id):
        rows = list(Case.objects.filter(holder_id__in=actor.holders).order_by("-received_at", "pk"))
    return {row.pk: _holding(row) for row in rows}


def _holding(row: Case) -> Holding:
    of = package(row.service, row.package_version)
    return Holding(
        row.token, row.reference, of.names, tuple(purpose.text for purpose in of.purposes.values())
    )
