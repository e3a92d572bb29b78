# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Sessions in the office: a row each, looked up at every request, so that whatever ends it ends it at once.

They have a cookie of their own below /amt/: a citizen's session at the same authority is another thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token

from amtlich.kernel import clock
from amtlich.platform.accounts.staff import secrets
from amtlich.platform.accounts.staff.models import Staff, StaffSession
from amtlich.platform.accounts.staff.roles import Role, StaffMember
from amtlich.platform.tenancy import tenant

COOKIE, PATH = "amtlich_amt", "/amt/"
#: A working day, and how long nobody may have done anything; between password and code it is short.
LONGEST, IDLE, HALF = timedelta(hours=10), timedelta(minutes=60), timedelta(minutes=10)
_SEEN_EVERY = timedelta(minutes=1)
_AGENTS = {"Edg/": "Edge", "OPR/": "Opera", "Chrome/": "Chrome", "Firefox/": "Firefox", "Safari/": "Safari"}


@dataclass(frozen=True, slots=True)
class Found:
    """Who a request's cookie stands for; ``member`` is None between password and second factor."""

    key_hash: str
    staff_id: UUID
    member: StaffMember | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """One open session as its owner sees it."""

    id: str
    agent: str
    begun_at: datetime
    seen_at: datetime
    current: bool


def begin(request: HttpRequest, authority_id: UUID, staff_id: UUID, *, confirmed: bool) -> str:
    """A session under a new key; returns the key for the cookie. The one before is gone (fixation).

    In an open ``tenant()``.
    """
    now = clock.now()
    before = request.COOKIES.get(COOKIE, "")
    if before:
        StaffSession.objects.filter(key_hash=secrets.hash_of(before)).delete()
    key = secrets.new_key()
    StaffSession.objects.create(
        key_hash=secrets.hash_of(key),
        authority_id=authority_id,
        staff_id=staff_id,
        confirmed=confirmed,
        agent=_agent(request),
        begun_at=now,
        seen_at=now,
        expires_at=now + (IDLE if confirmed else HALF),
    )
    rotate_token(request)
    return key


def find(request: HttpRequest, authority_id: UUID) -> Found | None:
    """Whom the cookie stands for, if the session still holds; one query, two once a minute."""
    key = request.COOKIES.get(COOKIE, "")
    if not key or len(key) > 100:
        return None
    now = clock.now()
    with tenant(authority_id):
        row = StaffSession.objects.filter(key_hash=secrets.hash_of(key), expires_at__gt=now).first()
        person = Staff.objects.filter(pk=row.staff_id, enabled=True).first() if row else None
        if row is None or person is None:
            return None
        if row.confirmed and now - row.seen_at > _SEEN_EVERY:
            expires = min(now + IDLE, row.begun_at + LONGEST)
            StaffSession.objects.filter(pk=row.pk).update(seen_at=now, expires_at=expires)
    return Found(row.pk, person.pk, member_of(person) if row.confirmed else None)


def member_of(person: Staff) -> StaffMember:
    """The person with the roles that this version knows."""
    known = {role.value for role in Role}
    roles = frozenset(Role(role) for role in person.roles if role in known)
    return StaffMember(person.pk, person.authority_id, person.name, person.display_name, roles)


def of(member: StaffMember, current: str) -> tuple[SessionView, ...]:
    """All open sessions of a person, the latest first. Opens its own ``tenant()``."""
    with tenant(member.authority_id):
        rows = StaffSession.objects.filter(staff_id=member.id, confirmed=True, expires_at__gt=clock.now())
        return tuple(
            SessionView(row.pk[:16], row.agent, row.begun_at, row.seen_at, row.pk == current)
            for row in rows.order_by("-seen_at")
        )


def end(member: StaffMember, session: str) -> bool:
    """End one session of this person by its id of ``SessionView``; False if there is none."""
    if len(session) != 16:
        return False
    with tenant(member.authority_id):
        return StaffSession.objects.filter(staff_id=member.id, key_hash__startswith=session).delete()[0] > 0


def end_others(member: StaffMember, current: str) -> int:
    """End all sessions of this person but this one; returns how many."""
    with tenant(member.authority_id):
        return StaffSession.objects.filter(staff_id=member.id).exclude(pk=current).delete()[0]


def end_this(request: HttpRequest, authority_id: UUID) -> None:
    """Log out."""
    key = request.COOKIES.get(COOKIE, "")
    with tenant(authority_id):
        StaffSession.objects.filter(key_hash=secrets.hash_of(key)).delete()


def set_cookie(response: HttpResponseBase, key: str) -> None:
    """Hand the key to the browser, for pages of the office only."""
    response.set_cookie(
        COOKIE, key, path=PATH, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def drop_cookie(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _agent(request: HttpRequest) -> str:
    """The browser's name, so that people recognise their sessions; nothing finer."""
    told = request.headers.get("User-Agent", "")
    return next((name for mark, name in _AGENTS.items() if mark in told), "")
