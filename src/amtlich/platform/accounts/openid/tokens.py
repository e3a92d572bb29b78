# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Checking an ID token (OpenID Connect Core 1.0, 3.1.3.7; RFC 8725).

Only asymmetric algorithms are taken: with ``none`` there is no signature, and with HS256 anybody who
knows a public key could make one. The key comes from the provider's list, never out of the token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

from amtlich.kernel import clock
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.metadata import Metadata, ProviderDirectory

#: How far the provider's clock and ours may differ.
SKEW_SECONDS = 60
#: A token older than this is no answer to a log-in of now, whatever its exp says.
OLDEST_SECONDS = 600
LONGEST_SUBJECT = 255
_LONGEST_TOKEN = 32_768
_KIND_OF = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
    "Ed25519": "OKP",
    "EdDSA": "OKP",
}


def verified(
    directory: ProviderDirectory, of: Metadata, client_id: str, token: object, nonce: str, access_token: str
) -> Mapping[str, Any]:
    """The claims of an ID token that answers this very log-in; raises ``LoginFailed``."""
    claims = signed_claims(directory, of, token)
    check_addressed(claims, of, client_id)
    _check_subject(claims)
    if not _same(claims.get("nonce"), nonce):
        raise _faulty("the nonce is not the one of this log-in")
    _check_access_token(claims, access_token, _header(str(token))["alg"])
    return claims


def signed_claims(directory: ProviderDirectory, of: Metadata, token: object) -> Mapping[str, Any]:
    """What the provider has signed, whoever it is meant for."""
    if not isinstance(token, str) or not token.isascii() or len(token) > _LONGEST_TOKEN:
        raise _faulty("there is no ID token")
    header = _header(token)
    algorithm, kid = header.get("alg"), header.get("kid")
    kind = _KIND_OF.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None:
        raise _faulty("its algorithm is not one that we take")
    if kid is not None and not isinstance(kid, str):
        raise _faulty("its key has no proper name")
    try:
        key = directory.key(of, kid, kind)
        return jwt.decode(token, key, algorithms=[str(algorithm)]).claims
    except (JoseError, ValueError, TypeError) as fault:
        raise _faulty(f"the signature is not right ({type(fault).__name__})") from None


def check_addressed(claims: Mapping[str, Any], of: Metadata, client_id: str) -> None:
    """From this provider, for us, of now; raises ``LoginFailed``."""
    _check_parties(claims, of, client_id)
    _check_time(claims)


def _header(token: str) -> Mapping[str, Any]:
    try:
        return jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError, TypeError) as fault:
        raise _faulty(f"it is no token ({type(fault).__name__})") from None


def _check_parties(claims: Mapping[str, Any], of: Metadata, client_id: str) -> None:
    if claims.get("iss") != of.issuer:
        raise _faulty("another issuer made it")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client_id not in audiences:
        raise _faulty("it is meant for somebody else (aud)")
    authorized = claims.get("azp")
    if authorized is None and len(audiences) > 1:
        raise _faulty("it is meant for several and does not say for whom first (azp)")
    if authorized is not None and authorized != client_id:
        raise _faulty("it was given to somebody else (azp)")


def _check_subject(claims: Mapping[str, Any]) -> None:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise _faulty("it names nobody (sub)")


def _check_time(claims: Mapping[str, Any]) -> None:
    now = clock.now().timestamp()
    expires, issued = _moment(claims.get("exp")), _moment(claims.get("iat"))
    if expires is None or issued is None:
        raise _faulty("it does not say from when to when it holds")
    if now >= expires + SKEW_SECONDS:
        raise _faulty("it has expired")
    if issued > now + SKEW_SECONDS:
        raise _faulty("it comes from the future")
    if issued < now - OLDEST_SECONDS:
        raise _faulty("it is too old")
    begins = _moment(claims.get("nbf", 1))
    if begins is None or begins > now + SKEW_SECONDS:
        raise _faulty("it does not hold yet")


def _check_access_token(claims: Mapping[str, Any], access_token: str, algorithm: str) -> None:
    """If the token binds an access token (at_hash), it must be the one that came with it."""
    bound = claims.get("at_hash")
    if bound is None or algorithm in ("Ed25519", "EdDSA"):  # for those the hash is not settled
        return
    digest = hashlib.new(f"sha{algorithm[-3:]}", access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    if not _same(bound, half):
        raise _faulty("it belongs to another access token")


def _moment(value: object) -> float | None:
    """Seconds since 1970; None if it is nothing of the kind (NaN and infinity are not)."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e11:
        return float(value)
    return None


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())


def _faulty(reason: str) -> LoginFailed:
    return LoginFailed(Trouble.FAULTY, f"the ID token is refused: {reason}")
