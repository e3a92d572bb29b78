# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in of citizens at the provider of their authority, as the portal uses it.

The redirect address is made from the host that the browser came by; the provider compares it letter by
letter with those that the authority has registered there.
"""

from __future__ import annotations

import functools
import logging
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

from amtlich.kernel.errors import BadInput
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.adapters.provider_http import ProviderHttp
from amtlich.platform.accounts.citizens import account_for
from amtlich.platform.accounts.login import log_in
from amtlich.platform.accounts.openid import back_channel, flow
from amtlich.platform.accounts.openid.attempts import hash_of
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.flow import Wish
from amtlich.platform.accounts.openid.metadata import ProviderDirectory
from amtlich.platform.accounts.providers import ProviderSpec, provider_of
from amtlich.platform.accounts.sealed import seal, unseal
from amtlich.platform.tenancy.models import Authority

log = logging.getLogger(__name__)

CALLBACK = "/anmelden/rueckkehr/"
AFTER_LOG_OUT = "/abmelden/fertig/"
_ID_TOKEN = "id token of"  # noqa: S105 (what it is sealed for)
_BROWSER = "browser"
_LONGEST_AWAY = 600


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What a log-in came to. ``changed_person``: somebody else was logged in here when it began."""

    actor: Actor
    onward: str
    wished: TrustLevel
    changed_person: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """How the provider's own session is ended: a form that the browser sends there."""

    provider: str
    address: str
    origin: str
    fields: tuple[tuple[str, str], ...]


@functools.cache
def directory() -> ProviderDirectory:
    """What this process knows of providers; tests put another in its place."""
    return ProviderDirectory(ProviderHttp())


def provider(authority: Authority) -> ProviderSpec | None:
    """The provider at which this authority's citizens log in, if it has one that can be used."""
    try:
        return provider_of(authority.login)
    except BadInput as wrong:  # written by an older version; the check of the file tells the operator
        log.error("authority %s: its log-in cannot be used: %s", authority.slug, wrong)
        return None


def begin(request: HttpRequest, wish: Wish) -> str:
    """Where to send the browser; raises ``LoginFailed``."""
    authority, spec = _asked(request)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if _BROWSER not in request.session:
        request.session[_BROWSER] = secrets.token_urlsafe(32)
    browser = request.session[_BROWSER]
    person = actor.account_id
    return flow.begin(directory(), spec, authority.id, browser, wish, _callback(request), person)


def finish(request: HttpRequest) -> LoggedIn:
    """Take the provider's answer and log the person in; raises ``LoginFailed``."""
    authority, spec = _asked(request)
    browser = request.session.get(_BROWSER, "")
    if not browser:
        raise LoginFailed(Trouble.OTHER_BROWSER, "the browser brought no session along")
    parameters = {name: list(values) for name, values in request.GET.lists()}
    answer = flow.finish(directory(), spec, authority.id, browser, parameters, _callback(request))
    account_id = account_for(authority.id, spec, answer)
    before: Actor = request.actor  # type: ignore[attr-defined]
    others = {answer.attempt.person, before.account_id} - {None, account_id}
    actor = log_in(request, account_id, level=answer.means.level, means=answer.means.means)
    request.session[_BROWSER] = browser  # another tab's log-in may still be under way
    request.session["id_token"] = seal(answer.id_token, _sealed_for(spec.issuer))
    if answer.provider_session:
        request.session["provider_session"] = hash_of(f"{spec.issuer} {answer.provider_session}")
    return LoggedIn(actor, answer.attempt.onward, answer.attempt.wished, bool(others))


def closing(request: HttpRequest) -> Closing | None:
    """How to end the provider's session too; ask before the log-out. None where there is nothing to end.

    Never raises: whoever wants to leave, leaves.
    """
    spec = provider(request.authority)  # type: ignore[attr-defined]
    sealed = request.session.get("id_token")
    if spec is None or not sealed:
        return None
    try:
        address = directory().metadata(spec.issuer).end_session
    except LoginFailed as failed:
        log.warning("log-out: the provider's address is not known: %s", failed)
        return None
    if not address:
        return None
    fields = [
        ("client_id", spec.client_id),
        ("post_logout_redirect_uri", request.build_absolute_uri(AFTER_LOG_OUT)),
        ("state", signing.dumps(spec.name, salt=AFTER_LOG_OUT)),
    ]
    if id_token := unseal(sealed, _sealed_for(spec.issuer)):
        fields.insert(0, ("id_token_hint", id_token))
    parts = urlsplit(address)
    return Closing(spec.name, address, f"{parts.scheme}://{parts.netloc}", tuple(fields))


def end_sessions(authority: Authority, token: str) -> None:
    """End what the provider says has ended there; raises ``LoginFailed`` if it does not say it rightly."""
    spec = provider(authority)
    if spec is None:
        raise LoginFailed(Trouble.NOT_SET_UP, "the authority has no provider")
    ended = back_channel.end_sessions(directory(), spec, authority.id, token)
    log.info("log-out by the provider of %s: %d sessions ended", authority.slug, ended)


def closed_at(state: str) -> str:
    """The provider whose session was ended, as the way back from there proves; empty if it does not."""
    try:
        return str(signing.loads(state, salt=AFTER_LOG_OUT, max_age=_LONGEST_AWAY))
    except signing.BadSignature:
        return ""


def _asked(request: HttpRequest) -> tuple[Authority, ProviderSpec]:
    authority: Authority = request.authority  # type: ignore[attr-defined]
    spec = provider(authority)
    if spec is None:
        raise LoginFailed(Trouble.NOT_SET_UP, "the authority has no provider")
    return authority, spec


def _callback(request: HttpRequest) -> str:
    return request.build_absolute_uri(CALLBACK)


def _sealed_for(issuer: str) -> str:
    return f"{_ID_TOKEN} {issuer}"
