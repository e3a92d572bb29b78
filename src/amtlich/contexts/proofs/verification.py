# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What this authority knows of a code or a file. Nothing that was sent is kept, and no person is named.

A file is judged by its bytes first: the SHA-256 of everything that was ever issued is in the book. Only
what is not in the book is read, and then in a room of its own (``adapters.reading_room``). What such a
file says of itself counts for one thing only: which document of ours it pretends to be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cryptography import x509

from amtlich.contexts.proofs import queries
from amtlich.contexts.proofs.adapters import reading_room
from amtlich.contexts.proofs.errors import NoPdf
from amtlich.contexts.proofs.models import Document
from amtlich.contexts.proofs.orders import Revoked
from amtlich.engines.documents.inspection import Inspection
from amtlich.engines.documents.seal import SealState
from amtlich.kernel.ids import normalise_check_code
from amtlich.kernel.sentence import Sentence
from amtlich.platform import keys
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import authority

LARGEST_FILE = 5_000_000
_LONGEST_ECHO = 40
_MOST_ENDS = 50
_END = b"%%EOF"


class CheckState(StrEnum):
    """The result, as everybody must understand it."""

    VALID = "valid"
    CHANGED = "changed"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    """What the result rests on."""

    CODE = "code"  # the code is in the book; what the paper says was not looked at
    BYTES = "bytes"  # every byte is as it was issued
    APPENDED = "appended"  # a document of ours, with something behind it
    SEAL_BROKEN = "seal_broken"  # our seal, but it does not fit the bytes
    COPY = "copy"  # a code of ours in a file that is not the one we issued
    NOT_IN_BOOK = "not_in_book"  # our seal fits, but the book does not know the document
    SEAL_OF_OTHERS = "seal_of_others"  # a seal that fits, with a certificate that is not ours
    SIGNATURE_UNREAD = "signature_unread"  # signed in a way that cannot be judged here
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    NO_TRACE = "no_trace"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to a check code or a file. It names no person: the paper in the hand does.

    ``sealed`` is False for what we issued only to explain something. ``revoked`` may also stand beside
    ``changed``: then the document that the file pretends to be no longer holds either.
    """

    state: CheckState
    code: str
    finding: Finding = Finding.NO_TRACE
    title: str = ""
    authority_name: str = ""
    issued_at: datetime | None = None
    pages: int | None = None
    sha256: str = ""
    sealed: bool = True
    revoked: Revoked | None = None


def verify_code(authority_id: UUID, code: str) -> Verification:
    """What is known of a typed code."""
    canonical = normalise_check_code(code)
    if canonical is None:
        return Verification(CheckState.UNKNOWN, code.strip()[:_LONGEST_ECHO])
    with tenant(authority_id):
        found = queries.sealed_with_code(canonical)
    if found is None:
        return Verification(CheckState.UNKNOWN, canonical)
    return _known(found, authority(authority_id), Finding.CODE)


def verify_file(authority_id: UUID, content: bytes) -> Verification:
    """What is known of a file of at most ``LARGEST_FILE`` bytes. Call it outside ``tenant()``.

    Raises ``NoPdf`` for what is none (what we issued as another kind of file is recognised all the
    same), and ``TooManyChecks`` when nothing more can be read now.
    """
    of = authority(authority_id)
    with tenant(authority_id):
        found = queries.with_digest([hashlib.sha256(content).hexdigest()])
    if found is not None:
        return _known(found, of, Finding.BYTES)
    _refuse_what_is_no_pdf(content)
    with tenant(authority_id):
        found = queries.with_digest(_digests_of_beginnings(content))
    if found is not None:
        return _changed(found, of, Finding.APPENDED)
    return _by_its_own_words(of, reading_room.inspect(content))


def _refuse_what_is_no_pdf(content: bytes) -> None:
    if not content:
        raise NoPdf(Sentence("Die Datei ist leer. Wählen Sie das PDF noch einmal aus."))
    if len(content) > LARGEST_FILE:
        raise NoPdf(Sentence("Die Datei ist größer als 5 MB. Unsere Dokumente sind viel kleiner."))
    if b"%PDF-" not in content[:1024]:
        raise NoPdf(Sentence("Das ist keine PDF-Datei. Laden Sie das PDF selbst hoch, kein Foto davon."))


def _digests_of_beginnings(content: bytes) -> list[str]:
    """SHA-256 of every part that could have been a whole file before something was added.

    Whoever changes a PDF without rewriting it writes behind its end. One pass over the bytes.
    """
    digests: list[str] = []
    running, done, start = hashlib.sha256(), 0, 0
    for _ in range(_MOST_ENDS):
        found = content.find(_END, start)
        if found < 0:
            break
        start = found + len(_END)
        # What the file may have ended with: nothing, CR, LF or CR LF behind the mark.
        for end in range(start, start + 3):
            if content[start:end].strip(b"\r\n"):
                break
            if done < end < len(content):
                running.update(content[done:end])
                done = end
                digests.append(running.copy().hexdigest())
    return digests


def _by_its_own_words(of: Authority, seen: Inspection) -> Verification:
    """A file that is not in the book: which document does it pretend to be?"""
    pretended = _first_known(of, seen.codes)
    if seen.seal is not None and _is_ours(of, seen.seal):
        if seen.seal.intact and seen.seal.valid:
            return Verification(CheckState.UNKNOWN, "", Finding.NOT_IN_BOOK)
        return _changed(pretended, of, Finding.SEAL_BROKEN)
    if pretended is not None:
        return _changed(pretended, of, Finding.COPY)
    return Verification(CheckState.UNKNOWN, "", _why_unknown(seen))


def _why_unknown(seen: Inspection) -> Finding:
    if seen.encrypted:
        return Finding.ENCRYPTED
    if seen.seal is not None and seen.seal.fields:
        fits = seen.seal.intact and seen.seal.valid
        return Finding.SEAL_OF_OTHERS if fits else Finding.SIGNATURE_UNREAD
    return Finding.NO_TRACE if seen.complete else Finding.UNREADABLE


def _is_ours(of: Authority, seal: SealState) -> bool:
    if seal.certificate_pem is None:
        return False
    try:
        own = keys.seal_key(of).certificate_pem
    except keys.NoSealKey:
        return False
    return x509.load_pem_x509_certificate(own) == x509.load_pem_x509_certificate(seal.certificate_pem)


def _first_known(of: Authority, codes: Iterable[str]) -> Document | None:
    with tenant(of.id):
        return next((found for code in codes if (found := queries.sealed_with_code(code))), None)


def _known(document: Document, of: Authority, finding: Finding) -> Verification:
    revoked = queries.revoked(document)
    return Verification(
        CheckState.REVOKED if revoked else CheckState.VALID,
        document.check_code,
        finding,
        title=document.title,
        authority_name=of.name,
        issued_at=document.issued_at,
        pages=document.pages,
        sha256=document.sha256,
        sealed=document.sealed,
        revoked=revoked,
    )


def _changed(document: Document | None, of: Authority, finding: Finding) -> Verification:
    """``document`` is the one that the file pretends to be; its digest is not the file's and is not told."""
    if document is None:
        return Verification(CheckState.CHANGED, "", finding, authority_name=of.name)
    return replace(_known(document, of, finding), state=CheckState.CHANGED, sha256="")
