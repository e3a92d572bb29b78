# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Feedback is deleted in time. How long: the rules of privacy."""

from __future__ import annotations

from django.db.models import Q

from amtlich.contexts.steering.models import Feedback
from amtlich.platform import upkeep


def register() -> None:
    """Called once, while the app starts."""
    upkeep.register(upkeep.Rows("steering.feedback", Feedback, lambda before: Q(at__lte=before)))
