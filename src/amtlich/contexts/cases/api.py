# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The door of the cases context.

Every function opens its own transactions, so callers never wrap them. Foreign and missing look the
same: ``NoSuchCase``, ``NoSuchDraft``, ``NoSuchDocument`` are all ``NotFound``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amtlich.contexts.cases import drafts as _drafts
from amtlich.contexts.cases import resume as _resume
from amtlich.contexts.cases import submission as _submission
from amtlich.contexts.cases.adoption import Adoption, adopt_draft
from amtlich.contexts.cases.conversation import RequestView, TalkEntry, TalkKind
from amtlich.contexts.cases.copies import CaseFile, RegisterAnswer, Statements, case_file
from amtlich.contexts.cases.delivery import Channel, report_effect, report_failure
from amtlich.contexts.cases.draft_errors import DraftGone, TooManyCodes, WrongCode
from amtlich.contexts.cases.draft_parking import park, unpark
from amtlich.contexts.cases.draft_versions import Renewal, confirm_renewal, earlier_answers, renew
from amtlich.contexts.cases.draft_view import DraftView, Parked
from amtlich.contexts.cases.drafts import StepResult, draft, my_drafts, open_draft, save_step
from amtlich.contexts.cases.durations import Durations, durations
from amtlich.contexts.cases.errors import (
    AlreadySubmitted,
    InvalidSubmission,
    KeyReused,
    MessageKeyReused,
    MovedOn,
    NoSuchCase,
    NoSuchDocument,
    NoSuchDraft,
    Overtaken,
    StaleDraft,
    TextWrong,
)
from amtlich.contexts.cases.holdings import Holding, my_holdings
from amtlich.contexts.cases.messages import send as send_message
from amtlich.contexts.cases.office_acts import (
    enter_answer,
    give_back,
    grant,
    open_hearing,
    refuse,
    waive_hearing,
)
from amtlich.contexts.cases.office_list import OfficePage, OfficeQuery, OfficeRow, Order, Queue, office_list
from amtlich.contexts.cases.office_parked import ParkedJobView, hand_over, parked_jobs, try_again
from amtlich.contexts.cases.office_shapes import (
    Can,
    CandidateView,
    Compared,
    OfficeCase,
    ProposalView,
    Row,
)
from amtlich.contexts.cases.office_view import office_case
from amtlich.contexts.cases.policy import Action, may
from amtlich.contexts.cases.preview import Preview, preview
from amtlich.contexts.cases.queries import (
    CaseSummary,
    CaseView,
    DecisionView,
    EventView,
    authority_of,
    case,
    document,
    events,
    my_cases,
    undecided,
)
from amtlich.contexts.cases.requests import answer, ask
from amtlich.contexts.cases.submission import Receipt
from amtlich.contexts.cases.version_use import VersionUse, use_of_versions
from amtlich.contexts.cases.withdrawal import withdraw
from amtlich.contexts.cases.words import TimelineEntry
from amtlich.contexts.catalog.api import current, offered, package
from amtlich.platform.accounts import Actor

__all__ = [
    "Action",
    "Adoption",
    "AlreadySubmitted",
    "Can",
    "CandidateView",
    "CaseFile",
    "CaseSummary",
    "CaseView",
    "Channel",
    "Compared",
    "DecisionView",
    "DraftGone",
    "DraftView",
    "Durations",
    "EventView",
    "Holding",
    "InvalidSubmission",
    "KeyReused",
    "MessageKeyReused",
    "MovedOn",
    "NoSuchCase",
    "NoSuchDocument",
    "NoSuchDraft",
    "OfficeCase",
    "OfficePage",
    "OfficeQuery",
    "OfficeRow",
    "Order",
    "Overtaken",
    "Parked",
    "ParkedJobView",
    "Preview",
    "ProposalView",
    "Queue",
    "Receipt",
    "RegisterAnswer",
    "Renewal",
    "RequestView",
    "Row",
    "StaleDraft",
    "Statements",
    "StepResult",
    "TalkEntry",
    "TalkKind",
    "TextWrong",
    "TimelineEntry",
    "TooManyCodes",
    "VersionUse",
    "WrongCode",
    "adopt_draft",
    "answer",
    "ask",
    "authority_of",
    "case",
    "case_file",
    "confirm_renewal",
    "delete_draft",
    "document",
    "draft",
    "durations",
    "earlier_answers",
    "enter_answer",
    "events",
    "give_back",
    "grant",
    "hand_over",
    "may",
    "my_cases",
    "my_drafts",
    "my_holdings",
    "office_case",
    "office_list",
    "open_draft",
    "open_hearing",
    "park",
    "parked_jobs",
    "preview",
    "refuse",
    "renew",
    "report_effect",
    "report_failure",
    "resume_code",
    "resume_draft",
    "save_step",
    "send_message",
    "start_draft",
    "submit",
    "submit_draft",
    "try_again",
    "undecided",
    "unpark",
    "use_of_versions",
    "waive_hearing",
    "withdraw",
]


def start_draft(actor: Actor, slug: str, *, restart: bool = False) -> DraftView:
    """The open draft of this service or a new one, filled from the log-in; ``restart`` begins anew.

    Raises ``UnknownService``. ``actor`` needs a holder (``accounts.login.ensure_holder``).
    """
    return _drafts.start(actor, current(actor.authority_id, slug), restart=restart)


def delete_draft(actor: Actor, token: str) -> None:
    """Delete the actor's draft with all that was typed. Raises ``NoSuchDraft``, ``AlreadySubmitted``."""
    _drafts.delete(actor, token)


def resume_code(actor: Actor, token: str) -> str:
    """A new code that opens this draft on any device; shown once, stored as a hash, never mailed.

    An older code of the draft ends. Raises ``NoSuchDraft``, ``AlreadySubmitted``.
    """
    return _resume.make_code(actor, token)


def resume_draft(actor: Actor, code: str, address: str) -> DraftView:
    """The draft with this code, now the actor's. ``address`` is where the request came from.

    Raises ``WrongCode`` (one answer for everything that is wrong) and ``TooManyCodes``.
    """
    return _resume.resume(actor, code, address)


def submit_draft(actor: Actor, token: str, revision: int | None = None) -> Receipt:
    """Send a draft as it was at ``revision`` (None: as it is now); sending twice is harmless.

    Raises ``InvalidSubmission``, ``NoSuchDraft``, and ``StaleDraft`` if it was changed meanwhile.
    """
    return _drafts.submit(actor, token, revision)


def submit(actor: Actor, slug: str, version: str | None, data: Mapping[str, Any], key: str) -> Receipt:
    """Submit statements in one go, as the API does, under the caller's idempotency key.

    Raises ``UnknownService``, ``UnknownVersion``, ``InvalidSubmission``, ``KeyReused``.
    """
    key = f"api:{key}"
    of = current(actor.authority_id, slug) if version is None else offered(actor.authority_id, slug, version)
    try:
        return _submission.receive(actor, of, data, key, None)
    except (InvalidSubmission, KeyReused):
        # A repeated call means what it meant the first time, though another version is current by now.
        earlier = _submission.version_received(actor, slug, key)
        if version is not None or earlier in (None, of.version):
            raise
        return _submission.receive(actor, package(slug, earlier), data, key, None)
