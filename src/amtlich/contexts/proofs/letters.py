# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What stands in a certificate: the order's data in the shape that the templates take.

Register values stand as in the register; everything a text layer must give back is listed, so that
the gate can compare it letter by letter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from amtlich.contexts.catalog.api import NoticeSpec
from amtlich.contexts.proofs.orders import Evidence, Order
from amtlich.contexts.registers.api import FIELD_WORDS_DE, RegisteredAddress, ResidentRecord
from amtlich.engines.documents import qr
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.partial_date import PartialDate
from amtlich.platform.tenancy.models import Authority

# The law's own words for the machine-readable set (BMG § 18a); the file beside the text of the certificate.
_SCHEMA = "amtlich/{service}/1"
_NO_FIXED_ABODE = "Ohne festen Wohnsitz"


def certificate_data(
    order: Order, authority: Authority, notice: NoticeSpec, code: str, page: str
) -> dict[str, Any]:
    """The data dict of a certificate or its companion sheets.

    ``page`` is the address of the check page of this authority, without the code.
    """
    evidence = _the_extract(order)
    record = ResidentRecord.from_json(evidence.record)
    data: dict[str, Any] = {
        "meta": {
            "title": notice.title["de"],
            "description": f"{notice.title['de']} der {authority.name}, {legal_basis(order)}",
            "issued": _local(order.decided_at),
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
        "statement": f"Die {authority.name} bescheinigt aus ihrem Melderegister:",
        "record": _record(record),
        "legal_basis": legal_basis(order),
        "retrieved": _local(evidence.fetched_at),
        "check": qr.check_block(page, code),
        "notes": [
            "Diese Bescheinigung wurde elektronisch erstellt und ist ohne Unterschrift gültig. "
            f"Sie trägt ein fortgeschrittenes elektronisches Siegel der {authority.name}. "
            "In der Datei sehen Sie das Siegel, auf Papier prüfen Sie mit dem Code.",
            f"Für Programme liegt derselbe Inhalt als {order.package.slug}.json bei.",
        ],
    }
    if purpose := str(order.statements.get("zweck", "")):
        data["purpose"] = purpose
    if notice.sealed:
        data["attachment"] = {
            "name": f"{order.package.slug}.json",
            "description": f"Maschinenlesbarer Datensatz dieser {order.package.names['de']} (§ 18a BMG)",
            "content": machine_readable(order, authority, code),
        }
    return data


def legal_basis(order: Order) -> str:
    """The provisions that this extract rests on, as the package names them."""
    (spec,) = order.package.evidence
    return spec.legal_basis_for(order.statements)


def machine_readable(order: Order, authority: Authority, code: str) -> str:
    """The immutable data set of BMG § 18a, with the time of retrieval inside; the same for the same order."""
    evidence = _the_extract(order)
    content = {
        "schema": _SCHEMA.format(service=order.package.slug),
        "behoerde": authority.name,
        "rechtsgrundlage": legal_basis(order),
        "aktenzeichen": order.file_number,
        "abgerufen": evidence.fetched_at.astimezone(BERLIN).isoformat(timespec="seconds"),
        "pruefcode": code,
        "person": dict(evidence.record),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def texts_to_read_back(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Every value of the register in the document, and its code: what the text layer must give back."""
    record = data["record"]
    return (
        data["check"]["code"],
        data["meta"]["reference"],
        record["family"],
        *(part["text"] for part in record.get("given", [])),
        record["born"],
        *([record["doctorate"]] if "doctorate" in record else []),
        *(line for address in record["addresses"] for line in address["lines"]),
        *(line for extra in record.get("extras", []) for line in extra["lines"]),
        *([data["purpose"]] if "purpose" in data else []),
    )


def _the_extract(order: Order) -> Evidence:
    """A certificate certifies one register extract."""
    (evidence,) = order.evidence.values()
    return evidence


def _local(moment: datetime) -> str:
    return moment.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M:%S")


def _record(record: ResidentRecord) -> dict[str, Any]:
    """The register's record as lines of text. A value that does not exist has no row."""
    assert record.birth is not None
    data: dict[str, Any] = {
        "family": record.family,
        "given": [
            {"text": name, **({"usual": True} if name in record.usual_name else {})} for name in record.given
        ],
        "born": record.birth.register_form(),
        "addresses": [_address(address) for address in record.addresses],
    }
    if record.doctorate:
        data["doctorate"] = record.doctorate
    if note := _birth_note(record.birth):
        data["born_note"] = note
    if record.extras:
        data["extras"] = [
            {
                "label": FIELD_WORDS_DE[key],
                "lines": [_value(key, one) for one in ([value] if isinstance(value, str) else value)],
            }
            for key, value in record.extras.items()
        ]
    return data


def _value(key: str, text: str) -> str:
    if key != "einzugsdatum":
        return text
    return PartialDate.parse_iso(text).register_form()


def _birth_note(birth: PartialDate) -> str:
    if birth.month is None:
        return "Tag und Monat sind im Melderegister nicht bekannt."
    return "" if birth.complete else "Der Tag ist im Melderegister nicht bekannt."


def _address(address: RegisteredAddress) -> dict[str, Any]:
    street = " ".join(part for part in (address.street, address.house_number) if part)
    town = " ".join(part for part in (address.postcode, address.town) if part)
    lines = [street or _NO_FIXED_ABODE, town]
    return {"kind": address.kind, "lines": [line for line in lines if line]}
