# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is remembered of a provider, for how long, and how its keys may change."""

import json

import httpx
import pytest
from joserfc.jwk import ECKey, RSAKey

from amtlich.platform.accounts.adapters.provider_http import Limits, ProviderHttp
from amtlich.platform.accounts.openid.errors import LoginFailed, Trouble
from amtlich.platform.accounts.openid.metadata import (
    KEYS_SECONDS,
    METADATA_SECONDS,
    PAUSE_SECONDS,
    ProviderDirectory,
)

ISSUER = "https://id.example.de"
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "end_session_endpoint": f"{ISSUER}/end",
}


class Published:
    """A wire that answers from memory and counts."""

    def __init__(self):
        self.document = dict(DOCUMENT)
        self.keys = [public(ECKey.generate_key("P-256"), "one")]
        self.asked = []

    def get(self, address, *, bearer=""):
        self.asked.append(address)
        return {"keys": self.keys} if address.endswith("/jwks") else self.document

    def post(self, address, fields, *, basic=None):
        raise AssertionError(address)


def public(key, kid, **more):
    return {**key.as_dict(private=False), "kid": kid, **more}


class Watch:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def wire():
    return Published()


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def directory(wire, watch):
    return ProviderDirectory(wire, watch)


def test_the_document_is_remembered_for_an_hour(directory, wire, watch):
    directory.metadata(ISSUER)
    watch.now += METADATA_SECONDS - 1
    directory.metadata(ISSUER)
    assert len(wire.asked) == 1
    watch.now += 2
    directory.metadata(ISSUER)
    assert len(wire.asked) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://boese.example"},
        {"issuer": f"{ISSUER}/"},
        {"issuer": None},
        {"authorization_endpoint": "http://id.example.de/authorize"},
        {"token_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"jwks_uri": 3},
        {"code_challenge_methods_supported": ["plain"]},
        {"code_challenge_methods_supported": "S256"},
    ],
)
def test_a_document_that_cannot_be_right_is_refused_and_not_remembered(directory, wire, changes):
    wire.document |= changes
    if changes.get("code_challenge_methods_supported") == "S256":
        wire.document["code_challenge_methods_supported"] = {"S256": 1}
    with pytest.raises(LoginFailed) as failed:
        directory.metadata(ISSUER)
    assert failed.value.trouble is Trouble.FAULTY
    wire.document = dict(DOCUMENT)
    assert directory.metadata(ISSUER).token == f"{ISSUER}/token"


def test_a_rotated_key_is_found_by_looking_once_more(directory, wire, watch):
    of = directory.metadata(ISSUER)
    directory.key(of, "one", "EC")
    wire.keys = [public(ECKey.generate_key("P-256"), "two")]
    watch.now += PAUSE_SECONDS
    assert directory.key(of, "two", "EC")
    with pytest.raises(LoginFailed):
        directory.key(of, "one", "EC")


def test_unknown_keys_do_not_make_us_ask_again_and_again(directory, wire):
    of = directory.metadata(ISSUER)
    for number in range(20):
        with pytest.raises(LoginFailed):
            directory.key(of, f"unknown-{number}", "EC")
    assert wire.asked.count(f"{ISSUER}/jwks") == 1


def test_keys_are_forgotten_after_ten_minutes(directory, wire, watch):
    of = directory.metadata(ISSUER)
    directory.key(of, "one", "EC")
    wire.keys = []
    watch.now += KEYS_SECONDS
    with pytest.raises(LoginFailed):
        directory.key(of, "one", "EC")


def test_a_key_serves_its_own_kind_of_algorithm_only(directory):
    of = directory.metadata(ISSUER)
    with pytest.raises(LoginFailed):
        directory.key(of, "one", "RSA")


def test_without_a_name_the_only_key_of_its_kind_is_meant(directory, wire):
    wire.keys.append(public(RSAKey.generate_key(2048), "rsa"))
    of = directory.metadata(ISSUER)
    assert directory.key(of, None, "EC").key_type == "EC"
    wire.keys.append(public(ECKey.generate_key("P-256"), "other"))
    fresh = ProviderDirectory(wire)
    with pytest.raises(LoginFailed):
        fresh.key(fresh.metadata(ISSUER), None, "EC")


@pytest.mark.parametrize(
    "entry",
    [
        {"kty": "oct", "k": "AAAA", "kid": "x"},
        {"kty": "EC", "kid": "x"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "x"},
        {"kty": "XYZ", "kid": "x"},
        "x",
        None,
    ],
)
def test_keys_that_cannot_verify_are_passed_over(directory, wire, entry):
    wire.keys = [entry, *wire.keys]
    of = directory.metadata(ISSUER)
    assert directory.key(of, "one", "EC")
    for kind in ("EC", "RSA"):
        with pytest.raises(LoginFailed):
            directory.key(of, "x", kind)


def body(text):
    return httpx.Response(200, stream=httpx.ByteStream(text.encode()))


def answering(respond, **limits):
    return ProviderHttp(Limits(**limits), transport=httpx.MockTransport(respond))


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (httpx.Response(503), Trouble.DOWN),
        (httpx.Response(429), Trouble.DOWN),
        (httpx.Response(404), Trouble.FAULTY),
        (httpx.Response(302, headers={"location": "https://boese.example"}), Trouble.FAULTY),
        (body("<!doctype html>"), Trouble.FAULTY),
        (body("[]"), Trouble.FAULTY),
        (body("[" * 200_000), Trouble.FAULTY),
        (body(json.dumps({"a": "x" * 300_000})), Trouble.FAULTY),
    ],
)
def test_answers_that_are_of_no_use(answer, trouble):
    with pytest.raises(LoginFailed) as failed:
        answering(lambda request: answer).get(f"{ISSUER}/x")
    assert failed.value.trouble is trouble


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [(httpx.ConnectError("x"), Trouble.DOWN), (httpx.ReadTimeout("x"), Trouble.SLOW)],
)
def test_a_provider_that_does_not_answer(fault, trouble):
    def respond(request):
        raise fault

    with pytest.raises(LoginFailed) as failed:
        answering(respond).get(f"{ISSUER}/x")
    assert failed.value.trouble is trouble


@pytest.mark.parametrize("address", ["http://id.example.de/x", "file:///etc/passwd", "", "https://"])
def test_nothing_is_asked_without_https(address):
    def respond(request):
        raise AssertionError("asked")

    with pytest.raises(LoginFailed):
        answering(respond).get(address)


def test_name_and_secret_are_sent_as_basic_authentication():
    seen = []

    def respond(request):
        seen.append(request)
        return body('{"a": 1}')

    wire = answering(respond)
    assert wire.post(f"{ISSUER}/token", {"code": "c"}, basic=("me", "secret")) == {"a": 1}
    assert seen[0].headers["authorization"] == "Basic bWU6c2VjcmV0"
    assert seen[0].content == b"code=c"
