# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Small secrets in the session table, unreadable for whoever reads only the table."""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES = 12


def seal(text: str, purpose: str) -> str:
    """The text, encrypted under the installation's secret; ``purpose`` must be the same to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_key()).encrypt(nonce, text.encode(), purpose.encode())
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(sealed: str, purpose: str) -> str:
    """What was sealed; empty if the secret has changed since then or it is something else."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return AESGCM(_key()).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError):
        return ""


def _key() -> bytes:
    return hashlib.sha256(b"amtlich sealed in session\0" + settings.SECRET_KEY.encode()).digest()
