# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who calls with a partner's key (RFC 6750), what it may do, and how often."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from ninja.security.base import SecuritySchema
from ninja.security.http import HttpAuthBase

from amtlich.kernel.errors import AmtlichError, TooMany
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.partners.keys import Caller, Scope, caller
from amtlich.platform.web.throttle import Throttle, place_of

#: Calls of one key, and wrong keys from one place, in a minute.
PER_KEY, WRONG_PER_PLACE, MINUTE = 120, 10, 60.0
calls, wrong = Throttle(PER_KEY, MINUTE), Throttle(WRONG_PER_PLACE, MINUTE)

#: What each operation needs; one that is not here is for no partner (a test sees that all are).
SCOPES: Mapping[str, Scope | None] = {
    "session": None,
    "list_services": Scope.SERVICES_READ,
    "get_service": Scope.SERVICES_READ,
    "submit": Scope.CASES_SUBMIT,
    "list_cases": Scope.CASES_READ,
    "get_case": Scope.CASES_READ,
    "list_events": Scope.CASES_READ,
    "get_document": Scope.CASES_READ,
    "answer": Scope.CASES_WRITE,
    "send_message": Scope.CASES_WRITE,
    "withdraw": Scope.CASES_WRITE,
    "verify": Scope.PROOFS_VERIFY,
}


class KeyRefused(AmtlichError):
    """The key opens nothing here (401)."""


class ScopeMissing(AmtlichError):
    """The key does not allow this operation (403)."""


class PartnerKey(HttpAuthBase):
    """``Authorization: Bearer amt_…``. Without the header somebody else decides who calls."""

    openapi_scheme = "bearer"

    def __init__(self) -> None:
        super().__init__()
        self.openapi_security_schema = SecuritySchema(
            type=self.openapi_type,
            scheme=self.openapi_scheme,
            description="A partner's key. Scopes: " + ", ".join(scope.value for scope in Scope),
        )

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The partner as actor; None without the header.

        Raises ``KeyRefused``, ``ScopeMissing``, ``TooMany``.
        """
        given = request.headers.get("Authorization")
        if given is None:
            return None
        found = _caller(request, given)
        if wait := calls.wait_for(str(found.key_id)):
            raise TooMany(f"Ein Schlüssel darf {PER_KEY} Aufrufe in der Minute.", retry_after=wait)
        operation = request.resolver_match.url_name if request.resolver_match else None
        needed = SCOPES.get(operation or "")
        if needed is None or needed.value not in found.scopes:
            raise ScopeMissing(f"Dieser Schlüssel darf das nicht. Nötig ist: {needed or 'eine Sitzung'}.")
        actor = found.actor(request.authority.id)  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def _caller(request: HttpRequest, given: str) -> Caller:
    place = place_of(request)
    scheme, _, key = given.partition(" ")
    authority_id = request.authority.id  # type: ignore[attr-defined]
    found = caller(authority_id, key.strip()) if scheme.lower() == "bearer" else None
    if found is not None:
        return found
    if wait := wrong.wait_for(place):
        raise TooMany("Zu viele falsche Schlüssel.", retry_after=wait)
    raise KeyRefused("Dieser Schlüssel gilt hier nicht: falsch, abgelaufen oder widerrufen.")
