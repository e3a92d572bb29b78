# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Somebody who has set the account up, with all that they know."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pyotp
import pytest
from django.test import Client

from amtlich.kernel import clock
from amtlich.platform.accounts.staff import Role, accounts, login
from amtlich.platform.accounts.staff.models import Staff
from amtlich.platform.tenancy import tenant

PASSWORD = "vier Wörter ohne Zusammenhang"
BY = "Anna Amt"


@pytest.fixture
def at():
    fixed = clock.FixedClock(datetime(2026, 11, 25, 11, 0, tzinfo=UTC))
    with clock.use(fixed):
        yield fixed


class Person(SimpleNamespace):
    """A member of staff, with the app on their phone."""

    def code(self) -> str:
        """What the app shows now."""
        return pyotp.TOTP(self.secret).at(int(clock.now().timestamp()))

    def browser(self, host: str = "localhost") -> Client:
        return Client(headers={"host": host, "user-agent": "Mozilla/5.0 Firefox/140.0"})

    def inside(self, at, host: str = "localhost") -> Client:
        """A browser that has come in with both factors; the next code is needed for the next time."""
        at.advance_by_step()
        client = self.browser(host)
        answer = client.post("/amt/anmelden/", {"kennung": self.name, "passwort": PASSWORD})
        assert answer.status_code == 302, answer.text
        assert client.post("/amt/anmelden/code/", {"code": self.code()}).status_code == 302
        return client


@pytest.fixture
def new_person(at):
    """Add somebody and let them set the account up."""

    def advance_by_step() -> None:
        from datetime import timedelta

        at.advance(timedelta(seconds=31))

    at.advance_by_step = advance_by_step

    def make(authority, name: str = "d.kaya", *roles: Role, display: str = "Derya Kaya") -> Person:
        key = accounts.add(authority.id, name, display, roles or (Role.CASEWORKER,), by=BY)
        secret = login.offer(authority.id, key).secret
        person = Person(name=name, secret=secret, authority=authority, key=key)
        person.codes = login.enrol(authority.id, key, PASSWORD, PASSWORD, person.code())
        with tenant(authority.id):
            person.id = Staff.objects.get(name=name).pk
        return person

    return make
