# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who works at an authority: adding people, roles, locking, and a new way in for who has lost everything.

Every function opens its own ``tenant()``. ``by`` names who does it, and stands in the log of changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from amtlich.kernel import clock
from amtlich.platform.accounts import sealed
from amtlich.platform.accounts.staff import secrets
from amtlich.platform.accounts.staff.errors import LastAdministrator, NoSuchStaff, StaffRefused
from amtlich.platform.accounts.staff.models import (
    Change,
    Enrolment,
    Passkey,
    Recovery,
    RecoveryCode,
    Staff,
    StaffSession,
)
from amtlich.platform.accounts.staff.roles import Role
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.tenancy import tenant

TOTP = "staff totp"
LINK_HOLDS, RECOVERY_LINK_HOLDS = timedelta(hours=24), timedelta(hours=1)
#: After that, somebody who was asked for must be asked for again.
RECOVERY_HOLDS = timedelta(hours=24)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A member of staff as whoever manages accounts sees them."""

    id: UUID
    name: str
    display_name: str
    roles: frozenset[Role]
    enabled: bool
    enrolled: bool
    recovery_asked_by: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the log of changes."""

    at: datetime
    by: str
    name: str
    what: str


def members(authority_id: UUID) -> tuple[StaffRecord, ...]:
    """Everybody, by name."""
    with tenant(authority_id):
        asked = {one.staff_id: one.asked_by for one in _recoveries()}
        return tuple(_record(row, asked.get(row.pk, "")) for row in Staff.objects.order_by("name"))


def changes(authority_id: UUID, most: int = 50) -> tuple[ChangeView, ...]:
    """The latest changes of accounts, newest first."""
    with tenant(authority_id):
        names = dict(Staff.objects.values_list("pk", "name"))
        rows = Change.objects.order_by("-id")[:most]
        return tuple(ChangeView(row.at, row.by, names.get(row.staff_id, ""), row.what) for row in rows)


def add(authority_id: UUID, name: str, display_name: str, roles: Collection[Role], *, by: str) -> str:
    """Add somebody; returns the key of the link with which they set password and second factor, once.

    Raises ``StaffRefused``.
    """
    name, shown = name.strip().lower(), " ".join(display_name.split())
    if not _NAME.fullmatch(name):
        raise StaffRefused(
            "Eine Kennung hat Kleinbuchstaben, Ziffern, Punkt und Strich, zum Beispiel d.kaya."
        )
    if not shown or len(shown) > 120 or not shown.isprintable():
        raise StaffRefused("Nennen Sie Vorname und Name, höchstens 120 Zeichen.")
    if not roles:
        raise StaffRefused("Nennen Sie mindestens eine Rolle.")
    try:
        with tenant(authority_id):
            row = Staff.objects.create(
                authority_id=authority_id,
                name=name,
                display_name=shown,
                roles=sorted(role.value for role in roles),
                created_at=clock.now(),
            )
            _log(row, by, f"angelegt: {_titles(roles)}")
            return _new_link(row, LINK_HOLDS)
    except IntegrityError:
        raise StaffRefused(f"Die Kennung „{name}“ gibt es hier schon.") from None


def set_roles(authority_id: UUID, name: str, roles: Collection[Role], *, by: str) -> None:
    """What somebody may do from now on. Open sessions feel it at their next request.

    Raises ``NoSuchStaff``, ``StaffRefused``, ``LastAdministrator``.
    """
    if not roles:
        raise StaffRefused("Ohne Rolle geht nichts mehr. Sperren Sie das Konto, wenn Sie das wollen.")
    with tenant(authority_id):
        row = _one(authority_id, name)
        if Role.ADMINISTRATOR not in roles:
            _keep_one_administrator(row)
        row.roles = sorted(role.value for role in roles)
        row.save(update_fields=["roles"])
        _log(row, by, f"Rollen: {_titles(roles)}")


def disable(authority_id: UUID, name: str, *, by: str) -> None:
    """Lock the account; all its sessions end now. Raises ``NoSuchStaff``, ``LastAdministrator``."""
    with tenant(authority_id):
        row = _one(authority_id, name)
        _keep_one_administrator(row)
        row.enabled = False
        row.save(update_fields=["enabled"])
        StaffSession.objects.filter(staff_id=row.pk).delete()
        Enrolment.objects.filter(staff_id=row.pk).delete()
        _log(row, by, "gesperrt")


def enable(authority_id: UUID, name: str, *, by: str) -> None:
    """Unlock the account, with password and second factor as they were. Raises ``NoSuchStaff``."""
    with tenant(authority_id):
        row = _one(authority_id, name)
        row.enabled = True
        row.save(update_fields=["enabled"])
        _log(row, by, "entsperrt")


def new_link(authority_id: UUID, name: str, *, by: str) -> str:
    """A new link for somebody who has never set the account up. Raises ``NoSuchStaff``, ``StaffRefused``."""
    with tenant(authority_id):
        row = _one(authority_id, name)
        if row.password:
            raise StaffRefused("Dieses Konto ist eingerichtet. Ein neuer Zugang braucht zwei Personen.")
        _log(row, by, "neuer Einmal-Link")
        return _new_link(row, LINK_HOLDS)


def begin_recovery(authority_id: UUID, name: str, *, by: str) -> None:
    """Somebody has lost all factors: the first of two persons says so. Raises ``NoSuchStaff``."""
    with tenant(authority_id):
        row = _one(authority_id, name)
        Recovery.objects.update_or_create(
            staff_id=row.pk,
            defaults={"authority_id": authority_id, "asked_by": by, "asked_at": clock.now()},
        )
        _log(row, by, "neuer Zugang verlangt")


def confirm_recovery(authority_id: UUID, name: str, *, by: str) -> str:
    """The second person confirms: old factors and sessions end, and a link that holds one hour is returned.

    Raises ``NoSuchStaff``, ``StaffRefused`` if nobody has asked, or the same person, or the one meant.
    """
    with tenant(authority_id):
        row = _one(authority_id, name)
        asked = _recoveries().filter(staff_id=row.pk).first()
        if asked is None:
            raise StaffRefused("Einen neuen Zugang hat niemand verlangt, oder es ist zu lange her.")
        if _same(asked.asked_by, by):
            raise StaffRefused("Das muss eine zweite Person bestätigen, nicht dieselbe.")
        if _same(by, row.display_name):
            raise StaffRefused("Den eigenen Zugang bestätigt niemand selbst.")
        asked.delete()
        StaffSession.objects.filter(staff_id=row.pk).delete()
        RecoveryCode.objects.filter(staff_id=row.pk).delete()
        Passkey.objects.filter(staff_id=row.pk).delete()
        row.password = row.totp_secret = ""
        row.save(update_fields=["password", "totp_secret"])
        _log(row, by, f"neuer Zugang bestätigt, verlangt von {asked.asked_by}")
        return _new_link(row, RECOVERY_LINK_HOLDS)


def _new_link(row: Staff, holds: timedelta) -> str:
    """A link for this person; one that was made before no longer works."""
    Enrolment.objects.filter(staff_id=row.pk).delete()
    key = secrets.new_key()
    Enrolment.objects.create(
        token_hash=secrets.hash_of(key),
        authority_id=row.authority_id,
        staff_id=row.pk,
        secret=sealed.seal(secrets.new_totp_secret(), TOTP),
        expires_at=clock.now() + holds,
    )
    return key


def _recoveries() -> QuerySet[Recovery]:
    return Recovery.objects.filter(asked_at__gt=clock.now() - RECOVERY_HOLDS)


def _one(authority_id: UUID, name: str) -> Staff:
    # Changes of accounts come one after the other, or two could each remove the other administrator.
    one_at_a_time(f"staff {authority_id}")
    row = Staff.objects.select_for_update().filter(name=name.strip().lower()).first()
    if row is None:
        raise NoSuchStaff(f"Die Kennung „{name[:60]}“ gibt es hier nicht.")
    return row


def _keep_one_administrator(row: Staff) -> None:
    if Role.ADMINISTRATOR.value not in row.roles or not row.enabled:
        return
    others = Staff.objects.filter(enabled=True, roles__contains=[Role.ADMINISTRATOR.value]).exclude(pk=row.pk)
    if not others.exists():
        raise LastAdministrator(
            f"{row.display_name} verwaltet allein die Konten. Geben Sie die Rolle erst noch jemandem."
        )


def _record(row: Staff, asked_by: str) -> StaffRecord:
    return StaffRecord(
        row.pk, row.name, row.display_name, _roles(row), row.enabled, bool(row.password), asked_by
    )


def _roles(row: Staff) -> frozenset[Role]:
    # A role that a later version knew is none here.
    return frozenset(Role(role) for role in row.roles if role in {each.value for each in Role})


def _titles(roles: Collection[Role]) -> str:
    return ", ".join(sorted(role.title_de for role in roles))


def _log(row: Staff, by: str, what: str) -> None:
    Change.objects.create(
        authority_id=row.authority_id, staff_id=row.pk, at=clock.now(), by=by[:140], what=what[:200]
    )


def _same(one: str, other: str) -> bool:
    """Whether two labels mean one person: the name in brackets behind it counts for nothing."""
    return _person(one) == _person(other)


def _person(label: str) -> str:
    return " ".join(label.partition("(")[0].casefold().split())
