# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from tests.unit.contexts.catalog.small_package import FILES, write

from amtlich.contexts.catalog import bundle
from amtlich.contexts.catalog.bundle import Bundle, BundleRefused, from_archive, from_folder


def messages(folder: Path) -> str:
    with pytest.raises(BundleRefused) as refused:
        from_folder(folder)
    assert all(finding.remedy for finding in refused.value.findings)
    return str(refused.value)


def test_a_folder_becomes_an_archive_and_comes_back_equal(tmp_path: Path) -> None:
    one = from_folder(write(tmp_path))
    back = from_archive(one.to_archive())
    assert back.files == one.files
    assert back.digest == one.digest
    assert one.to_archive() == one.to_archive()


def test_the_digest_depends_on_names_and_contents_only() -> None:
    one = Bundle({"a": b"1", "b": b"2"})
    assert one.digest == Bundle({"b": b"2", "a": b"1"}).digest
    assert one.digest != Bundle({"a": b"12", "b": b""}).digest
    assert one.digest != Bundle({"ab": b"1", "": b"2"}).digest


def test_a_missing_folder_and_missing_files_are_named(tmp_path: Path) -> None:
    assert "Diesen Ordner gibt es nicht" in messages(tmp_path / "nichts")
    assert messages(tmp_path).count("\n") == 0
    (tmp_path / "service.yaml").write_text("id: x")
    for name in set(bundle.REQUIRED) - {"service.yaml"}:
        assert f"Die Datei {name} fehlt" in messages(tmp_path)


def test_what_editors_and_systems_leave_behind_is_no_part_of_it(tmp_path: Path) -> None:
    write(tmp_path)
    before = from_folder(tmp_path).digest
    for name in (".DS_Store", "form.yaml~", "notices/.schein.typ.swp", "form.yaml.bak"):
        (tmp_path / name).write_text("x")
    assert from_folder(tmp_path).digest == before


@pytest.mark.parametrize(
    "name", ["run.py", "notices/unter/x.typ", "notices/x.exe", "notices/base.typ", "a b.yaml"]
)
def test_a_file_that_does_not_belong_there_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, {**FILES, name: "x"})
    assert name in messages(tmp_path)


def test_links_are_refused_wherever_they_lead(tmp_path: Path) -> None:
    folder = write(tmp_path / "paket")
    (tmp_path / "geheim").write_text("x")
    os.symlink(tmp_path / "geheim", folder / "notices" / "x.typ")
    os.symlink(tmp_path, folder / "ordner")
    text = messages(folder)
    assert text.count("Verweis auf eine andere Datei") == 2


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(write(tmp_path) / "README.md")
    assert "keine gewöhnliche Datei" in messages(tmp_path)


def test_sizes_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(bundle, "MAX_FILES", 12)
    monkeypatch.setattr(bundle, "MAX_BYTES", 4000)
    files = {**FILES, "README.md": "x" * 1001, **{f"notices/{number}.typ": "x" for number in range(9)}}
    text = messages(write(tmp_path, files))
    assert "größer als 1 kB" in text
    assert "mehr als 12 Dateien" in text


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/x", "notices/../../x.typ", "notices\\x.typ"])
def test_an_archive_cannot_lead_out_of_its_folder(name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(BundleRefused):
        from_archive(target.getvalue())


def test_a_damaged_archive_is_refused_with_a_sentence() -> None:
    with pytest.raises(BundleRefused, match="beschädigt"):
        from_archive(b"kein Archiv")
