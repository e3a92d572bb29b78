# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A program that uses the REST API as its description says, over Django's test client."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from amtlich.kernel.person import Identity
from amtlich.platform.accounts.personas import Persona

SUBMISSIONS = "/api/v1/services/meldebescheinigung/submissions"


def persona_of(resident) -> Persona:
    """The resident as somebody one can log in as."""
    stated = resident.query
    return Persona(
        key=resident.key,
        display_name=resident.display_name,
        about=resident.about_de,
        level=resident.level,
        means="demo",
        identity=Identity(stated.family, stated.given, stated.birth, stated.address),
    )


class ApiClient:
    """One session. Errors of ours come back as answers with status 500, as outside."""

    def __init__(self, host: str = "localhost") -> None:
        self._client = Client(
            enforce_csrf_checks=True, raise_request_exception=False, headers={"host": host, "accept": "*/*"}
        )
        self.token = self.get("/api/v1/session").json()["csrf_token"]

    @property
    def cookies(self) -> dict[str, str]:
        return {name: morsel.value for name, morsel in self._client.cookies.items()}

    def log_in(self, key: str) -> None:
        answer = self._client.post("/anmelden/", {"person": key}, headers={"x-csrftoken": self.token})
        assert answer.status_code == 302, answer.status_code
        self.token = self.get("/api/v1/session").json()["csrf_token"]

    def get(self, path: str, **headers: str):
        return self._client.get(path, headers=_names(headers))

    def send(
        self,
        path: str,
        body: Any,
        *,
        content_type: str = "application/json",
        csrf: bool = True,
        method: str = "POST",
        **headers: str,
    ):
        """Bytes go as they are, everything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        token = {"x-csrftoken": self.token} if csrf else {}
        return self._client.generic(
            method, path, raw, content_type=content_type, headers={**token, **_names(headers)}
        )

    def submit(self, data: Any, key: str, **more: Any):
        """An application; ``more`` goes beside ``data`` (the version)."""
        return self.send(SUBMISSIONS, {"data": data, **more}, idempotency_key=key)


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
