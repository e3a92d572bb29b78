# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Outside opinions on a PDF: pypdf's text, and poppler's text and signature check (poppler-utils)."""

import io
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pypdf


def layer(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says of the signature. A machine without poppler-utils fails the test, loudly."""
    return _poppler("pdfsig", pdf, folder)


def pdftotext(pdf: bytes, folder: Path) -> str:
    """In the order of the file (raw): the other mode drops a name's own hyphen at a line's end."""
    return _poppler("pdftotext", pdf, folder, "-raw", "-")


def _poppler(program: str, pdf: bytes, folder: Path, *options: str) -> str:
    path = shutil.which(program)
    assert path, f"{program} is missing: install poppler-utils"
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    before, after = options[:-1], options[-1:]
    command = [path, *before, str(file), *after]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
