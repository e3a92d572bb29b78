# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What has happened instead of what somebody wanted: for the window that came second."""

from __future__ import annotations

from amtlich.engines.procedure import RequestStatus, State
from amtlich.kernel.sentence import Sentence


def instead(state: State) -> Sentence:
    """Why a question, an answer or a withdrawal is no longer possible, with its time."""
    if state.withdrawn_at is not None:
        return Sentence("Der Antrag wurde am {at} zurückgezogen.", at=state.withdrawn_at)
    if state.decided_at is not None:
        return Sentence("Am {at} haben wir über den Antrag entschieden.", at=state.decided_at)
    request = state.request
    if request is None:
        return Sentence("Zu diesem Antrag haben wir nichts gefragt.")
    if request.status is RequestStatus.OPEN:
        return Sentence("Seit {at} ist eine andere Frage offen.", at=request.asked_at)
    if request.status is RequestStatus.LAPSED:
        return Sentence("Die Frist für die Antwort ist am {until} abgelaufen.", until=request.until)
    assert request.ended_at is not None
    return Sentence("Auf die Frage wurde schon geantwortet: {at}.", at=request.ended_at)
