# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The copy of one's own case file as ZIP, written piece by piece: never more than one file in memory.

Names are made of ASCII letters, digits, dot and hyphen and are numbered, so that no two are equal on a
disk that ignores case (FC-07). The last file lists the SHA-256 of all others, as ``sha256sum -c`` reads it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import api as cases
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.proofs import api as proofs
from amtlich.kernel import clock
from amtlich.kernel.words import date_de, exact_time_de
from amtlich.platform.accounts import Actor

_LONGEST_STEM = 60
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive; ``about`` says in one German line what it is."""

    name: str
    about: str
    content: bytes


def archive(actor: Actor, file: cases.CaseFile, answers: bytes | None) -> Iterator[bytes]:
    """The archive in pieces, made while it is sent; ``answers`` is the PDF of the statements."""
    sink = _Sink()
    digests: list[str] = []
    listed: list[tuple[str, str]] = []
    stamp = clock.now().astimezone(clock.BERLIN).timetuple()[:6]
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in _entries(actor, file, answers):
            target.writestr(_info(entry.name, stamp), entry.content)
            digests.append(f"{hashlib.sha256(entry.content).hexdigest()}  {entry.name}\n")
            listed.append((entry.name, entry.about))
            yield sink.taken()
        readme = _readme(file, listed).encode()
        target.writestr(_info("LIESMICH.txt", stamp), readme)
        digests.append(f"{hashlib.sha256(readme).hexdigest()}  LIESMICH.txt\n")
        target.writestr(_info("inhalt.sha256", stamp), "".join(digests).encode())
    yield sink.taken()


def safe_name(number: int, filename: str) -> str:
    """``02-Plan-B.pdf``: what every disk and every unpacker can hold, unique by its number."""
    stem, dot, ending = re.split(r"[\\/]", filename)[-1].rpartition(".")
    if not dot:
        stem, ending = ending, "bin"
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", stem).translate(_UMLAUTS))
    kept = re.sub(r"[^A-Za-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    suffix = re.sub(r"[^a-z0-9]", "", ending.lower())[:8] or "bin"
    return f"{number:02}-{kept[:_LONGEST_STEM] or 'dokument'}.{suffix}"


def _entries(actor: Actor, file: cases.CaseFile, answers: bytes | None) -> Iterator[Entry]:
    view = file.view
    if answers is not None:
        yield Entry("angaben.pdf", "Ihre Angaben, zum Lesen", answers)
    if file.statements is not None:
        yield _json("angaben.json", "Ihre Angaben, für Programme", _statements(file))
    for number, document in enumerate(view.documents, 1):
        found = cases.document(actor, view.token, document.id)
        yield Entry(f"dokumente/{safe_name(number, document.filename)}", _about(document), found.content)
    if file.answers_of_registers:
        yield _json("register.json", "Was Register zu Ihrem Antrag geantwortet haben", _registers(file))
    if file.decision_record is not None:
        yield _json("entscheidung.json", "Wie entschieden wurde, zum Nachrechnen", file.decision_record)
    yield _json("verlauf.json", "Was wann geschah", _timeline(view))
    yield _json("nachrichten.json", "Fragen, Antworten und Nachrichten", _talk(view.talk))
    yield _json("zugriffe.json", "Wer Ihre Daten gelesen hat", _accesses(view.accesses))


def _about(document: proofs.IssuedDocument) -> str:
    seal = "gesiegelt" if document.sealed else "ohne Siegel"
    revoked = ", widerrufen" if document.revoked else ""
    return f"{document.title} ({seal}{revoked}, ausgestellt am {date_de(document.issued_at)})"


def _statements(file: cases.CaseFile) -> Mapping[str, Any]:
    assert file.statements is not None
    return {
        "service": file.view.service,
        "package_version": file.view.version,
        "package_digest": file.statements.package_digest,
        "reference": file.view.reference,
        "file_number": file.view.file_number,
        "received_at": file.view.received_at,
        "log_in": {"level": file.statements.level, "means": file.statements.means},
        "data": file.statements.data,
    }


def _registers(file: cases.CaseFile) -> Sequence[Mapping[str, Any]]:
    return [
        {"evidence": one.evidence, "fetched_at": one.fetched_at, "record": one.record}
        for one in file.answers_of_registers
    ]


def _timeline(view: cases.CaseView) -> Mapping[str, Any]:
    return {
        "reference": view.reference,
        "file_number": view.file_number,
        "service": view.service,
        "phase": view.phase.value,
        "step": view.step.value,
        "received_at": view.received_at,
        "decided_at": view.decided_at,
        "events": [
            {
                "seq": entry.seq,
                "at": entry.at,
                "title": str(entry.title),
                "detail": str(entry.detail),
                "actor": str(entry.actor),
                "law": str(entry.law),
            }
            for entry in reversed(view.timeline)
        ],
    }


def _talk(talk: Sequence[cases.TalkEntry]) -> Sequence[Mapping[str, Any]]:
    return [
        {"at": one.at, "kind": one.kind.value, "mine": one.mine, "who": str(one.who), "texts": one.texts}
        for one in reversed(talk)
    ]


def _accesses(accesses: Sequence[privacy.AccessView]) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "at": one.at,
            "who": one.who,
            "kind": one.actor_kind,
            "source": one.source,
            "fields": one.fields,
            "purpose": one.why,
            "legal_basis": one.legal_basis,
            "erased": one.erased,
        }
        for one in accesses
    ]


def _json(name: str, about: str, value: object) -> Entry:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_plain)
    return Entry(name, about, f"{text}\n".encode())


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(clock.BERLIN).isoformat(timespec="seconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _readme(file: cases.CaseFile, listed: Sequence[tuple[str, str]]) -> str:
    view, now = file.view, clock.now()
    width = max(len(name) for name, _ in listed)
    lines = [
        "KOPIE IHRER AKTE",
        "",
        f"{view.service_name['de']}, Zeichen {view.reference}",
        *([f"Aktenzeichen {view.file_number}"] if view.file_number else []),
        f"Stand: {date_de(now)}, {exact_time_de(now)}",
        "",
        "Das haben wir zu Ihrem Vorgang gespeichert. Was wir noch prüfen, steht erst darin,",
        "wenn wir entschieden haben.",
        "Sie haben ein Recht auf diese Kopie (Artikel 15 DSGVO). Bewahren Sie sie sicher auf:",
        "Darin stehen Ihre persönlichen Daten.",
        "",
        "Was in den Dateien steht:",
        "",
        *(f"  {name.ljust(width)}  {about}" for name, about in listed),
        "",
        "Ein Dokument gilt nur als PDF mit Siegel. Die Dateien mit der Endung .json sind für",
        "Programme; Sie können sie auch mit einem Textprogramm öffnen.",
        "In inhalt.sha256 steht zu jeder Datei eine Prüfsumme. Wer mag, prüft damit, ob die",
        "Dateien vollständig und unverändert sind: sha256sum -c inhalt.sha256",
        "",
    ]
    return "\r\n".join(lines)


def _info(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, stamp[:6])  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


class _Sink(io.RawIOBase):
    """Where the archive is written to: it keeps only what has not been taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last call."""
        piece, self._kept = bytes(self._kept), bytearray()
        return piece
