# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Link and code of a confirmation: derived from its id with the installation's secret, so stored nowhere.

Every copy of a mail carries the same ones; who reads the database learns neither.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.utils.crypto import salted_hmac

from amtlich.kernel.ids import CODE_ALPHABET

_CODE_LENGTH = 8
_LINK_LENGTH = 26
_LINK_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def link_token(confirmation_id: UUID) -> str:
    """The last part of the link's address, in the shape of ``kernel.ids.is_token``."""
    return _derived("amtlich.mail.link", confirmation_id, _LINK_LETTERS, _LINK_LENGTH)


def code_of(confirmation_id: UUID) -> str:
    """The code, without its hyphen."""
    return _derived("amtlich.mail.code", confirmation_id, CODE_ALPHABET, _CODE_LENGTH)


def code_as_printed(confirmation_id: UUID) -> str:
    """``7XK4-M2QD``."""
    code = code_of(confirmation_id)
    return f"{code[:4]}-{code[4:]}"


def normalise_code(typed: str) -> str:
    """As people type it: blanks, hyphens and small letters do not matter."""
    return re.sub(r"[\s\-\u00ad\u2010-\u2015]+", "", typed[:60]).upper()


def _derived(purpose: str, confirmation_id: UUID, alphabet: str, length: int) -> str:
    number = int.from_bytes(salted_hmac(purpose, str(confirmation_id), algorithm="sha256").digest(), "big")
    letters = []
    for _ in range(length):
        number, which = divmod(number, len(alphabet))
        letters.append(alphabet[which])
    return "".join(letters)
