# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One of everything that upkeep deletes, each beginning to wait at a given moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

#: Stands in every text that a person could have typed: none of it may come into a log or a proof.
PERSON = "Brückner"
_ADDRESS = f"{PERSON}@a.example"
_LATER = timedelta(hours=1)


def makers() -> dict[str, Callable[[UUID, datetime], object]]:
    """By purge: make one row of this authority whose period begins at the moment. Inside ``tenant()``."""
    from django.db import connections

    from amtlich.contexts.cases.models import Draft, ResumeAttempt
    from amtlich.contexts.mail.models import Confirmation, Message, Recipient
    from amtlich.contexts.privacy import commands
    from amtlich.contexts.privacy.entries import AccessEntry
    from amtlich.contexts.privacy.models import Deletion
    from amtlich.contexts.steering.models import Feedback
    from amtlich.kernel import clock
    from amtlich.platform.accounts.models import LoginAttempt, Session
    from amtlich.platform.accounts.staff import models as staff
    from amtlich.platform.jobs.models import Attempt

    def draft(authority: UUID, at: datetime, **more: object) -> None:
        values = {"data": {"name": PERSON}, "created_at": at, "updated_at": at, "expires_at": at}
        Draft.objects.create(
            authority_id=authority,
            holder_id=uuid4(),
            service="meldebescheinigung",
            package_version="1",
            **{**values, **more},
        )

    def mail(authority: UUID, at: datetime, state: str = "sent", address: str = _ADDRESS) -> None:
        Message.objects.create(
            authority_id=authority,
            key=str(uuid4()),
            kind="decided",
            holder_id=uuid4(),
            address=address,
            language="de",
            state=state,
            created_at=at,
            changed_at=at,
        )

    def ended_job(authority: UUID, at: datetime) -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at) "
                "VALUES ('default', 'cases.advance', '{}', 'cancelled', %s)",
                [at],
            )

    def attempt(at: datetime, *, parked: bool) -> None:
        ends = {"parked_at": at, "told_at": at} if parked else {}
        Attempt.objects.create(job_id=-(uuid4().int % 2**62), task="cases.advance", at=at, **ends)

    def early_access(authority: UUID, at: datetime) -> None:
        entry = AccessEntry(
            authority, None, uuid4(), "system", None, PERSON, "Melderegister", ("name",), "Vorschau", "BMG"
        )
        with clock.use(clock.FixedClock(at)):
            commands.add(entry)

    def proof(authority: UUID, at: datetime) -> None:
        day = at.date()
        Deletion.objects.create(
            authority_id=authority, purge="steering.feedback", rule_of=day, before=at, count=1, at=at
        )

    return {
        "cases.drafts": draft,
        "cases.draft_shells": lambda authority, at: draft(authority, at, data={}, deleted_at=at),
        "cases.sent_drafts": lambda authority, at: draft(authority, at, data={}, case_id=uuid4()),
        "cases.resume_attempts": lambda authority, at: ResumeAttempt.objects.create(
            authority_id=authority, source=bytes(32), at=at
        ),
        "accounts.sessions": lambda authority, at: Session.objects.create(
            session_key=uuid4().hex, session_data=PERSON, expire_date=at
        ),
        "accounts.login_attempts": lambda authority, at: LoginAttempt.objects.create(
            state_hash=uuid4().hex, authority_id=authority, wished=1, begun_at=at
        ),
        "staff.sessions": lambda authority, at: staff.StaffSession.objects.create(
            key_hash=uuid4().hex,
            authority_id=authority,
            staff_id=uuid4(),
            begun_at=at,
            seen_at=at,
            expires_at=at,
        ),
        "staff.enrolments": lambda authority, at: staff.Enrolment.objects.create(
            token_hash=uuid4().hex, authority_id=authority, staff_id=uuid4(), secret="s", expires_at=at
        ),
        "staff.challenges": lambda authority, at: staff.Challenge.objects.create(
            token_hash=uuid4().hex, authority_id=authority, challenge="c", expires_at=at
        ),
        "staff.attempts": lambda authority, at: staff.Attempt.objects.create(
            authority_id=authority, source=bytes(32), at=at
        ),
        "staff.recoveries": lambda authority, at: staff.Recovery.objects.create(
            authority_id=authority, staff_id=uuid4(), asked_by=PERSON, asked_at=at
        ),
        "mail.confirmations": lambda authority, at: Confirmation.objects.create(
            authority_id=authority,
            holder_id=uuid4(),
            browser="b",
            link=uuid4().hex,
            address=_ADDRESS,
            language="de",
            asked_at=at,
            expires_at=at + _LATER,
        ),
        "mail.waiting": lambda authority, at: mail(authority, at, "created"),
        "mail.addresses": mail,
        "mail.messages": lambda authority, at: mail(authority, at, address=""),
        "mail.recipients": lambda authority, at: Recipient.objects.create(
            authority_id=authority,
            holder_id=uuid4(),
            address=_ADDRESS,
            language="de",
            confirmed_at=at,
        ),
        "steering.feedback": lambda authority, at: Feedback.objects.create(
            authority_id=authority, at=at, kind="answer", occasion="seite", language="de", text=PERSON
        ),
        "jobs.ended": ended_job,
        "jobs.abandoned": lambda authority, at: attempt(at, parked=False),
        "jobs.parked": lambda authority, at: attempt(at, parked=True),
        "privacy.early_accesses": early_access,
        "privacy.deletions": proof,
    }
