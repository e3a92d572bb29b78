# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a log-in knows about the person: filled in, and compared with what the form states.

The comparison keeps somebody from fetching another person's certificate: what is stated must be what
the log-in vouches for, letter by letter as a register compares (FC-05).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from amtlich.engines.forms import controls
from amtlich.engines.forms.model import Data, Field
from amtlich.engines.forms.values import get, is_empty, put
from amtlich.kernel.person import Address, Identity
from amtlich.kernel.text import match_key


def _address(part: Callable[[Address], Any]) -> Callable[[Identity], Any]:
    return lambda identity: part(identity.address) if identity.address else None


SOURCES: Mapping[str, Callable[[Identity], Any]] = {
    "identity.family": lambda identity: identity.family,
    "identity.given": lambda identity: " ".join(identity.given),
    "identity.birth": lambda identity: identity.birth.iso(),
    "identity.address.no_fixed_abode": _address(lambda address: address.no_fixed_abode),
    "identity.address.street": _address(lambda address: address.street),
    "identity.address.house_number": _address(lambda address: address.house_number),
    "identity.address.postcode": _address(lambda address: address.postcode),
    "identity.address.town": _address(lambda address: address.town),
}
"""What ``x-prefill`` may name, and where it comes from. None: the log-in does not know it."""


def filled(fields: Sequence[Field], identity: Identity) -> dict[str, Any]:
    """The values for all fields with ``x-prefill``; what the form would refuse is left out."""
    data: dict[str, Any] = {}
    for field in fields:
        if field.prefill is None:
            continue
        try:
            value = controls.read_json(field, SOURCES[field.prefill](identity))
        except controls.Refused:
            # The person types it, and is told there what the form does not take.
            continue
        if not is_empty(value):
            put(data, field.path, value)
    return data


def agreement(fields: Sequence[Field], data: Data, identity: Identity | None) -> bool | None:
    """True if all stated values are vouched for, False if one differs, None if one is not vouched for."""
    if identity is None:
        return None
    unknown = False
    for field in fields:
        if field.prefill is None:
            continue
        vouched = SOURCES[field.prefill](identity)
        if vouched is None:
            unknown = True
        elif not _equal(field, get(data, field.path), vouched):
            return False
    return None if unknown else True


def _equal(field: Field, stated: Any, vouched: Any) -> bool:
    if field.control == "checkbox":
        return (stated is True) == (vouched is True)
    if field.format == "house_number":
        return _house_key(stated) == _house_key(vouched)
    return match_key(str(stated or "")) == match_key(str(vouched or ""))


def _house_key(number: Any) -> str:
    """12 a and 12A are one house, but 5 1/2 and 51/2 are two (FC-02)."""
    text = re.sub(r"(?<=[0-9]) (?=[0-9])", "_", match_key(str(number or "")))
    return text.replace(" ", "")
