# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Sessions and log-ins that lead nowhere any more are deleted in time. How long: the rules of privacy."""

from __future__ import annotations

from django.db.models import Q

from amtlich.platform import upkeep
from amtlich.platform.accounts.models import LoginAttempt, Session


def register() -> None:
    """Called once, while the app starts."""
    upkeep.register(upkeep.Rows("accounts.sessions", Session, lambda before: Q(expire_date__lte=before)))
    upkeep.register(
        upkeep.Rows("accounts.login_attempts", LoginAttempt, lambda before: Q(begun_at__lte=before))
    )
