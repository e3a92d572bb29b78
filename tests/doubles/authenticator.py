# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An authenticator in software: what a passkey's device and the browser in front of it answer (WebAuthn)."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, WITH_CREDENTIAL = 0x01, 0x04, 0x40


class Authenticator:
    """One passkey of one host. ``counter`` can be set back, as a copy's would be."""

    def __init__(self, origin: str = "http://localhost", *, counts: bool = True) -> None:
        self.origin = origin
        self.host = origin.partition("://")[2].partition(":")[0]
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.counts = counts
        self.counter = 0

    def create(self, options: dict[str, Any]) -> str:
        """What ``navigator.credentials.create`` gives, as the page sends it."""
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(WITH_CREDENTIAL) + credential}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options["challenge"]),
            attestationObject=cbor.encode(made),
        )

    def get(self, options: dict[str, Any], *, flags: int = VERIFIED) -> str:
        """What ``navigator.credentials.get`` gives."""
        client, data = self._client("webauthn.get", options["challenge"]), self._data(0, flags)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, more: int, flags: int = VERIFIED) -> bytes:
        self.counter += self.counts
        head = hashlib.sha256(self.host.encode()).digest() + bytes([PRESENT | flags | more])
        return head + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        known = websafe_encode(self.id)
        sent = {name: websafe_encode(value) for name, value in response.items()}
        answer = {"id": known, "rawId": known, "type": "public-key", "response": sent}
        return json.dumps({**answer, "clientExtensionResults": {}})
