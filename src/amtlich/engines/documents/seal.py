# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Sealing a PDF (PAdES B-B) so that it stays PDF/A-3a and PDF/UA-1, and verifying a seal.

A signing library's defaults destroy both conformities: they rewrite the XMP metadata and add a
widget that no structure element owns. What is done here instead is written at each place.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from amtlich.engines.documents import cms
from amtlich.engines.documents.errors import SealError
from amtlich.engines.documents.seal_field import Box, QuietWriter, draw_nothing, own
from amtlich.engines.documents.seal_key import SealKey, common_name, make_seal_key
from amtlich.kernel.words import date_de

__all__ = ["SealError", "SealKey", "SealState", "Sealer", "common_name", "make_seal_key", "verify"]

_FIELD = "Siegel"


@dataclass(frozen=True, slots=True)
class SealState:
    """What a PDF's seal says of it.

    ``intact``: not one byte differs from what was sealed, and nothing was added. ``valid``: the seal
    was made with the key of the certificate inside; whose certificate that is, is for the caller to
    compare. ``signer`` is its common name, ``signed_at`` the time the sealer claims. ``fields`` counts
    the signatures in the file, also those that were not made here.
    """

    intact: bool
    valid: bool
    signer: str = ""
    signed_at: datetime | None = None
    certificate_pem: bytes | None = None
    fields: int = 0


class Sealer:
    """Seals with one authority's key. The key is parsed once; threads may share it."""

    def __init__(self, key: SealKey) -> None:
        try:
            private = serialization.load_pem_private_key(key.key_pem, password=None)
            certificate = x509.load_pem_x509_certificate(key.certificate_pem)
        except (ValueError, TypeError) as error:
            raise SealError(
                "Siegelschlüssel oder Zertifikat sind nicht lesbar. Spielen Sie beide aus der Sicherung ein."
            ) from error
        fits = private.public_key() == certificate.public_key()
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not fits:
            raise SealError(
                "Siegelschlüssel und Zertifikat gehören nicht zusammen. Prüfen Sie beide Dateien."
            )
        self._key = private
        self._from, self._until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        self._room = 2 * cms.size_limit(certificate)  # hexadecimal
        self._certificate = certificate

    def seal(
        self, pdf: bytes, *, reason: str, field_label: str, at: datetime, box: Box | None = None
    ) -> bytes:
        """The sealed PDF; no change to it is allowed afterwards (certification, DocMDP level 1).

        ``reason`` stands in the signature, ``field_label`` is what a screen reader says at the seal's
        field, ``at`` the claimed time (aware). With ``box`` (points from the lower left corner of the
        last page) the field has a place that can be clicked; it draws nothing.
        """
        if at.tzinfo is None:
            raise SealError("Die Zeit des Siegels braucht eine Zeitzone.")
        if not self._from <= at <= self._until:
            raise SealError(
                f"Das Zertifikat des Siegels gilt vom {date_de(self._from)} bis zum {date_de(self._until)}. "
                "Legen Sie einen neuen Siegelschlüssel an."
            )
        # Typst's file ends right behind %%EOF; PDF/A wants the next part on a line of its own.
        source = io.BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n")
        try:
            return self._seal(QuietWriter(source), reason, field_label, at, box)
        except SealError:
            raise
        except Exception as error:  # whatever the library raises on a broken file
            raise SealError(f"Das PDF wurde nicht gesiegelt: {error}. Erzeugen Sie es neu.") from error

    def _seal(self, writer: QuietWriter, reason: str, label: str, at: datetime, box: Box | None) -> bytes:
        spec = SigFieldSpec(_FIELD, on_page=-1, box=box, readable_field_name=label)
        steps = PdfCMSEmbedder(new_field_spec=spec).write_cms(field_name=_FIELD, writer=writer)
        field = next(steps)
        own(writer, field)
        if box is not None:
            draw_nothing(writer, field, box)
        signature = SignatureObject(
            timestamp=at,
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            bytes_reserved=self._room,
        )
        # "Certified, no changes allowed": a viewer warns as soon as somebody adds as much as a comment.
        limits = SigMDPSetup(md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
        steps.send(SigObjSetup(sig_placeholder=signature, mdp_setup=limits))
        prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
        steps.send(cms.container(self._key, self._certificate, prepared.document_digest))
        return bytes(output.getvalue())


def verify(pdf: bytes) -> SealState:
    """Check the seal of a PDF. Never raises: what cannot be read is not intact."""
    count = 0
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        count = len(fields)
        if count != 1:
            return SealState(intact=False, valid=False, fields=count)
        return _state(pdf, fields[0][1].get_object())
    except Exception:  # noqa: BLE001 - a forged file may break the parser anywhere
        return SealState(intact=False, valid=False, fields=count)


def _state(pdf: bytes, signature: Any) -> SealState:
    start, before, after, rest = (int(number) for number in signature["/ByteRange"])
    content = bytes(signature.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW))
    # The digest covers everything but the container, and the container lies in that gap alone.
    gap = b"<%s>" % content.hex().upper().encode()
    gapless = start == 0 and after + rest == len(pdf) and pdf[before:after] == gap
    digest = cms.digest_of(pdf[:before], pdf[after:])
    inside = cms.opened(content)
    # The container is not covered by the digest. Built anew from its parts it must be the same, byte by
    # byte, and the room behind it empty.
    same = content == cms.assembled(inside.certificate, digest, inside.signature).ljust(len(content), b"\0")
    names = inside.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return SealState(
        intact=gapless and same,
        valid=inside.genuine(),
        signer=str(names[0].value) if names else "",
        signed_at=generic.parse_pdf_date(signature["/M"], strict=False),
        certificate_pem=inside.certificate.public_bytes(serialization.Encoding.PEM),
        fields=1,
    )
