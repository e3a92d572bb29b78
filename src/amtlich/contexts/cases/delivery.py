# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What became of the notification: a channel that failed, another by which it took effect (§ 41 VwVfG)."""

from __future__ import annotations

from enum import StrEnum

from amtlich.contexts.cases import happenings
from amtlich.contexts.cases.access import in_turn
from amtlich.contexts.cases.errors import MovedOn
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import record, state_of
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.contexts.cases.texts import QUESTION_CHARACTERS, cleaned
from amtlich.engines.procedure import EventType, ForbiddenTransition
from amtlich.kernel.sentence import Sentence
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor


class Channel(StrEnum):
    """Ways by which a decision reaches its citizen. An e-mail is none: it only says where to look."""

    PORTAL = "portal"
    POST = "post"
    COUNTER = "counter"


def report_failure(actor: Actor, token: str, channel: Channel, reason: str) -> None:
    """A person says that this channel did not reach the citizen.

    Raises ``NoSuchCase``, ``TextWrong``, and ``MovedOn`` while there is nothing to notify.
    """
    (why,) = cleaned([reason], longest=QUESTION_CHARACTERS, missing=Sentence("Nennen Sie den Grund."))

    def act(case: Case) -> None:
        payload = {"channel": channel.value, "reason": why, "by": actor.display_name}
        try:
            record(case, EventType.NOTIFICATION_FAILED, payload, actor)
        except ForbiddenTransition:
            raise MovedOn(
                Sentence("Zu diesem Vorgang gibt es noch kein Dokument, das fehlgehen kann.")
            ) from None

    in_turn(actor, token, Action.REPORT_DELIVERY, act)


def report_effect(actor: Actor, token: str, channel: Channel) -> None:
    """A person says that the documents reached the citizen by this channel; then the case is closed.

    Raises ``NoSuchCase``, and ``MovedOn`` if nothing has failed, or this very channel has.
    """

    def act(case: Case) -> None:
        state = state_of(case)
        if channel.value in state.failed_channels:
            raise MovedOn(Sentence("Dieser Weg ist schon gescheitert. Nehmen Sie einen anderen."))
        try:
            payload = {"channel": channel.value, "by": actor.display_name}
            record(case, EventType.NOTIFIED, payload, actor)
        except ForbiddenTransition:
            raise MovedOn(happenings.instead(state)) from None
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)

    in_turn(actor, token, Action.REPORT_DELIVERY, act)
