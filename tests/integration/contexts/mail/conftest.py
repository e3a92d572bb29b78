# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A mail server that the settings name, and people who wait for mails."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connections
from tests.doubles.smtp_server import FakeMailServer

from amtlich.kernel import clock

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMailServer]:
    """A running mail server; the settings lead there."""
    from amtlich.contexts.mail import way_out
    from amtlich.platform.settings.config import config

    with FakeMailServer() as running:
        monkeypatch.setenv("AMTLICH_SMTP_URL", running.url)
        monkeypatch.setenv("AMTLICH_MAIL_FROM", "{slug}@amt.example")
        config.cache_clear()
        way_out._smtp.cache_clear()
        yield running
    monkeypatch.undo()
    config.cache_clear()
    way_out._smtp.cache_clear()


@pytest.fixture
def at() -> Iterator[clock.FixedClock]:
    """A clock that only the test moves."""
    fixed = clock.FixedClock(MORNING)
    with clock.use(fixed):
        yield fixed


class Work:
    """The worker, without waiting: whatever is scheduled is due."""

    def __call__(self) -> None:
        from amtlich.platform import jobs

        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        jobs.run_pending()


@pytest.fixture
def work() -> Work:
    return Work()


class People:
    """Holders with confirmed addresses, and mails to them."""

    def __init__(self, authority_id: UUID) -> None:
        self.authority_id = authority_id

    def with_address(self, address: str, language: str = "de") -> UUID:
        from amtlich.contexts.mail.models import Recipient
        from amtlich.platform.tenancy import tenant

        holder = uuid4()
        with tenant(self.authority_id):
            Recipient.objects.create(
                authority_id=self.authority_id,
                holder_id=holder,
                address=address,
                language=language,
                confirmed_at=clock.now(),
            )
        return holder

    def tell(self, holder: UUID, key: str = "", kind: str = "decided", case_id: UUID | None = None) -> bool:
        from amtlich.contexts.mail import api as mail

        return mail.tell(
            self.authority_id,
            holder,
            kind=kind,
            case_id=case_id or uuid4(),
            case_token="abcdefghijklmnopqrstuvwxyz",
            reference="MB-7XK4-M2QD",
            key=key or f"key:{uuid4()}",
        )

    def states(self) -> dict[str, str]:
        """The state of each mail by address; with several to one, the newest."""
        from amtlich.contexts.mail.models import Message
        from amtlich.platform.tenancy import tenant

        with tenant(self.authority_id):
            return dict(Message.objects.order_by("created_at").values_list("address", "state"))

    def message(self):
        """The only mail there is."""
        from amtlich.contexts.mail.models import Message
        from amtlich.platform.tenancy import tenant

        with tenant(self.authority_id):
            return Message.objects.get()


@pytest.fixture
def people(town) -> People:
    return People(town.pk)
