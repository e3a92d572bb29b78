# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The two cuts of the documents' font, in which every letter sequence of DIN 91379 is one glyph.

A base letter with a combining mark comes out of a PDF's text layer twice when it is drawn by two
glyphs: each of them is mapped to the whole pair. So the cuts made here hold one composite glyph for
each sequence, reached by a substitution of their own. The look stays: components and places come
from shaping the sequence with the original font (Noto Sans, licence OFL 1.1, hence a family name of
our own and the licence beside the files).

Scripts that need more shaping than these cuts can do (Devanagari) are left out: a letter that would
be drawn wrongly must be refused, not printed.

Usage: ``python -m amtlich.engines.documents.fonts FOLDER``
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sys
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import Any

from amtlich.engines.documents.errors import FontError
from amtlich.engines.documents.files import reason_de
from amtlich.kernel.ids import new_id

FAMILY = "Amtlich Sans"
CUTS = ((400, "Regular"), (600, "SemiBold"))
_PACKAGE = "fontpkg-noto-sans"
_LICENCE = "OFL.txt"

# DIN 91379: the letters without a composed form in Unicode.
_SEQUENCES = """
A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H K͟h L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐ N̂ N̄ N̆ N̦
P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ S̀ S̄ S̛̄ S̱ T̀ T̄ T̈ T̕ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧ a̋ c̀ c̄ c̆ c̈ c̕ c̣ c̦ c̨̆ d̂ f̀ f̄ g̀ h̄ h̦
j́ k̀ k̂ k̄ k̇ k̕ k̛ k̦ k͟h l̂ l̥ l̥̄ l̦ m̀ m̂ m̆ m̐ n̂ n̄ n̆ n̦ p̀ p̄ p̕ p̣ r̆ r̥ r̥̄ s̀ s̄ s̛̄ s̱ t̀ t̄ t̕ t̛ u̇
z̀ z̄ z̆ z̈ z̧ Ç̆ ç̆ Û̄ û̄ ć̣ č̣ ĉ̀ ĝ̀ ǵ̄ ī́ ž̦ Ž̦ ỳ̀
"""
SEQUENCES = tuple(unicodedata.normalize("NFC", sequence) for sequence in _SEQUENCES.split())

# Latin with all extensions, Greek, Cyrillic, punctuation, currency, arrows, numbers, ligatures.
_RANGES = (
    (0x0020, 0x052F), (0x1C80, 0x1C8F), (0x1D00, 0x2BFF), (0x2C60, 0x2C7F), (0x2DE0, 0x2E7F),
    (0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06), (0xFE20, 0xFE2F),
)  # fmt: skip


def prepare(folder: Path) -> Path:
    """The folder with the two cuts, below ``folder``; made if this version is not there yet.

    Takes under a second. Safe when several processes call it at once: each makes its own copy and
    the first one to finish gives it its name. Raises ``FontError`` and leaves nothing behind when
    the font package is missing or the disk is full.
    """
    target = folder / f"amtlich-sans-{_version_key()}"
    if target.is_dir():
        return target
    making = folder / f".fonts-{new_id().hex}"
    try:
        making.mkdir(parents=True)
        _fill(making)
        making.rename(target)
    except (OSError, FontError) as error:
        shutil.rmtree(making, ignore_errors=True)
        if isinstance(error, FontError):
            raise
        if target.is_dir():  # another process was faster: rename refuses a full folder
            return target
        raise FontError(f"Die Schriften in {folder} wurden nicht angelegt: {reason_de(error)}.") from error
    return target


def _source_folder() -> Path:
    try:
        distribution = metadata.distribution(_PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise FontError(
            f"Das Python-Paket {_PACKAGE} fehlt. Installieren Sie die Pakete aus requirements/run.txt."
        ) from error
    return Path(str(distribution.locate_file("fontpkg_noto_sans")))


def _version_key() -> str:
    """Changes with the font package, with the tools that cut, and with this recipe."""
    _source_folder()
    versions = [metadata.version(name) for name in (_PACKAGE, "fonttools", "uharfbuzz")]
    recipe = Path(__file__).read_bytes()
    return f"{versions[0]}-{hashlib.sha256(' '.join(versions).encode() + recipe).hexdigest()[:12]}"


def _fill(folder: Path) -> None:
    source = _source_folder()
    variable = next((p for p in sorted((source / "files").glob("*.ttf")) if "Italic" not in p.name), None)
    if variable is None:
        raise FontError(f"In {source} liegt keine Schrift. Installieren Sie das Paket {_PACKAGE} neu.")
    for weight, style in CUTS:
        _write(folder / f"AmtlichSans-{style}.ttf", _cut(variable, weight, style))
    _write(folder / _LICENCE, (source / "LICENSE").read_bytes())


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _cut(variable: Path, weight: int, style: str) -> bytes:
    """One static cut: instanced by HarfBuzz, then given its composite glyphs and its own name."""
    # Only whoever prepares fonts pays for loading these.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    static = _instance(variable, weight)
    font = TTFont(io.BytesIO(static), recalcTimestamp=False)  # equal input, equal bytes
    _add_sequences(font, static)
    _rename(font, style)
    font["OS/2"].usWeightClass = weight
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _instance(variable: Path, weight: int) -> bytes:
    import uharfbuzz as hb  # noqa: PLC0415

    face = hb.Face(hb.Blob.from_file_path(str(variable)))
    wish = hb.SubsetInput()
    wish.pin_axis_location(face, "wght", weight)
    wish.pin_axis_location(face, "wdth", 100)
    wish.unicode_set.update(
        code for code in face.unicodes if any(first <= code <= last for first, last in _RANGES)
    )
    wish.layout_feature_tag_set.set(
        int.from_bytes(tag.encode(), "big") for tag in ("ccmp", "kern", "mark", "mkmk")
    )
    wish.name_id_set.update(range(26))
    wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.GLYPH_NAMES | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(face, wish).blob.data)


def _add_sequences(font: Any, static: bytes) -> None:
    """One composite glyph for each sequence, and a substitution that leads to it."""
    import uharfbuzz as hb  # noqa: PLC0415
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString  # noqa: PLC0415
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415

    shaper = hb.Font(hb.Face(static))
    order, letters, outlines = font.getGlyphOrder(), font.getBestCmap(), font["glyf"]
    rules: list[str] = []
    composites: dict[str, tuple[Any, int]] = {}
    for sequence in SEQUENCES:
        buffer = hb.Buffer()
        buffer.add_str(sequence)
        buffer.guess_segment_properties()
        hb.shape(shaper, buffer, {"kern": False})
        if len(buffer.glyph_infos) < 2:
            continue
        pen, advance = TTGlyphPen(font.getGlyphSet()), 0
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            pen.addComponent(order[info.codepoint], (1, 0, 0, 1, advance + place.x_offset, place.y_offset))
            advance += place.x_advance
        name = "pair_" + "_".join(f"{ord(c):04X}" for c in sequence)
        composites[name] = (pen.glyph(), advance)
        rules.append(f"sub {' '.join(letters[ord(c)] for c in sequence)} by {name};")
    font.setGlyphOrder(order + list(composites))
    for name, (outline, advance) in composites.items():
        outlines[name] = outline
        outline.recalcBounds(outlines)
        font["hmtx"][name] = (advance, outline.xMin)
    # Only the sequences stay in GSUB: German documents use no other substitution, and it shapes faster.
    del font["GSUB"]
    rules.sort(key=len, reverse=True)  # the longest sequence must be tried first
    addOpenTypeFeaturesFromString(font, "feature ccmp {\n" + "\n".join(rules) + "\n} ccmp;", tables=["GSUB"])


def _rename(font: Any, style: str) -> None:
    """The OFL reserves the name: a changed font carries its own."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID != 25]  # only variable fonts have it
    for record in names.names:
        if record.nameID in (1, 16):
            record.string = FAMILY
        elif record.nameID in (2, 17):
            record.string = style
        elif record.nameID == 4:
            record.string = f"{FAMILY} {style}"
        elif record.nameID == 6:
            record.string = f"AmtlichSans-{style}"
    if "STAT" in font:
        del font["STAT"]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Aufruf: python -m amtlich.engines.documents.fonts ORDNER\n")
        return 2
    try:
        sys.stdout.write(f"{prepare(Path(arguments[0]))}\n")
    except FontError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
