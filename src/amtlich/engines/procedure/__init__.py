# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Lifecycles of administrative procedures: fixed by law, proved once, declared in code.

``apply(lifecycle, state, occurrence)`` is the only way a case's state comes about, in commands as in
replay. Whatever the lifecycle does not name is refused.
"""

from amtlich.engines.procedure.lifecycle import (
    CERTIFICATE,
    LIFECYCLES,
    ForbiddenTransition,
    Lifecycle,
    Transition,
    apply,
    replay,
)
from amtlich.engines.procedure.state import (
    CitizenStep,
    Document,
    EventType,
    EvidenceStatus,
    Occurrence,
    Phase,
    Request,
    RequestStatus,
    State,
    WaitingOn,
    citizen_step,
)

__all__ = [
    "CERTIFICATE",
    "LIFECYCLES",
    "CitizenStep",
    "Document",
    "EventType",
    "EvidenceStatus",
    "ForbiddenTransition",
    "Lifecycle",
    "Occurrence",
    "Phase",
    "Request",
    "RequestStatus",
    "State",
    "Transition",
    "WaitingOn",
    "apply",
    "citizen_step",
    "replay",
]
