# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An OpenID Connect provider to test against: real HTTP on the loopback, and all the ways to be wrong.

    with FakeProvider() as provider:
        provider.login_table()          # what the authority's TOML holds under [login]
        provider.person = Person(...)   # who logs in next; consent is given at once
        provider.fault = Fault.WRONG_NONCE

It checks its clients strictly (redirect address, PKCE, secret, code used once), by code of its own.
"""

from __future__ import annotations

import base64
import enum
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

LOW, SUBSTANTIAL, HIGH = "urn:test:password", "urn:test:elster", "urn:test:eid"
_SLOW_SECONDS = 120.0
_ENCRYPTING = RSAKey.generate_key(2048)


class Fault(enum.Enum):
    """What is wrong with the provider, or with what it signs."""

    NONE = "none"
    DISCOVERY_DOWN = "discovery answers 503"
    DISCOVERY_SLOW = "discovery never answers"
    DISCOVERY_OTHER_ISSUER = "discovery names another issuer"
    DISCOVERY_NONSENSE = "discovery is a page of something else"
    TOKEN_DOWN = "the token address answers 500"
    TOKEN_SLOW = "the token address never answers"
    TOKEN_REFUSES = "the token address answers 400"
    KEYS_DOWN = "the keys answer 503"
    CANCELLED = "the person breaks off"
    AWAY = "error=temporarily_unavailable"
    WRONG_STATE = "the answer names another state"
    WRONG_SENDER = "the answer names another provider (iss)"
    NO_CODE = "the answer holds no code"
    WRONG_NONCE = "nonce of another log-in"
    NO_NONCE = "no nonce"
    WRONG_AUDIENCE = "aud of somebody else"
    TWO_AUDIENCES = "aud of two, without azp"
    WRONG_PARTY = "azp of somebody else"
    WRONG_ISSUER = "iss of another provider"
    EXPIRED = "expired an hour ago"
    OLD = "issued a day ago"
    FUTURE = "issued in an hour"
    NO_SUBJECT = "no sub"
    ALG_NONE = "alg none, no signature"
    ALG_HS256 = "HS256 with the public key as the secret"
    HS256_CLIENT_SECRET = "HS256 with the client's secret"
    FOREIGN_KEY = "signed by a key of somebody else under our key's name"
    UNKNOWN_KEY = "signed by a key that is not published"
    KEY_IN_HEADER = "signed by a foreign key that the header brings along"
    TAMPERED = "claims changed after signing"
    WRONG_ACCESS_TOKEN = "at_hash of another access token"
    USERINFO_OF_OTHER = "userinfo tells of somebody else"


@dataclass(frozen=True)
class Person:
    """Who logs in: what the provider says of them, and how they have shown who they are."""

    sub: str = "person-1"
    acr: str = SUBSTANTIAL
    claims: Mapping[str, Any] = field(
        default_factory=lambda: {
            "family_name": "Brückner",
            "given_name": "Lena Marie",
            "birthdate": "1994-03-14",
        }
    )


@dataclass
class _Code:
    question: Mapping[str, str]
    person: Person
    used: bool = False


class FakeProvider:
    """The provider as a context manager; every switch may be changed while it runs."""

    client_id = "amtlich-test"
    secret = "nicht & geheim/genug+für=echt"

    def __init__(
        self, *, algorithm: str = "RS256", names_itself: bool = True, userinfo: bool = False
    ) -> None:
        self.algorithm = algorithm
        self.names_itself = names_itself
        self.userinfo = userinfo
        self.person = Person()
        self.fault = Fault.NONE
        self.end_session = True
        self.redirect_uris: set[str] = set()  # empty: any on the loopback
        self.asked: list[str] = []  # paths, in order
        self.questions: list[Mapping[str, str]] = []  # what came to /authorize
        self.ended: list[Mapping[str, str]] = []  # what came to /end_session
        self.published: list[tuple[str, RSAKey | ECKey]] = []
        self.rotate()
        self.codes: dict[str, _Code] = {}
        self.access: dict[str, Person] = {}
        self._stopped = threading.Event()
        self._folder = TemporaryDirectory(prefix="amtlich-idp-")
        provider = self

        class Handler(_Handler):
            fake = provider

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def issuer(self) -> str:
        # Another port is another site for a browser's cookies no more than another host name is; localhost
        # and 127.0.0.1 are two sites.
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def login_table(self, **changes: Any) -> dict[str, Any]:
        """The table [login] of an authority that has registered here."""
        file = Path(self._folder.name) / "secret"
        file.write_text(self.secret + "\n", encoding="utf-8")
        table = {
            "name": "BundID",
            "issuer": self.issuer,
            "client_id": self.client_id,
            "client_secret_file": str(file),
            "userinfo": self.userinfo,
            "levels": [
                {"acr": LOW, "level": "low", "means": "BundID mit Passwort"},
                {"acr": SUBSTANTIAL, "level": "substantial", "means": "BundID mit ELSTER-Zertifikat"},
                {"acr": HIGH, "level": "high", "means": "BundID mit Online-Ausweis"},
            ],
        }
        return {**table, **changes}

    def rotate(self) -> None:
        """Sign with a new key from now on, and publish no other."""
        self.key = _new_key(self.algorithm)
        self.kid = secrets.token_hex(4)
        self.published = [(self.kid, self.key)]

    def wait_while_slow(self) -> None:
        self._stopped.wait(_SLOW_SECONDS)

    def id_token(self, code: _Code, access_token: str) -> str:
        """The token for this log-in, wrong in the way that ``fault`` says."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": code.person.sub,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": code.question.get("nonce"),
            "acr": code.person.acr,
            "sid": f"session of {code.person.sub}",
            "at_hash": _half_hash(access_token, self.algorithm),
        }
        if not self.userinfo:
            claims |= code.person.claims
        changes, dropped = _WRONG_CLAIMS.get(self.fault, lambda _now: ({}, ()))(now)
        claims |= changes
        for name in dropped:
            claims.pop(name, None)
        return self.sign(claims)

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Sign claims with the key of now, or as ``fault`` has it."""
        header = {"alg": self.algorithm, "kid": self.kid}
        match self.fault:
            case Fault.ALG_NONE:
                return f"{_part({'alg': 'none'})}.{_part(claims)}."
            case Fault.ALG_HS256:
                public = self.key.as_pem(private=False)
                return _hs256({"kid": self.kid}, claims, public)
            case Fault.HS256_CLIENT_SECRET:
                return _hs256({}, claims, self.secret.encode())
            case Fault.FOREIGN_KEY:
                return jwt.encode(header, dict(claims), _new_key(self.algorithm), [self.algorithm])
            case Fault.UNKNOWN_KEY:
                other = _new_key(self.algorithm)
                return jwt.encode({**header, "kid": "nobody"}, dict(claims), other, [self.algorithm])
            case Fault.KEY_IN_HEADER:
                other = _new_key(self.algorithm)
                brought = {**header, "jwk": other.as_dict(private=False)}
                return jwt.encode(brought, dict(claims), other, [self.algorithm])
        token = jwt.encode(header, dict(claims), self.key, [self.algorithm])
        if self.fault is Fault.TAMPERED:
            head, _, signature = token.split(".")
            token = f"{head}.{_part({**claims, 'sub': 'somebody-else'})}.{signature}"
        return token

    def logout_token(self, **changes: Any) -> str:
        """What the provider sends when a session was ended there (back-channel log-out)."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            "sub": self.person.sub,
            "sid": f"session of {self.person.sub}",
            **changes,
        }
        return self.sign({name: value for name, value in claims.items() if value is not None})

    def __enter__(self) -> FakeProvider:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
        self._folder.cleanup()


_WRONG_CLAIMS = {
    Fault.WRONG_NONCE: lambda now: ({"nonce": "nonce-of-another-log-in"}, ()),
    Fault.NO_NONCE: lambda now: ({}, ("nonce",)),
    Fault.WRONG_AUDIENCE: lambda now: ({"aud": "somebody-else"}, ()),
    Fault.TWO_AUDIENCES: lambda now: ({"aud": ["amtlich-test", "somebody-else"]}, ()),
    Fault.WRONG_PARTY: lambda now: ({"azp": "somebody-else"}, ()),
    Fault.WRONG_ISSUER: lambda now: ({"iss": "https://boese.example"}, ()),
    Fault.EXPIRED: lambda now: ({"iat": now - 3900, "exp": now - 3600}, ()),
    Fault.OLD: lambda now: ({"iat": now - 86_400, "exp": now + 3600}, ()),
    Fault.FUTURE: lambda now: ({"iat": now + 3600, "exp": now + 7200}, ()),
    Fault.NO_SUBJECT: lambda now: ({}, ("sub",)),
    Fault.WRONG_ACCESS_TOKEN: lambda now: ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, ()),
}


def _new_key(algorithm: str) -> RSAKey | ECKey:
    if algorithm == "ES256":
        return ECKey.generate_key("P-256")
    return next(_RSA_KEYS)


def _rsa_keys() -> Iterator[RSAKey]:
    """Three keys in turn: making one takes longer than everything else here."""
    made: list[RSAKey] = []
    for number in count():
        if len(made) < 3:
            made.append(RSAKey.generate_key(2048))
        yield made[number % 3]


_RSA_KEYS = _rsa_keys()


def _part(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _hs256(header: Mapping[str, Any], claims: Mapping[str, Any], key: bytes) -> str:
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', **header})}.{_part(claims)}"
    signature = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _half_hash(text: str, algorithm: str) -> str:
    digest = hashlib.new(f"sha{algorithm[-3:]}", text.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


class _Handler(BaseHTTPRequestHandler):
    fake: FakeProvider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer({name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()})

    def _answer(self, form: Mapping[str, str]) -> None:
        parts = urlsplit(self.path)
        self.fake.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        routes = {
            "/.well-known/openid-configuration": self.discovery,
            "/authorize": self.authorize,
            "/token": self.token,
            "/jwks": self.jwks,
            "/userinfo": self.userinfo,
            "/end_session": self.end_session,
        }
        try:
            routes.get(parts.path, self.nothing)({**query, **form})
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client gave up

    def discovery(self, _: Mapping[str, str]) -> None:
        here = self.fake.issuer
        match self.fake.fault:
            case Fault.DISCOVERY_DOWN:
                self.send(b"", 503)
                return
            case Fault.DISCOVERY_SLOW:
                self.fake.wait_while_slow()
                self.close_connection = True
                return
            case Fault.DISCOVERY_NONSENSE:
                self.send(b"<!doctype html><title>Wartung</title>", kind="text/html")
                return
            case Fault.DISCOVERY_OTHER_ISSUER:
                here = "https://boese.example"
        document = {
            "issuer": here,
            "authorization_endpoint": f"{self.fake.issuer}/authorize",
            "token_endpoint": f"{self.fake.issuer}/token",
            "jwks_uri": f"{self.fake.issuer}/jwks",
            "userinfo_endpoint": f"{self.fake.issuer}/userinfo",
            "code_challenge_methods_supported": ["plain", "S256"],
            "id_token_signing_alg_values_supported": [self.fake.algorithm, "HS256", "none"],
            "authorization_response_iss_parameter_supported": self.fake.names_itself,
        }
        if self.fake.end_session:
            document["end_session_endpoint"] = f"{self.fake.issuer}/end_session"
        self.send_json(document)

    def authorize(self, question: Mapping[str, str]) -> None:
        fake = self.fake
        fake.questions.append(question)
        back = question["redirect_uri"]
        allowed = back in fake.redirect_uris if fake.redirect_uris else urlsplit(back).hostname == "localhost"
        if not allowed or question["client_id"] != fake.client_id or question["response_type"] != "code":
            self.send(b"redirect_uri or client_id is not registered", 400, "text/plain")
            return
        answer = {"state": question["state"]}
        if fake.names_itself:
            answer["iss"] = fake.issuer
        match fake.fault:
            case Fault.CANCELLED:
                answer |= {"error": "access_denied", "error_description": "<b>broken off</b>"}
            case Fault.AWAY:
                answer["error"] = "temporarily_unavailable"
            case Fault.NO_CODE:
                pass
            case _:
                code = secrets.token_urlsafe(16)
                fake.codes[code] = _Code(question, fake.person)
                answer["code"] = code
        if fake.fault is Fault.WRONG_STATE:
            answer["state"] = secrets.token_urlsafe(32)
        if fake.fault is Fault.WRONG_SENDER:
            answer["iss"] = "https://boese.example"
        self.redirect(f"{back}?{urlencode(answer)}")

    def token(self, form: Mapping[str, str]) -> None:
        fake = self.fake
        match fake.fault:
            case Fault.TOKEN_DOWN:
                self.send(b"", 500)
                return
            case Fault.TOKEN_SLOW:
                fake.wait_while_slow()
                self.close_connection = True
                return
            case Fault.TOKEN_REFUSES:
                self.send_json({"error": "invalid_grant"}, 400)
                return
        if not self._client_is_right(form):
            self.send_json({"error": "invalid_client"}, 401)
            return
        code = fake.codes.get(form.get("code", ""))
        if code is None or code.used or not self._belongs(code, form):
            self.send_json({"error": "invalid_grant"}, 400)
            return
        code.used = True
        access_token = secrets.token_urlsafe(16)
        fake.access[access_token] = code.person
        answer = {"access_token": access_token, "token_type": "Bearer", "expires_in": 300}
        self.send_json({**answer, "id_token": fake.id_token(code, access_token)})

    def _client_is_right(self, form: Mapping[str, str]) -> bool:
        given = self.headers.get("Authorization", "")
        if given.startswith("Basic "):
            name, _, secret = base64.b64decode(given[6:]).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (self.fake.client_id, self.fake.secret)
        return (form.get("client_id"), form.get("client_secret")) == (self.fake.client_id, self.fake.secret)

    def _belongs(self, code: _Code, form: Mapping[str, str]) -> bool:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return (
            code.question["code_challenge_method"] == "S256"
            and code.question["code_challenge"] == challenge
            and code.question["redirect_uri"] == form.get("redirect_uri")
            and form.get("grant_type") == "authorization_code"
        )

    def jwks(self, _: Mapping[str, str]) -> None:
        if self.fake.fault is Fault.KEYS_DOWN:
            self.send(b"", 503)
            return
        keys: list[Mapping[str, Any]] = [
            {**key.as_dict(private=False), "kid": kid, "use": "sig"} for kid, key in self.fake.published
        ]
        # What a client must pass over: a key for encryption, a symmetric one, nonsense.
        keys.append({**_ENCRYPTING.as_dict(private=False), "kid": "enc", "use": "enc"})
        keys.append({**OctKey.generate_key(256).as_dict(), "kid": "oct"})
        self.send_json({"keys": [{"kty": "XYZ"}, "nonsense", *keys]})

    def userinfo(self, _: Mapping[str, str]) -> None:
        person = self.fake.access.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if person is None:
            self.send(b"", 401)
            return
        sub = "somebody-else" if self.fake.fault is Fault.USERINFO_OF_OTHER else person.sub
        self.send_json({"sub": sub, **person.claims})

    def end_session(self, form: Mapping[str, str]) -> None:
        self.fake.ended.append(form)
        back = form.get("post_logout_redirect_uri", "")
        if urlsplit(back).hostname == "localhost":
            self.redirect(f"{back}?{urlencode({'state': form.get('state', '')})}")
            return
        self.send(b"<!doctype html><title>Abgemeldet</title>", kind="text/html")

    def nothing(self, _: Mapping[str, str]) -> None:
        self.send(b"", 404)

    def redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_json(self, value: Mapping[str, Any], status: int = 200) -> None:
        self.send(json.dumps(value).encode(), status)

    def send(self, body: bytes, status: int = 200, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: tests print what matters."""
