# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Going on with a draft on another device without an account: a code that is shown once.

Only a keyed hash of the code is stored (HMAC-SHA-256; the code has 78 random bits), so who reads the
table cannot open a draft. A wrong code gets one answer, whatever is wrong with it, and wrong codes are
counted per network address and per authority.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from amtlich.contexts.cases.draft_errors import TooManyCodes, WrongCode
from amtlich.contexts.cases.draft_view import DraftView, own, view_of
from amtlich.contexts.cases.errors import AlreadySubmitted
from amtlich.contexts.cases.models import Case, Draft, ResumeAttempt
from amtlich.kernel import clock
from amtlich.kernel.ids import new_resume_code, normalise_resume_code
from amtlich.platform.accounts import Actor
from amtlich.platform.database.locks import one_at_a_time
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant
from amtlich.platform.web.throttle import network

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 5
#: Far above what a town mistypes, far below what guessing at 78 bits would need.
PER_AUTHORITY = 300


def make_code(actor: Actor, token: str) -> str:
    """A new code for the actor's draft; an older one ends. Raises ``NoSuchDraft``, ``AlreadySubmitted``."""
    code = new_resume_code()
    with tenant(actor.authority_id):
        found = own(actor, token)
        if found.case_id is not None:
            raise AlreadySubmitted(Case.objects.get(pk=found.case_id).token)
        Draft.objects.filter(pk=found.pk).update(resume_hash=_hash("code", f"{actor.authority_id} {code}"))
    return code


def resume(actor: Actor, typed: str, address: str) -> DraftView:
    """The draft with this code, which from now on belongs to the actor's session or account.

    Raises ``WrongCode``, and ``TooManyCodes`` while too many wrong ones came from ``address`` or at all.
    """
    assert actor.holder_id is not None, "resume needs a holder: accounts.login.ensure_holder(request)"
    now = clock.now()
    source = _hash("source", network(address) or "unknown")
    with tenant(actor.authority_id):
        # Many guesses sent at once are counted one after the other.
        one_at_a_time(f"resume {source.hex()}")
        _refuse_when_too_many(source, now)
        code = normalise_resume_code(typed)
        found = _with_code(f"{actor.authority_id} {code}", now) if code else None
        if found is not None:
            found.holder_id = actor.holder_id
            # In an account a draft is found on every device: the code has done its work.
            found.resume_hash = None if actor.logged_in else found.resume_hash
            found.save(update_fields=["holder_id", "resume_hash"])
            return view_of(found)
        ResumeAttempt.objects.create(authority_id=actor.authority_id, source=source, at=now)
    raise WrongCode


def _with_code(code: str, now: datetime) -> Draft | None:
    return Draft.objects.filter(
        resume_hash=_hash("code", code), case_id=None, deleted_at=None, expires_at__gt=now
    ).first()


def _refuse_when_too_many(source: bytes, now: datetime) -> None:
    ResumeAttempt.objects.filter(at__lte=now - WINDOW).delete()
    for attempts, most in (
        (ResumeAttempt.objects.filter(source=source), PER_ADDRESS),
        (ResumeAttempt.objects.all(), PER_AUTHORITY),
    ):
        latest = list(attempts.order_by("-at").values_list("at", flat=True)[:most])
        if len(latest) == most:
            raise TooManyCodes(latest[-1] + WINDOW - now)


def _hash(what: str, text: str) -> bytes:
    key = f"amtlich.cases.resume {what} {config().secret_key}".encode()
    return hmac.digest(key, text.encode(), hashlib.sha256)
