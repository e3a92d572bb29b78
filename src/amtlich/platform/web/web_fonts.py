# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Fira Sans, cut to what pages need: three weights, 12 kB each instead of 130.

Each weight comes in two files. The first holds the letters of German and the marks that combine with
them; a browser fetches the second only for a page with other letters, such as names have. Letters that
Fira Sans lacks (48 of DIN 91379) come from the fonts of the system, which the style sheet names next.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
from pathlib import Path
from typing import Any

from amtlich.kernel.ids import new_id
from amtlich.platform.web import kern

FOLDER = "schrift"
_FAMILY = "Fira Sans"
_WEIGHTS = ((400, "Regular"), (500, "Medium"), (600, "SemiBold"))
_FEATURES = ["kern", "liga", "tnum", "lnum", "ccmp", "locl", "mark", "mkmk"]
_Ranges = tuple[tuple[int, int], ...]
#: ASCII, Latin-1, combining marks, quotes and dashes, euro, arrows, mathematics, capital sharp s.
BASE: _Ranges = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x300, 0x331), (0x1E9E, 0x1E9E), (0x2000, 0x206F), (0x20AC, 0x20AC),
    (0x2190, 0x2199), (0x2212, 0x2265),
)  # fmt: skip
#: Latin with its extensions, Greek, Cyrillic.
MORE: _Ranges = ((0x100, 0x2BF), (0x332, 0x36F), (0x370, 0x52F), (0x1E00, 0x1E9D), (0x1E9F, 0x1FFF))
_LICENCE = "OFL.txt"


def cut(folder: Path) -> str:
    """Put the cut fonts below ``folder``/schrift and return the style sheet that names them.

    About three seconds the first time, nothing afterwards: a file carries the digest of what it was
    made from. Safe when several processes do it at once.
    """
    source = kern.folder() / "fonts" / "fira-sans"
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    faces = []
    for weight, name in _WEIGHTS:
        original = source / f"FiraSans-{name}.woff2"
        for part, ranges in (("", BASE), ("-mehr", MORE)):
            made = target / f"fira-sans-{weight}{part}.{_mark(original, ranges)}.woff2"
            if not made.is_file():
                _write(made, _subset(original, ranges))
            faces.append(_face(made.name, weight, ranges))
    if not (target / _LICENCE).is_file():
        _write(target / _LICENCE, (source / _LICENCE).read_bytes())
    return "".join(faces)


def _face(file: str, weight: int, ranges: _Ranges) -> str:
    covered = ",".join(f"U+{first:X}-{last:X}" if first != last else f"U+{first:X}" for first, last in ranges)
    # "fallback": on a slow line the text stays in the font in which it was read first; no page jumps.
    return (
        f'@font-face{{font-family:"{_FAMILY}";font-weight:{weight};font-style:normal;font-display:fallback;'
        f'src:url("{FOLDER}/{file}") format("woff2");unicode-range:{covered}}}'
    )


def _mark(original: Path, ranges: _Ranges) -> str:
    content = original.read_bytes() + repr((ranges, _FEATURES)).encode()
    return hashlib.sha256(content).hexdigest()[:10]


def _subset(original: Path, ranges: _Ranges) -> bytes:
    from fontTools import subset  # noqa: PLC0415 (slow to import, and needed once per version)

    # It remarks on an old table version of this font, which browsers read like any other.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options: Any = subset.Options()
    options.flavor = "woff2"
    options.layout_features = _FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 5, 13, 14]  # whose font it is and under which licence
    font = subset.load_font(str(original), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    cutter.subset(font)
    made = io.BytesIO()
    font.flavor = "woff2"
    font.save(made)
    return made.getvalue()


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{path.name}.{new_id()}")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)
