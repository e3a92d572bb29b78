# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The authority's own seal key and certificate.

It makes an *advanced* electronic seal (eIDAS Art. 36). Only a provider on a trusted list can make a
qualified one, so the word is refused here: no certificate of ours may ever claim it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from amtlich.engines.documents.errors import SealError
from amtlich.kernel import clock

_X520_LIMIT = 64  # characters of a common name or an organisation, RFC 5280 appendix A
_KIND = "elektronisches Siegel (fortgeschritten)"


@dataclass(frozen=True, slots=True)
class SealKey:
    """Private key (PKCS #8, not encrypted) and certificate as PEM. The key never shows in a log."""

    key_pem: bytes = field(repr=False)
    certificate_pem: bytes


def common_name(organisation: str) -> str:
    """What viewers show as signer: the authority and what this seal is, within X.520's 64 characters."""
    full = f"{organisation}, {_KIND}"
    return full if len(full) <= _X520_LIMIT else _KIND[:1].upper() + _KIND[1:]


def make_seal_key(
    organisation: str, name: str | None = None, valid_years: int = 3, not_before: datetime | None = None
) -> SealKey:
    """A new key (P-256) with a self-signed certificate for sealing, valid from now or ``not_before``.

    ``name`` is the common name; it defaults to ``common_name(organisation)``, also if it is longer
    than X.520 allows. Raises ``SealError`` for an empty organisation and the word "qualifiziert".
    """
    organisation = organisation.strip()
    if name is None or len(name) > _X520_LIMIT:
        name = common_name(organisation)
    if not organisation:
        raise SealError("Ein Siegel braucht den Namen der Behörde.")
    if "qualifi" in f"{name} {organisation}".casefold():
        raise SealError("Dieses Siegel ist fortgeschritten. Nennen Sie es nicht qualifiziert.")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_X520_LIMIT]),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    start = (not_before or clock.now()).replace(microsecond=0)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=round(365.25 * valid_years)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return SealKey(
        key_pem=key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        certificate_pem=certificate.public_bytes(serialization.Encoding.PEM),
    )
