# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The check block of a document: address, code, and the QR code that leads to both."""

from __future__ import annotations

import io

import segno


def svg(address: str) -> str:
    """The address as QR code (error correction M), an SVG without border.

    The layout leaves the four modules of white that a reader needs.
    """
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target, kind="svg", border=0, xmldecl=False, omitsize=True
    )
    return target.getvalue().decode("ascii")


def check_block(page: str, code: str) -> dict[str, str]:
    """``d.check`` of a template: where and with which code anybody can check the document.

    ``page`` is the full address of the check page, "https://musterstadt.example/pruefen". It is
    printed without its scheme; the QR code leads straight to the result below it.
    """
    page = page.rstrip("/")
    return {
        "url": page.partition("://")[2] or page,
        "page": page,
        "code": code,
        "qr": svg(f"{page}/{code}"),
    }
