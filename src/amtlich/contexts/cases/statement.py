# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the applicant states, in the words of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amtlich.contexts.catalog.api import EvidenceSpec, Package
from amtlich.contexts.registers.api import ResidentQuery
from amtlich.engines.forms import values
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address


def resident_query(of: Package, spec: EvidenceSpec, data: Mapping[str, Any]) -> ResidentQuery:
    """The query that the package derives from the form (§ 18 (1) s. 3 BMG: four statements)."""

    def stated(part: str) -> Any:
        field = spec.query.get(part)
        return values.get(data, of.form.field(field).path) if field else None

    if stated("no_fixed_abode"):
        address = Address(no_fixed_abode=True)
    else:
        address = Address(
            street=stated("street") or "",
            house_number=stated("house_number") or "",
            postcode=stated("postcode") or "",
            town=stated("town") or "",
        )
    return ResidentQuery(
        family=stated("family") or "",
        given=tuple((stated("given") or "").split()),
        birth=PartialDate.parse_iso(stated("birth")),
        address=address,
    )
