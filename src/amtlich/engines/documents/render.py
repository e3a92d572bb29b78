# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From a template and its data to a PDF that is PDF/A-3a and PDF/UA-1 at once.

The data reach typst as one JSON string and are never evaluated: a name like ``#panic()`` is printed
as that name.
"""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from amtlich.engines.documents.errors import RenderError
from amtlich.engines.documents.files import reason_de, write_whole

__all__ = [
    "RenderError",
    "Renderer",
    "install_base",
    "mend_stream_ends",
    "own_templates",
    "write_whole",
]

_BASE = "base.typ"
_TEMPLATE = re.compile(r"[a-z0-9][a-z0-9-]*\.typ")
# How typst names a letter: itself, or its code point as in Rust, "\u{e000}".
_LETTER = re.compile(r'the (?:text|disallowed codepoint|text contains the disallowed codepoint) `"(.+?)"`')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
# Control and format characters, private use, surrogates, unassigned, separators of lines.
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


class Renderer:
    """Makes PDFs from the templates of one folder. Threads may share it.

    ``root`` holds the templates of a service package with ``base.typ`` beside them (``install_base``),
    ``fonts`` is what ``fonts.prepare`` returned.
    """

    def __init__(self, root: Path, fonts: Path) -> None:
        self._root = root.resolve()
        self._fonts = fonts.resolve()
        self._local = threading.local()

    def render(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The PDF of this template with these data; equal input gives equal bytes.

        Raises ``RenderError`` with a German sentence: a letter that the fonts cannot print (never a
        box), a mandatory part that is missing, a template that does not exist, a disk fault.
        """
        if not _TEMPLATE.fullmatch(template):
            raise RenderError(
                f"„{template}“ ist kein Name einer Vorlage. Richtig ist zum Beispiel bescheinigung.typ."
            )
        path = self._root / template
        if not path.is_file():
            raise RenderError(f"Die Vorlage {path} fehlt. Prüfen Sie den Ordner notices des Leistungspakets.")
        content = _as_json(template, data)
        try:
            pdf = self._compiler().compile(
                input=str(path), format="pdf", sys_inputs={"data": content}, pdf_standards=["a-3a", "ua-1"]
            )
        except typst.TypstError as error:
            raise _explained(template, error) from error
        except OSError as error:
            raise RenderError(f"{template} wurde nicht gesetzt: {reason_de(error)}.") from error
        except BaseException as error:
            # A panic inside typst is no Exception: it would take the whole worker down with it.
            if type(error).__name__ != "PanicException":
                raise
            self._local.compiler = None
            raise RenderError(
                f"{template} wurde nicht gesetzt: Das Satzprogramm ist abgestürzt ({error}). "
                "Melden Sie den Fehler mit der Vorlage."
            ) from error
        if not isinstance(pdf, bytes):
            raise RenderError(f"{template} ergab kein PDF. Prüfen Sie die Vorlage.")
        return mend_stream_ends(pdf)

    def _compiler(self) -> typst.Compiler:
        # One compiler shared by two threads dies with "Already borrowed"; made anew for each document
        # it would cost three times the time. It is used in render() only, where inputs are
        # mandatory: a call without them would print the previous person's data.
        compiler: typst.Compiler | None = getattr(self._local, "compiler", None)
        if compiler is None:
            if not any(self._fonts.glob("*.ttf")):
                raise RenderError(
                    f"In {self._fonts} liegen keine Schriften. Legen Sie sie mit fonts.prepare an."
                )
            compiler = typst.Compiler(
                root=str(self._root), font_paths=[str(self._fonts)], ignore_system_fonts=True
            )
            self._local.compiler = compiler
        return compiler


def install_base(root: Path) -> None:
    """Write ``base.typ``, which all templates share, beside the templates in ``root``."""
    content = (own_templates() / _BASE).read_bytes()
    target = root / _BASE
    if not target.is_file() or target.read_bytes() != content:
        write_whole(target, content)


def own_templates() -> Path:
    """The folder of ``base.typ`` and of the templates that belong to no service package."""
    return Path(__file__).parent / "templates"


def _as_json(template: str, data: Mapping[str, Any]) -> str:
    try:
        return json.dumps(_printable(template, data), ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise RenderError(f"Die Daten für {template} passen nicht in JSON: {error}.") from error


def _printable(template: str, value: object) -> object:
    """The same in NFC (FC-05). Raises for a letter that nobody would see: typst drops it in silence.

    The attachment is left alone: its bytes are the case's, never changed here.
    """
    if isinstance(value, str):
        for letter in value:
            if unicodedata.category(letter) in _UNSEEN and letter not in "\n\t":
                raise _unprintable(template, letter)
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {
            key: item if key == "attachment" else _printable(template, item) for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_printable(template, item) for item in value]
    return value


def _explained(template: str, error: typst.TypstError) -> RenderError:
    found = _LETTER.search(error.message)
    if found:
        return _unprintable(template, _CODE_POINT.sub(lambda m: chr(int(m[1], 16)), found[1]))
    where = re.search(r"┌─ (\S+)", error.diagnostic)
    place = where[1] if where else template
    return RenderError(
        f"{template} wurde nicht gesetzt: {error.message} ({place}). Prüfen Sie Vorlage und Daten."
    )


def _unprintable(template: str, letter: str) -> RenderError:
    points = " ".join(f"U+{ord(c):04X}" for c in letter)
    visible = not any(unicodedata.category(c)[0] in "CZM" for c in letter)
    named = f"„{letter}“ ({points})" if visible else points
    return RenderError(
        f"Das Zeichen {named} kann in {template} nicht gedruckt werden, denn keine Schrift hat es. "
        "Berichtigen Sie die Angabe oder bearbeiten Sie den Vorgang von Hand.",
        letter,
    )


_STREAM = re.compile(rb"/Length (\d+)[^\n]*>>\nstream\n")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")


def mend_stream_ends(pdf: bytes) -> bytes:
    """Make every end of stream unambiguous.

    Typst writes one LF before ``endstream``. If the data happen to end in CR, readers see CR LF and
    count one byte too few: ``/Length`` is then wrong for PDF/A, in about one file of a hundred. One
    more CR mends it; all offsets behind it move by one.
    """
    spots: list[int] = []
    position = 0
    while found := _STREAM.search(pdf, position):
        position = found.end() + int(found[1])  # from the end of the data: they may look like a header
        if pdf[position - 1 : position + 10] == b"\r\nendstream":
            spots.append(position)
    if not spots:
        return pdf
    start = _START.search(pdf)
    if start is None or pdf[int(start[1]) : int(start[1]) + 5] != b"xref\n":
        raise RenderError(
            "Das PDF endet ohne Verzeichnis seiner Teile. Melden Sie den Fehler mit der Vorlage."
        )
    table = int(start[1])

    def moved(offset: int) -> int:
        return offset + sum(spot < offset for spot in spots)

    tail = re.sub(rb"(\d{10}) (\d{5}) n", lambda m: b"%010d %s n" % (moved(int(m[1])), m[2]), pdf[table:])
    tail = re.sub(rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % moved(int(m[1])), tail)
    parts, last = [], 0
    for spot in spots:
        parts.append(pdf[last:spot] + b"\r")
        last = spot
    return b"".join([*parts, pdf[last:table], tail])
