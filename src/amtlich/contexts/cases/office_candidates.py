# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who of the register may be meant by an application: read for a person who decides, side by side."""

from __future__ import annotations

import hashlib

from amtlich.contexts.cases.facts import Facts
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.office_shapes import CandidateView, Compared
from amtlich.contexts.cases.statement import resident_query
from amtlich.contexts.catalog.api import EvidenceSpec, Package
from amtlich.contexts.registers import api as registers
from amtlich.kernel.commitment import canonical_json
from amtlich.platform.accounts import Actor

# What may tell two people of the same names, day and house apart; it goes into no document by itself.
_TO_TELL_APART = ("geburtsort", "einzugsdatum")
_KINDS = {"sole": "einzige Wohnung", "main": "Hauptwohnung", "secondary": "Nebenwohnung", "no_fixed": ""}
_NOTES = {"moved_away": "ist weggezogen", "dead": "ist verstorben"}
_PARTS = {"familienname": "family", "vornamen": "given", "geburtsdatum": "birth", "anschriften": "place"}


def lines_of(record: registers.ResidentRecord) -> dict[str, str]:
    """The record as labelled text; a value that does not exist has no line."""
    words = registers.FIELD_WORDS_DE
    found = {
        words["familienname"]: record.family,
        words["vornamen"]: " ".join(record.given),
        words["doktorgrad"]: record.doctorate or "",
        words["geburtsdatum"]: record.birth.register_form() if record.birth else "",
        words["anschriften"]: "; ".join(_address(one) for one in record.addresses),
    }
    for key, value in record.extras.items():
        found[words[key]] = value if isinstance(value, str) else ", ".join(value)
    return {str(label): text for label, text in found.items() if text}


def _address(one: registers.RegisteredAddress) -> str:
    if one.kind == "no_fixed":
        return f"ohne festen Wohnsitz, {one.postcode} {one.town}"
    return f"{one.street} {one.house_number}, {one.postcode} {one.town} ({_KINDS[one.kind]})"


def candidates_of(
    actor: Actor, row: Case, of: Package, known: Facts
) -> tuple[tuple[EvidenceSpec, registers.NearMatch], ...] | None:
    """Who may be meant, by the register; journalled. None if it cannot tell. Outside of ``tenant()``."""
    (spec,) = of.evidence
    data = known.statements
    near = registers.near_matches(
        row.authority_id,
        resident_query(of, spec, data),
        actor=actor,
        case_id=row.pk,
        subject_holder_id=row.holder_id,
        purpose="Antrag einer Person zuordnen",
        legal_basis=spec.legal_basis_for(data),
        fields=tuple(dict.fromkeys((*spec.fields_for(data), *_TO_TELL_APART))),
    )
    return None if near is None else tuple((spec, one) for one in near)


def key_of(one: registers.NearMatch) -> str:
    """Names this record as it is now: if the register has changed it, the key fits no more."""
    return hashlib.sha256(canonical_json([one.key, one.record.to_json()])).hexdigest()[:16]


def compared(query: registers.ResidentQuery, one: registers.NearMatch) -> CandidateView:
    address = query.address
    home = f"{address.street} {address.house_number}, {address.postcode} {address.town}"
    words = registers.FIELD_WORDS_DE
    stated = {
        "familienname": query.family,
        "vornamen": " ".join(query.given),
        "geburtsdatum": query.birth.register_form() if query.birth else "",
        "anschriften": "ohne festen Wohnsitz" if address.no_fixed_abode else home,
    }
    lines = lines_of(one.record)
    rows = [
        Compared(str(words[field]), text, lines.pop(str(words[field]), ""), _PARTS[field] not in one.agrees)
        for field, text in stated.items()
    ]
    rows += [Compared(label, "", text, None) for label, text in lines.items()]
    notes = [_NOTES[one.status]] if one.status in _NOTES else []
    notes += ["hat eine Auskunftssperre (§ 51 BMG)"] if one.blocked else []
    name = " ".join((*one.record.given, one.record.family))
    return CandidateView(key_of(one), name, tuple(rows), 4 - len(one.agrees), tuple(notes))
