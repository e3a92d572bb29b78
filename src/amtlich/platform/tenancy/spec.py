# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an authority is set up with; a value, so that a file can be checked without a database."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthoritySpec:
    """What an authority is set up with."""

    slug: str
    name: str
    short_name: str
    office: str
    street: str
    city: str
    phone: str
    hours: str
    land: str
    hosts: tuple[str, ...]
    register_kind: str = "builtin"
    register_url: str = ""
