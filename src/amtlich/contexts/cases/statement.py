# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the applicant states, in the words of the register and compared with the log-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amtlich.contexts.catalog.api import EvidenceSpec
from amtlich.contexts.registers.api import ResidentQuery
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity
from amtlich.kernel.text import match_key


def resident_query(spec: EvidenceSpec, data: Mapping[str, Any]) -> ResidentQuery:
    """The query that the package derives from the form (§ 18 (1) s. 3 BMG: four statements)."""

    def stated(field: str) -> str:
        return str(data.get(spec.query.get(field, ""), "") or "")

    homeless = bool(data.get(spec.query.get("no_fixed_abode", ""), False))
    return ResidentQuery(
        family=stated("family"),
        given=tuple(stated("given").split()),
        birth=PartialDate.parse_iso(stated("birth")),
        address=Address(no_fixed_abode=True)
        if homeless
        else Address(stated("street"), stated("house_number"), stated("postcode"), stated("town")),
    )


def agrees(query: ResidentQuery, identity: Identity | None) -> bool:
    """Whether the statements name the person that the log-in vouches for.

    Names and birth date must be the same; the address may be newer than the identity card. Without
    this, somebody who knows four facts of another person could fetch that person's certificate.
    """
    if identity is None:
        return False
    same_names = match_key(query.family) == match_key(identity.family) and match_key(
        " ".join(query.given)
    ) == match_key(" ".join(identity.given))
    return same_names and query.birth == identity.birth
