# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Getting in: password, then the second factor. Every function opens its own ``tenant()``.

Whoever guesses learns nothing: an unknown name costs the same work and gets the same sentence as a wrong
password. Five wrong tries under one name or thirty from one place mean a pause of a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from amtlich.kernel import clock
from amtlich.platform.accounts import sealed
from amtlich.platform.accounts.staff import secrets, sessions
from amtlich.platform.accounts.staff.accounts import TOTP
from amtlich.platform.accounts.staff.errors import LinkGone, StaffRefused, TooManyLogins, WrongCredentials
from amtlich.platform.accounts.staff.models import Attempt, Change, Enrolment, RecoveryCode, Staff
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.tenancy import tenant
from amtlich.platform.web.throttle import place_of

PER_NAME, PER_PLACE, WINDOW = 5, 30, timedelta(minutes=15)
SHORTEST, LONGEST = 12, 128
# Of the right cost; compared with where there is nobody.
_NOBODY = make_password("nobody has this password")
_WRONG = "Kennung und Passwort passen nicht zusammen."


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link offers: for whom, and the second factor to set up."""

    display_name: str
    name: str
    secret: str


def with_password(request: HttpRequest, authority_id: UUID, name: str, password: str) -> str:
    """The first step; returns the key of a session that opens nothing yet.

    Raises ``WrongCredentials``, ``TooManyLogins``.
    """
    name = name.strip().lower()[:60]
    sources = _sources(request, name)
    with tenant(authority_id):
        person = _checked(name, password[:LONGEST], sources)
        if person is not None:
            return sessions.begin(request, authority_id, person.pk, confirmed=False)
        _note(authority_id, sources)
    raise WrongCredentials(_WRONG)


def with_code(request: HttpRequest, authority_id: UUID, staff_id: UUID, typed: str) -> str:
    """The second step: a code of the app, or a recovery code; returns the key of the session that opens.

    Raises ``WrongCredentials`` with what is wrong (the clock, too), ``TooManyLogins``.
    """
    with tenant(authority_id):
        person = _with_second_factor(authority_id, staff_id)
        wrong = _code_fault(person, typed)
        if wrong is None:
            return sessions.begin(request, authority_id, person.pk, confirmed=True)
        _note(authority_id, [secrets.keyed("code", person.name)])
    raise WrongCredentials(wrong)


def offer(authority_id: UUID, key: str) -> Offer:
    """What this link offers. Raises ``LinkGone``."""
    with tenant(authority_id):
        link, person = _link(key)
        return Offer(person.display_name, person.name, sealed.unseal(link.secret, TOTP))


def enrol(authority_id: UUID, key: str, password: str, repeated: str, code: str) -> tuple[str, ...]:
    """Set password and second factor; returns the recovery codes, which are shown this once.

    Raises ``LinkGone``, ``StaffRefused``, ``WrongCredentials``.
    """
    if password != repeated:
        raise StaffRefused("Die beiden Passwörter sind verschieden.")
    with tenant(authority_id):
        one_at_a_time(f"staff {authority_id}")
        link, person = _link(key)
        _refuse_weak(password, person)
        secret = sealed.unseal(link.secret, TOTP)
        step = secrets.used_step(secret, secrets.digits(code), clock.now(), 0)
        if step is None:
            raise WrongCredentials(
                _about_clock(secret, code) or "Der Code passt nicht. Nehmen Sie den nächsten."
            )
        person.password, person.totp_secret, person.totp_step = make_password(password), link.secret, step
        person.save(update_fields=["password", "totp_secret", "totp_step"])
        link.delete()
        _log(person, "Zugang eingerichtet")
        return _new_codes(person)


def new_codes(authority_id: UUID, staff_id: UUID, code: str) -> tuple[str, ...]:
    """New recovery codes for who can show the second factor; the old ones no longer work.

    Raises ``WrongCredentials``, ``TooManyLogins``.
    """
    with tenant(authority_id):
        person = _with_second_factor(authority_id, staff_id)
        wrong = _code_fault(person, code)
        if wrong is None:
            _log(person, "neue Wiederherstellungscodes")
            return _new_codes(person)
        _note(authority_id, [secrets.keyed("code", person.name)])
    raise WrongCredentials(wrong)


def change_password(authority_id: UUID, staff_id: UUID, old: str, new: str, repeated: str) -> None:
    """A new password for who knows the old one.

    Raises ``WrongCredentials``, ``StaffRefused``, ``TooManyLogins``.
    """
    if new != repeated:
        raise StaffRefused("Die beiden neuen Passwörter sind verschieden.")
    with tenant(authority_id):
        person = _with_second_factor(authority_id, staff_id)
        if check_password(old[:LONGEST], person.password):
            _refuse_weak(new, person)
            person.password = make_password(new)
            person.save(update_fields=["password"])
            _log(person, "Passwort geändert")
            return
        _note(authority_id, [secrets.keyed("code", person.name)])
    raise WrongCredentials("Das alte Passwort stimmt nicht.")


def _with_second_factor(authority_id: UUID, staff_id: UUID) -> Staff:
    one_at_a_time(f"staff {authority_id}")
    person = Staff.objects.select_for_update().filter(pk=staff_id, enabled=True).exclude(password="").first()
    if person is None:
        raise WrongCredentials("Dieses Konto ist gesperrt oder wird gerade neu eingerichtet.")
    _refuse_when_too_many([secrets.keyed("code", person.name)])
    return person


def _checked(name: str, password: str, sources: Sequence[bytes]) -> Staff | None:
    """The person of this name and password. Tries at the same moment are counted one after the other."""
    one_at_a_time(f"staff login {sources[0].hex()}")
    _refuse_when_too_many(sources)
    person = Staff.objects.filter(name=name, enabled=True).exclude(password="").first()
    known = person.password if person else _NOBODY
    return person if check_password(password, known) and person else None


def _code_fault(person: Staff, typed: str) -> str | None:
    """Use the code up, or say what is wrong with it."""
    if hashed := secrets.recovery_hash(typed):
        if RecoveryCode.objects.filter(staff_id=person.pk, code_hash=hashed).delete()[0]:
            _log(person, "Wiederherstellungscode benutzt")
            return None
        return "Diesen Wiederherstellungscode gibt es nicht, oder er ist schon benutzt."
    secret, code = sealed.unseal(person.totp_secret, TOTP), secrets.digits(typed)
    step = secrets.used_step(secret, code, clock.now(), person.totp_step) if secret else None
    if step is not None:
        person.totp_step = step
        person.save(update_fields=["totp_step"])
        return None
    return (
        _about_clock(secret, typed)
        or "Der Code ist falsch, abgelaufen oder schon benutzt. Nehmen Sie den nächsten."
    )


def _about_clock(secret: str, typed: str) -> str | None:
    off = secrets.minutes_off(secret, secrets.digits(typed), clock.now()) if secret else None
    if off is None:
        return None
    way = "vor" if off > 0 else "nach"
    return (
        f"Die Uhr Ihres Geräts geht etwa {max(1, round(abs(off)))} Minuten {way}. "
        "Stellen Sie sie auf automatisch und nehmen Sie den nächsten Code."
    )


def _new_codes(person: Staff) -> tuple[str, ...]:
    codes = secrets.new_codes()
    RecoveryCode.objects.filter(staff_id=person.pk).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            authority_id=person.authority_id, staff_id=person.pk, code_hash=secrets.recovery_hash(code) or ""
        )
        for code in codes
    )
    return codes


def _link(key: str) -> tuple[Enrolment, Staff]:
    link = Enrolment.objects.filter(token_hash=secrets.hash_of(key), expires_at__gt=clock.now()).first()
    person = Staff.objects.filter(pk=link.staff_id, enabled=True).first() if link else None
    if link is None or person is None:
        raise LinkGone
    return link, person


def _refuse_weak(password: str, person: Staff) -> None:
    """Long is what counts (BSI, NIST SP 800-63B 5.1.1.2): no rule about which letters."""
    lowered = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise StaffRefused(
            f"Ein Passwort hat {SHORTEST} bis {LONGEST} Zeichen. Mehrere Wörter sind gut zu merken."
        )
    if len(set(lowered)) < 5 or person.name in lowered or lowered in _COMMON:
        raise StaffRefused(
            "Dieses Passwort ist leicht zu erraten. Nehmen Sie mehrere Wörter ohne Zusammenhang."
        )


_COMMON = frozenset({"123456789012", "qwertzuiopas", "passwort1234", "password1234", "hallohallohallo"})


def _sources(request: HttpRequest, name: str) -> tuple[bytes, bytes]:
    return secrets.keyed("name", name), secrets.keyed("place", place_of(request))


def _refuse_when_too_many(sources: Sequence[bytes]) -> None:
    now = clock.now()
    for source, most in zip(sources, (PER_NAME, PER_PLACE), strict=False):
        recent = Attempt.objects.filter(source=source, at__gt=now - WINDOW).order_by("-at")
        latest = list(recent.values_list("at", flat=True)[:most])
        if len(latest) == most:
            wait = (latest[-1] + WINDOW - now).total_seconds()
            raise TooManyLogins("Zu viele falsche Versuche.", retry_after=wait)


def _note(authority_id: UUID, sources: Sequence[bytes]) -> None:
    now = clock.now()
    Attempt.objects.bulk_create(Attempt(authority_id=authority_id, source=one, at=now) for one in sources)


def _log(person: Staff, what: str) -> None:
    Change.objects.create(
        authority_id=person.authority_id,
        staff_id=person.pk,
        at=clock.now(),
        by=person.display_name,
        what=what,
    )
