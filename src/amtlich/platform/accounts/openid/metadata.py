# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a provider publishes about itself (OpenID Connect Discovery 1.0) and the keys it signs with.

Both are remembered for a bounded time. A signature by a key that we do not know makes us look once
more, so that a provider may change its keys at any time; how often is bounded too, since anybody can
send us a token that names an unknown key.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.wire import Wire
from amtlich.platform.accounts.providers import safe_address

METADATA_SECONDS = 3600.0
KEYS_SECONDS = 600.0
#: Between two looks for a key that was not among those we know.
PAUSE_SECONDS = 10.0
_MOST_PROVIDERS = 500
_MOST_KEYS = 50
_SHORTEST_RSA = 2048

Key = RSAKey | ECKey | OKPKey
_KINDS: Mapping[str, type[Key]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The provider's addresses; empty where it has none."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    end_session: str
    names_itself: bool  # it sends ``iss`` along with every answer (RFC 9207)


class ProviderDirectory:
    """Metadata and keys of all providers that this process has spoken to. Safe between threads."""

    def __init__(self, wire: Wire, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wire = wire
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._metadata: dict[str, tuple[float, Metadata]] = {}
        self._keys: dict[str, tuple[float, Mapping[str, Key]]] = {}

    @property
    def wire(self) -> Wire:
        return self._wire

    def metadata(self, issuer: str) -> Metadata:
        """The provider's addresses; raises ``LoginFailed`` if it cannot be asked or is somebody else."""
        with self._lock:
            known = self._metadata.get(issuer)
        if known and self._monotonic() - known[0] < METADATA_SECONDS:
            return known[1]
        found = _read(issuer, self._wire.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
        with self._lock:
            if len(self._metadata) >= _MOST_PROVIDERS:
                self._metadata.clear()
            self._metadata[issuer] = (self._monotonic(), found)
        return found

    def key(self, of: Metadata, kid: str | None, kind: str) -> Key:
        """The key that a token names; raises ``LoginFailed`` if the provider does not have it."""
        fetched, keys = self._known_keys(of)
        found = _choose(keys, kid, kind)
        if found is None and self._monotonic() - fetched >= PAUSE_SECONDS:
            found = _choose(self._fetch_keys(of), kid, kind)
        if found is None:
            raise LoginFailed(
                Trouble.FAULTY, "the token is signed with a key that the provider does not publish"
            )
        return found

    def _known_keys(self, of: Metadata) -> tuple[float, Mapping[str, Key]]:
        with self._lock:
            known = self._keys.get(of.keys)
        if known and self._monotonic() - known[0] < KEYS_SECONDS:
            return known
        return self._monotonic(), self._fetch_keys(of)

    def _fetch_keys(self, of: Metadata) -> Mapping[str, Key]:
        keys = _read_keys(self._wire.get(of.keys))
        with self._lock:
            if len(self._keys) >= _MOST_PROVIDERS:
                self._keys.clear()
            self._keys[of.keys] = (self._monotonic(), keys)
        return keys


def _read(issuer: str, document: Mapping[str, Any]) -> Metadata:
    if document.get("issuer") != issuer:
        raise LoginFailed(Trouble.FAULTY, "the provider's document names another issuer than we were told")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    for name in needed:
        if not safe_address(document.get(name)):
            raise LoginFailed(Trouble.FAULTY, f"the provider's document has no usable {name}")
    methods = document.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise LoginFailed(Trouble.FAULTY, "the provider does not support PKCE with S256")
    optional = {
        name: document[name] if safe_address(document.get(name)) else ""
        for name in ("userinfo_endpoint", "end_session_endpoint")
    }
    return Metadata(
        issuer=issuer,
        authorization=document["authorization_endpoint"],
        token=document["token_endpoint"],
        keys=document["jwks_uri"],
        userinfo=optional["userinfo_endpoint"],
        end_session=optional["end_session_endpoint"],
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _read_keys(document: Mapping[str, Any]) -> Mapping[str, Key]:
    entries = document.get("keys")
    if not isinstance(entries, list):
        raise LoginFailed(Trouble.FAULTY, "the provider publishes no list of keys")
    found: dict[str, Key] = {}
    for number, entry in enumerate(entries[:_MOST_KEYS]):
        key = _read_key(entry)
        if key is not None:
            kid = entry.get("kid")
            found[kid if isinstance(kid, str) and kid else f"#{number}"] = key
    return found


def _read_key(entry: object) -> Key | None:
    """A public key for signatures. Others, symmetric ones above all, are passed over."""
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
        return None
    kind = _KINDS.get(str(entry.get("kty")))
    if kind is None:
        return None
    public = {name: value for name, value in entry.items() if name in ("kty", "n", "e", "crv", "x", "y")}
    try:
        key = kind.import_key(public)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if isinstance(key, RSAKey) and key.public_key.key_size < _SHORTEST_RSA:
        return None
    return key


def _choose(keys: Mapping[str, Key], kid: str | None, kind: str) -> Key | None:
    if kid is not None:
        named = keys.get(kid)
        return named if named is not None and named.key_type == kind else None
    fitting = [key for key in keys.values() if key.key_type == kind]
    return fitting[0] if len(fitting) == 1 else None
