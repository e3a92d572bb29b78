# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How what a log-in vouches for is kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity


def identity_to_json(identity: Identity) -> dict[str, Any]:
    """A plain object; ``identity_from_json`` gives back an equal identity."""
    return {
        "family": identity.family,
        "given": list(identity.given),
        "birth": identity.birth.iso(),
        "address": asdict(identity.address) if identity.address else None,
    }


def identity_from_json(stored: Mapping[str, Any] | None) -> Identity | None:
    """Read what ``identity_to_json`` wrote; None where the log-in vouches for nobody."""
    if not stored or "family" not in stored:
        return None
    address = stored.get("address")
    return Identity(
        family=stored["family"],
        given=tuple(stored["given"]),
        birth=PartialDate.parse_iso(stored["birth"]),
        address=Address(**address) if address else None,
    )
