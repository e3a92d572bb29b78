# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The QR code of a document's check block."""

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
