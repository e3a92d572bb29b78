# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The signature container of a seal: CMS (RFC 5652) with the signed attributes of PAdES B-B.

ETSI EN 319 142-1, clause 6.3: content type, message digest and ESS signing-certificate-v2 are
signed; the claimed time stands in the PDF's /M and not among the attributes. The container has one
shape, so it is written as DER directly: a general ASN.1 library takes twenty times as long as the
signature itself. Reading goes through such a library all the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_INTEGER, _OCTETS, _OID, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x30, 0x31
_LONGEST_SIGNATURE = 2 * (66 + 3) + 4  # two DER integers of P-521, the longest of any curve


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER value: tag, length, content."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    content = bytearray([40 * first + second])
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        content += bytes(reversed(groups))
    return _der(_OID, bytes(content))


def _integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


_DATA = _oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = _oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = _oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = _oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = _oid("1.2.840.113549.1.9.16.2.47")
_ALGORITHM_PROTECTION = _oid("1.2.840.113549.1.9.52")
_SHA256 = _oid("2.16.840.1.101.3.4.2.1")
_ECDSA_SHA256 = _oid("1.2.840.10045.4.3.2")
_VERSION_1 = _integer(1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a container holds, read but not yet judged."""

    certificate: x509.Certificate
    attributes: bytes
    signature: bytes

    def genuine(self) -> bool:
        """Whether the certificate's key signed these attributes."""
        public = self.certificate.public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return False
        try:
            public.verify(self.signature, self.attributes, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


def container(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, digest: bytes) -> bytes:
    """The DER-coded SignedData over a SHA-256 digest, signed with ECDSA and SHA-256."""
    signed = _der(_SET, _attributes(certificate, digest))
    return assembled(certificate, digest, key.sign(signed, ec.ECDSA(hashes.SHA256())))


def assembled(certificate: x509.Certificate, digest: bytes, signature: bytes) -> bytes:
    """The one container that these three make: built anew, it shows any change to its bytes."""
    signer = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SEQUENCE, certificate.issuer.public_bytes(), _integer(certificate.serial_number)),
        _der(_SEQUENCE, _SHA256),
        _der(0xA0, _attributes(certificate, digest)),
        _der(_SEQUENCE, _ECDSA_SHA256),
        _der(_OCTETS, signature),
    )
    signed = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SET, _der(_SEQUENCE, _SHA256)),
        _der(_SEQUENCE, _DATA),
        _der(0xA0, certificate.public_bytes(serialization.Encoding.DER)),
        _der(_SET, signer),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(0xA0, signed))


def opened(content: bytes) -> Opened:
    """Read a container; trailing bytes are ignored. Raises ``ValueError`` or ``KeyError`` if it is none."""
    signed = cms.ContentInfo.load(content)["content"]
    signer = signed["signer_infos"][0]
    return Opened(
        certificate=x509.load_der_x509_certificate(signed["certificates"][0].chosen.dump()),
        attributes=signer["signed_attrs"].untag().dump(),
        signature=signer["signature"].native,
    )


def size_limit(certificate: x509.Certificate) -> int:
    """How many bytes a container with this certificate takes at most."""
    return len(assembled(certificate, bytes(32), bytes(_LONGEST_SIGNATURE)))


def _attributes(certificate: x509.Certificate, digest: bytes) -> bytes:
    """The signed attributes, in the order that DER gives a SET OF."""
    issuer_serial = _der(
        _SEQUENCE,
        _der(_SEQUENCE, _der(0xA4, certificate.issuer.public_bytes())),
        _integer(certificate.serial_number),
    )
    # SHA-256 is the default of ESSCertIDv2 and is left out, as DER demands.
    identity = _der(_SEQUENCE, _der(_OCTETS, certificate.fingerprint(hashes.SHA256())), issuer_serial)
    protection = _der(_SEQUENCE, _der(_SEQUENCE, _SHA256), _der(0xA1, _ECDSA_SHA256))
    values = {
        _CONTENT_TYPE: _DATA,
        _MESSAGE_DIGEST: _der(_OCTETS, digest),
        _ALGORITHM_PROTECTION: protection,
        _SIGNING_CERTIFICATE_V2: _der(_SEQUENCE, _der(_SEQUENCE, identity)),
    }
    return b"".join(sorted(_der(_SEQUENCE, name, _der(_SET, value)) for name, value in values.items()))


def digest_of(*parts: bytes) -> bytes:
    """SHA-256 over the parts of a file that a seal covers."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.digest()
