# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Identifiers: inner ids, addresses that cannot be guessed, codes that a person can type."""

from __future__ import annotations

import base64
import re
import secrets
from uuid import UUID, uuid4

# No 0/O, 1/I/L, U/V pairs that are confused in print or on the telephone: 30 letters, 58.9 bit in twelve.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CONFUSED = "01OILU"
_CODE_LENGTH = 12
_RESUME_LENGTH = 16
_TOKEN = re.compile(r"[a-z2-7]{26}")


def new_id() -> UUID:
    """A random id (RFC 9562, version 4)."""
    return uuid4()


def new_token() -> str:
    """128 random bits as 26 lower-case letters and digits, for addresses."""
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()


def is_token(text: str) -> bool:
    """Whether the text has the shape of a token; cheap refusal before any query."""
    return _TOKEN.fullmatch(text) is not None


def _letters(count: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(count))


def new_check_code() -> str:
    """Code printed on a document, e.g. ``7XK4-M2QD-T9RP``."""
    return _in_fours(_letters(_CODE_LENGTH))


def new_resume_code() -> str:
    """Code that opens a draft again, e.g. ``7XK4-M2QD-T9RP-B3WN``: 78.5 random bits."""
    return _in_fours(_letters(_RESUME_LENGTH))


def normalise_resume_code(text: str) -> str | None:
    """The canonical form of a typed resume code, or None if it cannot be one."""
    return _normalised(text, _RESUME_LENGTH)


def normalise_check_code(text: str) -> str | None:
    """The canonical form of a typed code, or None if it cannot be one.

    Blanks, hyphens and small letters are accepted as people type them.
    """
    return _normalised(text, _CODE_LENGTH)


def _normalised(text: str, length: int) -> str | None:
    raw = re.sub(r"[\s\-\u2010-\u2015]+", "", text).upper()
    if len(raw) != length or any(letter not in CODE_ALPHABET for letter in raw):
        return None
    return _in_fours(raw)


def _in_fours(letters: str) -> str:
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def letters_of_no_code(text: str) -> list[str]:
    """The letters and digits in a typed code that are confused in print, so that no code holds them."""
    return sorted({letter for letter in text.upper() if letter in _CONFUSED})


def new_reference(prefix: str) -> str:
    """Random reference for a receipt, e.g. ``MB-7XK4-M2QD``.

    A counter would serialise every submission of a town, so file numbers come later.
    """
    return f"{prefix}-{_letters(4)}-{_letters(4)}"
