# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be wrong with feedback."""

from __future__ import annotations

from typing import Literal

from amtlich.kernel.errors import AmtlichError, BadInput, TooMany

Field = Literal["answer", "text", "email"]


class SteeringError(AmtlichError):
    """Root of this context's errors."""


class FeedbackRefused(SteeringError, BadInput):
    """One field cannot be taken; ``message`` says why and what to do."""

    def __init__(self, field: Field, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class FeedbackFull(SteeringError, TooMany):
    """The authority has taken as much as it takes in an hour."""
