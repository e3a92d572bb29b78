# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can go wrong with a document. The sentences are German: the office reads them on a parked case."""

from __future__ import annotations

from amtlich.kernel.errors import AmtlichError


class DocumentError(AmtlichError):
    """Root of this package's errors."""


class FontError(DocumentError):
    """The fonts could not be prepared."""


class RenderError(DocumentError):
    """No PDF was made. ``character`` is the letter that no font can print, if that was the reason."""

    def __init__(self, message: str, character: str | None = None) -> None:
        super().__init__(message)
        self.character = character


class SealError(DocumentError):
    """The document could not be sealed."""
