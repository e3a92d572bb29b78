# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Residents as applicants: who they are logged in as, and what they state."""

from dataclasses import replace
from uuid import UUID, uuid4

from amtlich.contexts.cases import api as cases
from amtlich.kernel.person import Identity
from amtlich.platform.accounts import Actor


def actor_for(authority, resident, **changes) -> Actor:
    """The resident, logged in with an identity card."""
    stated = resident.query
    account = uuid4()
    actor = Actor(
        kind="citizen",
        authority_id=authority.id,
        holder_id=account,
        account_id=account,
        level=resident.level,
        means="demo",
        identity=Identity(stated.family, stated.given, stated.birth, stated.address),
        display_name=resident.display_name,
    )
    return replace(actor, **changes)


def statements(resident, **changes) -> dict:
    """What the resident states in the form."""
    stated = resident.query
    data = {
        "umfang": "einfach",
        "form": "elektronisch",
        "familienname": stated.family,
        "geburtsdatum": stated.birth.iso(),
    }
    if stated.given:
        data["vornamen"] = " ".join(stated.given)
    place = stated.address
    if place.no_fixed_abode:
        data["ohne_festen_wohnsitz"] = True
    else:
        data |= {
            "strasse": place.street,
            "hausnummer": place.house_number,
            "plz": place.postcode,
            "ort": place.town,
        }
    return {**data, **changes}


def pdf_of(done) -> bytes:
    (sealed,) = [item for item in done.case.documents if item.sealed]
    return cases.document(done.actor, done.case.token, UUID(str(sealed.id))).content
