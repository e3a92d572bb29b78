# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a PDF of unknown origin says of itself: its seal, and check codes in its text.

A hostile file may keep any PDF reader busy for ever or fill the memory, and a thread cannot be
stopped. So this module is also a program: it takes the file from standard input, gives itself limits
that the kernel enforces, and writes what it finds, line by line as JSON, so that a run that was ended
has still said what it knew. It can write no file (RLIMIT_FSIZE 0).
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdf

from amtlich.engines.documents.seal import SealState, verify
from amtlich.kernel.ids import normalise_check_code

CPU_SECONDS = 4
MEMORY = 640 * 1024 * 1024  # address space; a certificate takes 200 MB, mostly libraries
PAGES = 20
CODES = 5
_LONGEST_TEXT = 200_000
_DEEPEST = 300
# A code as it is printed, and as a text layer may part it.
_CODE = re.compile(
    r"(?<![0-9A-Z])[2-9A-Z]{4}[-\u2010 ]{0,2}[2-9A-Z]{4}[-\u2010 ]{0,2}[2-9A-Z]{4}(?![0-9A-Z])"
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. ``complete`` is False if the reader was ended or fell before it had seen everything.

    ``seal`` is None if there was no time to look. ``codes`` stand in the text or in an attachment: anybody
    can write one, so they tell what a file pretends to be, never that it is.
    """

    encrypted: bool = False
    seal: SealState | None = None
    codes: tuple[str, ...] = ()
    complete: bool = True


def findings(pdf: bytes) -> Iterator[Mapping[str, Any]]:
    """The findings one after another, each as a JSON object; a part that cannot be read is left out."""
    encrypted = _is_encrypted(pdf)
    yield {"encrypted": encrypted}
    if not encrypted:
        state = verify(pdf)
        certificate = state.certificate_pem.decode("ascii") if state.certificate_pem else None
        yield {
            "seal": {
                "intact": state.intact,
                "valid": state.valid,
                "certificate": certificate,
                "fields": state.fields,
            }
        }
        broke: list[Exception] = []
        yield {"codes": list(islice(_codes(pdf, broke), CODES)), "complete": not broke}
    else:
        yield {"complete": True}


def assembled(lines: bytes) -> Inspection:
    """The findings from the lines of a run, whole or broken off."""
    found: dict[str, Any] = {}
    for line in lines.splitlines(keepends=True):
        if line.endswith(b"\n"):
            found |= json.loads(line)
    seal = found.get("seal")
    return Inspection(
        encrypted=found.get("encrypted", False),
        seal=SealState(
            intact=seal["intact"],
            valid=seal["valid"],
            certificate_pem=seal["certificate"].encode("ascii") if seal["certificate"] else None,
            fields=seal["fields"],
        )
        if seal
        else None,
        codes=tuple(found.get("codes", ())),
        complete=found.get("complete", False),
    )


def inspect(pdf: bytes) -> Inspection:
    """All findings of a file that is trusted enough to be read without limits."""
    return assembled(b"".join(json.dumps(each).encode("ascii") + b"\n" for each in findings(pdf)))


def _is_encrypted(pdf: bytes) -> bool:
    try:
        return pypdf.PdfReader(io.BytesIO(pdf), strict=False).is_encrypted
    except Exception:  # noqa: BLE001 - a forged file may break the reader anywhere
        return False


def _codes(pdf: bytes, broke: list[Exception]) -> Iterator[str]:
    seen: set[str] = set()
    for text in _texts(pdf, broke):
        for match in _CODE.finditer(text[:_LONGEST_TEXT]):
            code = normalise_check_code(match[0])
            if code is not None and code not in seen:
                seen.add(code)
                yield code


def _texts(pdf: bytes, broke: list[Exception]) -> Iterator[str]:
    """The text of the first pages, then of the attachments; what breaks the reader goes into ``broke``."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf), strict=False)
        for page in islice(reader.pages, PAGES):
            yield page.extract_text()
        for versions in islice(reader.attachments.values(), PAGES):
            yield from (content.decode("utf-8", "replace") for content in versions)
    except Exception as error:  # noqa: BLE001 - as above
        broke.append(error)


def limit_this_process() -> None:
    """Bound what this process may use; what goes beyond ends it. It stands back behind all others."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(_DEEPEST)


def main() -> None:
    """Read a PDF from standard input and write the findings to standard output."""
    limit_this_process()
    for finding in findings(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(finding) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
