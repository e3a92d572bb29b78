# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is asked of a resident register and what it answers.

The German keys of the JSON form are the words of the law (BMG § 3, § 18); service packages name the
fields they need by them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address
from amtlich.kernel.sentence import Sentence

AddressKind = Literal["sole", "main", "secondary", "no_fixed"]
ExtraValue = str | tuple[str, ...]

ADDRESS_KINDS: tuple[AddressKind, ...] = get_args(AddressKind)
_KIND_WORD: Mapping[AddressKind, str] = {
    "sole": "einzige_wohnung",
    "main": "hauptwohnung",
    "secondary": "nebenwohnung",
    "no_fixed": "ohne_festen_wohnsitz",
}
_KIND_OF_WORD: Mapping[str, AddressKind] = {word: kind for kind, word in _KIND_WORD.items()}

#: The five data of BMG § 18 (1), sentence 2; the usual name is a mark on the given names.
BASIC_FIELDS = ("familienname", "vornamen", "rufname", "doktorgrad", "geburtsdatum", "anschriften")
#: More of BMG § 3 (1), released on request (§ 18 (2)).
EXTENDED_FIELDS = ("geburtsort", "familienstand", "staatsangehoerigkeit", "einzugsdatum", "fruehere_namen")
FIELDS = BASIC_FIELDS + EXTENDED_FIELDS
#: Extended fields that hold several values.
LIST_FIELDS = frozenset({"staatsangehoerigkeit", "fruehere_namen"})

#: What people call them. The German words are text as any other; a page shows them in its own form.
FIELD_WORDS_DE: Mapping[str, Sentence] = {
    "familienname": Sentence("Familienname"),
    "vornamen": Sentence("Vornamen"),
    "rufname": Sentence("Rufname"),
    "doktorgrad": Sentence("Doktorgrad"),
    "geburtsdatum": Sentence("Geburtsdatum"),
    "anschriften": Sentence("Anschriften"),
    "geburtsort": Sentence("Geburtsort"),
    "familienstand": Sentence("Familienstand"),
    "staatsangehoerigkeit": Sentence("Staatsangehörigkeit"),
    "einzugsdatum": Sentence("Einzugsdatum"),
    "fruehere_namen": Sentence("Frühere Namen"),
}


@dataclass(frozen=True, slots=True)
class ResidentQuery:
    """The four statements of BMG § 18 (1), sentence 3. All of them must agree with the register."""

    family: str
    given: tuple[str, ...]
    birth: PartialDate
    address: Address


@dataclass(frozen=True, slots=True)
class RegisteredAddress:
    """One registered dwelling. With ``no_fixed`` street and house number are empty."""

    kind: AddressKind
    street: str
    house_number: str
    postcode: str
    town: str

    def to_json(self) -> dict[str, str]:
        parts = {
            "art": _KIND_WORD[self.kind],
            "strasse": self.street,
            "hausnummer": self.house_number,
            "plz": self.postcode,
            "ort": self.town,
        }
        return {key: text for key, text in parts.items() if text}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RegisteredAddress:
        return cls(
            kind=_KIND_OF_WORD[data["art"]],
            street=data.get("strasse", ""),
            house_number=data.get("hausnummer", ""),
            postcode=data.get("plz", ""),
            town=data.get("ort", ""),
        )

    @property
    def principal(self) -> bool:
        """Whether a certificate may be asked for by this address: only a secondary dwelling is not."""
        return self.kind != "secondary"

    def as_address(self) -> Address:
        return Address(
            self.street, self.house_number, self.postcode, self.town, no_fixed_abode=self.kind == "no_fixed"
        )


@dataclass(frozen=True, slots=True)
class ResidentRecord:
    """A resident as the register holds them, or the part of it that was asked for.

    What was not asked for is empty: ``family`` ``""``, ``birth`` None, the others ``()``, None, ``{}``.
    Somebody with only one name has an empty ``given`` (FC-03). ``usual_name`` is a part of ``given``;
    empty if none is marked. ``extras`` holds extended fields that have a value.
    """

    family: str = ""
    given: tuple[str, ...] = ()
    usual_name: tuple[str, ...] = ()
    doctorate: str | None = None
    birth: PartialDate | None = None
    addresses: tuple[RegisteredAddress, ...] = ()
    extras: Mapping[str, ExtraValue] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON under the law's words. An absent value has no key, never null or "-" (FC-03)."""
        data: dict[str, Any] = {}
        if self.family:
            data["familienname"] = self.family
        if self.given:
            data["vornamen"] = list(self.given)
        if self.usual_name:
            data["rufname"] = list(self.usual_name)
        if self.doctorate:
            data["doktorgrad"] = self.doctorate
        if self.birth is not None:
            data["geburtsdatum"] = self.birth.iso()
        if self.addresses:
            data["anschriften"] = [address.to_json() for address in self.addresses]
        for key in EXTENDED_FIELDS:
            if value := self.extras.get(key):
                data[key] = value if isinstance(value, str) else list(value)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ResidentRecord:
        """The inverse of ``to_json``, for our own stored data; foreign data is parsed by its adapter."""
        birth = data.get("geburtsdatum")
        return cls(
            family=data.get("familienname", ""),
            given=tuple(data.get("vornamen", ())),
            usual_name=tuple(data.get("rufname", ())),
            doctorate=data.get("doktorgrad"),
            birth=PartialDate.parse_iso(birth) if birth else None,
            addresses=tuple(RegisteredAddress.from_json(one) for one in data.get("anschriften", ())),
            extras={
                key: tuple(data[key]) if key in LIST_FIELDS else data[key]
                for key in EXTENDED_FIELDS
                if key in data
            },
        )

    def only(self, fields: Collection[str]) -> ResidentRecord:
        """The same person with nothing but these fields (GDPR Art. 5 (1) c)."""
        return replace(
            self,
            family=self.family if "familienname" in fields else "",
            given=self.given if "vornamen" in fields else (),
            usual_name=self.usual_name if "rufname" in fields else (),
            doctorate=self.doctorate if "doktorgrad" in fields else None,
            birth=self.birth if "geburtsdatum" in fields else None,
            addresses=self.addresses if "anschriften" in fields else (),
            extras={key: value for key, value in self.extras.items() if key in fields},
        )

    @property
    def principal_address(self) -> RegisteredAddress | None:
        """The sole or main dwelling, or the entry that there is none."""
        return next((address for address in self.addresses if address.principal), None)


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one current resident agrees in all four statements, and no block stands against it."""

    record: ResidentRecord
    fetched_at: datetime
    query_id: str


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nobody agrees, or only somebody who has died or moved away."""

    query_id: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """``count`` residents agree; which of them are blocked is not told."""

    count: int
    query_id: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """One resident agrees, but BMG § 51 bars the answer. No datum of the person is in here."""

    query_id: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A resident who may be meant. ``status``: current, moved_away or dead; ``blocked``: BMG § 51.

    ``agrees``: which of family, given, birth and place agree with what was stated. ``key`` is the
    register's own for the person.
    """

    key: str
    record: ResidentRecord
    status: str
    blocked: bool
    agrees: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The register did not give an answer that can be trusted.

    ``reason``: one German sentence for staff, without personal data. ``retry_after``: seconds, at most
    60. ``kind``: ``down`` heals by itself; ``faulty`` means that it did answer and the answer was refused,
    which may well come again for the same person: after some rounds a person should look.
    """

    reason: str
    retry_after: float
    kind: Literal["down", "faulty"] = "down"


Answer = Found | NoMatch | Ambiguous | Blocked | Unavailable
