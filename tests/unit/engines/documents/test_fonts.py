# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import errno
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import fontpkg_noto_sans
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from amtlich.engines.documents import fonts
from amtlich.engines.documents.errors import FontError

COMMAND = [sys.executable, "-m", "amtlich.engines.documents.fonts"]


def test_a_second_call_finds_what_the_first_one_made(font_folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in font_folder.iterdir()}
    assert fonts.prepare(font_folder.parent) == font_folder
    assert {path: path.stat().st_mtime_ns for path in font_folder.iterdir()} == before
    assert sorted(path.name for path in before) == [
        "AmtlichSans-Regular.ttf",
        "AmtlichSans-SemiBold.ttf",
        "OFL.txt",
    ]


def test_two_processes_at_once_make_one_folder_with_the_same_bytes(tmp_path: Path, font_folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([*COMMAND, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    said = {process.communicate(timeout=60)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0]
    (made,) = tmp_path.iterdir()  # nothing half-made is left
    assert said == {str(made)}
    for file in font_folder.iterdir():
        assert (made / file.name).read_bytes() == file.read_bytes()


def test_the_command_explains_how_it_is_called() -> None:
    assert fonts.main([]) == 2


@pytest.mark.parametrize(("weight", "style"), fonts.CUTS)
def test_cuts_draw_letters_and_sequences_as_wide_as_the_original(
    weight: int, style: str, font_folder: Path
) -> None:
    source = next(
        path for path in Path(fontpkg_noto_sans.__file__).parent.rglob("*.ttf") if "Italic" not in path.name
    )
    original = hb.Font(hb.Face(hb.Blob.from_file_path(str(source))))
    original.set_variations({"wght": weight, "wdth": 100})
    cut = hb.Font(hb.Face(hb.Blob.from_file_path(str(font_folder / f"AmtlichSans-{style}.ttf"))))
    for text in (*fonts.SEQUENCES, "Straße", "AVATAR To", "Ñandú", "Łódź", "Αθήνα", "Київ", "0123456789"):
        assert abs(_width(cut, text) - _width(original, text)) <= len(text), text
    for sequence in fonts.SEQUENCES:
        assert len(_glyphs(cut, sequence)) == 1, sequence


def _glyphs(font: hb.Font, text: str) -> list[int]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return [position.x_advance for position in buffer.glyph_positions]


def _width(font: hb.Font, text: str) -> int:
    return sum(_glyphs(font, text))


def test_changed_fonts_carry_a_name_of_their_own_and_their_licence(font_folder: Path) -> None:
    for weight, style in fonts.CUTS:
        font = TTFont(font_folder / f"AmtlichSans-{style}.ttf")
        names = {record.nameID: str(record) for record in font["name"].names}
        assert names[1] == "Amtlich Sans"
        assert names[6] == f"AmtlichSans-{style}"
        assert font["OS/2"].usWeightClass == weight
    assert "SIL OPEN FONT LICENSE" in (font_folder / "OFL.txt").read_text(encoding="utf-8").upper()


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fonts, "_write", full)
    with pytest.raises(FontError, match="Datenträger ist voll"):
        fonts.prepare(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(FontError, match="fontpkg-noto-sans fehlt"):
        fonts.prepare(tmp_path)
