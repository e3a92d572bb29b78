# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an authority is set up with; a value, so that a file can be checked without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
    email: str = ""
    website: str = ""
    look: Mapping[str, str] = field(default_factory=dict)
    imprint: Mapping[str, str] = field(default_factory=dict)
    login: Mapping[str, Any] = field(default_factory=dict)
