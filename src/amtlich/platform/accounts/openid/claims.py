# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From the claims of a log-in to the identity that it vouches for.

What cannot be read is left out: an identity that is half guessed would vouch for something that
nobody has said. Without a name or a birth date the log-in vouches for nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity

_LONGEST = 200
# 1994-03-14, 1994-03, 1994; unknown parts as 00 (identity cards) or left out, also without hyphens.
_DASHED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2}|  )([0-9]{2}|  )")
_GERMAN = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_STREET = re.compile(r"(?P<street>.*\D)\s+(?P<number>[0-9]+(?:\s*[-/]\s*[0-9]+)*(?:\s*[a-zA-Z])?)")


def identity_of(claims: Mapping[str, Any], names: Mapping[str, str]) -> Identity | None:
    """Who the log-in says it is; ``names`` says which claim holds what."""
    family = _text(_claim(claims, names["family"]))
    given = _given(_claim(claims, names["given"]))
    birth = birth_of(_claim(claims, names["birth"]))
    if not family:
        # A person with one name (FC-03): it is the name, wherever the provider has put it.
        family, given = " ".join(given), ()
    if not family or birth is None:
        return None
    return Identity(family, given, birth, _address(claims, names))


def birth_of(value: object) -> PartialDate | None:
    """A birth date of which day or month may be unknown (FC-04); None if it cannot be read."""
    if not isinstance(value, str):
        return None
    text = value.strip("\r\n\t")
    if found := _GERMAN.fullmatch(text):
        day, month, year = found.groups()
    elif found := _DASHED.fullmatch(text.strip()) or _COMPACT.fullmatch(text.ljust(8)):
        year, month, day = found.groups()
    else:
        return None
    numbers = [int(part) if part and part.strip() else 0 for part in (year, month, day)]
    try:
        return PartialDate(numbers[0], numbers[1] or None, numbers[2] or None)
    except ValueError:
        return None


def _claim(claims: Mapping[str, Any], name: str) -> object:
    """The claim of this name; after a dot, the part of it. A name with a dot of its own is found too."""
    if not name:
        return None
    if name in claims:
        return claims[name]
    head, _, rest = name.partition(".")
    inner = claims.get(head)
    return inner.get(rest) if isinstance(inner, Mapping) else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = " ".join(unicodedata.normalize("NFC", value).split())
    return text if len(text) <= _LONGEST and text.isprintable() else ""


def _given(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(name for part in parts[:20] for name in _text(part).split())


def _address(claims: Mapping[str, Any], names: Mapping[str, str]) -> Address | None:
    raw = _claim(claims, names["street"])
    # More than one line: the street stands in the first (OpenID Connect Core, 5.1.1).
    street = _text(raw.strip().splitlines()[0]) if isinstance(raw, str) and raw.strip() else ""
    number = _text(_claim(claims, names["house_number"]))
    if street and not number and (found := _STREET.fullmatch(street)):
        street, number = found["street"].strip(), found["number"]
    postcode, town = _text(_claim(claims, names["postcode"])), _text(_claim(claims, names["town"]))
    if not (street and postcode and town):
        return None
    return Address(street, number, postcode, town)
