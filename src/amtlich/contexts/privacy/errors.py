# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can go wrong with the access journal."""

from __future__ import annotations

from amtlich.kernel.errors import AmtlichError, BadInput


class PrivacyError(AmtlichError):
    """Root of this context's errors."""


class IncompleteAccess(PrivacyError, BadInput):
    """An access without purpose, legal basis, source or fields: it must not be journalled, nor happen."""


class JournalTampered(PrivacyError):
    """A journal payload is not the one that was recorded."""


class RulesIncomplete(PrivacyError):
    """The retention rules cannot be followed as they stand: nothing is deleted."""


class ClockWentBack(PrivacyError):
    """The present moment lies before the last run: until somebody has looked, nothing is deleted."""
