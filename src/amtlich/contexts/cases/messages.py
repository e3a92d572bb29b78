# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Messages between citizen and office: a thread beside the procedure, which they do not move."""

from __future__ import annotations

from amtlich.contexts.cases.access import in_turn
from amtlich.contexts.cases.errors import MessageKeyReused
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import record
from amtlich.contexts.cases.texts import MOST_CHARACTERS, cleaned
from amtlich.engines.procedure import EventType
from amtlich.kernel.ids import new_token
from amtlich.kernel.sentence import Sentence
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log


def send(actor: Actor, token: str, text: str, key: str = "") -> bool:
    """Send a message in this case; True if the message with this key had arrived before.

    Raises ``NoSuchCase``, ``TextWrong``, and ``MessageKeyReused`` for the same key with another text.
    """
    (said,) = cleaned([text], longest=MOST_CHARACTERS, missing=Sentence("Bitte schreiben Sie etwas."))
    key = key or new_token()

    def act(case: Case) -> bool:
        for event in log.read(case.pk):
            if event.type == EventType.MESSAGE_SENT and event.payload and event.payload["key"] == key:
                if event.payload["text"] != said:
                    raise MessageKeyReused
                return True
        payload = {"text": said, "key": key, **({"by": actor.display_name} if actor.kind == "staff" else {})}
        record(case, EventType.MESSAGE_SENT, payload, actor)
        return False

    return in_turn(actor, token, Action.WRITE, act)
