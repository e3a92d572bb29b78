# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the steering context. Every function opens its own ``tenant()``: call it outside of one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amtlich.contexts.steering import commands
from amtlich.contexts.steering.entries import (
    LONGEST_TEXT,
    OCCASIONS,
    Answer,
    FeedbackView,
    answer_of,
    email_of,
    occasion_of,
    text_of,
)
from amtlich.contexts.steering.errors import FeedbackFull, FeedbackRefused, SteeringError
from amtlich.contexts.steering.models import Feedback
from amtlich.platform.tenancy import tenant

__all__ = [
    "LONGEST_TEXT",
    "OCCASIONS",
    "Answer",
    "FeedbackFull",
    "FeedbackRefused",
    "FeedbackView",
    "SteeringError",
    "feedback",
    "give",
    "occasion_of",
    "report_barrier",
]


def give(authority_id: UUID, *, occasion: str, answer: str, text: str, route: str, language: str) -> None:
    """Store an answer to "did it work?". Nothing says who gave it.

    ``occasion`` is one of ``OCCASIONS``, any other counts as "seite"; ``route`` is the pattern of the page
    it is about, without tokens. Raises ``FeedbackRefused`` for one field and ``FeedbackFull``.
    """
    values = {
        "kind": "answer",
        "occasion": occasion_of(occasion),
        "answer": answer_of(answer).value,
        "text": text_of(text),
    }
    with tenant(authority_id):
        commands.add(authority_id, **values, route=route, language=language)


def report_barrier(authority_id: UUID, *, text: str, email: str, route: str, language: str) -> None:
    """Store the report of a barrier; ``email`` may be empty. Raises as ``give``."""
    values = {
        "kind": "barrier",
        "occasion": "barriere",
        "text": text_of(text, needed=True),
        "email": email_of(email),
    }
    with tenant(authority_id):
        commands.add(authority_id, **values, route=route, language=language)


def feedback(authority_id: UUID, since: datetime | None = None) -> tuple[FeedbackView, ...]:
    """What was told, newest first."""
    with tenant(authority_id):
        found = Feedback.objects.order_by("-at", "-id")
        if since is not None:
            found = found.filter(at__gte=since)
        return tuple(
            FeedbackView(
                one.at, one.kind, one.occasion, one.answer, one.route, one.language, one.text, one.email
            )
            for one in found
        )
