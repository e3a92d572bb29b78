# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A log-in at an outside provider: the way there, and what comes back (OpenID Connect Core 1.0, 3.1)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit
from uuid import UUID

from amtlich.kernel.person import Identity
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.openid import attempts, tokens
from amtlich.platform.accounts.openid.attempts import Attempt
from amtlich.platform.accounts.openid.claims import identity_of
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.metadata import Metadata, ProviderDirectory
from amtlich.platform.accounts.providers import MeansLevel, NoSecret, ProviderSpec

_CANCELLED = ("access_denied",)
_AWAY = ("temporarily_unavailable", "server_error")
_LONGEST_CODE = 4000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a log-in is begun for: a level (NONE: any), perhaps by one means, and where it leads back to."""

    onward: str
    level: TrustLevel = TrustLevel.NONE
    acr: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Who has logged in. ``means.level`` is what the provider says it is worth, by the authority's table."""

    subject: str
    means: MeansLevel
    identity: Identity | None
    id_token: str
    provider_session: str
    attempt: Attempt


def begin(
    directory: ProviderDirectory,
    spec: ProviderSpec,
    authority_id: UUID,
    browser: str,
    wish: Wish,
    redirect_uri: str,
    person: UUID | None,
) -> str:
    """Note the attempt; returns the provider's address to which the browser is sent.

    ``person`` is the account that is logged in now: then the provider is told to ask anew
    (``prompt=login``), or it would answer with the log-in that was not enough.
    """
    metadata = directory.metadata(spec.issuer)
    state, attempt = attempts.begin(authority_id, browser, wish.onward, wish.level, person)
    question = {
        "response_type": "code",
        "client_id": spec.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(spec.scopes),
        "state": state,
        "nonce": attempt.nonce,
        "code_challenge": _challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }
    if values := _acr_values(spec, wish):
        question["acr_values"] = " ".join(values)
    if person is not None:
        question["prompt"] = "login"
    joint = "&" if urlsplit(metadata.authorization).query else "?"
    return f"{metadata.authorization}{joint}{urlencode(question)}"


def finish(
    directory: ProviderDirectory,
    spec: ProviderSpec,
    authority_id: UUID,
    browser: str,
    parameters: Mapping[str, list[str]],
    redirect_uri: str,
) -> Answer:
    """What the provider's answer says; raises ``LoginFailed``, with ``attempt`` if it is known.

    The attempt is taken first: whatever else is wrong, no answer is looked at twice.
    """
    if any(len(values) > 1 for values in parameters.values()):
        raise LoginFailed(Trouble.FAULTY, "a parameter of the answer stands there twice")
    given = {name: values[0] for name, values in parameters.items() if values}
    attempt = attempts.take(authority_id, browser, given.get("state", ""))
    try:
        return _finish(directory, spec, attempt, given, redirect_uri)
    except LoginFailed as failed:
        failed.onward, failed.wished = attempt.onward, attempt.wished
        raise


def _finish(
    directory: ProviderDirectory,
    spec: ProviderSpec,
    attempt: Attempt,
    given: Mapping[str, str],
    redirect_uri: str,
) -> Answer:
    metadata = directory.metadata(spec.issuer)
    _check_sender(metadata, given)
    if error := given.get("error"):
        raise _told(error)
    code = given.get("code", "")
    if not code or len(code) > _LONGEST_CODE:
        raise LoginFailed(Trouble.FAULTY, "the answer holds no code")
    answer = _redeem(directory, metadata, spec, code, attempt.verifier, redirect_uri)
    access_token = answer.get("access_token")
    access_token = access_token if isinstance(access_token, str) else ""
    token = answer.get("id_token")
    claims = tokens.verified(directory, metadata, spec.client_id, token, attempt.nonce, access_token)
    means = spec.meaning_of(claims.get("acr"))
    if spec.userinfo:
        claims = {**_userinfo(directory, metadata, access_token, claims["sub"]), **_standard(claims)}
    session = claims.get("sid")
    return Answer(
        subject=claims["sub"],
        means=means,
        identity=identity_of(claims, spec.claims),
        id_token=str(token),
        provider_session=session if isinstance(session, str) else "",
        attempt=attempt,
    )


def _check_sender(metadata: Metadata, given: Mapping[str, str]) -> None:
    """The answer of another provider must not be taken for this one's (mix-up, RFC 9207)."""
    sender = given.get("iss")
    if sender is None and not metadata.names_itself:
        return
    if sender != metadata.issuer:
        raise LoginFailed(Trouble.FAULTY, "the answer comes from another issuer")


def _told(error: str) -> LoginFailed:
    if error in _CANCELLED:
        return LoginFailed(Trouble.CANCELLED, "the person broke off at the provider")
    if error in _AWAY:
        return LoginFailed(Trouble.DOWN, f"the provider says {error}")
    word = "".join(sign for sign in error[:40] if sign.isascii() and (sign.isalnum() or sign == "_"))
    return LoginFailed(Trouble.FAULTY, f"the provider refuses: {word}")


def _redeem(
    directory: ProviderDirectory,
    metadata: Metadata,
    spec: ProviderSpec,
    code: str,
    verifier: str,
    redirect_uri: str,
) -> Mapping[str, Any]:
    try:
        secret = spec.secret()
    except NoSecret as missing:
        raise LoginFailed(Trouble.NOT_SET_UP, f"the client's secret is missing: {missing}") from None
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    if spec.client_auth == "post":
        fields |= {"client_id": spec.client_id, "client_secret": secret}
        return directory.wire.post(metadata.token, fields)
    # RFC 6749, 2.3.1: both are form-encoded before they are put together.
    return directory.wire.post(metadata.token, fields, basic=(quote_plus(spec.client_id), quote_plus(secret)))


def _userinfo(
    directory: ProviderDirectory, metadata: Metadata, access_token: str, subject: str
) -> Mapping[str, Any]:
    if not metadata.userinfo or not access_token:
        raise LoginFailed(Trouble.FAULTY, "the provider has no userinfo, which our table asks for")
    told = directory.wire.get(metadata.userinfo, bearer=access_token)
    if told.get("sub") != subject:
        raise LoginFailed(Trouble.FAULTY, "userinfo tells of somebody else")
    return told


def _standard(claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was signed wins over what userinfo says."""
    return {name: value for name, value in claims.items() if value not in (None, "")}


def _acr_values(spec: ProviderSpec, wish: Wish) -> tuple[str, ...]:
    if wish.acr:
        return tuple(one.acr for one in spec.levels if one.acr == wish.acr)
    if wish.level is TrustLevel.NONE:
        return ()
    return tuple(one.acr for one in spec.reaching(wish.level))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
