# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Events per second of the lifecycle, as a ratio to calling an empty function as often.

python bench/procedure.py
"""

import time
from dataclasses import replace
from datetime import UTC, datetime

from amtlich.engines.procedure import CERTIFICATE, EventType, Occurrence, State, apply

AT = datetime(2026, 11, 25, tzinfo=UTC)
LOG = [
    (EventType.SUBMITTED, "citizen", {}),
    (EventType.REGISTERED, "system", {"file_number": "MB-2026-00001", "complete": False}),
    (EventType.EVIDENCE_RECEIVED, "system", {"evidence": "e", "status": "found", "complete": True}),
    (EventType.DECIDED, "system", {"decision_id": "d", "outcome": "o", "adverse": False}),
    (EventType.DOCUMENTS_ISSUED, "system", {"documents": [{"id": "1", "notice": "n"}]}),
    (EventType.NOTIFIED, "system", {}),
    (EventType.CLOSED, "system", {}),
]
EVENTS = [Occurrence(seq, kind, AT, actor, payload) for seq, (kind, actor, payload) in enumerate(LOG, 1)]
ROUNDS = 5_000


def walk() -> None:
    state = State()
    for event in EVENTS:
        state = apply(CERTIFICATE, state, event)


def limit() -> None:
    """What cannot be avoided: one new frozen state per event."""
    state = State()
    for event in EVENTS:
        state = replace(state, seq=event.seq)


def cpu(function) -> float:
    start = time.process_time()
    for _ in range(ROUNDS):
        function()
    return (time.process_time() - start) / ROUNDS / len(EVENTS) * 1e6


if __name__ == "__main__":
    cpu(walk)
    ours, least = cpu(walk), cpu(limit)
    print(f"apply {ours:.2f} us per event, limit (one frozen state) {least:.2f} us: ratio {ours / least:.1f}")
