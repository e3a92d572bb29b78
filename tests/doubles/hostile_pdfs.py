# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""PDFs that want to do harm, or that are merely broken: what a check page on the open net is sent."""

import io
import zlib

import pypdf
from pypdf.generic import RectangleObject


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects (numbered from 1, the first is the catalogue) with a right table."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
    return bytes(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def one_page(contents: bytes, page: bytes = b"") -> bytes:
    return written(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> %s >>" % page,
        contents,
    )


def bomb() -> bytes:
    """Three megabytes that unpack to three gigabytes."""
    packer = zlib.compressobj(9)
    megabyte = b"(a) Tj " * 150_000
    packed = b"".join(packer.compress(megabyte) for _ in range(1500)) + packer.flush()
    return one_page(stream(packed, b"/Filter /FlateDecode"))


def bomb_of_bombs() -> bytes:
    """A stream packed twice."""
    inner = zlib.compress(b"\0" * 400_000_000, 9)
    return one_page(stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def deep() -> bytes:
    """Brackets a million deep, where a reader that calls itself falls."""
    return one_page(stream(b""), b"/Deep " + b"[" * 500_000 + b"]" * 500_000)


def endless_pages() -> bytes:
    """A tree of pages that is its own child."""
    return written(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")


def endless_tables() -> bytes:
    """A table that names itself as the one before."""
    pdf = one_page(stream(b""))
    return pdf.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % pdf.index(b"xref\n"))


def endless_fields() -> bytes:
    """A form field that is its own child."""
    return written(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R] >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /FT /Sig /T (a) /Kids [3 0 R 3 0 R] /Parent 3 0 R >>",
    )


def encrypted(pdf: bytes) -> bytes:
    """The same behind a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt("geheim", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved_again(pdf: bytes) -> bytes:
    """The same pages as another program writes them: no seal, other bytes, the same text."""
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.cropbox = RectangleObject((0, 0, 595, 842))
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def appended_to(pdf: bytes) -> bytes:
    """An incremental update behind the sealed bytes: a comment, as viewers add one."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.add_metadata({"/Subject": "berichtigt"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
