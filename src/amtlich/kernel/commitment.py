# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Salted commitments: a chain can prove a payload that may one day be erased.

The commitment is SHA-256 over salt and canonical JSON. With the salt gone too, nobody can test a
guess against it, so erasure is real while the chain stays verifiable.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

SALT_BYTES = 32


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON form")


def canonical_json(value: object) -> bytes:
    """One byte string for equal values: sorted keys, no blanks, UTF-8 (after RFC 8785)."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode()


def new_salt() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(SALT_BYTES)


def commit(payload: Mapping[str, Any], salt: bytes) -> bytes:
    """32 bytes that bind the payload and tell nothing about it."""
    return hashlib.sha256(salt + canonical_json(payload)).digest()
