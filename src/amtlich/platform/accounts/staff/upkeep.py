# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What of staff's sessions, links and failed log-ins is deleted in time. How long: the rules of privacy."""

from __future__ import annotations

from django.db.models import Q

from amtlich.platform import upkeep
from amtlich.platform.accounts.staff.models import Attempt, Challenge, Enrolment, Recovery, StaffSession


def register() -> None:
    """Called once, while the app starts."""
    for purge in (
        upkeep.Rows("staff.sessions", StaffSession, lambda before: Q(expires_at__lte=before)),
        upkeep.Rows("staff.enrolments", Enrolment, lambda before: Q(expires_at__lte=before)),
        upkeep.Rows("staff.attempts", Attempt, lambda before: Q(at__lte=before)),
        upkeep.Rows("staff.challenges", Challenge, lambda before: Q(expires_at__lte=before)),
        upkeep.Rows("staff.recoveries", Recovery, lambda before: Q(asked_at__lte=before)),
    ):
        upkeep.register(purge)
