# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""When is a resident the one who was asked for? BMG § 18 (1): all four statements must agree.

Pure functions, used by the built-in register to look up and by the HTTP adapter to check what an
outside register claims to have found. Spelling is compared, not meaning: composed and decomposed
letters, capitals, blanks and the ways to write "Straße" are equal, nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from amtlich.contexts.registers.records import ResidentQuery, ResidentRecord
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address
from amtlich.kernel.text import match_key

NO_FIXED_ABODE = "ohne festen wohnsitz"

_HYPHENS = re.compile(r"[\u2010-\u2015\u2212]")
# match_key has folded ß to ss, so "straße" is "strasse" here. Only a whole word ending is an abbreviation.
_STREET_SHORT = re.compile(r"str(?:\.|(?=[\s-])|$)")
_SQUARE_SHORT = re.compile(r"pl\.")
_JOINTS = re.compile(r"[\s.-]+")
_BLANK_BETWEEN_DIGITS = re.compile(r"(?<=[0-9]) (?=[0-9])")


@dataclass(frozen=True, slots=True)
class MatchKeys:
    """The four statements in the form in which they are compared."""

    family: str
    given: str
    birth: str
    place: str


def street_key(street: str) -> str:
    """Lindenstr., Linden-Straße and LINDENSTRASSE are one street; so are Berliner Str. and Berlinerstraße.

    Joining words is safe, since a wrong house would still have to hold somebody of the same names and
    birth date, and then two agree and a person decides.
    """
    text = _HYPHENS.sub("-", match_key(street))
    text = _STREET_SHORT.sub("strasse", text)
    text = _SQUARE_SHORT.sub("platz", text)
    return _JOINTS.sub("", text)


def house_number_key(number: str) -> str:
    """12 a is 12A and 3 - 5 is 3-5, but 5 1/2 is not 51/2 (FC-02)."""
    text = _HYPHENS.sub("-", match_key(number))
    text = _BLANK_BETWEEN_DIGITS.sub("_", text)
    return text.replace(" ", "")


def place_key(address: Address) -> str:
    """One text for one dwelling. Without a fixed abode the town is the register's own and not compared."""
    if address.no_fixed_abode:
        return NO_FIXED_ABODE
    return "|".join(
        (
            match_key(address.postcode),
            match_key(address.town),
            street_key(address.street),
            house_number_key(address.house_number),
        )
    )


def keys_of(family: str, given: Sequence[str], birth: PartialDate, address: Address) -> MatchKeys:
    """Given names are compared as one text: a form cannot know where one of several names ends."""
    return MatchKeys(
        family=match_key(family),
        given=match_key(" ".join(given)),
        birth=birth.iso(),
        place=place_key(address),
    )


def query_keys(query: ResidentQuery) -> MatchKeys:
    return keys_of(query.family, query.given, query.birth, query.address)


def record_keys(record: ResidentRecord) -> MatchKeys | None:
    """The keys of a whole record; None if it has no birth date or no principal address to match by."""
    address = record.principal_address
    if record.birth is None or address is None:
        return None
    return keys_of(record.family, record.given, record.birth, address.as_address())


def disagreements(query: ResidentQuery, record: ResidentRecord) -> tuple[str, ...]:
    """The statements, by their German keys, in which the record is not the person asked for."""
    asked, held = query_keys(query), record_keys(record)
    if held is None:
        return ("geburtsdatum", "anschriften")
    pairs = (
        ("familienname", asked.family, held.family),
        ("vornamen", asked.given, held.given),
        ("geburtsdatum", asked.birth, held.birth),
        ("anschriften", asked.place, held.place),
    )
    return tuple(name for name, one, other in pairs if one != other)


Status = Literal["current", "moved_away", "dead"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resident whose four keys agree with the query."""

    record: ResidentRecord
    status: Status
    blocked: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many current residents agree, and the record if it may be released."""

    count: int
    record: ResidentRecord | None
    blocked: bool


def judge(candidates: Sequence[Candidate]) -> Verdict:
    """Only current residents count. A block is told only of a single one: among several it would give
    away that somebody of that name, whom the asker has not identified, is blocked."""
    current = [one for one in candidates if one.status == "current"]
    if len(current) != 1:
        return Verdict(len(current), None, blocked=False)
    (only,) = current
    return Verdict(1, None if only.blocked else only.record, blocked=only.blocked)
