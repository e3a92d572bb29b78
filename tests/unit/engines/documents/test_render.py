# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import errno
import io
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.engines.documents import files, render
from amtlich.engines.documents.render import Renderer, RenderError, mend_stream_ends

from . import samples
from .pdf_tools import layer


def test_equal_input_gives_equal_bytes(renderer: Renderer, notice_root: Path, font_folder: Path) -> None:
    data = samples.certificate()
    first = renderer.render("bescheinigung.typ", data)
    renderer.render("bescheinigung.typ", samples.certificate(samples.RESIDENTS["no fixed abode"]))
    assert renderer.render("bescheinigung.typ", dict(reversed(data.items()))) == first
    assert Renderer(notice_root, font_folder).render("bescheinigung.typ", data) == first


def test_threads_never_see_each_others_person(renderer: Renderer) -> None:
    def name_of(number: int) -> str:
        return "Fall" + "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")

    def make(number: int) -> str:
        record = {**samples.LENA, "family": name_of(number)}
        return layer(renderer.render("bescheinigung.typ", samples.certificate(record)))

    with ThreadPoolExecutor(4) as threads:
        for number, text in enumerate(threads.map(make, range(24))):
            assert re.findall(r"Fall[a-j]{3}", text) == [name_of(number)]


@pytest.mark.parametrize(
    "template", ["../secret.typ", "/etc/passwd", "bescheinigung", "Bescheinigung.typ", ""]
)
def test_only_names_of_templates_are_taken(template: str, renderer: Renderer) -> None:
    with pytest.raises(RenderError, match="kein Name einer Vorlage"):
        renderer.render(template, samples.certificate())


def test_a_missing_template_is_named(renderer: Renderer) -> None:
    with pytest.raises(RenderError, match=r"Die Vorlage .*ablehnung\.typ fehlt"):
        renderer.render("ablehnung.typ", samples.certificate())


def test_a_missing_mandatory_part_stops_the_document_with_its_place(renderer: Renderer) -> None:
    data = samples.certificate()
    del data["legal_basis"]
    with pytest.raises(RenderError, match=r'"legal_basis" \(.*bescheinigung\.typ:'):
        renderer.render("bescheinigung.typ", data)


def test_missing_fonts_are_a_sentence(notice_root: Path, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="liegen keine Schriften"):
        Renderer(notice_root, tmp_path).render("bescheinigung.typ", samples.certificate())


class PanicException(BaseException):
    """Looks like what pyo3 raises when typst panics: no Exception."""


class Panicking:
    def compile(self, **_: object) -> bytes:
        raise PanicException("index out of bounds")


def test_a_crash_inside_the_typesetter_is_an_error_of_this_document_only(
    notice_root: Path, font_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer = Renderer(notice_root, font_folder)
    with monkeypatch.context() as patched:
        patched.setattr(render.typst, "Compiler", lambda **_: Panicking())
        with pytest.raises(RenderError, match=r"abgestürzt \(index out of bounds\)"):
            renderer.render("bescheinigung.typ", samples.certificate())
    assert renderer.render("bescheinigung.typ", samples.certificate()).startswith(b"%PDF-1.7")


def test_data_outside_json_are_refused(renderer: Renderer) -> None:
    for wrong in (float("nan"), object()):
        with pytest.raises(RenderError, match="passen nicht in JSON"):
            renderer.render("bescheinigung.typ", {**samples.certificate(), "purpose": wrong})


@pytest.mark.parametrize(
    ("letter", "named"),
    [
        ("漢", "„漢“ (U+6F22)"), ("\ue000", "U+E000"), ("\ufeff", "U+FEFF"), ("\ud800", "U+D800"),
        ("क", "„क“ (U+0915)"), ("😀", "„😀“ (U+1F600)"), ("ا", "„ا“ (U+0627)"), ("\u0007", "U+0007"),
    ],
)  # fmt: skip
def test_fc_21_a_letter_without_a_shape_is_named_and_never_a_box(
    letter: str, named: str, renderer: Renderer
) -> None:
    for record, purpose in (
        ({**samples.LENA, "family": f"Mei{letter}er"}, "Bank"),
        (samples.LENA, f"Kauf {letter}"),
    ):
        with pytest.raises(RenderError) as caught:
            renderer.render("bescheinigung.typ", samples.certificate(record, purpose=purpose))
        assert named in str(caught.value)
        assert caught.value.character == letter


def test_fc_05_text_is_composed_but_the_attachment_keeps_its_bytes(renderer: Renderer) -> None:
    data = samples.certificate()
    content = '{"name": "Mu\u0308hle"}'
    data["attachment"]["content"] = content
    data["purpose"] = unicodedata.normalize("NFD", "Öffnung für Zoë")
    pdf = renderer.render("bescheinigung.typ", data)
    assert unicodedata.normalize("NFC", "Öffnung für Zoë") in layer(pdf)
    held = pypdf.PdfReader(io.BytesIO(pdf)).attachments
    assert list(held["meldebescheinigung.json"]) == [content.encode()]


def test_base_is_installed_once_and_mended_when_it_differs(tmp_path: Path) -> None:
    render.install_base(tmp_path)
    base = tmp_path / "base.typ"
    made, before = base.stat().st_mtime_ns, base.read_bytes()
    render.install_base(tmp_path)
    assert base.stat().st_mtime_ns == made
    base.write_bytes(before[:100])
    render.install_base(tmp_path)
    assert base.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["base.typ"]


def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bescheid.pdf"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RenderError, match="der Datenträger ist voll"):
        files.write_whole(target, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from amtlich.engines.documents.render import RenderError, install_base
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    install_base(Path(sys.argv[1]))
except RenderError as error:
    print(error)
"""


def test_a_real_limit_of_the_system_stops_the_file_half_way_and_leaves_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert "base.typ wurde nicht geschrieben: die Datei darf dort nicht so groß werden" in done.stdout
    assert list(tmp_path.iterdir()) == []


def like_typst(contents: list[bytes]) -> bytes:
    """A file with the outer form of typst's: streams with LF before their end, one table, a trailer."""
    pdf, offsets = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n", []
    for number, content in enumerate(contents, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(content), content)
    table = len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(contents) + 1)
    pdf += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    return pdf + b"trailer\n<</Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(contents) + 1, table)


NASTY = st.sampled_from(
    [b"\r", b"ends in \r", b"\nxref\n", b"<</Length 3>>\nstream\nab\r\nendstream", b"\r\nendstream\nendobj\n"]
)


@given(
    st.lists(
        st.one_of(st.binary(max_size=40), NASTY, st.binary(max_size=20).map(lambda b: b + b"\r")), max_size=6
    )
)
def test_mended_files_keep_every_stream_and_every_offset(contents: list[bytes]) -> None:
    before = like_typst(contents)
    after = mend_stream_ends(before)
    assert (after == before) == (not any(content.endswith(b"\r") for content in contents))
    assert mend_stream_ends(after) == after
    table = int(re.findall(rb"startxref\n(\d+)", after)[-1])
    assert after[table : table + 5] == b"xref\n"
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n", after[table:])]
    for number, (offset, content) in enumerate(zip(offsets, contents, strict=True), 1):
        head = b"%d 0 obj\n<</Length %d>>\nstream\n" % (number, len(content))
        end = b"\r\nendstream" if content.endswith(b"\r") else b"\nendstream"
        assert after[offset:].startswith(head + content + end)
