# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The parts of a template's data that are the same for every document. The rest: README.md."""

from __future__ import annotations

from datetime import UTC, datetime

from amtlich.engines.documents import qr
from amtlich.kernel.clock import BERLIN


def meta(
    *, title: str, description: str, issued: datetime, reference: str, lang: str = "de"
) -> dict[str, str]:
    """``d.meta``: what the file says of itself. ``issued`` is aware; people read it as German time."""
    return {
        "title": title,
        "description": description,
        "issued": local_time(issued),
        # Typst writes the date into the file as UTC, whatever zone the template means.
        "issued_utc": issued.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reference": reference,
        "lang": lang,
    }


def check(page: str, code: str) -> dict[str, str]:
    """``d.check``: where and with which code anybody can check the document.

    ``page`` is the full address of the check page, "https://musterstadt.example/pruefen". The QR code
    leads straight to the result below it.
    """
    page = page.rstrip("/")
    link = f"{page}/{code}"
    return {"url": page.partition("://")[2] or page, "page": page, "code": code, "qr": qr.svg(link)}


def attachment(name: str, description: str, content: bytes) -> dict[str, str]:
    """``d.attachment``: the machine-readable twin, embedded byte by byte (UTF-8)."""
    return {"name": name, "description": description, "content": content.decode()}


def local_time(moment: datetime) -> str:
    """A moment as templates read it: German time to the second, 2026-11-25T14:03:09."""
    return moment.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M:%S")
