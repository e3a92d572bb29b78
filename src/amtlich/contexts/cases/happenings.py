# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What has happened instead of what somebody wanted: for the window that came second."""

from __future__ import annotations

from collections.abc import Mapping

from amtlich.contexts.cases.errors import Overtaken
from amtlich.contexts.cases.models import Case
from amtlich.engines.procedure import EventType, RequestStatus, State
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.words import datetime_de
from amtlich.platform.events import log


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


def refuse_older(case: Case, version: int) -> None:
    """Raises ``Overtaken`` if the case is no longer what was looked at (FC-13). In an open ``tenant()``."""
    if case.seq != version:
        raise Overtaken(since(case))


def since(case: Case) -> str:
    """Who did what since the page was made, in one sentence."""
    last = log.read(case.pk)[-1]
    decided = next((one for one in log.read(case.pk) if one.type == EventType.DECIDED), None)
    if decided is not None:
        who = (decided.payload or {}).get("by") or "Das Programm"
        return f"{who} hat schon entschieden: {datetime_de(decided.at)}."
    what = _WHAT.get(EventType(last.type), "neuer Stand")
    return f"Seit Sie die Seite geöffnet haben, ist etwas geschehen: {what}, {datetime_de(last.at)}."


_WHAT: Mapping[EventType, str] = {
    EventType.DOCUMENTS_ISSUED: "das Dokument ist ausgestellt",
    EventType.NOTIFIED: "das Dokument ist bekannt gegeben",
    EventType.CLOSED: "der Vorgang ist abgeschlossen",
    EventType.INFORMATION_REQUESTED: "jemand hat nachgefragt",
    EventType.INFORMATION_SUPPLIED: "eine Antwort ist da",
    EventType.INFORMATION_LAPSED: "die Frist für die Antwort ist abgelaufen",
    EventType.MESSAGE_SENT: "eine neue Nachricht",
    EventType.WITHDRAWN: "der Antrag ist zurückgezogen",
    EventType.HEARING_WAIVED: "jemand hat festgehalten, warum niemand angehört wird",
    EventType.EVIDENCE_CHOSEN: "jemand hat eine Person aus dem Register gewählt",
    EventType.RETURNED_TO_PROGRAM: "das Programm sieht noch einmal nach",
}
