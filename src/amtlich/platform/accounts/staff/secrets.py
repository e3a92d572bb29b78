# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Tokens, codes and the second factor: made, hashed, compared. Nothing here asks the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

from amtlich.kernel.ids import new_check_code, normalise_check_code
from amtlich.platform.settings.config import config

#: Seconds of one step, and how many steps a clock may be wrong by (RFC 6238, 5.2 and 6).
STEP, DRIFT = 30, 1
#: A code of so many steps away still tells by how much somebody's clock is wrong.
_FAR = 20
CODES = 10


def new_key() -> str:
    """256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """How a key is stored. It has enough randomness of its own, so it needs neither salt nor secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def keyed(what: str, text: str) -> bytes:
    """A name or an address for counting, unreadable without the installation's secret."""
    key = f"amtlich.staff {what} {config().secret_key}".encode()
    return hmac.digest(key, text.encode(), hashlib.sha256)


def new_totp_secret() -> str:
    """160 random bits in Base32 (RFC 4226, 4)."""
    return pyotp.random_base32()


def totp_address(secret: str, name: str, issuer: str) -> str:
    """What an app reads out of the QR code (otpauth)."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def used_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The time step whose code this is, if it is near enough and later than the last one used."""
    for step in _steps(now, DRIFT):
        if step > last_step and _is_code_of(secret, code, step):
            return step
    return None


def minutes_off(secret: str, code: str, now: datetime) -> float | None:
    """By how many minutes the clock of the app is wrong, if that is why the code does not fit."""
    present = int(now.timestamp()) // STEP
    for step in _steps(now, _FAR):
        if abs(step - present) > DRIFT and _is_code_of(secret, code, step):
            return (step - present) * STEP / 60
    return None


def _steps(now: datetime, most: int) -> range:
    present = int(now.timestamp()) // STEP
    return range(present - most, present + most + 1)


def _is_code_of(secret: str, code: str, step: int) -> bool:
    return hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), code.encode())


def new_codes() -> tuple[str, ...]:
    """Recovery codes: each stands for the second factor once."""
    return tuple(new_check_code() for _ in range(CODES))


def digits(typed: str) -> str:
    """A code of an app as it is meant, however it is grouped."""
    return "".join(typed.split()).replace("-", "")


def recovery_hash(typed: str) -> str | None:
    """How this recovery code is stored; None if it cannot be one."""
    code = normalise_check_code(typed)
    return keyed("code", code).hex() if code else None
