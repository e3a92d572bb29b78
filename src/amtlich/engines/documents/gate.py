# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The last look at a document before it leaves: what a reader and a machine will find in it.

Everything is judged from the finished bytes with parts that did not make them: another validator for
the two profiles, another extractor for the text.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import page
import pypdf
from cryptography import x509

from amtlich.engines.documents.seal import verify

_PROFILES = (("3a", "PDF/A-3a"), ("ua1", "PDF/UA-1"))
_SHOWN = 3  # rules named in one fault; a broken file breaks dozens


class FaultKind(StrEnum):
    PROFILE = "profile"
    SEAL = "seal"
    TEXT = "text"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why the document must not leave, as a German sentence for the office."""

    kind: FaultKind
    message: str


def check(
    pdf: bytes,
    *,
    texts: Sequence[str],
    certificate_pem: bytes | None,
    attachments: Mapping[str, bytes] | None = None,
) -> tuple[Fault, ...]:
    """All faults of the document; an empty tuple lets it go.

    Checked are both profiles, the seal against this certificate (``None``: the document is not
    sealed), each of ``texts`` letter by letter in the text layer, and each attachment byte by byte.
    """
    faults = [*_profile_faults(pdf)]
    if certificate_pem is not None:
        faults += _seal_faults(pdf, certificate_pem)
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        layer = "\n".join(sheet.extract_text() for sheet in reader.pages)
        held = {name: list(versions) for name, versions in reader.attachments.items()} if attachments else {}
    except Exception as error:  # noqa: BLE001 - a broken file may break the reader anywhere
        return (*faults, Fault(FaultKind.TEXT, f"Der Text des PDF ist nicht lesbar: {error}."))
    faults += _text_faults(layer, texts)
    for name, content in (attachments or {}).items():
        if held.get(name) != [content]:
            faults.append(
                Fault(FaultKind.ATTACHMENT, f"Die Anlage {name} im PDF gleicht nicht den Daten des Vorgangs.")
            )
    return tuple(faults)


def _profile_faults(pdf: bytes) -> list[Fault]:
    faults = []
    for profile, name in _PROFILES:
        try:
            failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except page.PageError as error:
            faults.append(
                Fault(FaultKind.PROFILE, f"Das PDF ist für die Prüfung auf {name} nicht lesbar: {error}.")
            )
            continue
        if failures:
            named = "; ".join(f"{failure.rule_id}: {failure.message}" for failure in failures[:_SHOWN])
            more = f"; und {len(failures) - _SHOWN} weitere" if len(failures) > _SHOWN else ""
            faults.append(Fault(FaultKind.PROFILE, f"Das PDF erfüllt {name} nicht ({named}{more})."))
    return faults


def _seal_faults(pdf: bytes, certificate_pem: bytes) -> list[Fault]:
    state = verify(pdf)
    expected = x509.load_pem_x509_certificate(certificate_pem)
    faults = []
    if not state.intact:
        faults.append("Das Siegel fehlt, oder das PDF wurde nach dem Siegeln verändert.")
    elif not state.valid:
        faults.append("Das Siegel ist falsch: Der Schlüssel passt nicht zum Zertifikat im PDF.")
    if state.certificate_pem and x509.load_pem_x509_certificate(state.certificate_pem) != expected:
        faults.append(f"Das Siegel stammt nicht von dieser Behörde, sondern von „{state.signer}“.")
    return [Fault(FaultKind.SEAL, message) for message in faults]


def _text_faults(layer: str, texts: Sequence[str]) -> list[Fault]:
    layer = unicodedata.normalize("NFC", layer)
    faults = [
        Fault(FaultKind.TEXT, f"Im Text des PDF steht U+{ord(letter):04X}, ein Zeichen ohne Bedeutung.")
        for letter in sorted(set(layer))
        if letter == "\ufffd" or (letter != "\n" and unicodedata.category(letter) in ("Cc", "Co", "Cs", "Cn"))
    ]
    for text in texts:
        pattern = _pattern(text)
        if pattern and not re.search(pattern, layer):
            faults.append(
                Fault(FaultKind.TEXT, f"„{_short(text)}“ steht nicht Zeichen für Zeichen im Text des PDF.")
            )
    return faults


# Nothing that belongs to a word may touch the text: "Li" must not be found in "Lindenweg".
_NOT_BEFORE = r"(?<![\w\u0300-\u036f])"
_NOT_AFTER = r"(?![\w\u0300-\u036f])"


def _pattern(text: str) -> str:
    """The text as it may stand in the layer: a blank may be a line's end, and a long word may be broken."""
    words = unicodedata.normalize("NFC", text).split()
    letters = [r"\n?".join(re.escape(letter) for letter in word) for word in words]
    return _NOT_BEFORE + r"\s+".join(letters) + _NOT_AFTER if letters else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
