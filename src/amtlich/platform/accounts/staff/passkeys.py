# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Passkeys (WebAuthn level 3): one gesture is both factors, because the device asks for PIN or finger.

They hold for the host name of the authority only. Every function opens its own ``tenant()``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from amtlich.kernel import clock
from amtlich.platform.accounts.staff import secrets, sessions
from amtlich.platform.accounts.staff.errors import TooManyLogins, WrongCredentials
from amtlich.platform.accounts.staff.models import Challenge, Change, Passkey, Staff
from amtlich.platform.accounts.staff.roles import StaffMember
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.tenancy import tenant
from amtlich.platform.web.throttle import Throttle, place_of

HOLDS = timedelta(minutes=10)
MOST = 10
_LONGEST_ANSWER = 20_000
_NO = "Dieser Passkey passt hier nicht. Nehmen Sie einen anderen, oder Passwort und Code."
_COPIED = (
    "Dieser Passkey ist gesperrt: Sein Zähler ist zurückgegangen, vielleicht gibt es eine Kopie. "
    "Melden Sie sich mit Passwort und Code an, und sagen Sie der Person Bescheid, die bei Ihnen die Konten "
    "verwaltet."
)
_VERIFIED = UserVerificationRequirement.REQUIRED
wrong = Throttle(30, 900.0)


@dataclass(frozen=True, slots=True)
class Question:
    """What the page gives to the browser: ``options`` as JSON, and the token that comes back with it."""

    token: str
    options: str


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its owner sees it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    blocked: bool


def ask_for_log_in(request: HttpRequest, authority_id: UUID) -> Question:
    """A question that any passkey of this authority may answer."""
    options, state = _server(request).authenticate_begin(user_verification=_VERIFIED)
    return _keep(authority_id, None, options, state)


def log_in(request: HttpRequest, authority_id: UUID, token: str, answer: str) -> str:
    """Both factors at once; returns the key of the session.

    Raises ``WrongCredentials``, and ``TooManyLogins`` after too many wrong ones from one place.
    """
    try:
        return _log_in(request, authority_id, token, answer)
    except WrongCredentials:
        if wait := wrong.wait_for(f"{authority_id} {place_of(request)}"):
            raise TooManyLogins("Zu viele Versuche.", retry_after=wait) from None
        raise


def _log_in(request: HttpRequest, authority_id: UUID, token: str, answer: str) -> str:
    state = _taken(authority_id, token, None)
    given = _read(AuthenticationResponse, answer)
    with tenant(authority_id):
        one_at_a_time(f"staff {authority_id}")
        known = Passkey.objects.filter(credential_id=given.raw_id, blocked_at=None).first()
        person = Staff.objects.filter(pk=known.staff_id, enabled=True).first() if known else None
        if known is None or person is None:
            raise WrongCredentials(_NO)
        try:
            _server(request).authenticate_complete(state, [AttestedCredentialData(bytes(known.data))], given)
        except ValueError:
            raise WrongCredentials(_NO) from None
        counter = given.response.authenticator_data.counter
        copied = (counter or known.sign_count) and counter <= known.sign_count
        if copied:
            known.blocked_at = clock.now()
            known.save(update_fields=["blocked_at"])
            _log(person, f"Passkey „{known.name}“ gesperrt: Zähler ging zurück")
        else:
            known.sign_count, known.last_used_at = counter, clock.now()
            known.save(update_fields=["sign_count", "last_used_at"])
            return sessions.begin(request, authority_id, person.pk, confirmed=True)
    raise WrongCredentials(_COPIED)


def ask_for_new(request: HttpRequest, member: StaffMember) -> Question:
    """A question with which somebody who is in makes a new passkey."""
    with tenant(member.authority_id):
        known = [
            AttestedCredentialData(bytes(one.data)) for one in Passkey.objects.filter(staff_id=member.id)
        ]
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=member.id.bytes, name=member.name, display_name=member.display_name),
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return _keep(member.authority_id, member.id, options, state)


def add(request: HttpRequest, member: StaffMember, token: str, answer: str, name: str) -> None:
    """Keep the new passkey under this name. Raises ``WrongCredentials``."""
    state = _taken(member.authority_id, token, member.id)
    given = _read(dict, answer)
    shown = " ".join(name.split())[:60] or "Passkey"
    try:
        made: AuthenticatorData = _server(request).register_complete(state, given)
    except (ValueError, KeyError, TypeError):
        raise WrongCredentials("Der Passkey ließ sich nicht anlegen. Versuchen Sie es noch einmal.") from None
    credential = made.credential_data
    if credential is None:
        raise WrongCredentials("Der Passkey ließ sich nicht anlegen. Versuchen Sie es noch einmal.")
    with tenant(member.authority_id):
        one_at_a_time(f"staff {member.authority_id}")
        if Passkey.objects.filter(staff_id=member.id).count() >= MOST:
            raise WrongCredentials(f"Mehr als {MOST} Passkeys gehen nicht. Entfernen Sie erst einen.")
        if Passkey.objects.filter(credential_id=credential.credential_id).exists():
            raise WrongCredentials("Diesen Passkey gibt es hier schon.")
        Passkey.objects.create(
            authority_id=member.authority_id,
            staff_id=member.id,
            credential_id=credential.credential_id,
            data=bytes(credential),
            sign_count=made.counter,
            name=shown,
            created_at=clock.now(),
        )
        _log(Staff.objects.get(pk=member.id), f"Passkey „{shown}“ angelegt")


def remove(member: StaffMember, passkey: UUID) -> bool:
    """Remove one's own passkey; False if there is none."""
    with tenant(member.authority_id):
        found = Passkey.objects.filter(pk=passkey, staff_id=member.id).first()
        if found is None:
            return False
        found.delete()
        _log(Staff.objects.get(pk=member.id), f"Passkey „{found.name}“ entfernt")
        return True


def of(member: StaffMember) -> tuple[PasskeyView, ...]:
    """One's own passkeys, the oldest first."""
    with tenant(member.authority_id):
        rows = Passkey.objects.filter(staff_id=member.id).order_by("created_at")
        return tuple(
            PasskeyView(one.pk, one.name, one.created_at, one.last_used_at, one.blocked_at is not None)
            for one in rows
        )


def _server(request: HttpRequest) -> Fido2Server:
    """For the host name of this request: passkeys of another host are of another place."""
    host = request.get_host()
    origin = f"{request.scheme}://{host}"
    name = host.rsplit(":", 1)[0]
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=request.authority.short_name, id=name),  # type: ignore[attr-defined]
        verify_origin=lambda given: given == origin,
    )


def _keep(authority_id: UUID, staff_id: UUID | None, options: Any, state: Mapping[str, Any]) -> Question:
    token = secrets.new_key()
    with tenant(authority_id):
        Challenge.objects.create(
            token_hash=secrets.hash_of(token),
            authority_id=authority_id,
            staff_id=staff_id,
            challenge=state["challenge"],
            expires_at=clock.now() + HOLDS,
        )
    return Question(token, json.dumps(dict(options)["publicKey"]))


def _taken(authority_id: UUID, token: str, staff_id: UUID | None) -> dict[str, Any]:
    """The question behind the token, which nobody can answer a second time. Raises ``WrongCredentials``."""
    with tenant(authority_id):
        asked = Challenge.objects.filter(
            token_hash=secrets.hash_of(token[:100]), staff_id=staff_id, expires_at__gt=clock.now()
        ).first()
        taken = asked is not None and Challenge.objects.filter(pk=asked.pk).delete()[0] == 1
    if asked is None or not taken:
        raise WrongCredentials("Diese Seite ist zu alt, oder sie wurde schon benutzt. Laden Sie sie neu.")
    return {"challenge": asked.challenge, "user_verification": _VERIFIED}


def _read(kind: Any, answer: str) -> Any:
    """What the browser sent, as the library takes it. Raises ``WrongCredentials``."""
    try:
        if len(answer) > _LONGEST_ANSWER:
            raise ValueError
        given = json.loads(answer)
        if not isinstance(given, dict):
            raise TypeError
        return given if kind is dict else kind.from_dict(given)
    except Exception:  # noqa: BLE001 (what a stranger sends fails in many ways, all of them are no passkey)
        raise WrongCredentials(_NO) from None


def _log(person: Staff, what: str) -> None:
    Change.objects.create(
        authority_id=person.authority_id,
        staff_id=person.pk,
        at=clock.now(),
        by=person.display_name,
        what=what[:200],
    )
