# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Writing feedback. Assumes an open ``tenant()``."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from amtlich.contexts.steering.errors import FeedbackFull
from amtlich.contexts.steering.models import Feedback
from amtlich.kernel import clock

MOST_PER_HOUR = 500


def add(authority_id: UUID, **values: str) -> None:
    """Store one entry. Raises ``FeedbackFull``."""
    now = clock.now()
    if Feedback.objects.filter(at__gt=now - timedelta(hours=1)).count() >= MOST_PER_HOUR:
        raise FeedbackFull(retry_after=3600)
    Feedback.objects.create(authority_id=authority_id, at=now, **values)
