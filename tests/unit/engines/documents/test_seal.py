# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pypdf
import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from amtlich.engines.documents.render import Renderer
from amtlich.engines.documents.seal import Sealer, SealError, SealKey, common_name, make_seal_key, verify

from . import samples
from .conftest import AT
from .pdf_tools import pdfsig

NAME = "Stadt Musterstadt, elektronisches Siegel (fortgeschritten)"
BOXES = [None, (185, 60, 540, 250)]


@pytest.fixture(scope="module")
def bare(renderer: Renderer) -> bytes:
    return renderer.render("bescheinigung.typ", samples.certificate())


def seal(sealer: Sealer, pdf: bytes, box: tuple[int, int, int, int] | None = None) -> bytes:
    label = "Elektronisches Siegel der Stadt Musterstadt"
    return sealer.seal(pdf, reason="Meldebescheinigung MB-2026-04127", field_label=label, at=AT, box=box)


@pytest.fixture(scope="module")
def sealed(sealer: Sealer, bare: bytes) -> bytes:
    return seal(sealer, bare)


@pytest.mark.parametrize("box", BOXES)
def test_fc_22_sealing_keeps_both_conformities_and_the_extension_schema(
    box: tuple[int, int, int, int] | None, sealer: Sealer, bare: bytes, tmp_path: Path
) -> None:
    pdf = seal(sealer, bare, box)
    assert pdf.startswith(bare + b"\n")
    for profile in ("3a", "ua1"):
        assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []
    before, after = (pypdf.PdfReader(io.BytesIO(content)) for content in (bare, pdf))
    metadata = after.trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaExtension:schemas" in metadata
    assert metadata == before.trailer["/Root"]["/Metadata"].get_data()
    last = after.pages[-1]
    (widget,) = (
        note for note in (ref.get_object() for ref in last["/Annots"]) if note["/Subtype"] == "/Widget"
    )
    assert last["/Tabs"] == "/S"
    assert widget["/TU"] == "Elektronisches Siegel der Stadt Musterstadt"
    tree = after.trailer["/Root"]["/StructTreeRoot"]
    numbers = list(tree["/ParentTree"]["/Nums"])
    form = numbers[numbers.index(widget["/StructParent"]) + 1].get_object()
    assert form["/S"] == "/Form"
    assert form["/K"]["/Obj"].get_object() == widget
    assert tree["/ParentTreeNextKey"] == widget["/StructParent"] + 1
    assert "Signature is Valid" in pdfsig(pdf, tmp_path)


def test_a_file_of_several_pages_with_existing_tags_is_sealed_on_its_last_page(
    renderer: Renderer, sealer: Sealer, tmp_path: Path
) -> None:
    pdf = seal(sealer, renderer.render("begleitblatt-leicht.typ", samples.certificate()))
    assert [f.message for p in ("3a", "ua1") for f in page.validate_pdf_bytes(pdf, profile=p).failures] == []
    first, second = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert "/Annots" not in first
    assert len(second["/Annots"]) == 1
    assert verify(pdf).intact
    assert "Total document signed" in pdfsig(pdf, tmp_path)


def test_the_seal_is_pades_b_b_in_the_eyes_of_a_foreign_validator(
    sealed: bytes, seal_key: SealKey, tmp_path: Path
) -> None:
    root = asn1_x509.Certificate.load(pem.unarmor(seal_key.certificate_pem)[2])
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], moment=AT))
    assert status.bottom_line
    assert signature.docmdp_level is not None
    assert signature.docmdp_level.name == "NO_CHANGES"
    signed = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert signed == {"content_type", "message_digest", "signing_certificate_v2", "cms_algorithm_protection"}
    said = pdfsig(sealed, tmp_path)
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert f'CN="{NAME}",O=Stadt Musterstadt' in said


def test_verify_names_signer_time_and_certificate(sealed: bytes, seal_key: SealKey) -> None:
    state = verify(sealed)
    assert (state.intact, state.valid) == (True, True)
    assert state.signer == NAME
    assert state.signed_at == AT
    assert state.certificate_pem == seal_key.certificate_pem


def test_one_flipped_byte_anywhere_is_found(sealed: bytes, bare: bytes, tmp_path: Path) -> None:
    chance = random.Random(3)
    container = range(sealed.index(b"/Contents <"), sealed.index(b"/ByteRange") + 120)
    spots = {*chance.sample(range(len(bare)), 250), *chance.sample(container, 250)}
    spots |= set(chance.sample(range(len(bare), len(sealed)), 120)) | {0, len(sealed) - 1}
    for spot in sorted(spots):
        # Three kinds: the lowest bit, upper against lower case of hexadecimal, all bits.
        for mask in (0x01, 0x20, 0xFF):
            changed = sealed[:spot] + bytes([sealed[spot] ^ mask]) + sealed[spot + 1 :]
            state = verify(changed)
            assert not (state.intact and state.valid), (spot, mask)
    middle = len(bare) // 2
    changed = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    assert "Digest Mismatch" in pdfsig(changed, tmp_path)


@pytest.mark.parametrize("more", [b" ", b"\n", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_bytes_added_at_the_end_are_found(sealed: bytes, more: bytes) -> None:
    assert not verify(sealed + more).intact


def test_a_second_seal_or_none_is_not_intact(sealed: bytes, bare: bytes) -> None:
    for pdf in (bare, b"", b"%PDF-1.7\n%%EOF", sealed[: len(sealed) // 2]):
        state = verify(pdf)
        assert (state.intact, state.valid, state.signer) == (False, False, "")


def test_a_container_signed_by_another_key_is_not_valid(sealed: bytes, bare: bytes) -> None:
    other = seal(Sealer(make_seal_key("Stadt Musterstadt", not_before=AT)), bare)
    start = sealed.index(b"/Contents <") + 11
    theirs = other.index(b"/Contents <") + 11
    length = sealed.index(b">", start) - start
    forged = sealed[:start] + other[theirs : theirs + length] + sealed[start + length :]
    state = verify(forged)
    assert not (state.intact and state.valid)


def test_a_sealed_file_is_not_sealed_twice(sealer: Sealer, sealed: bytes) -> None:
    with pytest.raises(SealError, match="nicht gesiegelt"):
        seal(sealer, sealed)


@pytest.mark.parametrize("rubbish", [b"", b"no pdf", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_sealed(sealer: Sealer, rubbish: bytes) -> None:
    with pytest.raises(SealError, match="Das PDF wurde nicht gesiegelt"):
        seal(sealer, rubbish)


@pytest.mark.parametrize("at", [AT - timedelta(days=2), AT + timedelta(days=1200)])
def test_nothing_is_sealed_outside_the_certificates_time(sealer: Sealer, bare: bytes, at: datetime) -> None:
    with pytest.raises(SealError, match=r"gilt vom 25\. November 2026 bis zum 25\. November 2029"):
        sealer.seal(bare, reason="x", field_label="Siegel", at=at)


def test_the_time_of_a_seal_needs_a_zone(sealer: Sealer, bare: bytes) -> None:
    with pytest.raises(SealError, match="Zeitzone"):
        sealer.seal(bare, reason="x", field_label="Siegel", at=AT.replace(tzinfo=None))


def test_certificate_names_the_authority_and_is_for_sealing_only(seal_key: SealKey) -> None:
    certificate = x509.load_pem_x509_certificate(seal_key.certificate_pem)
    names = {name.oid: name.value for name in certificate.subject}
    assert names[NameOID.ORGANIZATION_NAME] == "Stadt Musterstadt"
    assert names[NameOID.COMMON_NAME] == NAME
    assert certificate.not_valid_after_utc == datetime(2029, 11, 25, 0, 3, 10, tzinfo=UTC)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(
        certificate.signature,
        certificate.tbs_certificate_bytes,
        ec.ECDSA(certificate.signature_hash_algorithm),
    )


def test_a_long_name_gives_way_to_what_the_seal_is(sealer: Sealer, bare: bytes, tmp_path: Path) -> None:
    long = "Verbandsgemeindeverwaltung " + "Musterland-" * 10
    key = make_seal_key(long, f"{long}, elektronisches Siegel (fortgeschritten)", not_before=AT)
    assert common_name(long) == "Elektronisches Siegel (fortgeschritten)"
    pdf = seal(Sealer(key), bare)
    assert verify(pdf).signer == "Elektronisches Siegel (fortgeschritten)"
    assert "Signature is Valid" in pdfsig(pdf, tmp_path)


@pytest.mark.parametrize("name", ["Qualifiziertes Siegel", "Stadt, qualifiziert", "qualified seal"])
def test_no_certificate_of_ours_claims_to_be_qualified(name: str) -> None:
    for organisation, claimed in (("Stadt Musterstadt", name), (name, None)):
        with pytest.raises(SealError, match="nicht qualifiziert"):
            make_seal_key(organisation, claimed)


def test_a_seal_needs_an_organisation() -> None:
    with pytest.raises(SealError, match="den Namen der Behörde"):
        make_seal_key("  ")


def test_key_and_certificate_must_belong_together_and_never_show(seal_key: SealKey) -> None:
    other = make_seal_key("Gemeinde Kleinstadt")
    with pytest.raises(SealError, match="gehören nicht zusammen"):
        Sealer(SealKey(other.key_pem, seal_key.certificate_pem))
    with pytest.raises(SealError, match="nicht lesbar"):
        Sealer(SealKey(b"", seal_key.certificate_pem))
    assert b"PRIVATE KEY" in seal_key.key_pem
    assert "PRIVATE KEY" not in repr(seal_key)
