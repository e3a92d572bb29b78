# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What stands in the notice of an adverse decision (§§ 35, 37, 39 VwVfG, § 58 VwGO)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from amtlich.contexts.proofs.errors import ProofsError
from amtlich.contexts.proofs.orders import Order, Refusal
from amtlich.engines.documents import qr
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.words import date_de
from amtlich.platform.tenancy.imprint import imprint_of
from amtlich.platform.tenancy.models import Authority

_HEARD: Mapping[str, str] = {
    "answered": "Sie haben sich dazu geäußert. Ihre Antwort haben wir berücksichtigt.",
    "lapsed": "Wir haben Ihnen vorher geschrieben. Eine Antwort von Ihnen haben wir nicht bekommen.",
}
#: Where in § 28 VwVfG the exception stands, by its key.
_EXCEPTIONS: Mapping[str, str] = {
    "gefahr": "§ 28 Absatz 2 Nummer 1 VwVfG",
    "frist": "§ 28 Absatz 2 Nummer 2 VwVfG",
    "angaben": "§ 28 Absatz 2 Nummer 3 VwVfG",
    "allgemein": "§ 28 Absatz 2 Nummer 4 VwVfG",
    "vollstreckung": "§ 28 Absatz 2 Nummer 5 VwVfG",
    "interesse": "§ 28 Absatz 3 VwVfG",
}


def remedy_of(authority: Authority) -> tuple[str, ...]:
    """The authority's remedy notice, paragraph by paragraph. Raises ``ProofsError`` if it has none."""
    text = imprint_of(authority).remedy
    if not text:
        raise ProofsError(
            f"{authority.slug}: Für einen Bescheid fehlt die Rechtsbehelfsbelehrung. Tragen Sie sie in der "
            "Datei der Behörde ein: Abschnitt [imprint], Eintrag remedy."
        )
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def refusal_data(
    order: Order, authority: Authority, refusal: Refusal, code: str, page: str
) -> dict[str, Any]:
    """The data of ``bescheid.typ``. ``page``: address of the check page, without the code."""
    service = order.package.names["de"]
    local = order.decided_at.astimezone(BERLIN)
    asked = date_de(refusal.received_at.astimezone(BERLIN).date())
    title = f"Bescheid: {service} abgelehnt"
    return {
        "meta": {
            "title": title,
            "description": f"{title}, {authority.name}",
            "issued": local.strftime("%Y-%m-%dT%H:%M:%S"),
            "issued_utc": order.decided_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "reference": order.file_number,
        },
        "sender": {
            "town": authority.name,
            "office": authority.office,
            "street": authority.street,
            "city": authority.city,
            "phone": authority.phone,
            "hours": authority.hours,
        },
        "recipient": _recipient(refusal),
        "contact": {"name": refusal.decided_by, "phone": authority.phone},
        "check": qr.check_block(page, code),
        "subject": title,
        "about": f"Ihr Antrag vom {asked}",
        "lead": "Guten Tag, wir haben über Ihren Antrag entschieden.",
        "operative": ["Wir lehnen Ihren Antrag ab.", "Dieser Bescheid kostet Sie nichts."],
        "decided_by": f"Entschieden hat {refusal.decided_by}.",
        "reasons": _reasons(refusal),
        "norms": f"Rechtsgrundlage: {'; '.join(refusal.norms)}",
        "remedy": list(remedy_of(authority)),
    }


def texts_to_read_back(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What the text layer must give back: code, file number, recipient, decision and remedy."""
    return (
        data["check"]["code"],
        data["meta"]["reference"],
        *data["recipient"]["lines"],
        *data["operative"],
        *data["remedy"],
    )


def _reasons(refusal: Refusal) -> list[str]:
    told = [part.strip() for part in refusal.reasons.split("\n") if part.strip()]
    return [*told, _heard(refusal)]


def _heard(refusal: Refusal) -> str:
    if refusal.heard == "waived":
        return f"Von einer Anhörung haben wir abgesehen ({_EXCEPTIONS[refusal.waived_by]})."
    return _HEARD[refusal.heard]


def _recipient(refusal: Refusal) -> dict[str, list[str]]:
    address = refusal.address
    lines = [refusal.name] if refusal.name else []
    if address is not None and not address.no_fixed_abode:
        lines += [
            f"{address.street} {address.house_number}".strip(),
            f"{address.postcode} {address.town}".strip(),
        ]
    return {"lines": [line for line in lines if line]}
