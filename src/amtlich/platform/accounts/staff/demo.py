# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Invented members of staff for the demonstration: one click each, in demo and test mode only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from amtlich.kernel import clock
from amtlich.kernel.errors import NotFound
from amtlich.platform.accounts.personas import demo_logins_allowed
from amtlich.platform.accounts.staff import sessions
from amtlich.platform.accounts.staff.models import Staff
from amtlich.platform.accounts.staff.roles import Role
from amtlich.platform.tenancy import tenant

_PEOPLE = (
    ("vorfuehrung.kaya", "Ayşe Kaya", (Role.CASEWORKER, Role.LEAD)),
    ("vorfuehrung.petrovic", "Jens Petrović", (Role.PUBLISHER, Role.ADMINISTRATOR)),
    ("vorfuehrung.brandt", "Mia Brandt", (Role.PUBLISHER, Role.AUDITOR)),
)


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody one can be in the demonstration."""

    name: str
    display_name: str
    titles: str


def ensure(authority_id: UUID) -> None:
    """Add those who are missing. They have no password, so that nobody gets in as them in production."""
    with tenant(authority_id):
        for name, shown, roles in _PEOPLE:
            Staff.objects.get_or_create(
                authority_id=authority_id,
                name=name,
                defaults={
                    "display_name": shown,
                    "roles": sorted(role.value for role in roles),
                    "created_at": clock.now(),
                },
            )


def people(authority_id: UUID) -> tuple[DemoStaff, ...]:
    """Whom one can be here; nobody outside of a demonstration."""
    if not demo_logins_allowed():
        return ()
    with tenant(authority_id):
        found = Staff.objects.filter(name__in=[name for name, _, _ in _PEOPLE], enabled=True).order_by("pk")
        return tuple(
            DemoStaff(
                one.name, one.display_name, ", ".join(sorted(Role(each).title_de for each in one.roles))
            )
            for one in found.order_by("display_name")
        )


def log_in(request: HttpRequest, authority_id: UUID, name: str) -> str:
    """Be this person; returns the key of the session. Raises ``NotFound`` outside of a demonstration."""
    if name not in {one.name for one in people(authority_id)}:
        raise NotFound
    with tenant(authority_id):
        person = Staff.objects.get(name=name)
        return sessions.begin(request, authority_id, person.pk, confirmed=True)
