# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A browser without a browser that goes to the identity provider and back."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

import httpx
from tests.doubles.identity_provider import FakeProvider

START = "/anmelden/anbieter/"
FAILURE = "/anmelden/fehler/"


def register_at(provider: FakeProvider, authority, **changes):
    """Give the authority the provider's log-in, as ``amtlich authority add`` does."""
    from amtlich.platform.accounts.providers import read
    from amtlich.platform.tenancy.models import Authority
    from amtlich.platform.tenancy.registry import forget_hosts

    table = provider.login_table(**changes)
    read(table)
    Authority.objects.using("owner").filter(pk=authority.pk).update(login=table)
    forget_hosts()


def begin(browser, onward: str = "/", **query: str) -> str:
    """Press "log in"; returns the address at the provider."""
    asked = "&".join(f"{name}={value}" for name, value in {"weiter": onward, **query}.items())
    answer = browser.get(f"{START}?{asked}")
    assert answer.status_code == 302, answer.text
    return answer["Location"]


def consent(address: str) -> str:
    """Log in at the provider, which asks nothing; returns the path back to us."""
    answer = httpx.get(address, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def log_in(browser, onward: str = "/", **query: str):
    """The whole way; returns what ``arrive`` does."""
    return arrive(browser, consent(begin(browser, onward, **query)))


def arrive(browser, back: str):
    """Come back from the provider; returns our answer, or the page that says what went wrong."""
    answer = browser.get(back)
    failed = answer.status_code == 302 and answer["Location"].startswith(FAILURE)
    return browser.get(answer["Location"]) if failed else answer


def session_of(browser):
    """What the session of this browser holds."""
    return browser.client.session


def account_of(town, browser):
    """The account that is logged in there."""
    from amtlich.platform.accounts.models import Account
    from amtlich.platform.tenancy import tenant

    with tenant(town.id):
        return Account.objects.get(pk=UUID(session_of(browser)["account"]))


def nobody(browser) -> bool:
    """Whether no log-in has come about, there or anywhere."""
    from amtlich.platform.accounts.models import Session

    return "account" not in session_of(browser) and not Session.objects.exclude(account_id=None).exists()
