# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Members of staff who are in already: no test of another page needs their log-in."""

from uuid import UUID

from django.test import Client, RequestFactory

from amtlich.kernel import clock
from amtlich.platform.accounts.staff import Role, StaffMember, sessions
from amtlich.platform.accounts.staff.models import Staff
from amtlich.platform.tenancy import tenant


def enrolled(
    authority_id: UUID, *roles: Role, name: str = "d.kaya", display_name: str = "Derya Kaya"
) -> StaffMember:
    """Somebody who works there with these roles (none named: caseworker)."""
    wanted = roles or (Role.CASEWORKER,)
    with tenant(authority_id):
        person, _ = Staff.objects.update_or_create(
            authority_id=authority_id,
            name=name,
            defaults={
                "display_name": display_name,
                "roles": sorted(role.value for role in wanted),
                "password": "unusable",
                "created_at": clock.now(),
            },
        )
    return sessions.member_of(person)


def cookie_of(member: StaffMember) -> str:
    """The value of the cookie of a new session."""
    with tenant(member.authority_id):
        return sessions.begin(RequestFactory().get("/amt/"), member.authority_id, member.id, confirmed=True)


def log_in(client: Client, member: StaffMember) -> Client:
    """The client is this person from now on."""
    client.cookies[sessions.COOKIE] = cookie_of(member)
    return client
