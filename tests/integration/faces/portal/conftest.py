# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A browser without a browser: cookies, hidden fields, and errors of ours as answers."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.integration.contexts.cases.conftest import apply_as, office, residents

__all__ = ["apply_as", "office", "residents"]


class Browser:
    """One session; forms are sent with the token of the page that was opened last."""

    def __init__(self, host: str = "localhost") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": host})
        self.token = ""

    @property
    def session_key(self) -> str:
        cookie = self.client.cookies.get("amtlich_session")
        return cookie.value if cookie else ""

    def get(self, path: str, **headers: str):
        answer = self.client.get(
            path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        self._keep_token(answer)
        return answer

    def post(self, path: str, fields: dict[str, str], *, token: str | None = None):
        given = self.token if token is None else token
        answer = self.client.post(path, {**fields, "csrfmiddlewaretoken": given})
        self._keep_token(answer)
        return answer

    def log_in(self, person: str, onward: str = "/"):
        self.get("/anmelden/")
        return self.post("/anmelden/", {"person": person, "weiter": onward})

    def _keep_token(self, answer) -> None:
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
        if found:
            self.token = unescape(found[1])


@pytest.fixture
def personas(office, residents):
    """The residents as somebody one can log in as; returns their account ids by key."""
    from tests.doubles.api_client import persona_of

    from amtlich.platform.accounts.personas import demo_logins, ensure_personas

    ensure_personas(office.id, [persona_of(one) for one in residents.values()])
    return {one.key: one.account_id for one in demo_logins(office.id)}


@pytest.fixture
def browser(personas) -> Browser:
    return Browser()


@pytest.fixture
def another(personas) -> Browser:
    """Somebody else's browser."""
    return Browser()
